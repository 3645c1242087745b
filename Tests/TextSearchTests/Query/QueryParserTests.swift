import TestSupport
import Testing

@testable import TextSearch

private let schema = Schema(
  fields: [
    .init("title", boost: 3), .init("exhibit", boost: 1), .init("tables", boost: 2),
    .init("body", boost: 1),
  ], attributes: [],
  zoneKinds: [.init("item", number: 5), .init("table", number: 2)])
private let parser = QueryParser(schema: schema)
private let title = FieldID(rawValue: 0)

private func printed(_ text: String) throws -> String {
  try parser.parse(text).printed(in: schema)
}

@Suite struct QueryParserTests {
  @Test func trees() throws {
    #expect(try parser.parse("Fee") == .word("fee"))
    #expect(try parser.parse("10-K") == .phrase(["10", "k"]))
    #expect(try parser.parse("\"fees\"") == .phrase(["fees"]))
    #expect(try parser.parse("licens*") == .prefix("licens"))
    #expect(
      try parser.parse("access fee")
        == .boolean([.init(.bare, .word("access")), .init(.bare, .word("fee"))]))
    #expect(
      try parser.parse("a \"b c\" +d -e")
        == .boolean([
          .init(.bare, .word("a")), .init(.must, .phrase(["b", "c"])), .init(.must, .word("d")),
          .init(.mustNot, .word("e")),
        ]))
    #expect(
      try parser.parse("a b OR c")
        == .boolean([
          .init(.bare, .word("a")),
          .init(.bare, .boolean([.init(.should, .word("b")), .init(.should, .word("c"))])),
        ]))
    #expect(
      try parser.parse("item:1A a")
        == .zones([ZoneFilter(kind: 5, label: ["1a"])], .word("a")))
    #expect(
      try parser.parse("title:(a b)^2")
        == .boost(
          2,
          .field(title, .boolean([.init(.bare, .word("a")), .init(.bare, .word("b"))]))))
  }

  /// Queries for words in zones of a kind without labels, and how they are understood.
  @Test(arguments: [
    ("table:fee", "(table:* fee)"), ("table:fee cash", "(table:* fee) cash"),
    ("table:\"a b\" OR c", "(table:* \"a b\") OR c"), ("table:fe*", "(table:* fe*)"),
    ("table:* fee", "table:* fee"), ("a -table:fee", "a -(table:* fee)"),
    ("item:1A table:10-K", "item:1a table:* \"10 k\""), ("table:fee^2 a", "(table:* fee)^2 a"),
    ("title:table:fee", "title:(table:* fee)"),
  ])
  func zonesWithoutLabels(_ text: String, _ expected: String) throws {
    let parser = QueryParser(schema: schema, unlabelledZones: [2])
    let query = try parser.parse(text)
    let printed = query.printed(in: schema)
    // A query of one operand is printed without parentheses around it.
    #expect(printed == expected || "(\(printed))" == expected)
    #expect(try parser.parse(printed) == query)
  }

  @Test(arguments: ["table:", "table:$", "table:(a b)", "table:a*b"])
  func zonesWithoutLabelsNeedWords(_ text: String) {
    let parser = QueryParser(schema: schema, unlabelledZones: [2])
    #expect(throws: QueryError.self) { try parser.parse(text) }
  }

  /// What is typed, and the query as it is understood.
  @Test(arguments: [
    // Operators and how they bind.
    ("a AND b", "+a +b"), ("a AND b c", "+a +b c"), ("a AND NOT b", "+a -b"),
    ("a b OR c d", "a (b OR c) d"), ("a OR b OR c", "a OR b OR c"),
    ("(a OR b) OR c", "a OR b OR c"),
    ("a OR b AND c", "+(a OR b) +c"), ("a AND b OR c", "+a +(b OR c)"), ("a or b", "a or b"),
    ("(a b) OR c", "(a b) OR c"), ("(a b) c", "a b c"), ("((a))", "a"), ("a NOT b", "a -b"),
    ("a -(b c)", "a -(b c)"), ("a NOT (b OR c)", "a -(b OR c)"), ("a (-b)", "a -b"),
    ("NOT(b) a", "-b a"), ("(a)OR(b)", "a OR b"), ("\"a\"OR\"b\"", "\"a\" OR \"b\""),
    ("+(a b) c", "+(a b) c"), ("a OR +b", "a OR b"), ("(+a) b", "+a b"), ("a -or", "a -or"),
    // Fields and boosts.
    ("TITLE:fee", "title:fee"), ("title: fee", "title:fee"), ("Title:\"a b\" c", "title:\"a b\" c"),
    ("title:(a OR b) c", "title:(a OR b) c"), ("-title:a b", "-title:a b"),
    ("title:-5 a", "title:5 a"), ("a title:OR", "a title:or"), ("fee^2.50", "fee^2.5"),
    ("fee^1", "fee"), ("\"a b\"^3 c", "\"a b\"^3 c"), ("(a b)^2 c", "(a b)^2 c"),
    ("((a)^2)^3", "(a^2)^3"), ("title:(a^2)", "title:(a^2)"), ("title:a^2", "title:a^2"),
    ("title:(a^2)^3", "title:(a^2)^3"), ("title:fee*^2", "title:fee*^2"), ("x ^ y", "x y"),
    ("title:10-K b", "title:10-k b"), ("10-K^2 b", "10-k^2 b"),
    // Zones: beside other clauses they limit the group, alone they are asked for.
    ("item:1A fee", "item:1a fee"), ("fee Item:1A royalty", "item:1a fee royalty"),
    ("item:\"Risk Factors\" fee", "item:\"risk factors\" fee"), ("item:1A", "item:1a"),
    ("item:1A OR item:7 fee", "item:1a OR item:7 fee"), ("item: 1A. fee", "item:1a fee"),
    ("item:1A table:* fee", "item:1a table:* fee"), ("a (item:1A b)", "a (item:1a b)"),
    ("(item:1A) fee", "(item:1a) fee"), ("fee -item:1A", "fee -(item:1a)"),
    ("fee OR item:1A", "fee OR (item:1a)"), ("item:1A -fee", "item:1a -fee"),
    ("item:1A a OR b", "item:1a a OR b"), ("+item:1A fee", "item:1a fee"),
    ("item:1A AND fee", "item:1a fee"), ("+(item:1A fee) a", "+(item:1a fee) a"),
    ("item:1A title:fee", "item:1a title:fee"), ("title:(item:1A a)", "title:(item:1a a)"),
    ("tables:fee item:1A", "item:1a tables:fee"), ("item:10-K fee", "item:\"10 k\" fee"),
    ("(item:1A) OR (item:7)", "(item:1a) OR (item:7)"), ("items:1A", "\"items 1a\""),
    ("(item:1A fee)^2", "(item:1a fee)^2"), ("item:1A \"a b\"", "item:1a \"a b\""),
    // Prefixes.
    ("fee* x", "fee* x"), ("revenue*, net", "revenue* net"), ("* fee", "fee"), ("a ** b", "a b"),
    ("\"fee*\"", "\"fee\""), ("$* OR b", "b"),
    // Punctuation of ordinary people.
    ("10-K", "\"10 k\""), ("10-K 2009", "10-k 2009"), ("$(14.8) million", "14.8 million"),
    ("Q&A fees", "q-a fees"), ("\"€2.5 MM\"", "\"2.5 mm\""),
    ("12g3-2(b) exempt", "12g3-2-b exempt"),
    ("net (loss) per share", "net loss per share"), ("net income (loss", "net income loss"),
    ("a) b) c", "a b c"), ("(", ""), ("a ( b", "a b"), ("a )", "a"), ("() a", "a"),
    ("(x foo(bar baz) y) z", "x foo-bar baz y z"), ("(12g3-2(b) x)", "12g3-2-b x"),
    ("http://sec.gov now", "http-sec-gov now"), ("8:30 AM", "8-30 am"),
    ("Nasdaq:FLML!", "\"nasdaq flml\""),
    ("a - b", "a b"), ("a -- b", "a b"), ("a --b", "a b"), ("a + b", "a b"), ("a +-b", "a b"),
    ("C++ code", "c code"), ("a & b", "a b"), ("a && b || c", "a b c"), ("fee^", "fee"),
    ("^ fee", "fee"),
    ("a OR & OR b", "a OR b"), ("a OR $", "a"), ("a OR $ -b", "a -b"),
    ("e & OR (\"a b\" \"x\")", "e \"a b\" \"x\""),
    ("a & OR -b", "a -b"), ("$ a", "a"), ("a AND $", "a"), ("NOT $ a", "a"),
    ("\"long\"-acting", "\"long\" acting"), ("(long)-acting", "long acting"),
    ("foo\"bar baz\"", "foo \"bar baz\""),
    ("technology \"access fee", "technology \"access fee\""), ("a \"", "a"),
    ("“access fee” x", "\"access fee\" x"),
    ("«access fee» x", "\"access fee\" x"), ("a\u{A0}b\u{3000}c\u{0}d", "a b c d"),
    ("title:$ a", "a"), ("a title:()", "a"), ("e.g., (a)", "eg a"), ("S.A. fees", "sa fees"),
    ("U.S.-based x", "us-based x"),
  ])
  func understands(_ text: String, _ expected: String) throws {
    if expected.isEmpty {
      #expect(throws: QueryError.self) { try parser.parse(text) }
    } else {
      #expect(try printed(text) == expected)
    }
  }

  /// What is refused, where, and with which words.
  @Test(arguments: [
    ("", 0, "empty"), ("   ", 0, "empty"), ("$ & --", 0, "no letter"), ("\"\"", 0, "no letter"),
    ("-a", 0, "nothing to search for"), ("NOT a -b", 0, "nothing to search for"),
    ("a OR (-b)", 5, "nothing to search for"), ("a +(-b)", 3, "nothing to search for"),
    ("*fee", 0, "end of a word"), ("a te*st", 4, "end of a word"), ("10-K*", 4, "single word"),
    ("a ^abc", 2, "right behind"), ("a^abc", 1, "number"), ("^2", 0, "right behind"),
    ("a ^2", 2, "right behind"), ("a^0", 1, "number"), ("a^-2", 1, "number"),
    ("a^1e9", 1, "number"),
    ("a^99999", 1, "number"), ("a^2^3", 1, "number"), ("title:^2", 6, "right behind"),
    ("title:", 0, "after it"), ("a title: OR b", 2, "after it"), ("(a title:) b", 3, "after it"),
    ("title:body:x", 6, "another field"), ("title:(a body:b)", 9, "another field"),
    ("OR a", 0, "before it"), ("a OR", 2, "after it"), ("a OR OR b", 5, "before it"),
    ("a AND", 2, "after it"), ("AND a", 0, "before it"), ("(OR a)", 1, "before it"),
    ("a NOT", 2, "after it"), ("a NOT OR b", 2, "after it"), ("NOT NOT a", 4, "one sign"),
    ("a NOT -b", 6, "one sign"), ("a OR -b", 6, "cannot join"), ("-a OR b", 1, "cannot join"),
    ("item:", 0, "after it"), ("a item:() b", 2, "after it"), ("item:$", 0, "after it"),
    ("item:1*", 6, "alone"), ("item:1A^2", 0, "cannot weigh"), ("title:item:1A", 6, "beside"),
    ("item:1A OR -item:7", 12, "cannot join"), ("-item:1A", 0, "nothing to search for"),
    ("\"a b\"~5", 5, "nearness"), ("é OR", 3, "after it"),
  ])
  func refuses(_ text: String, _ offset: Int, _ words: String) throws {
    let error = #expect(throws: QueryError.self) { try parser.parse(text) }
    #expect(error?.offset == offset)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test func limits() throws {
    let deep = String(repeating: "(", count: 100) + "a"
    #expect(try parser.parse(deep) == .word("a"))
    #expect(throws: QueryError.self) { try parser.parse("(" + deep) }
    let many = String(repeating: "a ", count: 1024)
    #expect(throws: Never.self) { try parser.parse(many) }
    #expect(throws: QueryError.self) { try parser.parse(many + "b") }
    #expect(throws: QueryError.self) { try parser.parse("\"" + many + "b") }
    #expect(throws: QueryError.self) { try parser.parse(String(repeating: "-", count: 70_000)) }
    #expect(throws: Never.self) { try parser.parse("a" + String(repeating: "(", count: 60_000)) }
  }
}

