import Filings
import Testing
import TextSearch

@Suite struct TextFilingTests {
  private static let cover = """
    UNITED STATES
    SECURITIES AND EXCHANGE COMMISSION

    FORM 6-K

    For the month of March 2008

    Commission File Number: 001-99999

    Example Company Ltd.
    (Exact name of registrant as specified in its charter)


    """

  private static let signatures = """
    SIGNATURES

    Pursuant to the requirements of the Securities Exchange Act of 1934, duly authorized.

    Example Company Ltd.

    Date: March 7, 2008

    By: /s/ Jane Doe
    Name: Jane Doe


    """

  @Test func exhibitsByTheirHeadings() throws {
    let text =
      Self.cover + Self.signatures + """
        EXHIBIT INDEX

        Exhibit No.\tDescription
        99.1\tPress release
        99.2\tPresentation to investors

        Exhibit 99.1

        **Example Company Buys Another**

        Text of the release.

        Exhibit 99.2

        **Our Strategy**

        Text of the presentation.
        """
    let filing = try #require(read(text, path: "a/b.txt").filings.first)
    #expect(filing.documents.map(\.id) == ["a/b.txt", "a/b.txt#99.1", "a/b.txt#99.2"])
    #expect(filing.documents.map(\.exhibit) == [nil, "99.1", "99.2"])
    #expect(
      filing.documents.map(\.description) == [nil, "Press release", "Presentation to investors"])
    #expect(
      filing.documents.dropFirst().map(\.title) == ["Example Company Buys Another", "Our Strategy"])
    #expect(filing.filed == "2008-03-07" && filing.period == "March 2008")
    #expect(filing.company == "Example Company Ltd." && filing.fileNumber == "001-99999")
  }

  @Test func anExhibitByAGapOrARelease() throws {
    let list = "Document Index\n\n99.1 Press release dated March 6, 2008\n\n"
    for opening in [
      "\n\n\nEXAMPLE COMPANY BUYS ANOTHER", "FOR IMMEDIATE RELEASE\n\n**Example buys**",
    ] {
      let text = Self.cover + list + Self.signatures + opening + "\n\nText of the release."
      let filing = try #require(read(text, path: "f").filings.first)
      #expect(filing.documents.map(\.id) == ["f", "f#99.1"], "\(opening)")
      #expect(filing.documents.last?.description == "Press release dated March 6, 2008")
    }
  }

  @Test func theEndOfASignaturePageIsNoExhibit() throws {
    let text = Self.cover + Self.signatures + "\n\n\n\nBy: /s/ Jane Doe\n\nVice President"
    let filing = try #require(read(text).filings.first)
    #expect(filing.documents.count == 1)
  }

  @Test func aHeadingInTwoSpellingsIsOneExhibit() throws {
    let text =
      Self.cover + Self.signatures + "Exhibit 10.A-6\n\nExhibit 10.A.6\n\nTHE PLAN\n\nWords of it."
    let filing = try #require(read(text).filings.first)
    #expect(filing.documents.map(\.exhibit) == [nil, "10.A-6"])
    #expect(filing.documents.last?.title == "THE PLAN")
  }

  @Test func anExhibitIsHeadedByTheWholeNumberOfThoseListed() throws {
    let list = "Index to Exhibits\n\n10.1 Supply agreement\n\n27 Financial data\n\n"
    let text =
      Self.cover + Self.signatures + list
      + "EX-27\n\nFIGURES\n\nNumbers.\n\nEX-10\n\nSUPPLY AGREEMENT\n\nWords of it."
    let filing = try #require(read(text).filings.first)
    #expect(filing.documents.map(\.exhibit) == [nil, "27", "10"])
    let named = text.replacing("EX-10\n\n", with: "EX-10\n\nEXHIBIT 10.1\n\n")
    let documents = try #require(read(named).filings.first).documents
    #expect(documents.map(\.exhibit) == [nil, "27", "10.1"])
    #expect(documents.last?.description == "Supply agreement")
  }

  @Test(arguments: [
    ("**EXAMPLE COMPANY**\n\n**SEVERANCE PLAN**", "EXAMPLE COMPANY SEVERANCE PLAN"),
    ("**EXAMPLE COMPANY**\n\nWords of the text.", "EXAMPLE COMPANY"),
    ("**CERTAIN PARTS OF THIS EXHIBIT HAVE BEEN OMITTED**\n\n**SUPPLY TERMS**", "SUPPLY TERMS"),
    ("**WITNESSETH:**\n\n**LOAN TERMS**", "LOAN TERMS"),
  ]) func headlines(_ text: String, _ title: String) {
    #expect(read("Exhibit 10.1\n\n\(text)\n\nMore text.").document.title == title)
  }

  @Test func nothingIsSplitWithoutExhibits() throws {
    let filing = try #require(read(Self.cover + "Some text.\n\n" + Self.signatures).filings.first)
    #expect(filing.documents.count == 1)
  }

  @Test func aLoneExhibitKnowsItsNumber() {
    let text =
      "<PAGE>   1\n\n                    EXHIBIT 10.14\n\n  SUPPLY AGREEMENT\n\nThis agreement is made."
    let result = read(text)
    #expect(result.filings.first?.kind == .ascii)
    #expect(result.document.exhibit == "10.14" && result.document.type == "EX-10.14")
    #expect(result.document.title == "SUPPLY AGREEMENT")
    #expect(result.document.text(FilingSchema.exhibit).hasPrefix("EXHIBIT 10.14"))
  }

  @Test func tagsOfPlainTextAreNoWords() {
    let text = """
      Some text of a filing at AT&amp;T.

      <TABLE>
      <CAPTION>
                          1999      1998
      <S>                 <C>       <C>
      Revenue             9,575     9,153

      Cost                1,000     2,000
      </TABLE>

      More text.
                                    12
      <PAGE>
      The end <not a tag> of it.
      """
    let document = read(text).document
    let rows = document.tables.split(separator: "\n").map(String.init)
    #expect(rows == ["\t1999\t1998", "Revenue\t9,575\t9,153", "Cost\t1,000\t2,000"])
    #expect(
      document.body == "Some text of a filing at AT&T.\nMore text.\nThe end <not a tag> of it.")
  }

  @Test func pageNumbersAreNoText() {
    let document = read(
      "One line of text.\n\n  - 2 -\n<PAGE>\nNext line of text.\n-3-<PAGE>\nLast."
    ).document
    #expect(document.body == "One line of text.\n\nNext line of text.\nLast.")
  }

  @Test func itemsAreZones() throws {
    let words = String(repeating: "words of the item ", count: 20)
    let text = Self.cover + "Item 1. Business\n\n\(words)\n\nITEM 1A - RISK FACTORS\n\n\(words)\n"
    let zones = read(text).document.document.zones.filter { $0.kind == FilingZone.item.rawValue }
    #expect(zones.map(\.label) == ["Item 1. Business", "Item 1A. RISK FACTORS"])
  }

  @Test(arguments: [
    ("For the fiscal year ended December 31, 2008", "10-K", "2008-12-31"),
    ("For the quarterly period ended: 30 June 2009", "10-Q", "2009-06-30"),
    ("Date of Report (Date of earliest event reported) Sept. 5, 2008", "8-K", "2008-09-05"),
    ("For the fiscal year ended\nSeptember 24, 2016", "10-K", "2016-09-24"),
    ("For the month of\nMay 2003", "6-K", "May 2003"),
    ("Nothing of the kind", "10-K", nil as String?),
  ]) func periods(_ line: String, _ form: String, _ period: String?) {
    let text = "SECURITIES AND EXCHANGE COMMISSION\n\nFORM \(form)\n\n\(line)\n\nText."
    let filing = read(text).filings.first
    #expect(filing?.form == form && filing?.period == period)
  }

  @Test func textThatSpeaksOfFormsIsNoCover() {
    let text =
      "We filed our Annual Report on Form 10-K with the Securities and Exchange Commission.\n"
    let filing = read(text).filings.first
    #expect(filing?.form == nil && filing?.company == nil)
  }
}
