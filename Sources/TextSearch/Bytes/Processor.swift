/// What the processor must have for the instructions that Folio is built with.
public enum Processor {
  /// The names of the needed features that the processor does not have; empty where all are there,
  /// or where the system does not say.
  public static func missingFeatures() -> [String] {
    #if arch(x86_64) && os(Linux)
      guard let bytes = try? Platform.read("/proc/cpuinfo", 0..<8192) else { return [] }
      return missingFeatures(in: String(decoding: bytes, as: UTF8.self))
    #else
      return []
    #endif
  }

  /// By the names that Linux has for them: those of the level x86-64-v3 that came last.
  private static let needed = ["avx2", "bmi2", "fma"]

  /// - Parameter text: What `/proc/cpuinfo` begins with.
  static func missingFeatures(in text: String) -> [String] {
    let lines = text.split(separator: "\n")
    // Where the list of features is not there whole, nothing can be said.
    guard let line = lines.dropLast().first(where: { $0.hasPrefix("flags") }) else { return [] }
    let features = Set(line.split { $0 == " " || $0 == "\t" })
    return needed.filter { !features.contains($0[...]) }.map { $0.uppercased() }
  }
}
