import TestSupport
import Testing

@testable import TextSearch

/// Damage under correct page checksums: what is tested are the dictionary's own checks.
@Suite struct TermDictionaryDamageTests {
  @Test(arguments: [1, 8, 34]) func damageIsAnErrorOrAnAnswer(size: Int) throws {
    var random = SeededGenerator(seed: UInt64(size))
    let fixture = DictionaryFixture.random(size, longestList: 5, &random)
    let probes = fixture.terms.enumerated().filter { $0.offset % 5 == 0 }.map(\.element.key)
    try SectionFixture.forEachDamage(of: fixture.encode()) { section in
      let dictionary = try fixture.open(section)
      attempt { try dictionary.check() }
      for key in probes {
        attempt { _ = try dictionary.surface(key) }
        attempt { _ = try dictionary.stem(key) }
      }
      for pair in fixture.pairs.prefix(4) {
        attempt { _ = try dictionary.pair(pair.key[0], pair.key[1]) }
      }
      for ordinal in 0..<min(dictionary.termCount, size) {
        attempt { _ = try dictionary.term(ordinal: ordinal) }
      }
      for rank in fixture.ranks where rank % 3 == 0 {
        attempt { _ = try dictionary.term(rank: rank) }
        attempt { _ = try dictionary.form(rank: rank, spelling: 2) }
      }
      attempt { try walk(dictionary) }
    }
  }

  private func attempt(_ body: () throws -> Void) {
    do { try body() } catch IndexError.damaged {
      // Said with its place: what damage must give.
    } catch {
      Issue.record("\(error)")
    }
  }

  private func walk(_ dictionary: TermDictionary) throws(IndexError) {
    var cursor = try dictionary.cursor()
    var last: [UInt8] = []
    var kind = TermKind.surface
    while try cursor.next() {
      if cursor.kind != kind { (kind, last) = (cursor.kind, []) }
      #expect(last.lexicographicallyPrecedes(cursor.key))
      last = cursor.key
      if kind == .stem {
        let members = try cursor.stem().members
        #expect(members.allSatisfy { $0 >= 0 && $0 < dictionary.termCount })
      } else {
        checkPlaces(try cursor.entry(), dictionary)
      }
    }
  }

  private func checkPlaces(_ entry: TermEntry, _ dictionary: TermDictionary) {
    #expect(entry.documentFrequency >= 1)
    #expect(entry.collectionFrequency >= entry.documentFrequency)
    if case .list(let offset, let count) = entry.postings {
      #expect(offset >= 0 && count >= 0 && offset + count <= dictionary.postingsCount)
    }
    if case .list(let offset, let count) = entry.passages {
      #expect(offset >= 0 && count >= 0 && offset + count <= dictionary.passagesCount)
    }
  }

  /// A dictionary cut anywhere does not pass the check, whatever else it answers.
  @Test func checkFindsEveryCut() throws {
    var random = SeededGenerator(seed: 3)
    let fixture = DictionaryFixture.random(34, longestList: 5, &random)
    let bytes = fixture.encode()
    for length in bytes.indices {
      let section = try SectionFixture.section(Array(bytes[..<length]))
      #expect(throws: IndexError.self) { try fixture.open(section).check() }
    }
  }

  @Test func listsOutsideTheirSectionsAreDamage() throws {
    var fixture = DictionaryFixture()
    var entry = DictionaryFixture.plain()
    entry.postings = .list(offset: 0, count: 100)
    fixture.add(term: [97], entry)
    let section = try SectionFixture.section(fixture.encode())
    let dictionary = try TermDictionary(section, postingsCount: 99, passagesCount: 0)
    #expect(throws: IndexError.self) { try dictionary.surface([97]) }
    #expect(throws: IndexError.self) { try dictionary.check() }
  }
}
