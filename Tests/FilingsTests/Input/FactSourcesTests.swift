import Filings
import Testing
import TextSearch

/// What lists, tables and notes beside the files say of them.
@Suite struct FactSourcesTests {
  private static let number = "0000320193-20-000096"

  /// The filing of the file called `path` in a folder with these files.
  private static func filing(_ files: [String: String], _ path: String) throws -> Filing {
    let root = try Folder.temporary()
    for (name, text) in files { try Folder.write(text, "\(root)/\(name)") }
    let (found, _) = try InputFinder.files(at: [root])
    let file = try #require(found.first { $0.relativePath == path })
    let item = try #require(Array(InputFinder.items(of: file)).first)
    return try #require(FilingReader.read(item).filings.first)
  }

  struct Source: Sendable {
    var name: String
    var text: String
    var form: String? = "10-K"
    var filed: String? = "2020-10-30"
  }

  static let sources = [
    Source(
      name: "2020/master.idx",
      text: """
        Description:           Master Index of EDGAR Dissemination Feed
        Comments:              webmaster@sec.gov

        CIK|Company Name|Form Type|Date Filed|Filename
        ------------------------------------------------
        1|Other Inc|8-K|2020-10-30|edgar/data/1/0000000001-20-000096.txt
        320193|Apple Inc.|10-K|2020-10-30|edgar/data/320193/0000320193-20-000096.txt
        """),
    Source(
      name: "form.20201030.idx",
      text: """
        Description:           Daily Index of EDGAR Dissemination Feed by Form Type

        Form Type   Company Name             CIK         Date Filed  File Name
        -----------------------------------------------------------------------
        10-K        Apple Inc.               320193      20201030    edgar/data/320193/0000320193-20-000096.txt
        """),
    Source(
      name: "company.idx",
      text: """
        Description:           Master Index of EDGAR Dissemination Feed by Company Name

        Company Name             Form Type   CIK         Date Filed  File Name
        -----------------------------------------------------------------------
        Apple Inc.               10-K        320193      2020-10-30  edgar/data/320193/0000320193-20-000096.txt
        """),
    Source(
      name: "LIST.tsv",
      text: """
        path\tform\tcompany\tcik\tfiled
        2020/0000320193-20-000096.txt\t10-K\tApple Inc.\t0000320193\t2020-10-30
        """),
    Source(
      name: "2020/list.csv",
      text: """
        filename,Form Type,Company Name,CIK,Filing Date
        "0000320193-20-000096.txt",10-K,"Apple Inc.",320193,2020-10-30
        """),
    Source(
      name: "2020/0000320193-20-000096.json",
      text: """
        {"form": "10-K", "companyName": "Apple Inc.", "cik": 320193, "filingDate": "2020-10-30"}
        """),
    Source(
      name: "2020/0000320193-20-000096.txt.meta.json",
      text: """
        {"form_type": "10-K", "company": "Apple Inc.", "cik": "320193", "filed": "2020-10-30"}
        """),
    Source(
      name: "2020/0000320193-20-000096-index-headers.html",
      text: """
        <HTML><HEAD><TITLE>SEC EDGAR Submission 0000320193-20-000096</TITLE></HEAD><BODY>
        <PRE>&lt;SEC-HEADER&gt;0000320193-20-000096.hdr.sgml : 20201030
        ACCESSION NUMBER:\t\t0000320193-20-000096
        CONFORMED SUBMISSION TYPE:\t10-K
        FILED AS OF DATE:\t\t20201030
        FILER:

        \tCOMPANY DATA:
        \t\tCOMPANY CONFORMED NAME:\t\t\tApple Inc.
        \t\tCENTRAL INDEX KEY:\t\t\t0000320193
        &lt;/SEC-HEADER&gt;</PRE></BODY></HTML>
        """),
    Source(
      name: "0000320193-20-000096-index.html",
      text: """
        <html><body><div>Form 10-K - Annual report:</div><div>SEC Accession No.
        0000320193-20-000096</div><div>Filing Date</div><div>2020-10-30</div>
        <div>Accepted</div><div>2020-10-30 18:01:02</div>
        <div>Apple Inc. (Filer) CIK: 0000320193 (see all company filings)</div></body></html>
        """),
  ]

