import Foundation
import TestSupport
import Testing

@testable import TextSearch

/// A real collection with relevance judgements.
@Suite(.enabled(if: SharedData.folder("judged/cranfield") != nil, "judged/cranfield is not there"))
struct CranfieldTests {
  private static let schema = Schema(
    fields: [.init("title", boost: 3), .init("body", boost: 1)], attributes: [])

  private struct Line: Decodable {
    var id: String
    var title: String
    var body: String
  }

  /// In the order of the bytes of their ids, so that documents keep their numbers.
  private static func groups(_ folder: String) throws -> [DocumentGroup] {
    let lines = try String(contentsOfFile: folder + "/docs.jsonl", encoding: .utf8)
    let groups = try lines.split(separator: "\n").map { line in
      let line = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
      var document = Document(id: line.id)
      document.append(line.title.utf8, field: FieldID(rawValue: 0))
      document.append(line.body.utf8, field: FieldID(rawValue: 1))
      return DocumentGroup(id: line.id, attributes: [], documents: [document])
    }
    return groups.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
  }

  /// Number and text of the queries.
  private static func queries(_ folder: String) throws -> [(id: String, text: String)] {
    try String(contentsOfFile: folder + "/queries.tsv", encoding: .utf8).split(separator: "\n").map
    {
      let parts = $0.split(separator: "\t", maxSplits: 1).map(String.init)
      return (parts[0], parts.count > 1 ? parts[1] : "")
    }
  }

  /// By query and document, how relevant the document is.
  private static func judgements(_ folder: String) throws -> [String: [String: Int]] {
    var judgements: [String: [String: Int]] = [:]
    let text = try String(contentsOfFile: folder + "/qrels.txt", encoding: .utf8)
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: " ").map(String.init)
      judgements[parts[0], default: [:]][parts[2]] = Int(parts[3])
    }
    return judgements
  }

  /// The discounted gain of the ten first, as a share of the best one possible.
  private static func gain(_ ids: [String], _ judged: [String: Int]) -> Double {
    func sum(_ grades: [Int]) -> Double {
      grades.prefix(10).enumerated().reduce(0) {
        $0 + Double(max(0, $1.element)) / log2(Double($1.offset + 2))
      }
    }
    let best = sum(judged.values.sorted(by: >))
    return best == 0 ? 0 : sum(ids.map { judged[$0] ?? 0 }) / best
  }

  @Test(arguments: [false, true]) func answersAreThoseOfTheOracle(usesStems: Bool) throws {
    let folder = try #require(SharedData.folder("judged/cranfield"))
    let groups = try Self.groups(folder)
    let oracle = SearchOracle(
      OracleCorpus(groups, schema: Self.schema), stem: SearchOracleTests.stem)
    let index = try TemporaryIndex(groups, schema: Self.schema, memoryLimitInBytes: 2_000_000)
    let comparison = SearchComparison(try Searcher(index: index.path), oracle)
    let judgements = try Self.judgements(folder)
    var options = SearchOptions()
    options.bareWords = .any
    options.usesStems = usesStems
    var gains: [Double] = []
    for (id, text) in try Self.queries(folder) {
      let words = Analyzer.tokens(in: text).map(\.term)
      let query = Query.boolean(words.map { .init(.bare, .word($0)) })
      let result = try comparison.searcher.search(query, options)
      let problems = comparison.problems(result, oracle.answer(query, options), options)
      #expect(problems == [], "query \(id)")
      let found = result.hits.map { groups[comparison.document($0.address)].id }
      if let judged = judgements[id] { gains.append(Self.gain(found, judged)) }
    }
    let mean = gains.reduce(0, +) / Double(gains.count)
    print("cranfield, \(usesStems ? "with" : "without") stems: nDCG@10 \(mean)")
    #expect(mean > 0.30)
  }
}
