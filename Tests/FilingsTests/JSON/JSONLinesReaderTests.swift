import Filings
import Foundation
import Testing
import TextSearch

@Suite struct JSONLinesReaderTests {
  @Test func fieldsAndMetadata() throws {
    let line = """
      {"id":"a#1","title":"Annual report","body":"Body text.","tables":"Rev\\t1\\nCost\\t2",\
      "exhibit":"Exhibit text","form":"10-K","company":"ACME","cik":"0000012345","year":2018,\
      "filed":"20190206","unknown":{"a":[1,{"b":"}"}]},"page":7}
      """
    let filing = try #require(read(line, path: "d.jsonl").filings.first)
    #expect(filing.id == "a#1" && filing.kind == .jsonLines && filing.path == "d.jsonl")
    #expect(filing.form == "10-K" && filing.company == "ACME" && filing.cik == "0000012345")
    #expect(filing.filed == "2019-02-06" && filing.period == "2018")
    let document = filing.documents[0]
    #expect(document.text(FilingSchema.title) == "Annual report\n10-K\nACME")
    #expect(document.body == "Body text.")
    #expect(document.tables == "Rev\t1\nCost\t2")
    #expect(document.text(FilingSchema.exhibit) == "Exhibit text")
    #expect(document.flaw == nil)
  }

