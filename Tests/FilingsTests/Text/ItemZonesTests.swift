import Filings
import Foundation
import Testing
import TextSearch

/// Items, parts, table of contents, cover and signature pages of made-up forms.
@Suite struct ItemZonesTests {
  /// A zone of a document with its text, cut after the first line.
  private struct Zone: Equatable {
    var label: String
    var text: String
  }

  private static func zones(_ kind: FilingZone, in text: String) -> [Zone] {
    let document = read(text).document.document
    return document.zones.filter { $0.kind == kind.rawValue }.map {
      Zone(label: $0.label, text: String(decoding: document.text[$0.range], as: UTF8.self))
    }
  }

  private static func items(_ text: String, form: String = "10-K") -> [String] {
    zones(.item, in: MadeUpForm.cover(form) + text).map(\.label)
  }

  private static let prose = String(
    repeating: "The company makes anvils and sells them. ", count: 9)

  /// One heading for two items, with Item 1A behind it.
  @Test(arguments: [
    "Items 1 and 2. Business and Properties", "Item 1. and 2. Business and Properties",
    "Items 1. and 2. Business and Properties", "ITEMS 1-2. Business and Properties",
    "Item 1. Business and Item 2. Properties", "Item 1. Business & Item 2. Properties",
  ]) func twoItemsInOneHeading(_ heading: String) {
    let text = [heading, "Item 1A. Risk Factors", "Item 3. Legal Proceedings"]
      .map { $0 + "\n\n" + Self.prose + "\n\n" }
    #expect(
      Self.items(text.joined()) == [
        "Item 1. Business and Properties", "Item 2. Business and Properties",
        "Item 1A. Risk Factors", "Item 3. Legal Proceedings",
      ])
  }

  /// What follows signatures without a gap, and a line of a table of contents.
  @Test func theLastLineOfATableOfContentsIsNoSignaturePage() {
    let text = """
      TABLE OF CONTENTS

      Item 1. Business
      Item 2. Properties
      Signatures


      Item 1. Business

      Anvils are sold to others
      by agents of the company.

      Item 2. Properties

      \(Self.prose)
      """
    #expect(Self.zones(.signature, in: MadeUpForm.cover("10-K") + text).isEmpty)
  }

  @Test func signaturePagesEndWhereStatementsBegin() {
    let signed = "SIGNATURES\n\nBy: /s/ Jane Roe\nDate: March 3, 2005\n\n"
    let statements = "CONSOLIDATED BALANCE SHEETS\n\nAssets 5\n\n"
    let pages = Self.zones(.signature, in: MadeUpForm.cover("10-K") + signed + statements)
    #expect(pages.map(\.text).allSatisfy { !$0.contains("BALANCE") } && pages.count == 1)
    let listed =
      "INDEX\n\nItem 5. Other Events  3\nSignatures  4\n\nDate of closing: July 4, 1995\n"
    #expect(Self.zones(.signature, in: MadeUpForm.cover("8-K") + listed).isEmpty)
    let filing = read(MadeUpForm.cover("8-K") + listed + signed).filings.first
    #expect(filing != nil && filing?.filed == nil)
  }

  /// Lines of a heading and the label that they give.
  @Test(arguments: [
    ("Item 1A. Risk Factors", "Item 1A. Risk Factors"),
    ("ITEM 1A - RISK FACTORS", "Item 1A. RISK FACTORS"),
    ("Item 1A—Risk Factors", "Item 1A. Risk Factors"),
    ("Item 1A: Risk Factors", "Item 1A. Risk Factors"),
    ("Item 1A.\n\nRisk Factors", "Item 1A. Risk Factors"),
    ("Item 1A.\tRisk Factors", "Item 1A. Risk Factors"),
    ("Item\u{A0}1A.\u{A0}\u{A0}Risk Factors", "Item 1A. Risk Factors"),
    ("Item\n\n1A. Risk Factors", "Item 1A. Risk Factors"),
    ("**Item 1A.    Risk Factors**", "Item 1A. Risk Factors"),
    ("PART I, Item 1A. Risk Factors", "Item 1A. Risk Factors"),
    ("ITEM1A . RISK FACTORS", "Item 1A. RISK FACTORS"),
    ("I TEM 1A. RISK FACTORS", "Item 1A. RISK FACTORS"),
    ("ITEM NINE - CHANGES IN ACCOUNTANTS", "Item 9. CHANGES IN ACCOUNTANTS"),
    ("Item 9A(T). Controls and Procedures", "Item 9A. Controls and Procedures"),
    ("Item 9(a). Controls and Procedures", "Item 9A. Controls and Procedures"),
    ("Item 1 (A) Risk Factors", "Item 1A. Risk Factors"),
    ("[Item 1A.] Risk Factors", "Item 1A. Risk Factors"),
    ("Item (1A) Risk Factors", "Item 1A. Risk Factors"),
    ("Item 1A. risk factors", "Item 1A. risk factors"),
    ("ITEM IV. MINE SAFETY DISCLOSURES", "Item 4. MINE SAFETY DISCLOSURES"),
    ("Item 3. Legal Proceedings. The company is a party to none.", "Item 3. Legal Proceedings"),
    (
      "ITEM 5. MARKET FOR THE REGISTRANT'S COMMON EQUITY AND RELATED STOCKHOLDER\nMATTERS",
      "Item 5. MARKET FOR THE REGISTRANT'S COMMON EQUITY AND RELATED STOCKHOLDER MATTERS"
    ),
  ])
  func headings(_ line: String, _ label: String) {
    #expect(Self.items("\(line)\n\n\(Self.prose)\n") == [label])
  }

  @Test(arguments: [
    "Item 7 of this report tells more about the market.", "Item 1, \"Business\", tells more.",
    "Item 14(d) asks for schedules.", "Items in transit are shown apart.",
    "Item 405 of Regulation S-K asks for it.", "Itemised costs", "Part of it is lost.",
    "Item X. Information About Our Executive Officers", "Item 1(a) asks for a name.",
  ])
  func mentionsAreNoHeadings(_ line: String) {
    #expect(Self.items("Item 1. Business\n\n\(Self.prose)\n\(line)\n") == ["Item 1. Business"])
  }

  @Test func severalItemsUnderOneHeading() {
    let text = """
      Items 1 and 2. Business and Properties

      \(Self.prose)

      Items 10, 11, 12 and 13. Directors and Executive Compensation

      \(Self.prose)
      """
    #expect(
      Self.items(text) == [
        "Item 1. Business and Properties", "Item 2. Business and Properties",
        "Item 10. Directors and Executive Compensation",
        "Item 11. Directors and Executive Compensation",
        "Item 12. Directors and Executive Compensation",
        "Item 13. Directors and Executive Compensation",
      ])
  }

  private static let annual = """
    \(MadeUpForm.cover("10-K"))TABLE OF CONTENTS

    PART I
    Item 1. Business ........................ 3
    Item 1A. Risk Factors ................... 7
    Item 2. Properties ...................... 9
    PART II
    Item 5. Market for Common Equity ........ 10
    Item 15. Exhibits ....................... 12
    Signatures .............................. 13

    PART I

    Item 1. Business

    \(prose)
    As told in
    Item 1A. Risk Factors of this report, anvils are heavy.

    Item 1. Business (Continued)

    \(prose)

    Item 1A. Risk Factors

    \(prose)

    Item 2. Properties

    None.

    PART II

    Item 5. Market for Common Equity

    \(prose)

    Item 15. Exhibits

    Exhibit Index

    31.1 Certification

    SIGNATURES

    Pursuant to the requirements of the Act, the registrant has duly caused this report to be
    signed.

    By: /s/ Jane Doe

    """

  @Test func theTableOfContentsHasNoItems() throws {
    let items = Self.zones(.item, in: Self.annual)
    #expect(
      items.map(\.label) == [
        "Item 1. Business", "Item 1A. Risk Factors", "Item 2. Properties",
        "Item 5. Market for Common Equity", "Item 15. Exhibits",
      ])
    #expect(items[0].text.contains("(Continued)"))
    #expect(items[1].text.hasPrefix("Item 1A. Risk Factors\n\nThe company"))
    #expect(items[2].text.trimmed == "Item 2. Properties\n\nNone.")
    #expect(items[4].text.trimmed.hasSuffix("Certification"))
    let contents = Self.zones(.contents, in: Self.annual)
    #expect(contents.count == 1)
    #expect(contents.first?.text.hasPrefix("TABLE OF CONTENTS") ?? false)
    #expect(contents.first?.text.trimmed.hasSuffix("13") ?? false)
    let cover = Self.zones(.cover, in: Self.annual)
    #expect(cover.first?.text.trimmed.hasSuffix("in its charter)") ?? false)
  }

  @Test func partsHoldTheirItems() {
    let parts = Self.zones(.part, in: Self.annual)
    #expect(parts.map(\.label) == ["Part I", "Part II"])
    #expect(parts.first?.text.trimmed.hasSuffix("None.") ?? false)
    #expect(parts.last?.text.contains("Item 15") ?? false)
    #expect(!(parts.last?.text.contains("SIGNATURES") ?? true))
  }

  @Test func aQuarterlyReportHasItsNumbersTwice() {
    let text = """
      \(MadeUpForm.cover("10-Q"))PART I. FINANCIAL INFORMATION

      Item 1. Financial Statements

      \(Self.prose)

      Item 2. Management's Discussion and Analysis

      \(Self.prose)

      PART II. OTHER INFORMATION

      Item 1. Legal Proceedings

      None.

      Item 2. Unregistered Sales of Equity Securities

      None.

      Item 6. Exhibits

      31.1 Certification

      SIGNATURE

      By: /s/ Jane Doe
      """
    #expect(
      Self.zones(.item, in: text).map(\.label) == [
        "Item 1. Financial Statements", "Item 2. Management's Discussion and Analysis",
        "Item 1. Legal Proceedings", "Item 2. Unregistered Sales of Equity Securities",
        "Item 6. Exhibits",
      ])
    #expect(
      Self.zones(.part, in: text).map(\.label) == [
        "Part I. FINANCIAL INFORMATION", "Part II. OTHER INFORMATION",
      ])
  }

  @Test func runningHeadsAreNoItems() {
    let page = "PART II\nItem 7\n\n\(Self.prose)\n\n"
    let text = """
      PART II
      Item 7

      Item 7. Management's Discussion and Analysis

      \(Self.prose)

      \(page)\(page)PART II
      Item 8

      Item 8. Financial Statements and Supplementary Data

      \(Self.prose)

      PART II
      Item 8

      \(Self.prose)
      """
    #expect(
      Self.items(text) == [
        "Item 7. Management's Discussion and Analysis",
        "Item 8. Financial Statements and Supplementary Data",
      ])
  }

  @Test func reportsOfEvents() {
    let text = """
      Item 2.02 Results of Operations and Financial Condition.

      On May 5 the company told its results. See Item 9.01 below.

      Item 9.01. Financial Statements and Exhibits.

      (d) Exhibits
      """
    #expect(
      Self.items(text, form: "8-K") == [
        "Item 2.02. Results of Operations and Financial Condition.",
        "Item 9.01. Financial Statements and Exhibits.",
      ])
  }

  @Test(arguments: [
    ("Item 5.02(e) Compensatory Arrangements", "Item 5.02. Compensatory Arrangements"),
    ("Item 5.02 (b), (c) and (e).  Departure of Directors", "Item 5.02. Departure of Directors"),
    ("Item 3.01Notice of Delisting", "Item 3.01. Notice of Delisting"),
    ("ITEM 9.01(d). Exhibits", "Item 9.01. Exhibits"),
  ])
  func headingsOfEvents(_ line: String, _ label: String) {
    let mention = "Item 5.02(e) of the form asks for it."
    #expect(Self.items("\(line)\n\n\(Self.prose)\n\(mention)\n", form: "8-K") == [label])
  }

  @Test func aShortTableOfContents() {
    let text = """
      TABLE OF CONTENTS
      Item 1.01. Entry Into a Material Definitive Agreement
      Item 3.02. Unregistered Sales of Equity Securities
      Item 9.01. Financial Statements and Exhibits
      SIGNATURE

      Item 1.01. Entry Into a Material Definitive Agreement

      \(Self.prose)\(Self.prose)

      Item 3.02. Unregistered Sales of Equity Securities

      \(Self.prose)\(Self.prose)

      Item 9.01. Financial Statements and Exhibits

      (d) Exhibits
      """
    let items = Self.zones(.item, in: MadeUpForm.cover("8-K") + text)
    #expect(items.count == 3)
    #expect(items.first?.text.contains("anvils") ?? false)
  }

  /// The line that begins the risk factors of a form 20-F.
  @Test(arguments: [
    "Item 3.D. Risk Factors", "ITEM 3D. Risk Factors", "3.D. Risk Factors", "3.D Risk Factors",
    "3D. Risk Factors", "D. Risk Factors", "D.\tRisk Factors", "(D) Risk Factors",
    "D.\nRisk Factors", "D – Risk Factors",
  ])
  func foreignAnnualReports(_ heading: String) {
    let text = """
      ITEM 3. KEY INFORMATION

      A. [Reserved]

      B. Capitalization and Indebtedness

      Not applicable. The risks are told in
      3.D. Risk Factors below.

      A. The first of many causes is told here

      \(heading)

      \(Self.prose)

      B. Compensation

      4A. Unresolved Staff Comments

      None.

      ITEM 16. RESERVED

      A. Audit Committee Financial Expert

      None.
      """
    let zones = Self.zones(.item, in: MadeUpForm.cover("20-F") + text)
    #expect(
      zones.map(\.label) == [
        "Item 3. KEY INFORMATION", "Item 3.A. [Reserved]",
        "Item 3.B. Capitalization and Indebtedness", "Item 3.D. Risk Factors",
        "Item 4A. Unresolved Staff Comments", "Item 16. RESERVED",
        "Item 16A. Audit Committee Financial Expert",
      ])
    #expect(zones.first?.text.contains("B. Compensation") ?? false)
    #expect(zones.dropFirst(3).first?.text.hasPrefix(heading.prefix(2)) ?? false)
    #expect(zones.dropFirst(3).first?.text.trimmed.hasSuffix("B. Compensation") ?? false)
  }

  @Test func innerItemsWithoutTheirItem() {
    let text = "Item 3.A. Selected Financial Data\n\n\(Self.prose)\n\nItem 3.D. Risk Factors\n"
    #expect(
      Self.items(text, form: "20-F") == [
        "Item 3.A. Selected Financial Data", "Item 3.D. Risk Factors",
      ])
  }

  @Test func theTableOfContentsHasNoInnerItems() {
    let text = """
      TABLE OF CONTENTS

      Item 1. Identity of Directors ........... 2
      Item 2. Offer Statistics ................ 2
      Item 3. Key Information ................. 3
      A. Selected Financial Data .............. 3
      D. Risk Factors ......................... 4
      Item 4. Information on the Company ...... 9
      4A. Unresolved Staff Comments ........... 9

      Item 3. Key Information

      \(Self.prose)

      D. Risk Factors

      \(Self.prose)

      Item 4. Information on the Company

      \(Self.prose)
      """
    #expect(
      Self.items(text, form: "20-F") == [
        "Item 3. Key Information", "Item 3.D. Risk Factors", "Item 4. Information on the Company",
      ])
  }

  @Test func allSignaturePages() {
    let text = """
      \(MadeUpForm.cover("10-K"))Item 15. Exhibits

      \(Self.prose)

      SIGNATURES

      Pursuant to the requirements of the Act, the registrant has duly caused this report to be
      signed.

      By: /s/ Jane Doe



      \(Self.prose)

      Pursuant to the requirements of the Act, this report has been signed below by the following.

      /s/ John Roe
      """
    let signatures = Self.zones(.signature, in: text)
    #expect(signatures.count == 2)
    #expect(signatures.first?.text.hasPrefix("SIGNATURES") ?? false)
    #expect(signatures.last?.text.hasPrefix("Pursuant") ?? false)
    #expect(Self.zones(.item, in: text).first?.text.contains("SIGNATURES") == false)
  }

  /// Many headings, numbers and marks of every kind: an answer, soon, and no crash.
  @Test(arguments: [
    "Item 1. Business\n", "Item\n", "PART II\n", "Item 99.99\n", "Items 1 through 99\n",
    "Table of Contents\n1\t2\n", "Pursuant to the requirements of\n", "SIGNATURES\n",
    "Item 1, 2, 3, 4, 5, 6, 7, 8, 9, 10\n", "Item 00000000000000000000000000001\n", "Item 1(\n",
  ])
  func hostileHeadings(_ line: String) {
    let text = MadeUpForm.cover("10-Q") + String(repeating: line, count: 20_000)
    #expect(read(text).document.flaw == nil)
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
