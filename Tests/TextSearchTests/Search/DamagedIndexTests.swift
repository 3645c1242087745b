import Foundation
import TestSupport
import Testing

@testable import TextSearch

/// An index with wrong bytes whose checksums are right: it may answer wrongly or throw an
/// `IndexError`, and nothing else; it must not crash or hang.
@Suite struct DamagedIndexTests {
  private static let queries: [Query] = {
    var queries: [Query] = ["the", "fee", "zebra", "quiet", "nowhere", "2009"].map { .word($0) }
    queries += [
      ["the", "company"], ["quiet", "quartz"], ["of", "the", "company"], ["the", "quiet"],
    ]
    .map { .phrase($0) }
    queries += [.prefix("f"), .prefix(""), .field(FieldID(rawValue: 1), .word("of"))]
    let all = queries
    queries.append(.boolean(all.map { .init(.should, $0) }))
    queries.append(.boolean([.init(.bare, all[0]), .init(.bare, all[1]), .init(.mustNot, all[2])]))
    return queries
  }()

  /// Does what can be done with an index, each turn with other queries.
  private static func use(_ path: String, turn: Int) throws {
    _ = try Searcher.check(index: path)
    let searcher = try Searcher(index: path)
    for (number, query) in queries.enumerated() where number % 4 == turn % 4 {
      var options = SearchOptions()
      if number % 2 == 0 { options.boosts = [1, 2, 1.5] }
      if number % 5 == 0 { options.order = .attribute("filed", descending: true) }
      attempt {
        for hit in try searcher.search(query, options).hits.prefix(3) {
          attempt { _ = try searcher.document(hit.address) }
          attempt { _ = try searcher.snippet(hit.address, for: query, options) }
          attempt { _ = try searcher.explain(query, hit.address, options) }
        }
      }
    }
    for document in 0..<UInt32(min(searcher.documentCount, 5)) {
      attempt { _ = try searcher.text(DocAddress(segment: 0, document: document)) }
    }
    attempt { _ = try searcher.address(of: "3#0") }
  }

  private static func attempt(_ body: () throws -> Void) {
    do {
      try body()
    } catch {
      if !(error is IndexError) { Issue.record("\(error)") }
    }
  }

  /// Writes the sections anew, with right checksums, and a manifest for the file.
  private static func write(_ sections: [(name: String, bytes: [UInt8])], _ folder: TemporaryIndex)
    throws
  {
    let writer = try SegmentFileWriter(path: folder.path + "/1-1.segment")
    for (name, bytes) in sections { try writer.add(name, bytes) }
    let byteCount = try writer.finish().byteCount
    let documents = try Segment(folder: folder.path, name: "1-1.segment").info.documentCount
    let manifest = Manifest(
      generation: 1,
      segments: [
        .init(name: "1-1.segment", byteCount: byteCount, documentCount: documents)
      ])
    try folder.put(Array(manifest.text().utf8), Manifest.fileName)
  }

  static func sections(_ index: TemporaryIndex) throws -> [(name: String, bytes: [UInt8])] {
    let file = try SegmentFile(path: index.path + "/1-1.segment")
    return try file.sections.map { name, range in
      let section = file.section(name)
      return (name, try RawSpanSource(section, 0..<section.count).copy(0..<section.count))
    }
  }

  /// Numbers that are wrong though every byte is well formed: the check compares parts with parts.
  @Test(arguments: ["stem", "pair", "swapped pairs", "missing pair", "term"])
  func checkNamesWrongNumbers(_ damage: String) throws {
    var corpus = RandomCorpus(
      CorpusShape("", groups: 60, vocabulary: 120, fields: 3, lengths: [0, 1, 30, 1, 0]),
      SeededGenerator(seed: 7))
    let index = try TemporaryIndex(corpus.groups(), schema: corpus.schema)
    #expect(try Searcher.check(index: index.path).problems == [])
    var sections = try Self.sections(index)
    let place = try #require(sections.firstIndex { $0.name == SectionName.terms })
    sections[place].bytes = try Self.dictionary(of: index, damage)
    let folder = try TemporaryIndex()
    try Self.write(sections, folder)
    let problems = try Searcher.check(index: folder.path).problems
    guard problems.count == 1,
      case .damaged(let file, let section, let offset, let reason) = problems[0]
    else {
      Issue.record("\(problems)")
      return
    }
    #expect(file == folder.path + "/1-1.segment")
    #expect(section == SectionName.terms)
    let range = try SegmentFile(path: file).section(section).range
    #expect(range.contains(offset))
    #expect(reason.contains(damage == "missing pair" ? "pairs" : "documents"), "\(reason)")
  }

