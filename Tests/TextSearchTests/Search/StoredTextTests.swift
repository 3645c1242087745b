import TestSupport
import Testing

@testable import TextSearch

/// What an index gives back of its documents, compared with the documents that went in.
@Suite struct StoredTextTests {
  static let shapes: [CorpusShape] = [
    .init("short", groups: 60, vocabulary: 60, fields: 4, lengths: [1, 1, 12, 1, 0]),
    .init("eight fields", groups: 60, vocabulary: 90, fields: 8, lengths: [1, 1, 8, 2, 0]),
    .init("long", groups: 4, vocabulary: 700, fields: 3, lengths: [0, 0, 1, 2, 6]),
    .init("many words", groups: 4, vocabulary: 30_000, fields: 2, lengths: [0, 0, 1, 2, 6]),
    .init("only empty", groups: 3, vocabulary: 10, fields: 3, lengths: [1, 0, 0, 0, 0]),
  ]

  private struct Fixture {
    let groups: [DocumentGroup]
    let documents: [Document]
    let index: TemporaryIndex
    let comparison: SearchComparison
    let oracle: SearchOracle
    var queries: RandomQuery<SeededGenerator>

    init(_ shape: CorpusShape, seed: UInt64) throws {
      var corpus = RandomCorpus(shape, SeededGenerator(seed: seed))
      groups = corpus.groups()
      documents = groups.flatMap(\.documents)
      index = try TemporaryIndex(
        groups, schema: corpus.schema, batch: max(1, groups.count / 3), memoryLimitInBytes: 1)
      oracle = SearchOracle(
        OracleCorpus(groups, schema: corpus.schema), stem: SearchOracleTests.stem)
      comparison = SearchComparison(try Searcher(index: index.path), oracle)
      queries = RandomQuery(oracle.corpus, corpus.random)
    }

    /// The fragments of a run of text that has `marks` on its words.
    static func fragments(_ text: String, _ marks: [Bool]) -> [Fragment] {
      var fragments: [Fragment] = []
      func append(_ range: Range<Int>, _ isMatch: Bool) {
        if range.isEmpty { return }
        let part = String(decoding: Array(text.utf8)[range], as: UTF8.self)
        if fragments.last?.isMatch == isMatch {
          fragments[fragments.count - 1].text += part
        } else {
          fragments.append(Fragment(text: part, isMatch: isMatch))
        }
      }
      var end = 0
      for (place, token) in Analyzer.tokens(in: text).enumerated() {
        append(end..<token.range.lowerBound, place > 0 && marks[place - 1] && marks[place])
        append(token.range, marks[place])
        end = token.range.upperBound
      }
      append(end..<text.utf8.count, false)
      return fragments
    }
  }

  private static func fixture(_ number: Int) throws -> Fixture {
    try Fixture(shapes[number], seed: TestSeed.announced("stored text, \(shapes[number])", number))
  }

  @Test(arguments: shapes.indices) func textsComeBack(number: Int) throws {
    let fixture = try Self.fixture(number)
    let searcher = fixture.comparison.searcher
    for (number, document) in fixture.documents.enumerated() {
      let runs = try searcher.text(fixture.comparison.address(number))
      let expected = document.runs.map { String(decoding: document.text[$0.range], as: UTF8.self) }
      #expect(runs.map(\.field) == document.runs.map(\.field))
      guard runs.map({ $0.fragments.map(\.text).joined() }) == expected else {
        Issue.record("the text of document \(number)")
        return
      }
    }
  }

  @Test(arguments: shapes.indices) func identifiersAndAttributesComeBack(number: Int) throws {
    let fixture = try Self.fixture(number)
    let searcher = fixture.comparison.searcher
    var place = 0
    func filled(_ values: [String?]) -> [String?] {
      values + [String?](repeating: nil, count: 2 - values.count)
    }
    for group in fixture.groups {
      for document in group.documents {
        let address = fixture.comparison.address(place)
        let expected = StoredDocument(
          id: document.id, groupID: group.id, attributes: filled(document.attributes),
          groupAttributes: filled(group.attributes))
        #expect(try searcher.document(address) == expected)
        #expect(try searcher.address(of: document.id) == address)
        place += 1
      }
    }
    #expect(try searcher.address(of: "no such") == nil)
    let report = try Searcher.check(index: fixture.index.path)
    #expect(report.problems == [])
  }

  /// Marks of random queries on random documents, hits or not.
  @Test(arguments: shapes.indices) func marksAreThoseOfTheOracle(number: Int) throws {
    var fixture = try Self.fixture(number)
    let (searcher, oracle) = (fixture.comparison.searcher, fixture.oracle)
    for turn in 0..<60 {
      let query = fixture.queries.query()
      let options = fixture.queries.options()
      let number = turn * 7 % fixture.documents.count
      let document = fixture.documents[number]
      let found = try searcher.text(
        fixture.comparison.address(number), marking: query, options)
      for (run, stored) in zip(zip(document.runs, oracle.corpus.documents[number].runs), found) {
        let text = String(decoding: document.text[run.0.range], as: UTF8.self)
        let marks = oracle.marks(
          query, usesStems: options.usesStems, document: number, in: run.1)
        guard stored.fragments == Fixture.fragments(text, marks) else {
          Issue.record("document \(number), \(query), \(options): \(stored.fragments.prefix(9))")
          return
        }
      }
    }
  }

  /// A snippet is a piece of one run; where the run has matches, one of them is in it.
  @Test(arguments: shapes.indices) func snippetsArePiecesOfTheText(number: Int) throws {
    var fixture = try Self.fixture(number)
    let oracle = fixture.oracle
    for turn in 0..<80 {
      let query = fixture.queries.query()
      let options = fixture.queries.options()
      let hidden = turn % 3 == 0 ? FieldID(rawValue: 0) : nil
      for hit in try fixture.comparison.searcher.search(query, options).hits.prefix(3) {
        let number = fixture.comparison.document(hit.address)
        let snippet = try fixture.comparison.searcher.snippet(
          hit.address, for: query, options, width: 60, leavingOut: hidden
        ).fragments
        let shown = zip(fixture.documents[number].runs, oracle.corpus.documents[number].runs)
          .filter { $0.0.field != hidden }
        let texts = shown.map {
          Self.spaced(String(decoding: fixture.documents[number].text[$0.0.range], as: UTF8.self))
        }
        let hasMatch = shown.contains {
          oracle.marks(
            query, usesStems: options.usesStems, document: number, in: $0.1
          ).contains(true)
        }
        let isPiece = snippet.isEmpty || texts.contains { $0.contains(Self.inside(snippet)) }
        guard isPiece, hasMatch == snippet.contains(where: \.isMatch) else {
          Issue.record("document \(number), \(query), \(options): \(snippet)")
          return
        }
      }
    }
  }

  /// The text of a snippet without the signs that it is cut.
  private static func inside(_ snippet: [Fragment]) -> String {
    var text = snippet.map(\.text).joined()
    if text.hasPrefix("… ") { text.removeFirst(2) }
    if text.hasSuffix(" …") { text.removeLast(2) }
    return text
  }

  /// White space as single spaces.
  private static func spaced(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        if result.unicodeScalars.last != " " { result += " " }
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
