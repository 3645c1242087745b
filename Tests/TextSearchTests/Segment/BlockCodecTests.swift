import TestSupport
import Testing

@testable import TextSearch

@Suite struct BlockCodecTests {
  static let counts = [0, 1, 2, 3, 31, 32, 33, 127, 128]

  /// Numbers of at most `width` bits, some with more.
  private static func values(
    _ count: Int, _ width: Int, exceptions: Double, _ random: inout SeededGenerator
  ) -> [UInt32] {
    (0..<count).map { _ in
      let value = UInt32.random(in: .min ... .max, using: &random)
      if Double.random(in: 0..<1, using: &random) < exceptions {
        return value >> UInt32.random(in: 0...31, using: &random)
      }
      return width == 0 ? 0 : value >> UInt32(32 - width)
    }
  }

  @Test(arguments: 0...32) func columnsComeBack(width: Int) {
    var random = SeededGenerator(seed: TestSeed.value &+ UInt64(width))
    for count in Self.counts {
      for exceptions in [0, 0.02, 0.3, 1] {
        let values = Self.values(count, width, exceptions: exceptions, &random)
        var bytes: [UInt8] = [1, 2, 3]
        BlockCodec.append(values[...], to: &bytes)
        let end = bytes.count
        bytes += [9, 9]
        let decoded = BlockCodec.decoded(bytes, at: 3, count: count)
        #expect(decoded?.values == values)
        #expect(decoded?.end == end)
      }
    }
  }

  @Test func slicesAreColumnsToo() {
    let values: [UInt32] = [7, 7, 7, 1, 2, 1 << 30, 4]
    var bytes: [UInt8] = []
    BlockCodec.append(values[3...6], to: &bytes)
    #expect(BlockCodec.decoded(bytes, count: 4)?.values == [1, 2, 1 << 30, 4])
  }

  @Test func aRareLargeNumberCostsLittle() {
    var values = [UInt32](repeating: 3, count: 128)
    values[77] = .max
    var bytes: [UInt8] = []
    BlockCodec.append(values[...], to: &bytes)
    // Header, count, 128 numbers of 2 bits, place and 30 more bits.
    #expect(bytes.count == 2 + 32 + 1 + 5)
  }

  /// Whatever the bytes, the answer is a column or nil.
  @Test func hostileBytesAreRefusedOrRead() {
    var random = SeededGenerator(seed: TestSeed.announced("hostile columns"))
    for header in UInt8.min...UInt8.max {
      for _ in 0..<40 {
        let length = Int.random(in: 0...60, using: &random)
        var bytes = [header]
        for _ in 0..<length {
          let byte = UInt8.random(in: 0...255, using: &random)
          bytes.append(Bool.random(using: &random) ? byte : byte | 0xF0)
        }
        let count = Int.random(in: 0...128, using: &random)
        if let decoded = BlockCodec.decoded(bytes, count: count) {
          #expect(decoded.end <= bytes.count)
          #expect(header & 0x3F <= 32)
        }
      }
    }
    #expect(BlockCodec.decoded([], count: 0) == nil)
    #expect(BlockCodec.decoded([0], count: 129) == nil)
  }

  /// The high bits of an exception must fit above the column's width.
  @Test(arguments: 0...32) func exceptionsThatAreTooLargeAreRefused(width: Int) {
    for shift in 0..<35 {
      var bytes = [UInt8(width) | 0x40, 1] + [UInt8](repeating: 0, count: (width + 7) / 8)
      bytes.append(0)
      var writer = ByteWriter()
      writer.varint(UInt64(1) << UInt64(shift))
      bytes += writer.bytes
      let decoded = BlockCodec.decoded(bytes, count: 1)
      let fits = width < 32 && shift + width < 32
      #expect(decoded?.values == (fits ? [1 << UInt32(shift + width)] : nil))
    }
  }

  @Test func gapsAddUp() {
    #expect(BlockCodec.summed([0, 0, 4], after: -1, limit: 7) == [0, 1, 6])
    #expect(BlockCodec.summed([0, 0, 4], after: -1, limit: 6) == nil)
    #expect(BlockCodec.summed([2], after: 9, limit: 13) == [12])
    #expect(BlockCodec.summed([], after: -1, limit: 0) == [])
    let most = [UInt32](repeating: .max, count: 128)
    #expect(BlockCodec.summed(most, after: Int(UInt32.max), limit: 1 << 32) == nil)
  }
}