  /// The dictionary of an index, written again with one entry that is wrong.
  private static func dictionary(of index: TemporaryIndex, _ damage: String) throws -> [UInt8] {
    let segment = try Segment(folder: index.path, name: "1-1.segment")
    let dictionary = segment.dictionary
    var writer = TermDictionaryWriter(
      reservedRanks: dictionary.reservedRanks, stopperCount: dictionary.stopperCount)
    var pairs: [(key: [UInt8], entry: TermEntry)] = []
    var isDone = false
    var cursor = try dictionary.cursor()
    while try cursor.next() {
      switch cursor.kind {
      case .surface:
        var entry = try cursor.entry()
        if damage == "term", entry.documentFrequency > 5, !isDone {
          entry.collectionFrequency += 1
          isDone = true
        }
        writer.append(surface: cursor.key, entry)
      case .stem:
        var stem = try cursor.stem()
        if damage == "stem", stem.documentFrequency > 1, !isDone {
          stem.documentFrequency -= 1
          isDone = true
        }
        writer.append(stem: cursor.key, stem)
      case .pair: pairs.append((cursor.key, try cursor.entry()))
      }
    }
    let first = try #require(pairs.indices.first { pairs[$0].entry.documentFrequency == 1 })
    switch damage {
    case "pair":
      let long = try #require(pairs.indices.first { pairs[$0].entry.collectionFrequency > 5 })
      pairs[long].entry.collectionFrequency -= 1
    case "swapped pairs":
      let entry = pairs[first].entry
      let second = try #require(
        pairs.indices.first {
          let other = pairs[$0].entry
          return other.documentFrequency == 1 && other.postings != entry.postings
        })
      (pairs[first].entry, pairs[second].entry) = (pairs[second].entry, entry)
    case "missing pair": pairs.remove(at: first)
    default: break
    }
    for (key, entry) in pairs { writer.append(pair: key[0], key[1], entry) }
    return writer.finish()
  }

  /// How many damages are tried; `FOLIO_DAMAGES` gives another number.
  private static let damageCount =
    ProcessInfo.processInfo.environment["FOLIO_DAMAGES"].flatMap { Int($0) } ?? 1_000

  @Test func wrongBytesAreNeverACrash() throws {
    let seed = TestSeed.announced("damaged index")
    var corpus = RandomCorpus(
      CorpusShape("", groups: 40, vocabulary: 120, fields: 3, lengths: [1, 1, 30, 1, 0.6]),
      SeededGenerator(seed: seed))
    let index = try TemporaryIndex(corpus.groups(), schema: corpus.schema)
    let sections = try Self.sections(index)
    let folder = try TemporaryIndex()
    var random = corpus.random
    let places = sections.indices.filter { !sections[$0].bytes.isEmpty }
    let log = ProcessInfo.processInfo.environment["FOLIO_DAMAGE_LOG"]
    for turn in 0..<Self.damageCount {
      var damaged = sections
      let number = places[turn % places.count]
      let text = Self.damage(&damaged[number].bytes, &random)
      if let log {
        try "\(seed) \(turn) \(sections[number].name) \(text)".write(
          toFile: log, atomically: false, encoding: .utf8)
      }
      Self.attempt {
        try Self.write(damaged, folder)
        try Self.use(folder.path, turn: turn)
      }
    }
  }

  /// A bit that is wrong in any file of an index is found, whatever the file is for.
  @Test func checkReadsEveryFile() throws {
    let folder = try TemporaryIndex()
    try ReferenceIndex.write(to: folder.path)
    let sound = try Searcher.check(index: folder.path)
    #expect(sound.problems.isEmpty)
    #expect(sound.fileCount == ReferenceIndex.fileNames.count)
    for name in ReferenceIndex.fileNames where name != Manifest.fileName {
      var bytes = try folder.bytes(name)
      #expect(bytes.count > 20)
      // Two names of one file would both be damaged.
      try folder.remove(name)
      for place in [10, bytes.count / 2, bytes.count - 2] {
        bytes[place] ^= 4
        try folder.put(bytes, name)
        #expect(try !Searcher.check(index: folder.path).problems.isEmpty, "\(name), \(place)")
        bytes[place] ^= 4
      }
      try folder.put(bytes, name)
    }
  }

  /// Changes, cuts, lengthens or repeats some bytes, mostly near the beginning.
  static func damage(_ bytes: inout [UInt8], _ random: inout SeededGenerator) -> String {
    let isNearBeginning = Bool.random(using: &random)
    let place = Int.random(in: 0..<min(bytes.count, isNearBeginning ? 24 : .max), using: &random)
    switch Int.random(in: 0...9, using: &random) {
    case 0:
      bytes.removeSubrange(place...)
    case 1:
      bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
    case 2:
      for other in place..<min(place + 8, bytes.count) { bytes[other] = 0xFF }
    case 3, 4:
      bytes[place] = [0, 0x7F, 0x80, 0xFF][Int.random(in: 0...3, using: &random)]
    default:
      bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
    }
    return "\(place)"
  }
}