  @Test(arguments: sources) func isTaken(_ source: Source) throws {
    let path = "2020/\(Self.number).txt"
    let filing = try Self.filing([path: "Some words.\n", source.name: source.text], path)
    #expect(filing.form == source.form && filing.filed == source.filed)
    #expect(filing.company == "Apple Inc." && filing.cik == "320193")
    #expect(filing.accession == Self.number && filing.documents.count == 1)
  }

  @Test func theListingOfAFolderIsOfAllItsFiles() throws {
    let listing = """
      {"directory": {"item": [{"name": "a.htm"}],
        "name": "/Archives/edgar/data/320193/000032019320000096", "parent-dir": "/x"}}
      """
    let filing = try Self.filing(["f/index.json": listing, "f/a.txt": "Some words."], "f/a.txt")
    #expect(filing.cik == "320193" && filing.accession == Self.number)
  }

  /// A page of a filing is called by the filing's number, which its documents need not be.
  @Test func thePageOfAFilingIsOfAllFilesBesideIt() throws {
    let page = """
      <html><body><div>Form 4 - Statement of changes:</div><div>SEC Accession No.
      0000320193-20-000096</div><div>Filing Date</div><div>2020-10-30</div>
      \(String(repeating: "<p>Series</p>", count: 600))
      <div>Doe Jane (Reporting) CIK: 0000000099 (see all company filings)</div>
      <div>Apple Inc. (Issuer) CIK: 0000320193 (see all company filings)</div>
      <div>Apple Inc. (Issuer) CIK: 0000320193 (see all company filings)</div></body></html>
      """
    let filing = try Self.filing(
      ["f/\(Self.number)-index.htm": page, "f/a.txt": "Some words."], "f/a.txt")
    #expect(filing.accession == Self.number && filing.form == "4" && filing.filed == "2020-10-30")
    #expect(filing.companies.map(\.cik) == ["320193", "99"])
    #expect(filing.companies.map(\.role) == [.issuer, .reportingOwner])
  }

  @Test func noteBeforeTableBeforeIndexBeforePath() throws {
    let path = "10-Q/\(Self.number).txt"
    var files = [path: "Some words.\n", "master.idx": Self.sources[0].text]
    #expect(try Self.filing(files, path).form == "10-K")
    files["x.tsv"] = "path\tform\n\(path)\t10-K/A\n"
    #expect(try Self.filing(files, path).form == "10-K/A")
    files["\(path).json"] = "{\"form\": \"10-KT\"}"
    let filing = try Self.filing(files, path)
    #expect(filing.form == "10-KT" && filing.company == "Apple Inc.")
  }

  @Test func sourcesAreNoFilings() throws {
    for source in Self.sources {
      let result = read(source.text, path: source.name)
      if source.name.hasSuffix("index.html") { continue }
      #expect(result.filings.flatMap(\.documents).isEmpty, "\(source.name)")
      #expect(result.skipped.map(\.kind) == [.list], "\(source.name): \(result.skipped)")
    }
  }

  @Test func partiesOfOneFilingInAnIndex() throws {
    let index =
      Self.sources[0].text + "\n99|Apple Two|10-K|2020-10-30|edgar/data/99/\(Self.number).txt"
    let path = "\(Self.number).txt"
    let filing = try Self.filing([path: "Some words.", "master.idx": index], path)
    #expect(filing.companies.map(\.cik) == ["320193", "99"])
  }

  @Test func besideAFileThatIsNamed() throws {
    let root = try Folder.temporary()
    try Folder.write("Some words.", "\(root)/a.htm")
    try Folder.write("{\"company\": \"Acme\"}", "\(root)/a.htm.json")
    let (files, _) = try InputFinder.files(at: ["\(root)/a.htm"])
    #expect(files.count == 1)
    let item = try #require(Array(InputFinder.items(of: files[0])).first)
    #expect(FilingReader.read(item).filings.first?.company == "Acme")
  }
}
