import TestSupport
import Testing

@testable import TextSearch

/// What the engine refuses to be asked, and what it makes of orders.
@Suite struct SearchOptionsTests {
  private static let schema = Schema(
    fields: [.init("body", boost: 1)], attributes: [.init("filed", of: .group)])

  private static func index() throws -> TemporaryIndex {
    let texts = [
      ("a b c", "2001-01-01"), ("a b", "2003-01-01"), ("c", "2002-01-01"), ("d", "2004-01-01"),
    ]
    let groups = texts.enumerated().map { number, content in
      var document = Document(id: "\(number)")
      document.append(content.0.utf8, field: FieldID(rawValue: 0))
      return DocumentGroup(id: "\(number)", attributes: [content.1], documents: [document])
    }
    return try TemporaryIndex(groups, schema: schema)
  }

  private static let changes: [@Sendable (inout SearchOptions) -> Void] = [
    { $0.k1 = -1 }, { $0.k1 = .nan }, { $0.k1 = .infinity }, { $0.b = -0.1 }, { $0.b = 1.1 },
    { $0.b = .nan }, { $0.offset = -1 }, { $0.limit = -1 }, { $0.boosts = [0] },
    { $0.boosts = [-1] }, { $0.boosts = [.nan] }, { $0.boosts = [1, 1] }, { $0.boosts = [] },
    { $0.order = .attribute("none", descending: true) },
  ]

  @Test(arguments: changes.indices) func refusesOptions(_ number: Int) throws {
    let index = try Self.index()
    let searcher = try Searcher(index: index.path)
    var options = SearchOptions()
    Self.changes[number](&options)
    Self.expectInvalid { () throws(IndexError) in try searcher.search(.word("a"), options) }
    Self.expectInvalid { () throws(IndexError) in
      try searcher.explain(.word("a"), DocAddress(segment: 0, document: 0), options)
    }
  }

  @Test(arguments: [
    Query.boost(-1, .word("a")), .boost(.nan, .word("a")), .boost(0, .word("a")), .phrase([]),
    .boost(1e6, .boost(1e6, .word("a"))), .field(FieldID(rawValue: 1), .word("a")),
    .boolean([.init(.mustNot, .boost(-2, .word("a")))]),
  ])
  func refusesQueries(_ query: Query) throws {
    let index = try Self.index()
    let searcher = try Searcher(index: index.path)
    Self.expectInvalid { () throws(IndexError) in try searcher.search(query) }
  }

  private static func expectInvalid<Result>(_ body: () throws(IndexError) -> Result) {
    let error = #expect(throws: IndexError.self) { _ = try body() }
    guard case .invalid = error else {
      Issue.record("\(error as Any)")
      return
    }
  }

  /// Who asks for the newest first gets them so even where no document has all words.
  @Test func datesGoBeforeClauses() throws {
    let index = try Self.index()
    let searcher = try Searcher(index: index.path)
    let query = Query.boolean(["a", "b", "c", "zebra"].map { .init(.bare, .word($0)) })
    var options = SearchOptions()
    let byClauses = try searcher.search(query, options)
    #expect(byClauses.isRelaxed)
    #expect(byClauses.hits.map(\.address.document) == [0, 1, 2])
    options.order = .attribute("filed", descending: true)
    let newest = try searcher.search(query, options)
    #expect(newest.isRelaxed)
    #expect(newest.hits.map(\.address.document) == [1, 2, 0])
    options.order = .attribute("filed", descending: false)
    #expect(try searcher.search(query, options).hits.map(\.address.document) == [0, 2, 1])
  }
}
