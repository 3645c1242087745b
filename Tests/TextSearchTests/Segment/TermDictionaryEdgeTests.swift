import TestSupport
import Testing

@testable import TextSearch

/// Shapes of data that a random dictionary hardly has.
@Suite struct TermDictionaryEdgeTests {
  private func check(_ keys: [[UInt8]], _ entry: TermEntry = DictionaryFixture.plain()) throws {
    var fixture = DictionaryFixture()
    let sorted = keys.sorted { $0.lexicographicallyPrecedes($1) }
    for key in sorted { fixture.add(term: key, entry) }
    let dictionary = try fixture.open()
    try dictionary.check()
    for (ordinal, key) in sorted.enumerated() {
      #expect(try dictionary.surface(key)?.ordinal == ordinal)
      #expect(try dictionary.term(ordinal: ordinal).bytes == key)
      #expect(try dictionary.surface(key + [0]) == nil)
      #expect(try dictionary.surface(Array(key.dropLast())) == nil || keys.contains(key.dropLast()))
    }
  }

  @Test func emptyDictionary() throws {
    let dictionary = try DictionaryFixture().open()
    try dictionary.check()
    #expect(dictionary.termCount == 0)
    #expect(try dictionary.surface([97]) == nil)
    #expect(try dictionary.stem([97]) == nil)
    #expect(try dictionary.pair(1, 2) == nil)
    #expect(try dictionary.term(rank: 4) == nil)
    var cursor = try dictionary.cursor()
    #expect(try !cursor.next())
  }

  @Test func longSharedPrefixes() throws {
    let long = [UInt8](repeating: 120, count: 255)
    try check((0..<100).map { long + [UInt8($0)] })
    try check([[UInt8](repeating: 1, count: 4096), [UInt8](repeating: 1, count: 4095)])
  }

  @Test func termsThatBeginOthers() throws {
    try check((1...255).map { [UInt8](repeating: 57, count: $0) })
    try check((1...255).map { [UInt8](repeating: 195, count: $0) })
  }

  @Test func everyByteAsAKey() throws { try check((0...255).map { [UInt8($0)] }) }

  @Test func numbersWithLetters() throws {
    try check(
      ["0", "0.5", "1", "10k", "10q", "10.2", "11", "12g3", "1a", "2é"].map { Array($0.utf8) })
  }

  @Test func largeNumbers() throws {
    var fixture = DictionaryFixture()
    for (place, size) in [0, 7, 8, 253, 254, 255, 1 << 32, 1 << 43].enumerated() {
      var entry = DictionaryFixture.plain()
      entry.documentFrequency = size + 1
      entry.collectionFrequency = 2 * size + 1
      entry.postings = .list(offset: 0, count: size)
      entry.passages = .list(offset: 0, count: size)
      fixture.add(term: [97, UInt8(place)], entry)
    }
    let dictionary = try fixture.open()
    try dictionary.check()
    for (key, entry) in fixture.terms { #expect(try dictionary.surface(key)?.entry == entry) }
  }

  @Test func spellingsAreCapped() throws {
    let many = (0..<70_000).map { Spelling.literal(Array("s\($0)".utf8)) }
    var fixture = DictionaryFixture()
    fixture.add(term: [97], DictionaryFixture.plain(spellings: many))
    fixture.add(
      term: [98], DictionaryFixture.plain(spellings: [.same, .upper, .capitalized, .same]))
    let dictionary = try fixture.open()
    try dictionary.check()
    #expect(try dictionary.surface([97])?.entry.spellings == Array(many.prefix(65_535)))
    #expect(
      try dictionary.form(rank: dictionary.rank(ordinal: 0), spelling: 999) == Array("s999".utf8))
    #expect(try dictionary.form(rank: dictionary.rank(ordinal: 1), spelling: 1) == [66])
    #expect(try dictionary.form(rank: dictionary.rank(ordinal: 1), spelling: 9) == [98])
  }

  @Test func everyTermOfAClass() throws {
    var fixture = DictionaryFixture()
    (fixture.stoppers, fixture.reserved) = (10, 3)
    let sizes = [7, 10 * 246, 3000]
    for (place, codeClass) in sizes.enumerated().flatMap({ Array(repeating: $0.0 + 1, count: $0.1) }
    )
    .shuffled(seed: 9).enumerated() {
      fixture.add(
        term: [UInt8(place >> 8), UInt8(place & 255)], DictionaryFixture.plain(codeClass))
    }
    let dictionary = try fixture.open()
    try dictionary.check()
    for (place, rank) in fixture.ranks.enumerated() {
      #expect(try dictionary.term(rank: rank)?.ordinal == place)
    }
    for rank in [0, 1, 2, 10 + 2460 + 3000] { #expect(try dictionary.term(rank: rank) == nil) }
  }

  @Test(arguments: [
    ("apple", "Apple", Spelling.capitalized), ("apple", "apple", .same), ("us", "US", .upper),
    ("a", "A", .capitalized), ("9153", "9,153", .thousands), ("12g", "12G", .upper),
    ("1234567.8912", "1,234,567.8912", .thousands), ("123", "123", .same),
    ("1234a", "1,234a", .literal(Array("1,234a".utf8))), ("us", "U.S", .literal(Array("U.S".utf8))),
    ("élan", "Élan", .literal(Array("Élan".utf8))),
  ]) func spellings(term: String, form: String, spelling: Spelling) {
    #expect(Spelling(Array(form.utf8), of: Array(term.utf8)) == spelling)
    #expect(spelling.form(of: Array(term.utf8)) == Array(form.utf8))
  }
}

extension Array {
  fileprivate func shuffled(seed: UInt64) -> [Element] {
    var random = SeededGenerator(seed: seed)
    return shuffled(using: &random)
  }
}