@Suite struct QueryErrorTests {
  @Test(arguments: [
    ("a OR", "a OR\n  ^"), ("日本 OR", "日本 OR\n     ^"), ("e\u{301}é OR", "e\u{301}é OR\n   ^"),
    ("\u{1B}[2J OR", "\u{FFFD}[2J OR\n     ^"), ("a\n\tOR", "a  OR\n   ^"), ("", "\n^"),
    ("\u{202E}a OR", "\u{FFFD}a OR\n   ^"),
  ])
  func explains(_ text: String, _ expected: String) {
    let error = #expect(throws: QueryError.self) { try parser.parse(text) }
    #expect(error?.explained(in: text) == expected)
  }

  @Test func longQueriesAreCut() {
    let text = String(repeating: "word ", count: 100) + "OR"
    let error = #expect(throws: QueryError.self) { try parser.parse(text) }
    let lines = error?.explained(in: text).split(separator: "\n") ?? []
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("…") && lines[0].hasSuffix("OR") && lines[0].count < 130)
    #expect(lines[1].count == lines[0].count - 1)
  }
}

@Suite struct QueryRoundTripTests {
  private static let pieces = [
    "a", "fee", "10-K", "S.A.", "14.8", "\"a b\"", "\"x", "“c”", "OR", "OR", "AND", "NOT", "-", "+",
    "(", "(", ")", ")", "title:", "body:", "x:y", "item:",
    "table:*", "item:1A", "item:\"a b\"", "^2", "^2.5", "^0.001", "*", "pre*", "$", "&",
    " ",
    " ", " ", " ", "日本", "é", "~", "\\", "Q&A", "f(b)", "--", "\u{7F}",
  ]

