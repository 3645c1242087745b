import TestSupport
import Testing

@testable import TextSearch

@Suite struct DenseCodeTests {
  /// The number of a code, read as the paper says.
  private static func rank(_ bytes: [UInt8], _ code: DenseCode) -> Int? {
    let s = code.stopperCount
    guard let last = bytes.last, last < s, bytes.dropLast().allSatisfy({ $0 >= s }) else {
      return nil
    }
    var base = 0
    var size = s
    for _ in 1..<bytes.count {
      base += size
      size *= 256 - s
    }
    let high = bytes.dropLast().reduce(0) { $0 * (256 - s) + Int($1) - s }
    return base + high * s + Int(last)
  }

  @Test(arguments: [1, 2, 100, 128, 200, 218, 254, 255]) func codesAreTheirNumbers(stoppers: Int) {
    let code = DenseCode(stopperCount: stoppers)
    var ranks = Array(0..<min(3000, code.bases[4]))
    for base in code.bases { ranks += [base - 2, base - 1, base, base + 1] }
    for rank in ranks where (0..<code.bases[4]).contains(rank) {
      var bytes: [UInt8] = []
      code.append(rank, to: &bytes)
      #expect(Self.rank(bytes, code) == rank)
      #expect(bytes.count == code.length(of: rank))
      let (word, length) = code.code(of: rank)
      #expect(length == bytes.count)
      #expect((0..<length).map { UInt8(truncatingIfNeeded: word >> UInt32(8 * $0)) } == bytes)
    }
  }

  /// The bytes that all occurrences take with `stoppers` bytes that end a code.
  private static func cost(_ frequencies: [Int], _ stoppers: Int) -> Int? {
    let code = DenseCode(stopperCount: stoppers)
    guard frequencies.count <= code.bases[4] else { return nil }
    return frequencies.enumerated().reduce(0) { $0 + $1.element * code.length(of: $1.offset) }
  }

  @Test(arguments: [0, 1, 5, 255, 256, 700, 4000, 40_000]) func theCheapestCodeIsChosen(count: Int)
  {
    for skew in [0.0, 0.7, 1, 1.5] {
      let frequencies = (0..<count).map { rank in
        1 + Int(100_000 * (skew == 0 ? 1 : 1 / pow(Double(rank + 1), skew)))
      }
      let chosen = DenseCode(frequencies: frequencies)
      let least = (1...255).compactMap { Self.cost(frequencies, $0) }.min()
      #expect(Self.cost(frequencies, chosen.stopperCount) == least)
    }
  }

  private func pow(_ base: Double, _ exponent: Double) -> Double {
    // Only the shape matters: half steps of the exponent.
    exponent < 1 ? base.squareRoot() : exponent == 1 ? base : base * base.squareRoot()
  }
}
