import Filings
import Testing
import TextSearch

/// Tables in plain text: those with the SEC's tags, and those made of spaces only.
@Suite struct PlainTableTests {
  private static func rows(_ text: String) -> [String] {
    read(text).document.tables.split(separator: "\n").map(String.init)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var text: String
    var rows: [String]

    init(_ name: String, _ text: String, _ rows: [String]) {
      (testDescription, self.text, self.rows) = (name, text, rows)
    }
  }

  static let cases = [
    Case(
      "columns by tags",
      """
      <TABLE>
      <CAPTION>
                                       Years Ended December 31
                                      ------------------------
                                        1993            1992
                                        ----            ----
      <S>                             <C>            <C>
      Finance receivables
        Retail....................     $38,609        $ 35,601
        Unearned income...........      (5,263)        (5,213 )
        Share                             30.5 %          28 %
        New item                                         1,000
                                      --------        --------
      </TABLE>
      """,
      [
        "\tYears Ended December 31", "\t1993\t1992", "Finance receivables",
        "Retail\t$38,609\t$35,601",
        "Unearned income\t(5,263)\t(5,213)", "Share\t30.5%\t28%", "New item\t\t1,000",
      ]),
    Case(
      "dot leaders without tags",
      """
      Results were as follows:

                                     1999       1998
      Net sales . . . . . . . . . . $ 1,234   $ 1,100
      Cost of sales ...............     900       800
      Acme Inc.                          --       .21

      Sales grew in the year.
      """,
      [
        "\t1999\t1998", "Net sales\t$1,234\t$1,100", "Cost of sales\t900\t800",
        "Acme Inc.\t--\t.21",
      ]),
    Case(
      "footnotes of a table are text",
      "<TABLE>\n<S>      <C>\nCars      1\nTrucks    2\n<FN>\n<F1> Of a kind.\n</TABLE>\nText.",
      ["Cars\t1", "Trucks\t2"]),
    Case(
      "a table of contents",
      """
      Definitions...........................................    1
      Terms Generally.......................................   13
      """,
      ["Definitions\t1", "Terms Generally\t13"]),
    Case(
      "words under a broken rule",
      """
      Name                  Office
      -----------           -----------
      Jane Doe              President
      John Roe              Secretary
      Mary Poe              Treasurer
      """,
      ["Name\tOffice", "Jane Doe\tPresident", "John Roe\tSecretary", "Mary Poe\tTreasurer"]),
  ]

  @Test(arguments: cases) func tablesAreRowsOfCells(_ input: Case) {
    #expect(Self.rows("Some text of a filing.\n\n" + input.text) == input.rows)
  }

  @Test(arguments: [
    """
    the Company shall          (b) the Buyer shall
    deliver the goods          pay the price that
    to the Buyer; and          the parties agreed.
    """,
    """
    ACME CORPORATION                         Telephone: (555) 555-1234
    1 Main Street                            Telefax:   (555) 555-1235
    Springfield, IL 60606                    www.example.org
    """,
    """
    Delaware                                 36-2660763
    ----------------------------             -------------------
    (State or other jurisdiction             (I.R.S. Employer
    of incorporation)                        Identification No.)
    """,
    """
    (a)     The term of this agreement is
            five years.
    (b)     The rent is $1,000 a month for 1998
    and the years that follow it.
    """,
    """
    By: ______________________          By: ______________________
    Title: President                    Title: Secretary
    """,
  ]) func columnsOfWordsAreNoTable(_ text: String) {
    let document = read("Some text of a filing.\n\n" + text + "\n\nMore text.\n").document
    #expect(document.tables.isEmpty)
    #expect(document.body.contains(text.split(separator: "\n")[1]))
  }

  @Test func footnotesStayText() {
    let document = read(Self.cases[2].text).document
    #expect(document.body.contains("Of a kind.") && document.body.contains("Text."))
  }

  @Test func aLongTableIsReadInParts() {
    let line = "Cars           1,000      2,000\n"
    let text = "<TABLE>\n<S>           <C>        <C>\n" + String(repeating: line, count: 10_000)
    #expect(Self.rows(text) == Array(repeating: "Cars\t1,000\t2,000", count: 10_000))
  }
}
