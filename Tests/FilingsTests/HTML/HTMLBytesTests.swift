import TestSupport
import Testing

@testable import Filings

@Suite struct HTMLBytesTests {
  private static let alphabet = Array("aZ09:-  <&>\n\u{1}é/@[`{".utf8)

  @Test(arguments: 0..<200) func agreesWithLoopsOverBytes(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...120, using: &random)
    let isSparse = Bool.random(using: &random)
    let bytes = (0..<count).map { _ in
      isSparse && Int.random(in: 0..<20, using: &random) > 0
        ? UInt8(ascii: "m") : Self.alphabet.randomElement(using: &random) ?? 0
    }
    HTMLBytes.withBytes(SourceText(bytes)) { view in
      for place in bytes.indices {
        #expect(view.find(0x3C, place) == (bytes[place...].firstIndex(of: 0x3C) ?? count))
        let name = bytes[place...].prefix { HTMLAttributes.isName($0) }
        #expect(view.name(place).end == name.endIndex)
        #expect(view.name(place).key == name.prefix(8).reduce(0) { $0 << 8 | UInt64($1.lowered) })
        var buffer = HTMLBuffer(capacity: 0)
        let end = buffer.appendPlain(view, place)
        #expect(end == Self.plainEnd(bytes, place))
        #expect(buffer.bytes(0..<buffer.count) == Array(bytes[place..<end]))
        let other = Int.random(in: 0..<count, using: &random)
        let length = Int.random(in: 0...count - max(place, other), using: &random)
        #expect(
          view.areEqual(place, other, length: length)
            == (bytes[place..<place + length] == bytes[other..<other + length]))
      }
    }
  }

  @Test(arguments: [0, 1, 7, 8, 9, 31, 32, 33, 63, 64, 65, 100])
  func everyByteCountsInAComparison(_ length: Int) {
    let half = (0..<length).map { UInt8($0 + 1) }
    HTMLBytes.withBytes(SourceText(half + half)) {
      #expect($0.areEqual(0, length, length: length))
    }
    for changed in 0..<length {
      var other = half
      other[changed] ^= 0x80
      HTMLBytes.withBytes(SourceText(half + other)) {
        #expect(!$0.areEqual(0, length, length: length))
      }
    }
  }

  private static func plainEnd(_ bytes: [UInt8], _ start: Int) -> Int {
    var place = start
    while place < bytes.count {
      let byte = bytes[place]
      let isSecond = byte == 0x20 && place > start && bytes[place - 1] == 0x20
      if !(0x20...0x7F).contains(byte) || byte == 0x3C || byte == 0x26 || isSecond { break }
      place += 1
    }
    return place
  }
}
