import Synchronization
import TestSupport
import Testing

@testable import TextSearch

/// A segment that is decoded and built again is the one of its documents, byte for byte.
@Suite struct SegmentDecoderTests {
  static let shapes: [CorpusShape] = [
    .init("short", groups: 200, vocabulary: 500, fields: 4, lengths: [1, 1, 12, 1, 0]),
    .init("long", groups: 12, vocabulary: 3_000, fields: 3, lengths: [1, 1, 1, 2, 6]),
    .init("mixed", groups: 80, vocabulary: 900, fields: 8, lengths: [3, 3, 3, 2, 1]),
    .init("empty", groups: 3, vocabulary: 10, fields: 2, lengths: [1, 0, 0, 0, 0]),
    .init("no groups", groups: 0, vocabulary: 10, fields: 2, lengths: [1, 0, 0, 0, 0]),
  ]

  /// The segments of an index, decoded and written as one.
  private static func merged(
    _ index: TemporaryIndex, schema: Schema, partTokens: Int = 1_000,
    isLive: (_ id: String) -> Bool = { _ in true }
  ) throws -> [UInt8] {
    let builder = SegmentBuilder(schema: schema)
    for name in try index.segments().map(\.name) {
      let segment = try Segment(folder: index.path, name: name)
      let decoder = try SegmentDecoder(segment)
      let ids = try segment.display().groupIDs
      let live = try (0..<segment.info.groupCount).map { isLive(try ids.value($0) ?? "") }
      for part in try decoder.parts(ofTokens: partTokens) {
        builder.append(try decoder.batch(part) { live[$0] })
      }
    }
    let folder = try TemporaryIndex()
    _ = try builder.write(to: folder.path + "/merged", threads: 2)
    return try folder.bytes("merged")
  }

  private static func bytes(_ groups: [DocumentGroup], _ schema: Schema) throws -> [UInt8] {
    let segments = try TemporaryIndex(groups, schema: schema, batch: 1_000).segments()
    #expect(segments.count == 1)
    return segments[0].bytes
  }

  @Test(arguments: shapes.indices) func aSegmentIsMadeAgain(number: Int) throws {
    let seed = TestSeed.announced("segment again", number)
    var corpus = RandomCorpus(Self.shapes[number], SeededGenerator(seed: seed))
    let index = try TemporaryIndex(corpus.groups(), schema: corpus.schema)
    let expected = try index.segments()[0].bytes
    for partTokens in [1, 3_000, 1 << 20] {
      let found = try Self.merged(index, schema: corpus.schema, partTokens: partTokens)
      #expect(found == expected, "parts of \(partTokens) tokens")
    }
  }

  @Test(arguments: shapes.indices) func deletedGroupsLeaveNoTrace(number: Int) throws {
    let seed = TestSeed.announced("deleted groups", number)
    var corpus = RandomCorpus(Self.shapes[number], SeededGenerator(seed: seed))
    let groups = corpus.groups()
    let index = try TemporaryIndex(groups, schema: corpus.schema)
    var random = corpus.random
    for share in [0.0, 0.05, 0.5, 0.95] {
      let live = groups.filter { _ in Double.random(in: 0..<1, using: &random) < share }
      let ids = Set(live.map(\.id))
      let found = try Self.merged(index, schema: corpus.schema) { ids.contains($0) }
      #expect(try found == Self.bytes(live, corpus.schema), "\(share) of the groups")
    }
  }

