import Filings
import Foundation
import Testing
import TextSearch

/// Items of forms whose headings stand in lists, at the heads of pages, in an order of their own or
/// without numbers.
@Suite struct ItemOutlineTests {
  private static let prose = String(
    repeating: "The company makes anvils and sells them. ", count: 12)

  /// The labels of zones and, of each, the words behind the label's line.
  private static func zones(_ kind: FilingZone, _ text: String, form: String) -> [[String]] {
    let document = read(MadeUpForm.cover(form) + text).document.document
    return document.zones.filter { $0.kind == kind.rawValue }.map { zone in
      let text = String(decoding: document.text[zone.range], as: UTF8.self)
      return [zone.label, text.trimmingCharacters(in: .whitespacesAndNewlines)]
    }
  }

  private static func items(_ text: String, form: String = "10-K") -> [String] {
    zones(.item, text, form: form).map { $0[0] }
  }

  @Test func headingsInTheMiddleOfThePage() {
    let indent = String(repeating: " ", count: 34)
    let text = """
      \(indent)PART III

      \(indent)ITEM 10. DIRECTORS

      \(Self.prose)

      \(indent)ITEM 11. EXECUTIVE COMPENSATION

      \(Self.prose)
      """
    #expect(Self.items(text) == ["Item 10. DIRECTORS", "Item 11. EXECUTIVE COMPENSATION"])
    #expect(Self.zones(.part, text, form: "10-K").map { $0[0] } == ["Part III"])
  }

  @Test(arguments: [
    "Item No. 1  Business", "Item Number 1. Business", "*Item 1. Business*", "_Item 1. Business_",
    "ITEM #1: Business", "\tItem 1.\tBusiness", "I T E M  1.  Business", "Item 1) Business",
  ]) func waysToWriteAHeading(_ heading: String) {
    #expect(Self.items("\(heading)\n\n\(Self.prose)") == ["Item 1. Business"], "\(heading)")
  }

