import Filings
import Testing
import TextSearch

/// What paths say of files that say nothing themselves.
@Suite struct PathFactsTests {
  struct Case: Sendable {
    var path: String
    var cik, accession, form, filed, type: String?
  }

  static let cases = [
    Case(
      path: "edgar/data/320193/000032019320000096/aapl.txt", cik: "320193",
      accession: "0000320193-20-000096"),
    Case(
      path: "Archives/edgar/data/320193/0000320193-20-000096.txt", cik: "320193",
      accession: "0000320193-20-000096"),
    Case(
      path: "sec-edgar-filings/0000320193/10-K/0000320193-20-000096/primary-document.html",
      cik: "320193", accession: "0000320193-20-000096", form: "10-K"),
    Case(
      path: "320193_10K_2020_0000320193-20-000096.htm", cik: "320193",
      accession: "0000320193-20-000096", form: "10-K"),
    Case(
      path: "a/1018522-1997-03-26-CREDIT-AGREEMENT.txt", cik: "1018522", filed: "1997-03-26"),
    Case(path: "718413_1993.txt", cik: "718413"),
    Case(path: "4962_2008_axp-2008.htm", cik: "4962"),
    Case(path: "21076_nd_fy22-ex21.htm", cik: "21076"),
    Case(path: "21076_notes_2008.txt"), Case(path: "4962-2008-report.txt"),
    Case(path: "2019_2020_report.txt"), Case(path: "2019_2020.txt"), Case(path: "123_nd_x.txt"),
    Case(path: "8-K-A/x.txt", form: "8-K/A"),
    Case(path: "10-K/EX-10.1/x.txt", type: "EX-10.1"),
    Case(path: "320193/notes.txt"),
    Case(path: "2020_report.txt"),
    Case(path: "12_2020_03_15.txt"),
    Case(path: "0001/4/D/C/x.txt"),
  ]

  @Test(arguments: cases) func isTaken(_ expected: Case) throws {
    let filing = try #require(read("Some words.\n", path: expected.path).filings.first)
    #expect(filing.cik == expected.cik && filing.accession == expected.accession)
    #expect(filing.form == expected.form && filing.filed == expected.filed)
    if let type = expected.type { #expect(filing.documents[0].type == type) }
  }

  @Test func theFileItselfKnowsBetter() throws {
    let cover = """
      UNITED STATES
      SECURITIES AND EXCHANGE COMMISSION

      FORM 8-K/A

      ACME CORPORATION
      (Exact name of registrant as specified in its charter)
      """
    let filing = try #require(read(cover, path: "8-K/0001234567-20-000001.txt").filings.first)
    #expect(filing.form == "8-K/A" && filing.company == "ACME CORPORATION")
    #expect(filing.accession == "0001234567-20-000001")
  }

  private static func page(_ facts: String) -> String {
    """
    <html xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" xmlns:dei="x"><body>
    <div style="display:none"><ix:header><ix:hidden>
    <ix:nonNumeric contextRef="c" name="dei:EntityCentralIndexKey">0000012345</ix:nonNumeric>
    </ix:hidden></ix:header></div>
    <p><ix:nonNumeric name="dei:DocumentType" contextRef="c">10-Q</ix:nonNumeric></p>
    <p>for the period ended <ix:nonNumeric contextRef="c" name="dei:DocumentPeriodEndDate"
    format="ixt:date-monthname-day-year-en"><b>March</b> 31, 2024</ix:nonNumeric></p>
    <p><ix:nonNumeric contextRef="c" name="dei:EntityRegistrantName">Smith &amp; <i>Acme</i>
    Inc.</ix:nonNumeric></p>
    <p><ix:nonNumeric contextRef="c" name="dei:EntityFileNumber">001-00042</ix:nonNumeric></p>
    \(facts)</body></html>
    """
  }

  @Test func inlineFactsAreTaken() throws {
    let filing = try #require(read(Self.page(""), path: "q.htm").filings.first)
    #expect(filing.form == "10-Q" && filing.period == "2024-03-31")
    #expect(filing.company == "Smith & Acme Inc." && filing.cik == "12345")
    #expect(filing.fileNumber == "001-00042" && filing.filed == nil)
  }

  /// Registrants have numbers; what has none is a former name.
  @Test func inlineFactsOfANameWithoutANumber() throws {
    let other = """
      <ix:nonNumeric contextRef="d" name="dei:EntityRegistrantName">Acme One</ix:nonNumeric>
      """
    let filing = try #require(read(Self.page(other), path: "q.htm").filings.first)
    #expect(filing.companies.map(\.name) == ["Smith & Acme Inc."])
  }

  @Test func inlineFactsWithinFacts() throws {
    let page = """
      <html xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" xmlns:dei="x"><body>
      <p><ix:nonNumeric name="dei:DocumentType" contextRef="c">10-K</ix:nonNumeric></p>
      <p><ix:nonNumeric contextRef="c" name="dei:DocumentPeriodEndDate"><ix:nonNumeric
      contextRef="c" name="dei:CurrentFiscalYearEndDate">December 31</ix:nonNumeric>,
      2024</ix:nonNumeric></p></body></html>
      """
    let filing = try #require(read(page, path: "q.htm").filings.first)
    #expect(filing.form == "10-K" && filing.period == "2024-12-31")
  }

  /// A cover that does not name its form is read as that of the form known from elsewhere.
  @Test func theFormOfAPathTellsWhatACoverSays() throws {
    let cover = """
      SECURITIES AND EXCHANGE COMMISSION

      QUARTERLY REPORT

      For the quarterly period ended March 31, 2024

      ACME CORPORATION
      (Exact name of registrant as specified in its charter)

      Central Index Key Number: 0000012345
      """
    let filing = try #require(read(cover, path: "10-Q/a.txt").filings.first)
    #expect(filing.form == "10-Q" && filing.period == "2024-03-31" && filing.cik == "12345")
  }

  @Test func inlineFactsOfSeveralParties() throws {
    let other = """
      <ix:nonNumeric contextRef="d" name="dei:EntityRegistrantName">Acme Two</ix:nonNumeric>
      <ix:nonNumeric contextRef="d" name="dei:EntityCentralIndexKey">0000000099</ix:nonNumeric>
      """
    let filing = try #require(read(Self.page(other), path: "edgar/data/99/q.htm").filings.first)
    #expect(filing.companies.map(\.cik) == ["99", "12345"])
    #expect(filing.companies.map(\.name) == ["Acme Two", "Smith & Acme Inc."])
  }
}
