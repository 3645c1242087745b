import TestSupport
import Testing

@testable import TextSearch

@Suite struct TextMasksTests {
  /// Safety: the arrays have 32 bytes.
  @Test func agreeWithTheirPlainTwin() {
    var random = SeededGenerator(seed: 7)
    for round in 0..<1000 {
      // The first rounds have each byte at each of a few places.
      let bytes = (0..<32).map { place in
        round < 256 ? UInt8((round + place * 37) % 256) : .random(in: 0...255, using: &random)
      }
      unsafe bytes.withUnsafeBytes { buffer in
        guard let pointer = buffer.baseAddress else { return }
        #expect(unsafe Vector.textMasks(pointer) == PlainVector.textMasks(pointer))
      }
    }
  }
}
