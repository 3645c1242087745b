import TestSupport
import Testing

@testable import Filings

/// What is read in blocks is compared with loops over bytes, at every place and end of short texts.
@Suite struct ByteScanTests {
  /// Few different bytes, so that what is looked for is met often.
  private static let alphabet = Array("ab Z09.-*\\|<&\n\r\t\u{0C}\u{1}(é$".utf8)

  private static func text(_ random: inout SeededGenerator) -> [UInt8] {
    let count = Int.random(in: 0...150, using: &random)
    let isSparse = Bool.random(using: &random)
    return (0..<count).map { _ in
      isSparse && Int.random(in: 0..<20, using: &random) > 0
        ? UInt8(ascii: "m") : alphabet.randomElement(using: &random) ?? 0
    }
  }

  private static func firstPlace(
    _ range: Range<Int>, _ isWanted: (Int) -> Bool
  ) -> Int { range.first(where: isWanted) ?? range.upperBound }

  @Test(arguments: 0..<200) func agreesWithLoopsOverBytes(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bytes = Self.text(&random)
    let end = Int.random(in: 0...bytes.count, using: &random)
    for start in 0...end {
      let range = start..<end
      #expect(
        ByteScan.find(0x20, in: bytes.span, start, end)
          == Self.firstPlace(range) { bytes[$0] == 0x20 })
      #expect(
        ByteScan.lineBreak(in: bytes.span, start, end)
          == Self.firstPlace(range) { bytes[$0] == 0x0A || bytes[$0] == 0x0D })
      #expect(
        ByteScan.spacesEnd(in: bytes.span, start, end)
          == Self.firstPlace(range) { bytes[$0] != 0x20 })
      #expect(ByteScan.wordsEnd(in: bytes.span, start, end) == Self.wordsEnd(bytes, range))
      let cell = ByteScan.cellEnd(in: bytes.span, start, end)
      // Places where no cell can end may be given, too, but none that can is passed over.
      #expect(cell <= Self.firstPlace(range) { Self.endsCell(bytes, $0) })
      #expect(cell == end || bytes[cell] == 0x20 || bytes[cell] == 0x2E)
    }
    for place in bytes.indices {
      let letters = ByteScan.letters(at: place, in: bytes.span)
      for lane in 0..<32 {
        let isLetter = place + lane < bytes.count && bytes[place + lane].isLetter
        #expect((letters >> UInt32(lane) & 1 == 1) == isLetter)
      }
      let bits = (place..<place + 3).reduce(0) {
        $0 << 5 | Int($1 < bytes.count ? bytes[$1] & 31 : 0)
      }
      #expect(ByteScan.lowBits(ofThreeAt: place, in: bytes.span) == bits)
    }
  }

  private static func wordsEnd(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    firstPlace(range) { place in
      let byte = bytes[place]
      if byte == 0x20 { return place == range.lowerBound || bytes[place - 1] == 0x20 }
      return !(0x21...0x7E).contains(byte) || "*\\|".utf8.contains(byte)
    }
  }

  private static func endsCell(_ bytes: [UInt8], _ place: Int) -> Bool {
    guard bytes[place] == 0x20 || bytes[place] == 0x2E else { return false }
    return place + 1 == bytes.count || bytes[place + 1] < 0x3A
  }

  @Test(arguments: 0..<200) func linesAgreeWithALoopOverBytes(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bytes = Self.text(&random)
    var scanner = LineScanner(from: 0)
    var survey = LineScanner(from: 0, onlyMarkup: true)
    var start = 0
    while let line = scanner.next(bytes.span) {
      let stop = Self.firstPlace(start..<bytes.count) { [0x0A, 0x0C, 0x0D].contains(bytes[$0]) }
      let first = Self.firstPlace(start..<stop) { bytes[$0] != 0x20 }
      let words = bytes[first..<stop]
      let end = words.lastIndex { !$0.isSpace }.map { $0 + 1 } ?? first
      #expect(line.start == start && line.stop == stop && line.first == first && line.end == end)
      #expect(
        line.signs == Self.signs(words, isFormFeed: stop < bytes.count && bytes[stop] == 0x0C))
      let other = survey.next(bytes.span)
      #expect(other?.start == start && other?.stop == stop && other?.end == end)
      #expect(other?.first == first)
      #expect(other?.signs.contains(.markup) == words.contains(UInt8(ascii: "<")))
      let isPair = stop + 1 < bytes.count && bytes[stop] == 0x0D && bytes[stop + 1] == 0x0A
      start = min(stop + (isPair ? 2 : 1), bytes.count)
    }
    #expect(start == bytes.count && survey.next(bytes.span) == nil)
  }

  private static func signs(_ line: ArraySlice<UInt8>, isFormFeed: Bool) -> LineSigns {
    var signs: LineSigns = isFormFeed ? .formFeed : []
    let bytes = Array(line)
    func has(_ place: Int, _ test: (UInt8) -> Bool) -> Bool {
      place < bytes.count && test(bytes[place])
    }
    for (place, byte) in bytes.enumerated() {
      if "<&\\".utf8.contains(byte) { signs.insert(.markup) }
      if byte < 0x20 { signs.insert(byte == 0x09 ? .tab : .control) }
      if byte == 0x20, has(place + 2, { $0 == 0x20 }) {
        if has(place + 1, { $0 == 0x20 }) { signs.insert(.gap) }
        if has(place + 1, { $0 > 0x20 }), has(place + 3, { $0 > 0x20 }),
          has(place + 4, { $0 == 0x20 })
        {
          signs.insert(.single)
        }
      }
      if byte == 0x2E, has(place + 1, { $0 == 0x2E || $0 == 0x20 }), has(place + 2, { $0 == 0x2E })
      {
        signs.insert(.leader)
      }
    }
    return signs
  }
}