  /// Whatever can be parsed is the same when its print is parsed.
  @Test func printsParseBack() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededGenerator(seed: seed)
    var parsed = 0
    for _ in 0..<50_000 {
      let text = (0..<Int.random(in: 1...14, using: &random)).map { _ in
        Self.pieces.randomElement(using: &random) ?? ""
      }.joined(separator: Bool.random(using: &random) ? " " : "")
      guard let query = try? parser.parse(text) else { continue }
      parsed += 1
      let print = query.printed(in: schema)
      let again = try? parser.parse(print)
      #expect(again == query, "seed \(seed): \(text) → \(print)")
      if again != query { return }
    }
    #expect(parsed > 2000)
  }

  /// Nothing that is typed or pasted stops the parser, and every error explains itself.
  @Test func anyBytesAreAnswered() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededGenerator(seed: seed)
    let signs = Array("\"()^*+-:~ ORANDtitle:$.,\u{1B}\n“”".utf8)
    for round in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ -> UInt8 in
        round % 2 == 0
          ? UInt8.random(in: 0...255, using: &random) : signs.randomElement(using: &random) ?? 0
      }
      let text = String(decoding: bytes, as: UTF8.self)
      do throws(QueryError) {
        _ = try parser.parse(text)
      } catch {
        #expect((0...text.utf8.count).contains(error.offset), "seed \(seed): \(text)")
        let shown = error.explained(in: text)
        #expect(shown.filter { $0 == "\n" }.count == 1, "seed \(seed): \(text)")
        #expect(!shown.unicodeScalars.contains { $0 != "\n" && Printable.isDangerous($0) })
      }
    }
  }
}