  /// The heading in small letters, then at the head of each page in capitals.
  @Test func theFirstOfRepeatedHeadingsCounts() {
    let text = """
      **ITEM 1. BUSINESS**
      Item 1. Business

      First words. \(Self.prose)

      Item 1A. Risk Factors

      Many risks. \(Self.prose)

      **ITEM 1A. RISK FACTORS**
      \(Self.prose)

      Item 2. Properties

      \(Self.prose)
      """
    let zones = Self.zones(.item, text, form: "10-K")
    #expect(
      zones.map { $0[0] } == ["Item 1. Business", "Item 1A. Risk Factors", "Item 2. Properties"])
    #expect(zones[0][1].contains("First words.") && !zones[0][1].contains("Many risks."))
    #expect(zones[1][1].contains("Many risks.") && zones[1][1].contains("ITEM 1A. RISK FACTORS"))
  }

  /// A page at the head of each part names its items, without numbers of pages.
  @Test func listsAtTheHeadsOfPartsAreNoItems() {
    func part(_ name: String, _ items: [String]) -> String {
      "PART \(name)\n" + items.joined(separator: "\n") + "\n\n"
        + items.map { "\($0)\n\n\(Self.prose)\n\n" }.joined()
    }
    let text =
      part(
        "I",
        [
          "Item 1. Financial Statements", "Item 2. Management's Discussion and Analysis",
          "Item 3. Quantitative and Qualitative Disclosures", "Item 4. Controls and Procedures",
        ])
      + part(
        "II",
        [
          "Item 1. Legal Proceedings", "Item 1A. Risk Factors", "Item 5. Other Information",
          "Item 6. Exhibits",
        ])
    let zones = Self.zones(.item, text, form: "10-Q")
    #expect(
      zones.map { $0[0] } == [
        "Item 1. Financial Statements", "Item 2. Management's Discussion and Analysis",
        "Item 3. Quantitative and Qualitative Disclosures", "Item 4. Controls and Procedures",
        "Item 1. Legal Proceedings", "Item 1A. Risk Factors", "Item 5. Other Information",
        "Item 6. Exhibits",
      ])
    #expect(zones.allSatisfy { $0[1].contains("anvils") && !$0[1].contains("PART") })
  }

  /// Management's discussion may come first.
  @Test func itemsOfAQuarterlyReportInAnotherOrder() {
    let text = """
      PART I. FINANCIAL INFORMATION

      **ITEM 2. MANAGEMENT'S DISCUSSION AND ANALYSIS**

      \(Self.prose)

      **ITEM 1. FINANCIAL STATEMENTS**

      \(Self.prose)

      **ITEM 4. CONTROLS AND PROCEDURES**

      \(Self.prose)

      PART II. OTHER INFORMATION

      **ITEM 1. LEGAL PROCEEDINGS**

      None.
      """
    let zones = Self.zones(.item, text, form: "10-Q")
    #expect(
      zones.map { $0[0] } == [
        "Item 2. MANAGEMENT'S DISCUSSION AND ANALYSIS", "Item 1. FINANCIAL STATEMENTS",
        "Item 4. CONTROLS AND PROCEDURES", "Item 1. LEGAL PROCEEDINGS",
      ])
    #expect(!zones[0][1].contains("ITEM 1"))
  }

  /// Rows of a statement end with numbers as the lines of a table of contents do.
  @Test func statementsAreNoTableOfContents() {
    let rows = (1...12).map { "Cost \(Self.letters($0))\t\($0 * 70 % 97 + 100)\t\(900 - $0 * 31)" }
    let text = """
      PART I - FINANCIAL INFORMATION
      ITEM 1. Financial statements
      \(rows.joined(separator: "\n"))

      ITEM 2. Management's discussion and analysis

      \(Self.prose)
      """
    #expect(
      Self.items(text, form: "10-Q") == [
        "Item 1. Financial statements", "Item 2. Management's discussion and analysis",
      ])
    #expect(Self.zones(.contents, text, form: "10-Q").isEmpty)
  }

  private static func letters(_ number: Int) -> String {
    String(UnicodeScalar(UInt8(0x60 + number)))
  }

  // MARK: Headings without numbers

  @Test func titlesThatTheTableOfContentsNumbers() {
    let text = """
      TABLE OF CONTENTS

      Item 1. Business ........................ 3
      Item 7. Management's Discussion ......... 7
      Item 8. Financial Statements and Supplementary Data ... 9
      Item 9A. Controls and Procedures ........ 12

      Item 1. Business

      \(Self.prose)

      Item 7. Management's Discussion

      \(Self.prose)

      **Financial Statements and Supplementary Data**

      \(Self.prose)

      Item 9A. Controls and Procedures

      \(Self.prose)
      """
    #expect(
      Self.items(text) == [
        "Item 1. Business", "Item 7. Management's Discussion",
        "Item 8. Financial Statements and Supplementary Data", "Item 9A. Controls and Procedures",
      ])
  }

  @Test func titlesThatOnlyOneItemHas() {
    let text = """
      PART I. FINANCIAL INFORMATION

      \(Self.prose)

      **Management's Discussion and Analysis of Financial**
      **Condition and Results of Operations**

      \(Self.prose)

      **Quantitative and Qualitative Disclosures about Market Risk**

      None.

      PART II. OTHER INFORMATION

      Item 1. Legal Proceedings

      None.
      """
    let zones = Self.zones(.item, text, form: "10-Q")
    #expect(
      zones.map { $0[0] } == [
        "Item 2. Management's Discussion and Analysis of Financial Condition and Results of "
          + "Operations", "Item 3. Quantitative and Qualitative Disclosures about Market Risk",
        "Item 1. Legal Proceedings",
      ])
  }

  /// A report that says in a table on which pages its items are.
  @Test func aTableOfReferences() {
    let text = """
      **RISK FACTORS**

      Many risks. \(Self.prose)

      **LEGAL PROCEEDINGS**

      Few suits. \(Self.prose)

      **INFORMATION ABOUT OFFICERS**

      \(String(repeating: Self.prose + "\n\n", count: 30))

      FORM 10-K CROSS-REFERENCE INDEX

      Part I
      Item 1\tBusiness\tPage 3
      Item 1A\tRisk Factors\tPages 4-5
      Item 1B\tUnresolved Staff Comments\tNot applicable
      Item 2\tProperties\tPage 6
      Item 3\tLegal Proceedings\tPage 7
      Part IV
      Item 15\tExhibits and Schedules\tPage 9

      SIGNATURES

      Pursuant to the requirements of the Act, the registrant has duly caused this report to be
      signed.

      By: /s/ Jane Doe
      """
    let zones = Self.zones(.item, text, form: "10-K")
    #expect(
      zones.map { $0[0] } == [
        "Item 1A. RISK FACTORS", "Item 3. LEGAL PROCEEDINGS", "Item 1. Business",
        "Item 1B. Unresolved Staff Comments", "Item 2. Properties",
        "Item 15. Exhibits and Schedules",
      ])
    #expect(zones[0][1].contains("Many risks.") && !zones[0][1].contains("Few suits."))
    #expect(zones[1][1].contains("Few suits.") && !zones[1][1].contains("OFFICERS"))
    #expect(zones[2][1] == "Item 1\tBusiness\tPage 3")
    #expect(zones[5][1] == "Item 15\tExhibits and Schedules\tPage 9")
    let tables = Self.zones(.contents, text, form: "10-K")
    #expect(tables.count == 1 && tables[0][1].hasPrefix("FORM 10-K CROSS-REFERENCE INDEX"))
  }

  // MARK: Ends of items

  /// The last item says "None", and the statements stand behind it.
  @Test func statementsBehindTheLastItem() {
    let text = """
      Item 15. Exhibits

      \(Self.prose)

      Item 16. Form 10-K Summary

      None.

      INDEX TO FINANCIAL STATEMENTS

      \(String(repeating: Self.prose + "\n\n", count: 6))
      """
    let zones = Self.zones(.item, text, form: "10-K")
    #expect(zones.last == ["Item 16. Form 10-K Summary", "Item 16. Form 10-K Summary\n\nNone."])
  }

  @Test func sectionsOfAReportOfEvents() {
    let text = """
      Section 2 – Financial Information

      Item 2.02 Results of Operations and Financial Condition. On May 5 the company told the
      public of its results.

      Section 9 – Financial Statements and Exhibits

      Item 9.01 Financial Statements and Exhibits
      (d) Exhibits
      99.1 Press release
      """
    let zones = Self.zones(.item, text, form: "8-K")
    #expect(
      zones.map { $0[0] } == [
        "Item 2.02. Results of Operations and Financial Condition",
        "Item 9.01. Financial Statements and Exhibits",
      ])
    #expect(zones[0][1].hasSuffix("of its results."))
  }

  /// One item alone may be listed.
  @Test func aShortTableOfContents() {
    let text = """
      TABLE OF CONTENTS

      Item 5.07 Submission of Matters to a Vote of Security Holders
      SIGNATURE

      Item 5.07 Submission of Matters to a Vote of Security Holders

      \(Self.prose)
      """
    let zones = Self.zones(.item, text, form: "8-K")
    #expect(
      zones.map { $0[0] } == ["Item 5.07. Submission of Matters to a Vote of Security Holders"])
    #expect(zones[0][1].contains("anvils") && !zones[0][1].contains("SIGNATURE"))
    #expect(Self.zones(.contents, text, form: "8-K").count == 1)
  }

  // MARK: Lists of exhibits

  /// What stands between the heading of a list and its first entry.
  @Test(arguments: [
    "Incorporated by Reference\nExhibit Number\tExhibit Description\tForm\tFile No.\tFiling Date",
    "The following exhibits are filed as part of this report.\nExhibit\tDescription",
    "Designation\tDescription\tMethod of Filing",
  ])
  func headsOfExhibitLists(_ head: String) {
    let text = """
      Item 15. Exhibits

      \(Self.prose)

      EXHIBIT INDEX
      \(head)
      (3-1)\tArticles of incorporation
      10.1+\tLease of the forge
      EXHIBIT INDEX (Continued)
      31.1\tCertification

      \(Self.prose)
      """
    let lists = Self.zones(.exhibitIndex, text, form: "10-K").map { $0[1] }
    #expect(lists.count == 2)
    #expect(lists.first?.hasSuffix("Lease of the forge") ?? false)
    #expect(lists.last?.hasSuffix("Certification") ?? false)
  }
}
