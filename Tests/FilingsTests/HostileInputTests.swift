import Filings
import Testing
import TextSearch

/// Input that is broken or made to break readers: nothing may crash, hang or lose its place.
@Suite struct HostileInputTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var bytes: [UInt8]
    /// Part of the reason for which it is skipped; nil where it is read.
    var reason: String?
    var testDescription: String { name }

    init(_ name: String, _ text: String, reason: String? = nil) {
      self.init(name, Array(text.utf8), reason: reason)
    }

    init(_ name: String, _ bytes: [UInt8], reason: String? = nil) {
      (self.name, self.bytes, self.reason) = (name, bytes, reason)
    }
  }

  #if DEBUG
    static let many = 2_000
  #else
    static let many = 200_000
  #endif

  static func times(_ count: Int, _ text: String) -> String {
    String(repeating: text, count: count)
  }

  static func numbered(_ count: Int, _ text: (Int) -> String) -> String {
    (0..<count).map(text).joined()
  }

  static let cases: [Case] = [
    Case("nothing", "", reason: "empty file"),
    Case("spaces", " \n\t\r\n ", reason: "empty file"),
    Case("NULs", [UInt8](repeating: 0, count: many), reason: "binary file"),
    Case("a few NULs", Array(times(500, "some words of text\n").utf8) + [0, 0]),
    Case("PDF", "%PDF-1.4\n", reason: "PDF"),
    Case("ZIP", [0x50, 0x4B, 3, 4, 20, 0], reason: "ZIP"),
    Case("invalid UTF-8", Array(times(50, "word ").utf8) + [0xFF, 0xC0, 0x80, 0xED, 0xA0, 0x80]),
    Case("one long line", times(many, "word ")),
    Case("only line feeds and a word", times(many, "\n") + "word"),
    Case("one letter a line", times(many, "A\n\n")),
    Case("tabs", times(many, "a\tb\tc\n")),
    Case("unclosed tag", "<html><body>text <a href=\"" + times(many, "x")),
    Case("unclosed quotes", "<html>" + times(many, "<a b=\"c>text ")),
    Case("unclosed comment", "<html>text<!-- " + times(many, "x> ")),
    Case("unclosed comments", "<html>text" + times(many, "<!-- x> ")),
    Case("unclosed scripts", "<html>text" + times(many, "<script>x ")),
    Case("unclosed hidden", "<html>text" + times(many, "<div style='display:none'>x ")),
    Case("nested divs", "<html>" + times(many, "<div>") + "text" + times(many, "</div>")),
    Case("nested tables", "<html>" + times(many, "<table><tr><td>a") + "text"),
    Case("nested bold", "<html>" + times(many, "<b><i><font>") + "text"),
    Case("stray ends", "<html>text" + times(many, "</table></td></b></div>")),
    Case("entities", "<html>" + times(many, "&amp;&nbsp;&#8217;&#xFFFFFFFFFFFF;&bogus;&")),
    Case("less-thans", "<html>text " + times(many, "< ")),
    Case("page tags", times(many, "<PAGE>\n<TABLE>\n<S> <C>\n1\n")),
    Case("brackets in JSON", "{\"id\":\"a\",\"x\":" + times(many, "["), reason: "line 1"),
    Case("deep JSON", "{\"id\":\"a\",\"x\":" + times(many, "[") + times(many, "]") + "}"),
    Case(
      "signatures", "FORM 8-K\nSecurities and Exchange Commission\n" + times(many, "SIGNATURES\n")),
    Case("exhibit headings", times(many, "SIGNATURES\nExhibit 1\nExhibit Index\n1 a\n")),
    Case("documents", times(many / 10, "<DOCUMENT>\n<TYPE>8-K\n<TEXT>\nword\n")),
    Case("list of exhibits", "EXHIBIT INDEX\n" + numbered(many) { "\($0 % 99).\($0 / 99) Deed\n" }),
    Case(
      "exhibits of one name",
      "EXHIBIT INDEX\n1 " + times(many / 10, "words of it\n")
        + "SIGNATURES\n/s/ A B\n" + times(many / 10, "Exhibit 1\n\nExhibit 2\n\n")),
    Case(
      "exhibits",
      "SIGNATURES\n/s/ A B\n"
        + numbered(many / 10) { "Exhibit \($0 % 99).\($0 / 99)\n\nDEED OF TRUST\n\n" }),
    Case(
      "tables and signatures",
      "<html>" + times(many / 10, "<table><tr><td>a<td>1<td>2</table>")
        + times(many / 10, "<p>SIGNATURES<p>/s/ A B")),
    Case("page breaks in space", "<html><pre>a" + times(many, "\n<hr>") + "b"),
    Case("items", times(many, "ITEM 1. BUSINESS\n")),
    Case(
      "long names in JSON",
      "{\"title\":\"\(times(many, "a"))\",\"description\":\"\(times(many / 2, "a"))b\"}"),
    Case(
      "long names of parties",
      "<SEC-HEADER>\n"
        + times(20, "<FILER>\n<CONFORMED-NAME>\(times(900, "a"))\n</FILER>\n") + "</SEC-HEADER>\n"
        + times(many / 10, "<DOCUMENT>\n<TEXT>\nword\n</DOCUMENT>\n")),
    Case("headless", "<SEC-DOCUMENT>x\n<SEC-HEADER>", reason: "without a document"),
  ]

  @Test(arguments: cases) func isReadOrReported(_ input: Case) {
    let result = FilingReader.read(bytes: input.bytes, path: "x")
    if let reason = input.reason {
      #expect(result.filings.isEmpty)
      #expect(result.skipped.contains { $0.reason.contains(reason) }, "\(result.skipped)")
    } else {
      #expect(result.filings.contains { !$0.documents.isEmpty }, "\(result.skipped.prefix(3))")
    }
    #expect(result.byteCount == input.bytes.count)
    for filing in result.filings {
      for document in filing.documents { #expect(document.flaw == nil, "\(input.name)") }
    }
  }

  @Test func cutOffAnywhere() throws {
    for name in [
      "8-K-1994-zurn-industries.txt", "002_81e6c8ac1485fcae.txt", "8-K-1994-turner.json",
    ] {
      let bytes = try Platform.read("\(Folder.corpus)/\(name)")
      for count in stride(from: 0, to: bytes.count, by: 37) {
        let result = FilingReader.read(bytes: Array(bytes[..<count]), path: name)
        #expect(!result.filings.isEmpty || !result.skipped.isEmpty)
        for filing in result.filings {
          for document in filing.documents { #expect(document.flaw == nil, "\(name) \(count)") }
        }
      }
    }
  }

  @Test(arguments: 0..<20) func randomBytesOverFilings(_ seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    for name in [
      "8-K-A-2024-unity.html", "8-K-2008-horizon-financial.txt", "003_a9bc085e3f0817a7.txt",
    ] {
      var bytes = try Platform.read("\(Folder.corpus)/\(name)")
      for _ in 0..<200 {
        let place = Int(random.next() % UInt64(bytes.count))
        let signs = Array("<>&\"'\\{}\n\r\t*|-/\0".utf8) + [0xFF, 0xC2]
        bytes[place] = signs[Int(random.next() % UInt64(signs.count))]
      }
      for filing in FilingReader.read(bytes: bytes, path: name).filings {
        for document in filing.documents { #expect(document.flaw == nil, "seed \(seed) \(name)") }
      }
    }
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
