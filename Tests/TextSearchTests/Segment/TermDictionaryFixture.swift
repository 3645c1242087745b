import TestSupport

@testable import TextSearch

/// Keys and entries for a dictionary, and what a plain array says about them.
struct DictionaryFixture {
  static let stoppers = 218
  static let reserved = 4

  var terms: [(key: [UInt8], entry: TermEntry)] = []
  var stems: [(key: [UInt8], entry: StemEntry)] = []
  var pairs: [(key: [UInt8], entry: TermEntry)] = []
  var stoppers = Self.stoppers
  var reserved = Self.reserved
  private var postings = 0
  private var passages = 0

  init() {}

  /// The lengths of the sections that the lists fill.
  var postingsCount: Int { postings }
  var passagesCount: Int { passages }

  func encode() -> [UInt8] {
    var writer = TermDictionaryWriter(reservedRanks: reserved, stopperCount: stoppers)
    for (key, entry) in terms { writer.append(surface: key, entry) }
    for (key, entry) in stems { writer.append(stem: key, entry) }
    for (key, entry) in pairs { writer.append(pair: key[0], key[1], entry) }
    return writer.finish()
  }

  func open() throws -> TermDictionary { try open(try SectionFixture.section(encode())) }

  func open(_ section: Section) throws(IndexError) -> TermDictionary {
    try TermDictionary(section, postingsCount: postings, passagesCount: passages)
  }

  /// The rank of each term, from the definition.
  var ranks: [Int] {
    let (s, c) = (stoppers, 256 - stoppers)
    var next = [0, reserved, s, s + s * c, s + s * c + s * c * c]
    return terms.map { _, entry in
      next[entry.codeClass] += 1
      return next[entry.codeClass] - 1
    }
  }

  // MARK: Making

  mutating func add(term key: [UInt8], _ entry: TermEntry) { terms.append((key, placed(entry))) }
  mutating func add(stem key: [UInt8], _ entry: StemEntry) { stems.append((key, entry)) }
  mutating func add(pair key: [UInt8], _ entry: TermEntry) { pairs.append((key, placed(entry))) }

  /// The entry with its lists laid after those before.
  private mutating func placed(_ entry: TermEntry) -> TermEntry {
    var entry = entry
    if case .list(_, let count) = entry.postings {
      entry.postings = .list(offset: postings, count: count)
      postings += count
    }
    if case .list(_, let count) = entry.passages {
      entry.passages = .list(offset: passages, count: count)
      passages += count
    }
    return entry
  }

  static func plain(_ codeClass: Int = 3, spellings: [Spelling] = [.same]) -> TermEntry {
    TermEntry(
      documentFrequency: 1, collectionFrequency: 1, postings: .inline([7, 8, 9]),
      passages: .none, codeClass: codeClass, spellings: spellings)
  }

  /// A dictionary with all there can be, of about `count` terms with up to `longestList` spellings.
  static func random(
    _ count: Int, longestList: Int = 300, _ random: inout SeededGenerator
  ) -> DictionaryFixture {
    var fixture = DictionaryFixture()
    var room = [0, Self.stoppers - Self.reserved, 8000, 1 << 20, 1 << 20]
    for key in keys(count, &random) {
      var entry = entry(&random)
      entry.spellings = Array(entry.spellings.prefix(longestList))
      if room[entry.codeClass] == 0 { entry.codeClass = 3 }
      room[entry.codeClass] -= 1
      fixture.add(term: key, entry)
    }
    guard !fixture.terms.isEmpty else { return fixture }
    for key in keys(count / 4, &random) {
      fixture.add(stem: key, stem(terms: fixture.terms.count, &random))
    }
    for first in 0..<UInt8(min(count / 4, 20)) {
      for second in 0..<UInt8(20) where Bool.random(using: &random) {
        var entry = entry(&random)
        (entry.codeClass, entry.spellings) = (0, [])
        fixture.add(pair: [first, second * 12], entry)
      }
    }
    return fixture
  }

  /// Distinct rising keys: many numbers, many that share beginnings, some of any bytes.
  static func keys(_ count: Int, _ random: inout SeededGenerator) -> [[UInt8]] {
    var keys: Set<[UInt8]> = []
    for _ in 0..<count {
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<5:
        keys.insert(Array("\(Int.random(in: 0..<(20 * count), using: &random))".utf8))
      case 5:
        keys.insert(Array("\(Int.random(in: 0..<999, using: &random)).5".utf8))
      case 6 where Bool.random(using: &random):
        keys.insert(Array("\(UInt64.random(in: 0...(.max), using: &random))".utf8))
      case 6:
        keys.insert(bytes(1...40, 0...255, &random))
      default:
        keys.insert(bytes(1...9, UInt8(ascii: "a")...UInt8(ascii: "d"), &random))
      }
    }
    return keys.sorted { $0.lexicographicallyPrecedes($1) }
  }

  static func bytes(
    _ count: ClosedRange<Int>, _ values: ClosedRange<UInt8>, _ random: inout SeededGenerator
  ) -> [UInt8] {
    (0..<Int.random(in: count, using: &random)).map { _ in .random(in: values, using: &random) }
  }

  static func entry(_ random: inout SeededGenerator) -> TermEntry {
    let isRare = Int.random(in: 0..<3, using: &random) > 0
    let documents = isRare ? 1 : Int.random(in: 1...100_000, using: &random)
    return TermEntry(
      documentFrequency: documents,
      collectionFrequency: documents + (isRare ? 0 : .random(in: 0...9999, using: &random)),
      postings: place(isInline: isRare, &random), passages: place(isInline: isRare, &random),
      codeClass: Int.random(in: 1...4, using: &random), spellings: spellings(&random))
  }

  private static func place(isInline: Bool, _ random: inout SeededGenerator) -> PostingsPlace {
    if Int.random(in: 0..<5, using: &random) == 0 { return .none }
    if isInline { return .inline(bytes(0...5, 0...255, &random)) }
    return .list(offset: 0, count: Int.random(in: 0...5000, using: &random))
  }

  private static func spellings(_ random: inout SeededGenerator) -> [Spelling] {
    let count = [1, 1, 1, 1, 2, 3, 5, 300][Int.random(in: 0..<8, using: &random)]
    return (0..<count).map { _ in
      switch Int.random(in: 0..<9, using: &random) {
      case 0: .literal(bytes(1...30, 0...255, &random))
      case let code: Spelling(code: UInt8(code))
      }
    }
  }

  private static func stem(terms: Int, _ random: inout SeededGenerator) -> StemEntry {
    let first = Int.random(in: 0..<terms, using: &random)
    var members = [first]
    let step = [1, 1, 3, 1000][Int.random(in: 0..<4, using: &random)]
    for _ in 0..<Int.random(in: 0..<5, using: &random) {
      let next = members[members.count - 1] + Int.random(in: 1...step, using: &random)
      if next < terms { members.append(next) }
    }
    return StemEntry(
      documentFrequency: Int.random(in: 1...9999, using: &random), members: members)
  }
}
