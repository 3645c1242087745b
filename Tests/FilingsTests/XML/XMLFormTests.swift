import Filings
import Testing
import TextSearch

@Suite struct XMLFormTests {
  private static let ownership = """
    <?xml version="1.0"?>
    <ownershipDocument>
      <schemaVersion>X0306</schemaVersion>
      <documentType>4</documentType>
      <periodOfReport>2022-12-13</periodOfReport>
      <issuer>
        <issuerCik>0000012345</issuerCik>
        <issuerName>Acme &amp; Sons Inc.</issuerName>
        <issuerTradingSymbol>ACM</issuerTradingSymbol>
      </issuer>
      <reportingOwner>
        <reportingOwnerId><rptOwnerCik>0000000007</rptOwnerCik>
          <rptOwnerName>Doe Jane</rptOwnerName></reportingOwnerId>
        <reportingOwnerAddress>
          <rptOwnerStreet1>1 MAIN ST</rptOwnerStreet1><rptOwnerStreet2/>
          <rptOwnerCity>SPRINGFIELD</rptOwnerCity><rptOwnerState>IL</rptOwnerState>
        </reportingOwnerAddress>
        <reportingOwnerRelationship>
          <isDirector>1</isDirector><isOfficer>0</isOfficer>
        </reportingOwnerRelationship>
      </reportingOwner>
      <nonDerivativeTable>
        <nonDerivativeTransaction>
          <securityTitle><value>Common Stock</value></securityTitle>
          <transactionCoding>
            <transactionFormType>4</transactionFormType>
            <transactionCode>P</transactionCode>
            <equitySwapInvolved>0</equitySwapInvolved>
            <footnoteId id="F2"/>
          </transactionCoding>
          <transactionAmounts>
            <transactionPricePerShare><value>8.88</value><footnoteId id="F1"/></transactionPricePerShare>
          </transactionAmounts>
        </nonDerivativeTransaction>
      </nonDerivativeTable>
      <footnotes>
        <footnote id="F1">A weighted
          average.</footnote>
        <footnote id="F2">Under a plan.</footnote>
      </footnotes>
      <ownerSignature><signatureName>/s/ Jane Doe</signatureName>
        <signatureDate>2022-12-14</signatureDate></ownerSignature>
    </ownershipDocument>
    """

  @Test func exemptionsAreNoItemsAndAttachedFilesNoText() {
    let form = """
      <edgarSubmission><submissionType>D</submissionType>
      <federalExemptionsExclusions><item>06b</item><item>3C.7</item></federalExemptionsExclusions>
      <documents><document><conformedName>a.pdf</conformedName>
      <contents>JVBERi0xLjUNJeLjz9MNCjE0IDAgb2JqDTw8L0xpbmVhcml6ZWQgMS9MIDg1OTMwL08gMTYv</contents>
      </document></documents></edgarSubmission>
      """
    let document = read(form, path: "d.xml").document
    #expect(document.tables.contains("Exemption or exclusion\t06b (Rule 506(b))"))
    #expect(!document.document.zones.contains { $0.label.hasPrefix("3C") })
    let text = String(decoding: document.document.text, as: UTF8.self)
    #expect(text.contains("a.pdf") && !text.contains("JVBER"))
  }

  /// The number of an issuer may be in an element of either name.
  @Test(arguments: ["issuerCik", "issuerCIK"]) func anIssuerIsOneCompany(_ name: String) {
    let form = """
      <edgarSubmission><submissionType>SCHEDULE 13D</submissionType><issuerInfo>
      <\(name)>0001422142</\(name)><issuerName>Aadi Bioscience, Inc.</issuerName></issuerInfo>
      </edgarSubmission>
      """
    let companies = read(form, path: "d.xml").filings.first?.companies ?? []
    #expect(companies.map(\.cik) == ["1422142"] && companies.map(\.role) == [.subject])
  }

