import TestSupport
import Testing

@testable import TextSearch

/// Every answer is compared with that of a sorted array of the same keys and entries.
@Suite struct TermDictionaryTests {
  static let sizes = [0, 1, 2, 31, 32, 33, 64, 65, 500, 3000]

  @Test(arguments: sizes) func everyKeyIsFound(size: Int) throws {
    var random = SeededGenerator(seed: UInt64(size))
    let fixture = DictionaryFixture.random(size, &random)
    let dictionary = try fixture.open()
    try dictionary.check()
    #expect(dictionary.termCount == fixture.terms.count)
    #expect(dictionary.stemCount == fixture.stems.count)
    #expect(dictionary.pairCount == fixture.pairs.count)
    #expect(dictionary.stopperCount == fixture.stoppers)
    #expect(dictionary.reservedRanks == fixture.reserved)
    for ((ordinal, (key, entry)), rank) in zip(fixture.terms.enumerated(), fixture.ranks) {
      let found = TermDictionary.Found(ordinal: ordinal, rank: rank, entry: entry)
      #expect(try dictionary.surface(key) == found)
      let term = TermDictionary.Term(bytes: key, ordinal: ordinal, rank: rank, entry: entry)
      #expect(try dictionary.term(ordinal: ordinal) == term)
      #expect(try dictionary.term(rank: rank) == term)
      #expect(try dictionary.rank(ordinal: ordinal) == rank)
    }
    for (key, entry) in fixture.stems { #expect(try dictionary.stem(key) == entry) }
    for (key, entry) in fixture.pairs { #expect(try dictionary.pair(key[0], key[1]) == entry) }
  }

  @Test(arguments: 0..<6 as Range<UInt64>) func missesAreMisses(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let fixture = DictionaryFixture.random(700, &random)
    let dictionary = try fixture.open()
    let terms = Set(fixture.terms.map(\.key))
    let stems = Set(fixture.stems.map(\.key))
    let pairs = Set(fixture.pairs.map(\.key))
    for key in DictionaryFixture.keys(3000, &random) + [[], [0], [255], [255, 255]] {
      #expect(try (dictionary.surface(key) != nil) == terms.contains(key))
      #expect(try (dictionary.stem(key) != nil) == stems.contains(key))
    }
    for first in UInt8(0)...30 {
      for second in UInt8.min...UInt8.max {
        #expect(try (dictionary.pair(first, second) != nil) == pairs.contains([first, second]))
      }
    }
    let ranks = Set(fixture.ranks)
    for rank in Array(-1...9000) + [1 << 21, 1 << 30, .max] where !ranks.contains(rank) {
      #expect(try dictionary.term(rank: rank) == nil)
    }
  }

  @Test(arguments: 0..<6 as Range<UInt64>) func cursorsFollowTheOrder(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let fixture = DictionaryFixture.random(400, &random)
    let dictionary = try fixture.open()
    let probes = DictionaryFixture.keys(20, &random) + [[], [255, 255, 255]]
    for key in probes + fixture.terms.prefix(34).map(\.key) {
      for kind in TermKind.allCases {
        try walk(try dictionary.cursor(from: key, kind: kind), fixture, kind, key)
      }
    }
  }

  private func walk(
    _ start: TermCursor, _ fixture: DictionaryFixture, _ kind: TermKind, _ from: [UInt8]
  ) throws {
    var cursor = start
    let all =
      fixture.terms.enumerated().map { (TermKind.surface, $0.element.key, $0.offset) }
      + fixture.stems.enumerated().map { (TermKind.stem, $0.element.key, $0.offset) }
      + fixture.pairs.enumerated().map { (TermKind.pair, $0.element.key, $0.offset) }
    let ranks = fixture.ranks
    for (kind, key, place) in all.drop(while: {
      $0.0.rawValue < kind.rawValue || ($0.0 == kind && $0.1.lexicographicallyPrecedes(from))
    }) {
      try #require(try cursor.next())
      #expect(cursor.kind == kind && cursor.key == key && cursor.ordinal == place)
      guard place % 3 > 0 else { continue }
      switch kind {
      case .surface:
        #expect(try cursor.entry() == fixture.terms[place].entry)
        #expect(try cursor.entry() == fixture.terms[place].entry)
        #expect(try cursor.rank() == ranks[place])
      case .stem: #expect(try cursor.stem() == fixture.stems[place].entry)
      case .pair: #expect(try cursor.entry() == fixture.pairs[place].entry)
      }
    }
    #expect(try !cursor.next())
    #expect(try !cursor.next())
  }

  @Test(arguments: ["", "1", "12", "1.", "a", "ab", "abcd", "dd", "e", "zz"])
  func prefixRanges(prefix: String) throws {
    var random = SeededGenerator(seed: 77)
    let fixture = DictionaryFixture.random(2000, &random)
    let prefix = Array(prefix.utf8)
    var cursor = try fixture.open().cursor(from: prefix)
    var found: [[UInt8]] = []
    while try cursor.next(), cursor.kind == .surface, cursor.hasPrefix(prefix) {
      found.append(cursor.key)
    }
    #expect(found == fixture.terms.map(\.key).filter { $0.starts(with: prefix) })
  }

  @Test func theSameTermsGiveTheSameBytes() {
    var random = SeededGenerator(seed: 5)
    let fixture = DictionaryFixture.random(3000, &random)
    #expect(fixture.encode() == fixture.encode())
  }
}
