import Filings
import Testing
import TextSearch

@Suite struct SubmissionReaderTests {
  private static let header = """
    <SEC-DOCUMENT>0001234567-09-000012.txt : 20090806
    <SEC-HEADER>0001234567-09-000012.hdr.sgml : 20090806
    ACCESSION NUMBER:\t\t0001234567-09-000012
    CONFORMED SUBMISSION TYPE:\t8-K
    CONFORMED PERIOD OF REPORT:\t20090804
    FILED AS OF DATE:\t\t20090806

    REPORTING-OWNER:

    \tOWNER DATA:
    \t\tCOMPANY CONFORMED NAME:\t\t\tDoe Jane
    \t\tCENTRAL INDEX KEY:\t\t\t0000000007

    FILER:

    \tCOMPANY DATA:
    \t\tCOMPANY CONFORMED NAME:\t\t\tACME CORP
    \t\tCENTRAL INDEX KEY:\t\t\t0000012345

    \tFILING VALUES:
    \t\tSEC FILE NUMBER:\t001-00042
    </SEC-HEADER>

    """

  private static let documents = """
    <DOCUMENT>
    <TYPE>8-K
    <SEQUENCE>1
    <FILENAME>main.htm
    <DESCRIPTION>CURRENT REPORT
    <TEXT>
    <html><body><p>Main text</p></body></html>
    </TEXT>
    </DOCUMENT>
    <DOCUMENT>
    <TYPE>EX-99.1
    <SEQUENCE>2
    <FILENAME>ex991.txt
    <TEXT>
    <PAGE>
    ACME WINS

    Text of the release.
    </TEXT>
    </DOCUMENT>
    <DOCUMENT>
    <TYPE>GRAPHIC
    <SEQUENCE>3
    <FILENAME>logo.jpg
    <TEXT>
    begin 644 logo.jpg
    M_]C_X
    end
    </TEXT>
    </DOCUMENT>
    <DOCUMENT>
    <TYPE>EX-99.2
    <FILENAME>x.pdf
    <TEXT>
    <PDF>
    begin 644 x.pdf
    </PDF>
    </TEXT>
    </DOCUMENT>
    </SEC-DOCUMENT>

    """

  @Test(arguments: ["\n", "\r\n", "\r"]) func headerAndDocuments(_ lineEnd: String) throws {
    let text = (Self.header + Self.documents).split(
      separator: "\n", omittingEmptySubsequences: false
    )
    .joined(separator: lineEnd)
    let result = read(text, path: "f.txt")
    let filing = try #require(result.filings.first)
    #expect(filing.id == "0001234567-09-000012" && filing.accession == filing.id)
    #expect(filing.form == "8-K" && filing.company == "ACME CORP" && filing.cik == "12345")
    #expect(filing.filed == "2009-08-06" && filing.period == "2009-08-04")
    #expect(filing.fileNumber == "001-00042" && filing.kind == .submission)
    let ids = filing.documents.map(\.id)
    #expect(ids == ["0001234567-09-000012:main.htm", "0001234567-09-000012:ex991.txt"])
    let (main, exhibit) = (filing.documents[0], filing.documents[1])
    #expect(
      main.body == "Main text" && main.description == "CURRENT REPORT" && main.sequence == "1")
    #expect(exhibit.exhibit == "99.1" && exhibit.type == "EX-99.1" && exhibit.title == "ACME WINS")
    #expect(exhibit.text(FilingSchema.exhibit) == "ACME WINS\n\nText of the release.")
    #expect(result.skipped.map(\.name) == ["f.txt#logo.jpg", "f.txt#x.pdf"])
  }

  @Test func oldEnvelopes() throws {
    let pem = "-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\n\n"
    let old = pem + (Self.header + Self.documents).replacing("SEC-", with: "IMS-")
    let filing = try #require(read(old).filings.first)
    #expect(filing.company == "ACME CORP" && filing.documents.count == 2)
  }

  @Test func aTagALine() throws {
    let header = """
      <SUBMISSION>
      <ACCESSION-NUMBER>0001951757-25-000093
      <TYPE>10-Q
      <PERIOD>20241231
      <FILING-DATE>20250122
      <FILER>
      <COMPANY-DATA>
      <CONFORMED-NAME>ACORN LLC
      <CIK>0001994827
      </COMPANY-DATA>
      <FILING-VALUES>
      <FILE-NUMBER>028-23689
      </FILING-VALUES>
      </FILER>

      """
    let filing = try #require(read(header + Self.documents).filings.first)
    #expect(filing.form == "10-Q" && filing.company == "ACORN LLC" && filing.cik == "1994827")
    #expect(filing.period == "2024-12-31" && filing.filed == "2025-01-22")
    #expect(filing.fileNumber == "028-23689")
  }

  @Test func documentsWithoutAHeader() throws {
    let filing = try #require(read(Self.documents, path: "a/x.txt").filings.first)
    #expect(filing.id == "a/x.txt" && filing.accession == nil)
    #expect(filing.documents.map(\.id) == ["a/x.txt", "a/x.txt#99.1"])
  }

  @Test func sameNamesAreKeptApart() throws {
    let twice = "<DOCUMENT>\n<TYPE>EX-1\n<FILENAME>a.txt\n<TEXT>\nwords\n</TEXT>\n</DOCUMENT>\n"
    let filing = try #require(read(Self.header + twice + twice).filings.first)
    #expect(Set(filing.documents.map(\.id)).count == 2)
  }

  @Test func theGroupHasTheAttributes() throws {
    let filing = try #require(read(Self.header + Self.documents, path: "f.txt").filings.first)
    let group = filing.group()
    let schema = FilingSchema.schema
    func value(_ name: String) -> String? {
      schema.attribute(named: name, of: .group).flatMap { group.attributes[$0] }
    }
    #expect(value("form") == "8-K" && value("cik") == "12345" && value("kind") == "submission")
    #expect(value("file_number") == "001-00042" && value("path") == "f.txt")
    #expect(group.documents.map(\.id) == filing.documents.map(\.id))
    let exhibit = try #require(schema.attribute(named: "exhibit", of: .document))
    #expect(group.documents.map { $0.attributes[exhibit] } == [nil, "99.1"])
    #expect(schema.field(named: "tables") == FilingSchema.tables)
    #expect(schema.field(named: "body") == FilingSchema.body)
  }

  /// A document ends where its text ends, whatever follows it in the file.
  @Test(arguments: ["", "\u{FEFF}"]) func documentsDoNotTouch(mark: String) {
    let parts = ["The word ends here in an inter-", "est of the next, <b"].map { text in
      "<DOCUMENT>\n<TYPE>EX-99\n<TEXT>\n\(mark)\(text)\n</TEXT>\n</DOCUMENT>\n"
    }
    let documents = read(Self.header + parts.joined()).filings.flatMap(\.documents)
    let texts = documents.map { $0.text(FilingSchema.exhibit) }
    // What a tag without an end has in it is no text.
    #expect(texts == ["The word ends here in an inter-", "est of the next,"])
  }
}