  @Test func anOwnershipReportSaysWhoAndWhen() throws {
    let filing = try #require(read(Self.ownership, path: "a.xml").filings.first)
    #expect(filing.kind == .xml && filing.form == "4" && filing.period == "2022-12-13")
    // The date of a signature is not the date of filing.
    #expect(filing.filed == nil)
    #expect(filing.companies.map(\.name) == ["Acme & Sons Inc.", "Doe Jane"])
    #expect(filing.companies.map(\.cik) == ["12345", "7"])
    #expect(filing.companies.map(\.role) == [.issuer, .reportingOwner])
    #expect(filing.documents.first?.type == "4")
  }

  @Test func valuesHaveTheirLabels() {
    let document = read(Self.ownership).document
    #expect(document.flaw == nil)
    let rows = document.tables.split(separator: "\n").map(String.init)
    for row in [
      "Issuer name\tAcme & Sons Inc.", "Address\t1 MAIN ST, SPRINGFIELD, IL", "Director\tYes",
      "Officer\tNo", "Title of security\tTransaction code\tPrice",
      "Common Stock\tP (Open market or private purchase) (2)\t8.88 (1)",
    ] {
      #expect(rows.contains(row), "\(row)")
    }
    #expect(document.body.contains("(1) A weighted average."))
    #expect(document.body.contains("(2) Under a plan."))
    #expect(!document.tables.contains("X0306"))
  }