  /// Segments whose groups follow each other become that of all.
  @Test(arguments: [0, 1, 2]) func segmentsBecomeOne(number: Int) throws {
    let seed = TestSeed.announced("segments to one", number)
    var corpus = RandomCorpus(Self.shapes[number], SeededGenerator(seed: seed))
    let groups = corpus.groups()
    let index = try TemporaryIndex(
      groups, schema: corpus.schema, batch: 5, memoryLimitInBytes: 1)
    #expect(try index.segments().count > 2)
    var order: [DocumentGroup] = []
    for name in try index.segments().map(\.name) {
      let segment = try Segment(folder: index.path, name: name)
      for group in 0..<segment.info.groupCount {
        let id = try segment.display().groupIDs.value(group)
        order += groups.filter { $0.id == id }
      }
    }
    #expect(order.count == groups.count)
    #expect(
      try Self.merged(index, schema: corpus.schema) == Self.bytes(order, corpus.schema))
    var random = corpus.random
    let live = order.filter { _ in Bool.random(using: &random) }
    let ids = Set(live.map(\.id))
    #expect(
      try Self.merged(index, schema: corpus.schema) { ids.contains($0) }
        == Self.bytes(live, corpus.schema))
  }

  /// A batch is numbered as the analysis numbered it.
  @Test(arguments: shapes.indices) func theBatchIsThatOfTheAnalysis(number: Int) throws {
    let seed = TestSeed.announced("decoded batch", number)
    var corpus = RandomCorpus(Self.shapes[number], SeededGenerator(seed: seed))
    let groups = corpus.groups().filter { !$0.documents.isEmpty }
      .sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    let expected = IndexWriter.analyze(groups, schema: corpus.schema)
    let index = try TemporaryIndex(groups, schema: corpus.schema)
    let segment = try Segment(folder: index.path, name: "1-1.segment")
    let found = try SegmentDecoder(segment).batch(0..<groups.count) { _ in true }
    #expect(found.tokens == expected.tokens)
    #expect(found.gaps == expected.gaps)
    #expect(found.formCounts == expected.formCounts)
    #expect(found.forms.ends == expected.forms.ends)
    // Behind nothing there may be spare bytes.
    if groups.isEmpty { return }
    #expect(found.forms.bytes == expected.forms.bytes)
    #expect(found.groups.map(\.id) == expected.groups.map(\.id))
    #expect(found.groups.map(\.documentCount) == expected.groups.map(\.documentCount))
    #expect(found.documents.map(\.id) == expected.documents.map(\.id))
    #expect(found.documents.map(\.firstToken) == expected.documents.map(\.firstToken))
    #expect(found.documents.map(\.fieldLengths) == expected.documents.map(\.fieldLengths))
    #expect(found.separatorCounts == expected.separatorCounts)
    #expect(found.separators.bytes == expected.separators.bytes)
  }

  @Test func partsAreDecodedSideBySide() throws {
    let seed = TestSeed.announced("side by side")
    var corpus = RandomCorpus(Self.shapes[0], SeededGenerator(seed: seed))
    let index = try TemporaryIndex(corpus.groups(), schema: corpus.schema)
    let segment = try Segment(folder: index.path, name: "1-1.segment")
    let decoder = try SegmentDecoder(segment)
    let parts = try decoder.parts(ofTokens: 300)
    #expect(parts.count > 3)
    #expect(parts.flatMap { Array($0) } == Array(0..<segment.info.groupCount))
    let tokens = Mutex([[UInt32]](repeating: [], count: parts.count))
    Platform.concurrently(parts.count, threads: 2) { number in
      let found = (try? decoder.batch(parts[number]) { _ in true })?.tokens ?? []
      tokens.withLock { $0[number] = found }
    }
    for (number, part) in parts.enumerated() {
      #expect(try decoder.batch(part) { _ in true }.tokens == tokens.withLock { $0[number] })
    }
  }

  // MARK: Odd documents

  private static let oddTexts: [String] = [
    "", " ", "\n\n \t", "—", "word", "Word WORD wOrD word's U.S. u.s. U.S",
    "1,234 1234 12,34 1,234,567.89 8½ ½ .01 ....5 10-K x²³", "ÉCOLE école ecole E\u{301}cole",
    "ﬁnance finance FINANCE Straße STRASSE strasse", "soft\u{AD}hyphen softhyphen 日本語 日本 語",
    String(repeating: "x", count: 700) + " " + String(repeating: "é", count: 300),
    "a\u{0}b\u{1F600}c", "  leading and trailing  ", "а\u{0306} \u{200B}zero\u{200D}width ",
  ]

  private static func document(_ number: Int, _ text: [UInt8]) -> Document {
    let attributes: [[String?]] = [
      [], [nil, nil], ["", nil], ["a", ""], ["é", "2009-08-06"], ["e\u{301}", nil, "too many"],
    ]
    var document = Document(id: "d\(number)", attributes: attributes[number % attributes.count])
    let middle = text.count / 2
    document.append(text[..<middle], field: FieldID(rawValue: 1))
    document.append(text[middle...], field: FieldID(rawValue: UInt8(number % 2)))
    for (kind, label) in [(0, "é"), (7, "e\u{301}"), (255, "")] {
      document.zones.append(
        .init(
          kind: UInt8(kind), label: label, range: (kind == 7 ? middle : 0)..<text.count))
    }
    return document
  }

  @Test func oddDocumentsAreMadeAgain() throws {
    let schema = Schema(
      fields: [.init("title", boost: 2), .init("body", boost: 1)],
      attributes: [
        .init("kind", of: .document), .init("date", of: .document), .init("name", of: .group),
      ],
      zoneKinds: [.init("part", number: 7)])
    var texts = Self.oddTexts.map { Array($0.utf8) }
    texts += [[0xFF, 0x41, 0xC3], [0xC3], [0x80, 0x20, 0xE2, 0x82]]
    let documents = texts.enumerated().map { Self.document($0, $1) }
    let names = ["é", "e\u{301}", nil, ""]
    let groups = stride(from: 0, to: documents.count, by: 2).enumerated().map { number, start in
      DocumentGroup(
        id: "g\(10 + number)", attributes: [names[number % names.count]],
        documents: Array(documents[start..<min(start + 2, documents.count)]))
    }
    let index = try TemporaryIndex(groups, schema: schema)
    #expect(try Self.merged(index, schema: schema) == index.segments()[0].bytes)
    for left in groups.indices {
      let live = groups.enumerated().filter { $0.offset != left }.map(\.element)
      let found = try Self.merged(index, schema: schema) { $0 != groups[left].id }
      #expect(try found == Self.bytes(live, schema), "without \(groups[left].id)")
      let alone = try Self.merged(index, schema: schema) { $0 == groups[left].id }
      #expect(try alone == Self.bytes([groups[left]], schema), "\(groups[left].id) alone")
    }
  }

  // MARK: Damage

  /// Wrong bytes with right checksums: what can be decoded can be written, all else is an error.
  @Test func damageIsAnError() throws {
    let seed = TestSeed.announced("damaged segment, decoded")
    var corpus = RandomCorpus(
      CorpusShape("", groups: 40, vocabulary: 120, fields: 3, lengths: [1, 1, 30, 1, 0.6]),
      SeededGenerator(seed: seed))
    let index = try TemporaryIndex(corpus.groups(), schema: corpus.schema)
    let sections = try DamagedIndexTests.sections(index)
    let folder = try TemporaryIndex()
    var random = corpus.random
    let places = sections.indices.filter { !sections[$0].bytes.isEmpty }
    var errors = 0
    for turn in 0..<1_000 {
      var damaged = sections
      _ = DamagedIndexTests.damage(&damaged[places[turn % places.count]].bytes, &random)
      do {
        let writer = try SegmentFileWriter(path: folder.path + "/1-1.segment")
        for (name, bytes) in damaged { try writer.add(name, bytes) }
        _ = try writer.finish()
        _ = try Self.merged(folder, schema: corpus.schema)
      } catch {
        errors += 1
        if !(error is IndexError) { Issue.record("\(error)") }
      }
    }
    #expect(errors > 100)
  }
}