  /// The whole text of a form in one member, cut into sentences.
  @Test func itemsOfAWholeForm() {
    let prose = String(repeating: "We make anvils. ", count: 30)
    let body = [
      "Item 1.", "Business", prose + "See Item 1A.", "Risk Factors", prose + "Item 2.",
      "Properties", "None. As told in Item 7.", "Anvils are heavy.", "PART II Item 5.",
      "Market for Common Equity",
      prose + "See Item 7. Management's view. ITEM 6. [RESERVED] ITEM 7. MANAGEMENT'S DISCUSSION",
      prose + "See Item 8. Financial Statements.", prose + "Item 9A. Controls and Procedures.",
      prose + "March 3, 2005 Item 9B. Other Information.", "None.",
    ].joined(separator: "\\n")
    let record = "{\n\"filing_type\": \"10-K\",\n\"content\": \"\(body)\"\n}"
    let document = read(record, path: "a.json").document
    #expect(document.flaw == nil)
    #expect(
      document.document.zones.filter { $0.kind == FilingZone.item.rawValue }.map(\.label) == [
        "Item 1. Business", "Item 1A. Risk Factors", "Item 2. Properties",
        "Item 5. Market for Common Equity", "Item 6. [RESERVED]",
        "Item 7. MANAGEMENT'S DISCUSSION", "Item 9A. Controls and Procedures.",
        "Item 9B. Other Information.",
      ])
    #expect(document.body.contains("See Item 1A.\nRisk"))
  }

  struct Unescape: Sendable {
    var json: String
    var text: String
  }

  @Test(arguments: [
    Unescape(json: #"a\nb\tc\"d\\e\/f"#, text: "a\nb\tc\"d\\e/f"),
    Unescape(json: #"caf\u00e9 \u20ac \ud83d\ude00"#, text: "café € 😀"),
    Unescape(json: #"\ud83d x \ude00"#, text: "\u{FFFD} x \u{FFFD}"),
    Unescape(json: #"\ud83d\u0041"#, text: "\u{FFFD}A"),
    Unescape(json: "naïve — text", text: "naïve — text"),
    Unescape(json: #"\u0000"#, text: "\0"),
  ]) func escapes(_ expected: Unescape) {
    let result = read("{\"id\":\"x\",\"body\":\"\(expected.json)\"}")
    #expect(result.document.body == expected.text)
  }

  @Test(arguments: [
    ("not json", "expected"), ("{\"id\":\"x\"", "ends"), ("{\"id\":\"x\"} y", "end of the line"),
    ("{\"id\":\"x\",\"id\":\"y\"}", "twice"), ("{\"id\":\"x\",}", "name"),
    ("{\"id\":\"\\x\"}", "escape"), ("{\"id\":\"\\u12g4\"}", "hexadecimal"),
    ("{\"id\":01}", "expected"), ("{\"id\":\"a\tb\"}", "control"), ("{\"foo\":1}", "no id"),
    ("{\"id\":\"x\",\"a\":[1,2}}", "bracket"), ("[1]", "'{'"), ("{\"id\":tru}", "value"),
  ]) func badLinesAreSkipped(_ line: String, _ reason: String) {
    let good = "{\"id\":\"a\",\"body\":\"b\"}"
    let result = read("\(good)\n\n\(line)\n\(good)\n", path: "d.jsonl")
    #expect(result.filings.count == 2)
    #expect(result.skipped.count == 1)
    let skipped = result.skipped.first
    #expect(skipped?.path == "d.jsonl" && skipped?.reason.hasPrefix("line 3: ") ?? false)
    #expect(skipped?.reason.contains(reason) ?? false, "\(skipped?.reason ?? "")")
  }

  @Test func linesOfOneAccessionAreOneFiling() {
    let lines = [("a", "A-1"), ("b", "A-1"), ("c", "A-2"), ("d", ""), ("e", "A-1")].map {
      "{\"id\":\"\($0)\",\"body\":\"x\",\"accession\":\"\($1)\"}"
    }
    let filings = read(lines.joined(separator: "\n")).filings
    #expect(filings.map(\.id) == ["A-1", "A-2", "d", "A-1"])
    #expect(filings.map { $0.documents.map(\.id) } == [["a", "b"], ["c"], ["d"], ["e"]])
  }

  @Test func emptyAndNamelessLinesAreDocuments() {
    let result = read(
      "{\"id\":\"a\",\"title\":\"T\"}\n\n{\"body\":\"b\"}\n{\"id\":\"c\",\"body\":null}",
      path: "d.jsonl")
    #expect(result.filings.map(\.id) == ["a", "d.jsonl:3", "c"])
    #expect(result.filings.map { $0.documents[0].document.text.count } == [1, 1, 0])
    #expect(result.skipped.isEmpty)
  }

  @Test func itemsBecomeZones() throws {
    let json = """
      {
        "filename": "718413_1993.txt", "cik": "718413", "year": "1993",
        "item_1": "Item 1. Business\\nWe make things.", "item_1A": "", "item_7": "Results."
      }
      """
    let filing = try #require(read(json, path: "x.json").filings.first)
    #expect(filing.kind == .json && filing.cik == "718413" && filing.period == "1993")
    let document = filing.documents[0]
    #expect(document.id == "718413_1993.txt")
    #expect(document.body == "Item 1. Business\nWe make things.\nResults.")
    let zones = document.document.zones.filter { $0.kind == FilingZone.item.rawValue }
    #expect(zones.map(\.label) == ["Item 1", "Item 7"])
    let last = try #require(zones.last)
    #expect(document.document.text[last.range].elementsEqual("Results.".utf8))
  }

  @Test func aByteOrderMarkAndABadFirstLine() {
    let good = "{\"id\":\"a\",\"body\":\"b\"}"
    let marked = FilingReader.read(bytes: [0xEF, 0xBB, 0xBF] + Array(good.utf8), path: "x")
    #expect(marked.filings.count == 1)
    let late = read("junk\n\(good)\n\(good)\n")
    #expect(late.filings.count == 2)
    #expect(late.skipped.first?.reason.hasPrefix("line 1: ") ?? false)
  }

  @Test func agreesWithFoundationOnRandomText() throws {
    var random = SplitMix(seed: 7)
    let alphabet = Array("ab \"\\/\n\té€😀\u{7}\u{2028}{}[]:,")
    for round in 0..<300 {
      let text = String(
        (0..<Int.random(in: 0..<60, using: &random)).map { _ in
          alphabet.randomElement(using: &random) ?? "x"
        })
      let object = ["id": "\(round)", "body": text]
      let options: JSONSerialization.WritingOptions =
        round % 2 == 0 ? [] : [.withoutEscapingSlashes]
      let json = try JSONSerialization.data(withJSONObject: object, options: options)
      let document = FilingReader.read(bytes: Array(json), path: "x").document.document
      #expect(document.text.elementsEqual(text.utf8), "round \(round)")
    }
  }
}
