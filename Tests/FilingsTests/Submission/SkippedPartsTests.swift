import Filings
import Testing
import TextSearch

/// Parts of submissions that are no text, and files that are encoded inside of texts.
@Suite struct SkippedPartsTests {
  private static let header = """
    <SEC-DOCUMENT>0001234567-09-000012.txt : 20090806
    ACCESSION NUMBER:\t\t0001234567-09-000012
    CONFORMED SUBMISSION TYPE:\t8-K

    """

  private static func part(_ type: String, _ content: String, name: String = "x") -> String {
    "<DOCUMENT>\n<TYPE>\(type)\n<FILENAME>\(name)\n<TEXT>\n\(content)\n</TEXT>\n</DOCUMENT>\n"
  }

  private static let encoded = "M4$L#!!0    ( \nM_]C_X  02D9)1@ ! 0$ 8 !@\n\n`\nend"

  struct Case: Sendable {
    var type: String
    var content: String
    var kind: SkippedPart.Kind
  }

  static let cases = [
    Case(type: "GRAPHIC", content: "begin 644 a.jpg\nM_]C_X\nend", kind: .graphic),
    Case(type: "ZIP", content: "begin 644 a.zip\nM_]C_X\nend", kind: .archive),
    Case(type: "EXCEL", content: "begin 644 a.xlsx\nM_]C_X\nend", kind: .spreadsheet),
    Case(type: "EX-99.1", content: "<PDF>\nbegin 644 a.pdf\nM_]C_X\nend\n</PDF>", kind: .pdf),
    Case(type: "EX-101.INS", content: "<XBRL>\n<?xml version=\"1.0\"?>\n<xbrl/>", kind: .xbrl),
    Case(type: "XML", content: "<html><body>R1</body></html>", kind: .xbrl),
    Case(type: "JSON", content: "{\"a\": 1}", kind: .data),
    Case(type: "EX-99.1", content: "", kind: .empty),
    Case(
      type: "EX-99.1",
      content:
        "<XML>\n<?xml version=\"1.0\"?>\n<x xmlns=\"http://www.xbrl.org/2003/instance\"></x>",
      kind: .xbrl),
  ]

  @Test(arguments: cases) func areCountedByKind(_ part: Case) throws {
    let main = Self.part("8-K", "Some words.", name: "main.txt")
    let result = read(Self.header + main + Self.part(part.type, part.content, name: "a"))
    #expect(result.filings.first?.documents.map(\.filename) == ["main.txt"])
    #expect(result.skipped.map(\.kind) == [part.kind], "\(result.skipped)")
    #expect(result.skipped.first?.part == "a")
  }

  @Test func encodedFilesAreCutOutOfText() throws {
    let line = "M" + String(repeating: "A", count: 60)
    let block = "begin 644 chart.pdf\n\(line)\n\(line)\n#0V%T\n`\nend\n"
    let text = "Before the chart.\n\(block)After the chart.\nbegin 100 miles from here\nThe end."
    let result = read(Self.header + Self.part("EX-10.1", text, name: "ex10.txt"))
    let document = result.document
    #expect(
      document.text(FilingSchema.exhibit)
        == "Before the chart.\nAfter the chart.\nbegin 100 miles from here\nThe end.")
    #expect(result.skipped.map(\.part) == ["ex10.txt/chart.pdf"])
    #expect(result.skipped.map(\.kind) == [.pdf])
    let bare = read(text)
    #expect(bare.skipped.map(\.name) == ["file.txt#chart.pdf"])
    #expect(!bare.document.body.contains("AAAA") && bare.document.body.contains("miles"))
  }

  /// Where tags were taken out of a text, encoded files have lost what looked like tags, and maybe
  /// their first lines.
  @Test func spoiledEncodedFilesAreCutOutOfText() {
    let line = "M" + String(repeating: "A9%@", count: 15)
    let lines = Array(repeating: line, count: 5).joined(separator: "\n")
    let text =
      "Before.\n\(lines)\n#0V%T\nM9%@8\nA\n\n\(line)\n\(line)\n`\nend\nMARKETS OF 1999\nAfter."
    let result = read(text)
    #expect(result.document.body == "Before.\nMARKETS OF 1999\nAfter.")
    #expect(result.skipped.map(\.kind) == [.encoded])
    let alone = read(Self.header + Self.part("8-K", "Words.") + Self.part("EX-99", lines))
    #expect(alone.skipped.map(\.kind) == [.encoded] && alone.document.body == "Words.")
    let few = read("Before.\n\(line)\n\(line)\nAfter.")
    #expect(few.skipped.isEmpty && few.document.body.contains(line))
  }

  @Test func dataSchedulesAreRows() throws {
    let schedule = """
      <ARTICLE> 5
      <LEGEND>
      THIS SCHEDULE CONTAINS SUMMARY FINANCIAL INFORMATION.
      </LEGEND>
      <MULTIPLIER> 1,000
      <CASH>                           1,234
      <TOTAL-ASSETS>                  98,765
      """
    let result = read(Self.header + Self.part("EX-27", schedule, name: "ex27.txt"))
    let rows = result.document.tables.split(separator: "\n").map(String.init)
    #expect(rows.contains("CASH\t1,234") && rows.contains("TOTAL ASSETS\t98,765"))
  }
}
