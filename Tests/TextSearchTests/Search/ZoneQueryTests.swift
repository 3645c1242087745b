import TestSupport
import Testing

@testable import TextSearch

/// Queries limited to zones, on documents small enough to see what is right.
@Suite struct ZoneQueryTests {
  private static let schema = Schema(
    fields: [.init("title", boost: 3), .init("body", boost: 1)], attributes: [],
    zoneKinds: [.init("item", number: 5), .init("table", number: 2)])

  /// A document of stretches of text, some of them zones.
  private static func document(_ id: String, _ parts: [(label: String?, text: String)])
    -> Document
  {
    var document = Document(id: id)
    for (label, text) in parts {
      let start = document.text.count
      document.append((text + " ").utf8, field: FieldID(rawValue: 1))
      guard let label else { continue }
      let kind: UInt8 = label.hasPrefix("Table") ? 2 : 5
      document.zones.append(
        .init(kind: kind, label: label, range: start..<document.text.count))
    }
    return document
  }

  private static let documents = [
    document(
      "a",
      [
        (nil, "a cover with a fee"), ("Item 1. Business", "We sell a royalty."),
        ("Item 1A. Risk Factors", "The fee may fall. Access"), ("Item 7. Discussion", "fee rose"),
      ]),
    document(
      "b",
      [("Item 1A.", "No risks."), ("Item 10. Others", "a fee and a royalty"), (nil, "Access fee")]),
    document("c", [("Table of fees", "fee 12 royalty 13"), (nil, "nothing")]),
    document("d", [(nil, "fee royalty")]),
  ]

  private static func found(_ text: String, bareWords: SearchOptions.BareWords = .all) throws
    -> String
  {
    let groups = documents.map { DocumentGroup(id: $0.id, attributes: [], documents: [$0]) }
    let index = try TemporaryIndex(groups, schema: schema)
    let searcher = try Searcher(index: index.path)
    var options = SearchOptions()
    options.bareWords = bareWords
    let result = try searcher.search(
      QueryParser(schema: schema, unlabelledZones: [2]).parse(text), options)
    return try result.hits.map { try searcher.document($0.address).id }.sorted().joined()
  }

  /// "3.D" is two words, and people write "3D".
  @Test(arguments: [
    (["3d"], true), (["3", "d"], true), (["3"], true), (["3a"], false), (["3dr"], false),
  ])
  func numbersWithALetter(_ label: [String], _ isTaken: Bool) {
    let terms = ["item", "3", "d", "risk", "factors"]
    #expect(ZoneFilter(kind: 5, label: label).takes(terms, name: "item") == isTaken)
  }

  @Test(arguments: [
    ("fee", "abcd"), ("item:1A fee", "a"), ("item:1 royalty", "a"), ("item:10 fee", "b"),
    ("item:\"risk factors\" fee", "a"), ("item:risk", "a"), ("item:1A", "ab"), ("item:*", "ab"),
    ("item:1A OR item:10 fee", "ab"), ("item:1A -fee", "b"), ("(item:1A) fee", "ab"),
    ("fee -item:1A", "cd"), ("table:* fee", "c"), ("table:* item:*", ""),
    ("item:1A fee royalty", ""), ("(item:1A fee) royalty", "a"), ("royalty (item:10 fee)", "b"),
    ("item:* \"access fee\"", ""), ("item:* fees", "ab"), ("item:1A title:fee", ""),
    ("item:factors", "a"), ("item:business OR item:others royalty", "ab"), ("item:2", ""),
    ("table:fee", "c"), ("table:fee access", ""), ("table:fees", "c"), ("fee -table:fee", "abd"),
    ("table:zebra", ""), ("royalty table:fee OR access", "abc"), ("table:roy*", "c"),
    ("item:1A fa*", "a"), ("d OR (item:1A fee)", "a"),
  ])
  func limits(_ text: String, _ expected: String) throws {
    #expect(try Self.found(text) == expected)
  }

  @Test func relaxesInsideOfZones() throws {
    #expect(try Self.found("item:10 fee zebra", bareWords: .relaxable) == "b")
  }

  /// The score is that of the document as a whole, so the limit only takes hits away.
  @Test func scoresAsWithoutTheLimit() throws {
    let groups = Self.documents.map { DocumentGroup(id: $0.id, attributes: [], documents: [$0]) }
    let index = try TemporaryIndex(groups, schema: Self.schema)
    let searcher = try Searcher(index: index.path)
    let all = try searcher.search(QueryParser(schema: Self.schema).parse("fee"))
    let some = try searcher.search(QueryParser(schema: Self.schema).parse("item:1A fee"))
    #expect(some.total == 1)
    #expect(all.hits.contains { $0 == some.hits[0] })
    let explained = try searcher.explain(
      QueryParser(schema: Self.schema).parse("item:1A fee"), some.hits[0].address)
    #expect(explained?.value == some.hits[0].score)
    #expect(explained?.parts[0].text.contains("inside item:1a") == true)
  }

  /// A query, what is marked and the label of the zone shown; empty for none.
  private static let snippets: [(query: String, match: String, label: String)] = [
    ("item:7 fee", "fee", "Item 7. Discussion"), ("fee", "fee", ""),
    ("item:1A", "", "Item 1A. Risk Factors"), ("royalty", "royalty", "Item 1. Business"),
  ]

  @Test(arguments: snippets.indices)
  func snippetsComeFromTheZone(_ number: Int) throws {
    let (text, match, label) = Self.snippets[number]
    let group = DocumentGroup(id: "a", attributes: [], documents: [Self.documents[0]])
    let index = try TemporaryIndex([group], schema: Self.schema)
    let searcher = try Searcher(index: index.path)
    let query = try QueryParser(schema: Self.schema).parse(text)
    let snippet = try searcher.snippet(.init(segment: 0, document: 0), for: query, width: 24)
    #expect((snippet.fragments.first { $0.isMatch }?.text ?? "") == match)
    #expect(snippet.zones.map(\.label).joined() == label)
  }
}
