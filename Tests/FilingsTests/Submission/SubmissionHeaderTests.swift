import Filings
import Testing
import TextSearch

/// What headers say, in all the ways they have been written.
@Suite struct SubmissionHeaderTests {
  private static let document =
    "<DOCUMENT>\n<TYPE>8-K\n<SEQUENCE>1\n<FILENAME>a.txt\n<TEXT>\nSome words.\n</TEXT>\n</DOCUMENT>\n"

  private static func filing(_ header: String) throws -> Filing {
    try #require(
      Filings.FilingReader.read(
        bytes: Array((header + "\n" + document).utf8), path: "f.txt"
      ).filings.first)
  }

  private static let ownership = """
    <SEC-DOCUMENT>0001140361-23-028639.txt : 20230606
    <SEC-HEADER>0001140361-23-028639.hdr.sgml : 20230606
    <ACCEPTANCE-DATETIME>20230606213204
    ACCESSION NUMBER:\t\t0001140361-23-028639
    CONFORMED SUBMISSION TYPE:\t4/A
    CONFORMED PERIOD OF REPORT:\t20221116
    FILED AS OF DATE:\t\t20230606

    REPORTING-OWNER:\t

    \tOWNER DATA:\t
    \t\tCOMPANY CONFORMED NAME:\t\t\tDoe Jane
    \t\tCENTRAL INDEX KEY:\t\t\t0001927858

    \tFILING VALUES:
    \t\tFORM TYPE:\t\t4/A
    \t\tSEC FILE NUMBER:\t001-40575

    ISSUER:\t

    \tCOMPANY DATA:\t
    \t\tCOMPANY CONFORMED NAME:\t\t\tSmith &amp; Acme Inc.
    \t\tCENTRAL INDEX KEY:\t\t\t0001853145
    \t\tSTANDARD INDUSTRIAL CLASSIFICATION:\tSERVICES-PREPACKAGED SOFTWARE [7372]
    \t\tSTATE OF INCORPORATION:\t\t\tDE
    \t\tFISCAL YEAR END:\t\t\t1231

    \tBUSINESS ADDRESS:\t
    \t\tSTATE:\t\t\tCO

    \tFORMER COMPANY:\t
    \t\tFORMER CONFORMED NAME:\tACME ONE
    \t\tDATE OF NAME CHANGE:\t20180309

    \tFORMER COMPANY:\t
    \t\tFORMER CONFORMED NAME:\tACME TWO
    </SEC-HEADER>
    """

  @Test func theIssuerComesBeforeTheOwner() throws {
    let filing = try Self.filing(Self.ownership)
    #expect(filing.form == "4/A" && filing.accepted == "2023-06-06T21:32:04")
    #expect(filing.fileNumber == "001-40575")
    #expect(filing.companies.map(\.role) == [.issuer, .reportingOwner])
    let issuer = filing.companies[0]
    #expect(issuer.name == "Smith & Acme Inc." && issuer.cik == "1853145")
    #expect(issuer.sic == "7372" && issuer.industry == "SERVICES-PREPACKAGED SOFTWARE")
    #expect(issuer.state == "DE" && issuer.fiscalYearEnd == "1231")
    #expect(issuer.formerNames == ["ACME ONE", "ACME TWO"])
    #expect(filing.companies[1].name == "Doe Jane" && filing.companies[1].cik == "1927858")
  }

  @Test func allNamesAreFoundAndKept() throws {
    let filing = try Self.filing(Self.ownership)
    let title = filing.documents[0].text(FilingSchema.title)
    #expect(title.contains("Smith & Acme Inc.") && title.contains("Doe Jane"))
    let group = filing.group()
    func value(_ name: String) -> String? {
      FilingSchema.schema.attribute(named: name, of: .group).flatMap { group.attributes[$0] }
    }
    #expect(value("sic") == "7372" && value("accepted") == "2023-06-06T21:32:04")
    #expect(
      value("companies")
        == "Smith & Acme Inc.\t1853145\tissuer\nDoe Jane\t1927858\treporting owner")
    #expect(value("items") == nil)
  }

  @Test func tagsInALine() throws {
    let header = """
      <SUBMISSION>
      <ACCESSION-NUMBER>0000929638-25-000114
      <TYPE>ABS-15G
      <PERIOD>20250110
      <ITEMS>2.01
      <ITEMS>9.01
      <FILING-DATE>20250111
      <DEPOSITOR>
      <COMPANY-DATA>
      <CONFORMED-NAME>DEPOSIT LLC
      <CIK>0001654238
      </COMPANY-DATA>
      </DEPOSITOR>
      <FILER>
      <COMPANY-DATA>
      <CONFORMED-NAME>FILER LLC
      <CIK>0000000042
      <ASSIGNED-SIC>6189
      <STATE-OF-INCORPORATION>DE
      </COMPANY-DATA>
      <FILING-VALUES>
      <FILE-NUMBER>025-02288
      </FILING-VALUES>
      <FORMER-COMPANY>
      <FORMER-CONFORMED-NAME>OLD LLC
      </FORMER-COMPANY>
      </FILER>
      <ISSUING_ENTITY>
      <COMPANY-DATA>
      <CONFORMED-NAME>TRUST 2025-1
      </COMPANY-DATA>
      </ISSUING_ENTITY>
      """
    let filing = try Self.filing(header)
    #expect(filing.form == "ABS-15G" && filing.items == ["2.01", "9.01"])
    #expect(filing.filed == "2025-01-11" && filing.period == "2025-01-10")
    #expect(filing.companies.map(\.role) == [.filer, .issuingEntity, .depositor])
    let filer = filing.companies[0]
    #expect(filer.cik == "42" && filer.sic == "6189" && filer.industry == nil)
    #expect(filer.formerNames == ["OLD LLC"] && filing.fileNumber == "025-02288")
  }

  struct Item: Sendable {
    var title: String
    var filed: String
    var number: [String]
  }

  static let items = [
    Item(
      title: "Results of Operations and Financial Condition", filed: "20230101", number: ["2.02"]),
    Item(title: "Results of Operations and Financial Condition", filed: "20040101", number: ["12"]),
    Item(title: "Financial statements and exhibits", filed: "19980101", number: ["7"]),
    Item(title: "Other events", filed: "19980101", number: ["5"]),
    Item(title: "Other Events", filed: "20040823", number: ["8.01"]),
    Item(
      title: "Departure of Directors or Principal Officers; Election of Directors; Appointment of "
        + "Principal Officers", filed: "20050101", number: ["5.02"]),
    Item(
      title: "Non-Reliance on Previously Issued Financial Sta", filed: "20060101", number: ["4.02"]),
    Item(title: "5", filed: "19980101", number: ["5"]),
    Item(title: "A title that no list has", filed: "20230101", number: []),
  ]

  @Test(arguments: items) func itemsByTheirTitles(_ item: Item) throws {
    let header = """
      ACCESSION NUMBER:\t0001140361-23-028639
      CONFORMED SUBMISSION TYPE:\t8-K
      ITEM INFORMATION:\t\t\(item.title)
      FILED AS OF DATE:\t\t\(item.filed)
      """
    #expect(try Self.filing(header).items == item.number)
  }

  @Test func severalSubmissionsInAFile() throws {
    let pem = "-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\n\n"
    func submission(_ number: Int) -> String {
      Self.ownership.replacing("023-06-06", with: "023-06-06")
        .replacing("0001140361-23-028639", with: "0001140361-23-02863\(number)")
        + "\n" + Self.document + "</SEC-DOCUMENT>\n"
    }
    let text =
      pem + submission(1) + "-----END PRIVACY-ENHANCED MESSAGE-----\n" + pem
      + submission(2) + "-----END PRIVACY-ENHANCED MESSAGE-----\n" + submission(3)
    let filings = read(text).filings
    #expect(filings.map(\.accession) == (1...3).map { "0001140361-23-02863\($0)" })
    #expect(filings.allSatisfy { $0.documents.map(\.body) == ["Some words."] })
    #expect(filings.allSatisfy { $0.companies.count == 2 })
  }

  @Test func aHeaderByItselfIsAFilingWithoutDocuments() throws {
    let result = read(Self.ownership + "\n</SEC-DOCUMENT>\n")
    #expect(result.filings.map(\.documents.count) == [0])
    #expect(result.filings.first?.form == "4/A")
    #expect(result.skipped.map(\.kind) == [.list])
  }
}
