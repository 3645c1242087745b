import TestSupport
import Testing

@testable import TextSearch

/// Every answer of a searcher is compared with that of an oracle that scans the texts.
///
/// The seed is that of `TestSeed`; each shape of corpus is answered from one segment and from many.
@Suite struct SearchOracleTests {
  static let shapes: [CorpusShape] = [
    .init("few short", groups: 12, vocabulary: 14, fields: 4, lengths: [1, 1, 6, 0, 0]),
    .init("short", groups: 150, vocabulary: 60, fields: 4, lengths: [1, 1, 12, 1, 0]),
    .init("single words", groups: 400, vocabulary: 25, fields: 2, lengths: [1, 8, 1, 0, 0]),
    .init("one field", groups: 90, vocabulary: 400, fields: 1, lengths: [0, 1, 8, 4, 0]),
    .init("eight fields", groups: 90, vocabulary: 90, fields: 8, lengths: [1, 1, 8, 2, 0]),
    .init("long", groups: 12, vocabulary: 700, fields: 4, lengths: [1, 1, 1, 2, 6]),
    .init("long, few words", groups: 10, vocabulary: 38, fields: 2, lengths: [0, 0, 1, 1, 5]),
    .init("long, many words", groups: 12, vocabulary: 30_000, fields: 3, lengths: [0, 0, 1, 2, 6]),
    .init("many", groups: 5_000, vocabulary: 300, fields: 4, lengths: [1, 2, 9, 0, 0]),
    .init("only empty", groups: 3, vocabulary: 10, fields: 3, lengths: [1, 0, 0, 0, 0]),
    .init("nothing", groups: 0, vocabulary: 10, fields: 3, lengths: [1, 0, 0, 0, 0]),
  ]

  /// How many queries each shape is asked, each from two indexes; in all more than 3,000.
  static let queryCounts = [420, 420, 420, 420, 420, 260, 260, 260, 120, 50, 50]

  @Test(arguments: shapes.indices) func answersAreThoseOfTheOracle(number: Int) throws {
    let shape = Self.shapes[number]
    let seed = TestSeed.announced("search oracle, \(shape)", number)
    var corpus = RandomCorpus(shape, SeededGenerator(seed: seed))
    let groups = corpus.groups()
    let schema = corpus.schema
    let oracle = SearchOracle(OracleCorpus(groups, schema: schema), stem: Self.stem)
    let one = try TemporaryIndex(groups, schema: schema, batch: 17)
    let many = try TemporaryIndex(
      groups, schema: schema, batch: max(1, groups.count / 9), memoryLimitInBytes: 1)
    let whole = SearchComparison(try Searcher(index: one.path), oracle)
    let cut = SearchComparison(try Searcher(index: many.path), oracle)
    var queries = RandomQuery(oracle.corpus, corpus.random)
    for turn in 0..<Self.queryCounts[number] {
      let query = queries.query()
      let options = queries.options()
      let problems = try Self.problems(query, options, whole, cut)
      guard problems.isEmpty else {
        Issue.record("seed \(seed), turn \(turn): \(query) \(options): \(problems.prefix(5))")
        return
      }
    }
  }

  static func stem(_ word: String) -> String {
    String(decoding: Stemmer.stem(Array(word.utf8)), as: UTF8.self)
  }

  private static func problems(
    _ query: Query, _ options: SearchOptions, _ whole: SearchComparison, _ cut: SearchComparison
  ) throws -> [String] {
    let answer = whole.oracle.answer(query, options)
    let result = try whole.searcher.search(query, options)
    var problems = whole.problems(result, answer, options)
    let other = try cut.searcher.search(query, options)
    if !isSame(other, cut, result, whole) { problems.append("differs when cut into segments") }
    var everything = options
    everything.limit = 1 << 40
    everything.offset = 0
    let all = try whole.searcher.search(query, everything)
    if Array(all.hits.dropFirst(options.offset).prefix(options.limit)) != result.hits {
      problems.append("the best hits are not the first ones of all hits")
    }
    if let hit = result.hits.first {
      let explained = try cut.searcher.explain(
        query, cut.address(whole.document(hit.address)), options)
      if explained?.value != hit.score { problems.append("explained as \(explained as Any)") }
    }
    return problems
  }

  /// Whether two results are the same to the last bit but for how documents are addressed.
  private static func isSame(
    _ a: SearchResult, _ first: SearchComparison, _ b: SearchResult, _ second: SearchComparison
  ) -> Bool {
    guard a.total == b.total, a.isRelaxed == b.isRelaxed, a.hits.count == b.hits.count else {
      return false
    }
    return zip(a.hits, b.hits).allSatisfy { x, y in
      x.score.bitPattern == y.score.bitPattern
        && first.document(x.address) == second.document(y.address)
        && x.others.map(first.document) == y.others.map(second.document)
    }
  }
}
