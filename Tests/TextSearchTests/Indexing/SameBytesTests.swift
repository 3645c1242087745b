import TestSupport
import Testing

@testable import TextSearch

/// Same documents, same bytes, however they come.
@Suite struct SameBytesTests {
  static let shapes: [CorpusShape] = [
    .init("short", groups: 200, vocabulary: 500, fields: 4, lengths: [1, 1, 12, 1, 0]),
    .init("long", groups: 10, vocabulary: 3_000, fields: 3, lengths: [1, 1, 1, 2, 6]),
    .init("empty", groups: 3, vocabulary: 10, fields: 2, lengths: [1, 0, 0, 0, 0]),
  ]

  @Test(arguments: shapes.indices) func batchesLeaveNoTrace(number: Int) throws {
    let seed = TestSeed.announced("same bytes", number)
    var corpus = RandomCorpus(Self.shapes[number], SeededGenerator(seed: seed))
    let groups = corpus.groups()
    let expected = try TemporaryIndex(groups, schema: corpus.schema, batch: 1_000).segments()
    #expect(expected.map(\.name) == ["1-1.segment"])
    for batch in [1_000, 100, 7, 1] {
      let found = try TemporaryIndex(groups, schema: corpus.schema, batch: batch).segments()
      #expect(found.map(\.name) == expected.map(\.name))
      #expect(found.map(\.bytes) == expected.map(\.bytes), "\(batch) groups a batch")
    }
  }

  /// Segments that end at the same groups are the same, and a segment is that of its documents.
  @Test func segmentsAreThoseOfTheirDocuments() throws {
    let seed = TestSeed.announced("same bytes of segments")
    var corpus = RandomCorpus(Self.shapes[0], SeededGenerator(seed: seed))
    let groups = corpus.groups()
    let schema = corpus.schema
    let cut = try TemporaryIndex(groups, schema: schema, batch: 70, memoryLimitInBytes: 1)
      .segments()
    #expect(cut.map(\.name) == ["1-1.segment", "1-2.segment", "1-3.segment"])
    for (number, segment) in cut.enumerated() {
      let part = Array(groups.dropFirst(70 * number).prefix(70))
      let own = try TemporaryIndex(part, schema: schema, batch: 9).segments()
      #expect(own.map(\.bytes) == [segment.bytes])
    }
  }

  /// A group whose documents come in two batches is one group.
  @Test func partsOfAGroupBecomeOne() throws {
    let schema = Schema(fields: [.init("body", boost: 1)], attributes: [])
    let documents = ["alpha", "beta", "alpha gamma"].enumerated().map { number, text in
      var document = Document(id: "\(number)")
      document.append(text.utf8, field: FieldID(rawValue: 0))
      return document
    }
    let whole = DocumentGroup(id: "group", attributes: [], documents: documents)
    let parts = documents.map { DocumentGroup(id: "group", attributes: [], documents: [$0]) }
    let expected = try TemporaryIndex([whole], schema: schema).segments()
    let found = try TemporaryIndex(parts, schema: schema, batch: 1).segments()
    #expect(found.map(\.bytes) == expected.map(\.bytes))
  }

  /// Where a segment is full in the middle of a group, the whole group still goes into it.
  @Test func aGroupIsNeverCut() throws {
    let schema = Schema(fields: [.init("body", boost: 1)], attributes: [])
    let names = ["a", "a", "b", "c", "c", "c", "d"]
    let parts = names.enumerated().map { number, name in
      var document = Document(id: "\(number)")
      document.append("fee \(name)".utf8, field: FieldID(rawValue: 0))
      return DocumentGroup(id: name, attributes: [], documents: [document])
    }
    let cut = try TemporaryIndex(parts, schema: schema, batch: 1, memoryLimitInBytes: 1)
    let searcher = try Searcher(index: cut.path)
    #expect(searcher.segments.map(\.info.documentCount) == [2, 1, 3, 1])
    let result = try searcher.search(.word("fee"))
    #expect(result.total == 4)
    #expect(result.hits.map(\.others.count).sorted() == [0, 0, 1, 2])
  }
}
