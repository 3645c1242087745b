import Foundation

/// The seed of randomised tests: always the same unless `FOLIO_SEED` gives another.
public enum TestSeed {
  public static let value: UInt64 = {
    ProcessInfo.processInfo.environment["FOLIO_SEED"].flatMap { UInt64($0) } ?? 20_261
  }()

  /// The seed for one part of a test, said on standard output.
  public static func announced(_ test: String, _ part: Int = 0) -> UInt64 {
    print("\(test) \(part): FOLIO_SEED=\(value)")
    return value &* 1_000_003 &+ UInt64(part)
  }
}