  @Test func holdingsAreATable() {
    let text = """
      <ns1:informationTable xmlns:ns1="http://example.org/x">
        <ns1:infoTable><ns1:nameOfIssuer>ACME CO</ns1:nameOfIssuer><ns1:cusip>000000001</ns1:cusip>
          <ns1:value>584</ns1:value>
          <ns1:votingAuthority><ns1:Sole>1</ns1:Sole><ns1:Shared>2</ns1:Shared></ns1:votingAuthority>
        </ns1:infoTable>
        <ns1:infoTable><ns1:nameOfIssuer>OTHER CO</ns1:nameOfIssuer><ns1:putCall>Put</ns1:putCall>
          <ns1:cusip>000000002</ns1:cusip><ns1:value>5</ns1:value></ns1:infoTable>
      </ns1:informationTable>
      """
    let rows = read(text).document.tables.split(separator: "\n").map(String.init)
    #expect(
      rows == [
        "Name of issuer\tPut or call\tCUSIP\tValue\tVoting authority: sole\tVoting authority: shared",
        "ACME CO\t\t000000001\t584\t1\t2", "OTHER CO\tPut\t000000002\t5",
      ])
  }

  @Test func otherFormsAreReadByTheirNames() throws {
    let long = String(repeating: "Long words. ", count: 40)
    let text = """
      <edgarSubmission xmlns:com="x"><headerData><submissionType>C-U</submissionType>
      <filerInfo><filer><filerCredentials><filerCik>0000000042</filerCik><filerCcc>XX</filerCcc>
      </filerCredentials></filer></filerInfo></headerData><formData>
      <issuerInfo><nameOfIssuer>Acme LLC</nameOfIssuer>
      <issuerAddress><com:street1>1 Road</com:street1><com:city>Town</com:city></issuerAddress>
      </issuerInfo><oddName totalCount="7" isLate="false"/><item3><notApplicableFlag>Y</notApplicableFlag>
      </item3><taPart2Item1aUnitNames>\(long)</taPart2Item1aUnitNames></formData></edgarSubmission>
      """
    let result = read(text)
    let filing = try #require(result.filings.first)
    #expect(filing.form == "C-U" && filing.company == "Acme LLC" && filing.cik == "42")
    let rows = result.document.tables.split(separator: "\n").map(String.init)
    for row in [
      "Name of issuer\tAcme LLC", "Issuer address\t1 Road, Town",
      "Odd name\tTotal count: 7\tLate: No", "Not applicable\tYes",
    ] {
      #expect(rows.contains(row), "\(row)")
    }
    #expect(!result.document.tables.contains("XX"))
    #expect(result.document.body.contains("Item 3\n"))
    #expect(result.document.body.contains("Part 2 item 1a unit names: Long words."))
  }

  @Test(arguments: [
    ("<edgarSubmission><a>one<!-- no --> two</a></edgarSubmission>", "A\tone two"),
    ("<edgarSubmission><a><![CDATA[1 < 2 &amp; 3]]></a></edgarSubmission>", "A\t1 < 2 &amp; 3"),
    ("<edgarSubmission><a>&#167; 1 &amp;#8212; &lt;b&gt;</a></edgarSubmission>", "A\t§ 1 — <b>"),
    (
      "<!DOCTYPE x [<!ENTITY a \"word\">]><edgarSubmission><a>&a;</a></edgarSubmission>",
      "A\t&a;"
    ),
    ("<edgarSubmission><a b='1'>two</a></edgarSubmission>", "A\ttwo; 1"),
    ("<edgarSubmission><a>two<b>one</b>three</a></edgarSubmission>", "A\ttwo\nB\tone\nthree"),
    ("<edgarSubmission><a>cut", "A\tcut"),
  ]) func markup(_ text: String, _ table: String) {
    #expect(read("<?xml version=\"1.0\"?>" + text).document.tables == table)
  }

  @Test(arguments: [
    ("xbrl", SkippedPart.Kind.xbrl), ("xsd:schema", .xbrl), ("feed", .list), ("other", .data),
  ]) func whatIsNoFormIsNamed(_ root: String, _ kind: SkippedPart.Kind) {
    let result = read("<?xml version=\"1.0\"?><!-- <ownershipDocument> -->\n<\(root) a=\"b\"/>")
    #expect(result.filings.isEmpty)
    #expect(result.skipped.map(\.kind) == [kind])
  }

  @Test func aSubmissionsFormIsReadByTheSameReader() throws {
    let text = """
      <DOCUMENT>
      <TYPE>4
      <SEQUENCE>1
      <FILENAME>form4.xml
      <TEXT>
      <XML>
      \(Self.ownership)
      </XML>
      </TEXT>
      </DOCUMENT>
      """
    let filing = try #require(read(text).filings.first)
    #expect(filing.kind == .submission && filing.form == "4" && filing.companies.count == 2)
    #expect(filing.documents.first?.tables.contains("Director\tYes") == true)
    #expect(filing.documents.first?.tables.contains("</XML>") == false)
  }

  @Test(arguments: [
    "<a>", "<a b=\"c\">", "<a><b/>", "&amp;", "<![CDATA[", "<!--", "<!DOCTYPE [", "</a>",
  ])
  func hostileMarkupIsHarmless(_ piece: String) {
    let many = String(repeating: piece, count: 100_000)
    let result = read("<?xml version=\"1.0\"?><edgarSubmission><x>word</x>" + many)
    #expect(result.document.tables.contains("X\tword"))
    #expect(result.document.flaw == nil)
  }

  @Test func formsOfTheDevelopmentCorpusAreRead() throws {
    guard let folder = Folder.development else { return }
    for row in try rows(ofTable: "\(folder)/MANIFEST.tsv") where row["kind"] == "xml" {
      let path = try #require(row["path"])
      let result = FilingReader.read(bytes: try Platform.read("\(folder)/\(path)"), path: path)
      if row["form"] == "EX-101.INS" {
        #expect(result.skipped.map(\.kind) == [.xbrl])
        continue
      }
      let filing = try #require(result.filings.first, "\(path)")
      #expect(
        filing.documents.first?.flaw == nil && !(filing.documents.first?.tables ?? "").isEmpty)
      if row["form"]?.hasSuffix("infotable") == true { continue }
      #expect(filing.form == row["form"] && filing.cik != nil, "\(path)")
      #expect(filing.company?.lowercased() == row["company"]?.lowercased(), "\(path)")
    }
  }
}
