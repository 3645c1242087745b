import Filings
import Testing
import TextSearch

/// The three sample filings: text renditions of reports on Form 6-K.
@Suite struct SampleFilingsTests {
  private static func filing(_ name: String) throws -> Filing {
    let bytes = try Platform.read("\(Folder.corpus)/\(name)")
    let result = FilingReader.read(bytes: bytes, path: name)
    #expect(result.skipped.isEmpty)
    return try #require(result.filings.first)
  }

  struct Case: Sendable {
    var name, company: String
    var fileNumber: String?
    var period, filed, exhibit, description, headline: String
  }

  static let cases = [
    Case(
      name: "000_dcc4f5971d244bfc.txt", company: "Flamel Technologies, S.A.",
      fileNumber: "000-28508", period: "December 2007", filed: "2007-12-20", exhibit: "99.1",
      description: "Press Release dated December 20, 2007",
      headline: "Merck Serono and Flamel to Collaborate on an Extended Release Formulation for "
        + "Therapeutic Proteins"),
    Case(
      name: "002_81e6c8ac1485fcae.txt", company: "Flamel Technologies S.A.",
      fileNumber: "000-28508", period: "August 2009", filed: "2009-08-06", exhibit: "99.1",
      description: "Press release regarding 2009 second quarter results, dated August 5, 2009.",
      headline: "Flamel Technologies Announces Second Quarter 2009 Results; Multiple New Projects; "
        + "Cash Increases from $39.1 to $45.1 million"),
    Case(
      name: "003_a9bc085e3f0817a7.txt", company: "Flamel Technologies", fileNumber: nil,
      period: "September 2002", filed: "2002-09-20", exhibit: "1", description: "Exhibit 1",
      headline: "Flamel Technologies Announces Receipt of $4 Million Milestone Payment from "
        + "Servier Monde"),
  ]

  @Test(arguments: cases) func metadata(_ expected: Case) throws {
    let filing = try Self.filing(expected.name)
    #expect(filing.id == expected.name)
    #expect(filing.kind == .text)
    #expect(filing.form == "6-K")
    #expect(filing.company == expected.company)
    #expect(filing.fileNumber == expected.fileNumber)
    #expect(filing.period == expected.period)
    #expect(filing.filed == expected.filed)
    #expect(filing.cik == nil && filing.accession == nil)
  }

  @Test(arguments: cases) func documents(_ expected: Case) throws {
    let filing = try Self.filing(expected.name)
    try #require(filing.documents.count == 2)
    let cover = filing.documents[0]
    #expect(cover.id == expected.name)
    #expect(cover.exhibit == nil && cover.type == "6-K")
    #expect(cover.body.hasPrefix("UNITED STATES"))
    #expect(cover.body.contains("/s/ Stephen H. Willard"))
    #expect(!cover.body.contains(expected.headline.prefix(30)))
    let exhibit = filing.documents[1]
    #expect(exhibit.id == "\(expected.name)#\(expected.exhibit)")
    #expect(exhibit.exhibit == expected.exhibit)
    #expect(exhibit.description == expected.description)
    #expect(exhibit.title == expected.headline)
    #expect(exhibit.body.isEmpty && !exhibit.text(FilingSchema.exhibit).isEmpty)
    #expect(cover.flaw == nil && exhibit.flaw == nil)
  }

  @Test(arguments: cases) func titleRunComesFirst(_ expected: Case) throws {
    let exhibit = try Self.filing(expected.name).documents[1]
    let first = try #require(exhibit.document.runs.first)
    #expect(first.field == FilingSchema.title)
    let lines = exhibit.text(FilingSchema.title).split(separator: "\n").map(String.init)
    #expect(lines.first == expected.headline)
    #expect(lines.contains("6-K"))
    #expect(Set(lines).count == lines.count)
    let all = lines.joined(separator: " ")
    #expect(all.contains(expected.company) && all.contains("Exhibit \(expected.exhibit)"))
  }

  @Test func incomeStatementIsATable() throws {
    let exhibit = try Self.filing("002_81e6c8ac1485fcae.txt").documents[1]
    let rows = exhibit.tables.split(separator: "\n").map(String.init)
    #expect(rows.count == 25)
    #expect(rows.first == "\tThree months ended June 30,\t\tSix months ended June 30,")
    #expect(rows.contains("Total revenue\t9,153\t9,575\t20,018\t21,629"))
    #expect(rows.contains("Net income (loss)\t$ (3,358)\t$ (3,550)\t$ (7,054)\t$ (2,360)"))
    #expect(!exhibit.text(FilingSchema.exhibit).contains("9,153"))
    #expect(!exhibit.tables.contains("<u>"))
    let kinds = exhibit.document.zones.map(\.kind)
    #expect(kinds.contains(FilingZone.table.rawValue))
  }

  @Test func coverHasItsZones() throws {
    let cover = try Self.filing("002_81e6c8ac1485fcae.txt").documents[0]
    let kinds = Set(cover.document.zones.map(\.kind))
    for zone in [FilingZone.cover, .signature, .exhibitIndex, .heading] {
      #expect(kinds.contains(zone.rawValue), "\(zone)")
    }
  }

  @Test func textIsKeptAsFiled() throws {
    let exhibit = try Self.filing("002_81e6c8ac1485fcae.txt").documents[1]
    let text = exhibit.text(FilingSchema.exhibit)
    #expect(text.contains("a €2.5 MM technology access fee;"))
    #expect(text.contains("$(14.8) million versus $(14.9) million"))
  }

  @Test(arguments: cases, ["\r\n", "\r"]) func lineEndsDoNotMatter(
    _ expected: Case, _ lineEnd: String
  ) throws {
    let bytes = try Platform.read("\(Folder.corpus)/\(expected.name)")
    let text = String(decoding: bytes, as: UTF8.self)
    let other = text.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: lineEnd)
    #expect(read(other, path: expected.name).filings == read(text, path: expected.name).filings)
  }
}
