import TestSupport
import Testing
import TextSearch

@Suite struct LaneMaskTests {
  @Test func bitsAgreeWithTheirPlainTwin() {
    var random = SeededGenerator(seed: 11)
    for round in 0..<1000 {
      var bytes = SIMD32<UInt8>()
      // The first rounds have one lane that is true.
      for lane in 0..<32 {
        bytes[lane] = round < 32 ? (lane == round ? 0 : 1) : .random(in: 0...1, using: &random)
      }
      let lanes = bytes .== SIMD32(repeating: 0)
      #expect(LaneMask.bits(lanes) == LaneMask.plainBits(lanes))
      if round < 32 { #expect(LaneMask.bits(lanes) == 1 << UInt32(round)) }
    }
  }
}
