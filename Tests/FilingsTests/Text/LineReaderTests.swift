import Filings
import Testing
import TextSearch

/// Plain text line by line: what belongs to pages, broken words, letters spaced apart.
@Suite struct LineReaderTests {
  private static func body(_ text: String) -> String { read(text).document.body }

  private static let filler = (1...20).map { "Line \($0) of the page says something.\n" }.joined()

  @Test(arguments: ["<PAGE>\n", "\u{0C}\n", "<PAGE>   7\n"]) func runningHeadsStayOnce(
    _ end: String
  ) {
    let pages = (1...4).map { page in
      "Acme Corporation          Annual Report\n\n"
        + "Page \(page) begins here.\n\nIt has \(["one", "two", "three", "four"][page - 1]) lines.\n\n"
        + "                 \(page)\n" + end
    }
    let body = Self.body(pages.joined())
    #expect(body.split(separator: "Acme Corporation").count == 1)
    #expect(body.contains("Page 4 begins here.") && body.contains("It has three lines."))
    let lines = body.split(separator: "\n").map { $0.drop { $0 == " " } }
    #expect(!lines.contains { $0 == "1" || $0 == "4" || $0 == "7" })
  }

  @Test(arguments: ["Exhibit 1", "June 30, 2000     $110,000", "By: ", "1,234"])
  func linesAtPageEndsThatDifferStay(_ line: String) {
    let text = (1...4).map { page in
      line.replacing("1", with: "\(page)")
        + "\n\nText of \("wxyz".dropFirst(page - 1)).\n\nThe end \("abcd".dropFirst(page - 1))\n<PAGE>\n"
    }
    let body = read(text.joined()).document
    let count = body.document.text.split(separator: 0x0A).count
    #expect(count >= 12)
  }

  /// A form that is filled in many times has the same sentences at the edges of its pages.
  @Test(arguments: [
    "any of its rights against the borrower and of the other parties", "GUARANTY OF SUBSIDIARY 1",
  ]) func linesOfTheTextAtPageEndsStay(_ line: String) {
    let pages = (1...5).map { page in
      line.replacing("1", with: "\(page)")
        + "\nis what page \(page) begins with.\n\nMore \(page)\n<PAGE>\n"
    }
    let body = Self.body(pages.joined())
    let start = line.split(separator: "1")[0]
    #expect(body.split(separator: start, omittingEmptySubsequences: false).count == 6)
  }

  /// Powers of attorney: the same title, words and signature on each page.
  @Test func linesOfPagesThatSayTheSameStay() {
    let words = """
      KNOW ALL PERSONS BY THESE PRESENTS, that the undersigned Director of
      this corporation hereby constitutes and appoints the persons named in
      the report his true and lawful attorneys and agents, and each of them
      with full power to act without the others, for him and in his name, in
      any and all capacities, to sign said report and any amendments to it.

      """
    let pages = ["Ann Smith", "John Doe", "Max Power", "Jane Roe", "Joe Bloggs"].map { name in
      "POWER OF ATTORNEY\n\n\(words)\n/s/ \(name)\nACME Director\n<PAGE>\n"
    }
    let lines = Self.body(pages.joined()).split(separator: "\n")
    for line in ["POWER OF ATTORNEY", "ACME Director"] {
      #expect(lines.count { $0 == line } == 5, "\(line)")
    }
  }

  @Test(arguments: ["statements.", "Title: Vice President", "By: [SIGNATURE]", "(continued):"])
  func whatIsNoHeadStaysAtPageEnds(_ line: String) {
    let pages = (1...4).map { "Heading \($0)\n\nThe words of \($0) and of the\n\(line)\n<PAGE>\n" }
    #expect(Self.body(pages.joined()).split(separator: "\n").count { $0 == line } == 4)
  }

  /// Of a long text, what stands on a few pages far apart is no running head.
  @Test func headsStandOnPagesInARow() {
    let pages = (1...60).map { page in
      let head = page % 15 == 0 ? "BORROWER LLC" : page % 2 == 0 ? "Annual Report" : "ACME CORP"
      return "\(head)\n\nWords of \(page) that say something\n\n- \(page) -\n<PAGE>\n"
    }
    let lines = Self.body(pages.joined()).split(separator: "\n")
    #expect(lines.count { $0 == "BORROWER LLC" } == 4)
    #expect(lines.count { $0 == "Annual Report" } == 1)
    #expect(!lines.contains { $0.hasPrefix("-") })
  }

  @Test(arguments: ["1.1", "2.", "3)", "(4)", "5%"]) func numbersOfSectionsAreNotOfPages(
    _ number: String
  ) {
    let text = (1...3).map { place in
      let next = number.replacing(/\d+$|\d+(?=\D*$)/) { "\((Int($0.output) ?? 0) + place)" }
      return "\(next)\n\n" + (1...20).map { "Line \($0) of section \(place).\n" }.joined() + "\n"
    }
    let count = Self.body("\n" + text.joined()).split(separator: "\n").count
    #expect(count == 63)
  }

  @Test func yearsAndPairsAmongOthersAreNotOfPages() {
    let filler = (1...20).map { "Line \($0) says something.\n" }.joined()
    for numbers in [[1996, 1997, 1998, 1999], [2, 3, 9, 10, 40], [7, 8, 1, 1, 1]] {
      let text = numbers.map { "\n\($0)\n\n" + filler }.joined()
      let lines = Self.body(text).split(separator: "\n").map(String.init)
      for number in numbers { #expect(lines.contains("\(number)"), "\(numbers)") }
    }
    #expect(!Self.body("\n2\n\n\(filler)\n3\n\n\(filler)").split(separator: "\n").contains("3"))
  }

  @Test func romanNumeralsAtPageEndsAreOfPages() {
    let pages = ["i", "ii", "- iii -", "iv"].map { "Words before \($0) here\n\n\($0)\n<PAGE>\n" }
    let lines = Self.body(pages.joined()).split(separator: "\n").map(String.init)
    #expect(lines.count == 4 && lines.allSatisfy { $0.hasPrefix("Words") })
  }

  @Test func marksInColumnsAreNoWord() {
    #expect(Self.body("Early oranges X X X X\n") == "Early oranges X X X X")
    #expect(Self.body("A N N U A L  R E P O R T\n") == "ANNUAL REPORT")
  }

  @Test(arguments: ["None", "NONE.", "Not applicable", "N/A"]) func answersAtPageEndsStay(
    _ answer: String
  ) {
    let text = (1...5).map { "Item \($0). Some title\n\n\(answer)\n\n\($0)\n<PAGE>\n" }.joined()
    #expect(Self.body(text).split(separator: answer, omittingEmptySubsequences: false).count == 6)
  }

  @Test func numbersThatCountOnArePages() {
    let text = (1...3).map { Self.filler + "\n- \($0) -\n\n" }.joined() + "The end.\n"
    #expect(!Self.body(text).contains("- 2 -"))
    let list = (1...3).map { "\($0)\n\nWords of an entry.\n\n" }.joined()
    #expect(Self.body("A list.\n\n" + list).contains("\n2\n"))
  }

  @Test(arguments: [
    ("The inter-\nest is due. Interest accrues.", "The interest\nis due. Interest accrues."),
    (
      "A long-\nterm loan is no short-\nterm one; long-term loans.",
      "A long-\nterm loan is no short-\nterm one; long-term loans."
    ),
    ("It was an indemni-\nfication, paid.", "It was an indemnification,\npaid."),
    ("a non-\nrecurring charge", "a non-\nrecurring charge"),
    // The halves of one broken word are no words that stand in the text, a dash at its start is none.
    ("- interest of inter-\nest and of inter-\nest", "- interest of interest\nand of interest"),
    (
      "At INTER-\nbank rates: interbank, non-inter, so inter-\nbank ones.",
      "At INTER-\nbank rates: interbank, non-inter, so interbank\nones."
    ),
    ("the year-\nend and the end of the year", "the year-\nend and the end of the year"),
    ("out-of-\npocket costs", "out-of-\npocket costs"),
    ("from Anglo-\nDutch trade", "from Anglo-\nDutch trade"),
    ("a semi-\n\nannual report", "a semi-\n\nannual report"),
    ("agree-\nment of the agreement", "agreement\nof the agreement"),
  ]) func brokenWords(_ text: String, _ expected: String) {
    #expect(Self.body(text) == expected)
  }

  @Test(arguments: [
    ("A N N U A L   R E P O R T", "ANNUAL REPORT"),
    ("   W I T N E S S E T H :", "WITNESSETH :"),
    ("W I T N E S S E T H:", "WITNESSETH:"),
    ("B E T W E E N  the parties", "BETWEEN  the parties"),
    ("vitamins A B C and a b c", "vitamins A B C and a b c"),
    ("I a m  here: J P Morgan", "I a m  here: J P Morgan"),
  ]) func lettersSpacedApart(_ text: String, _ expected: String) {
    #expect(read("Some text first.\n\n" + text + "\n\nMore.").document.body.contains(expected))
    #expect(expected == text || !Self.body("Some text first.\n\n" + text).contains(text))
  }

  @Test func layoutTagsAreNoWords() {
    let result = read("<PAGE>\n<CAPTION>\nText <B>in</B> AT&amp;T.\n<FN>\n<F1>A note.\n<R>x</R>\n")
    #expect(result.filings.first?.kind == .ascii)
    let text = String(decoding: result.document.document.text, as: UTF8.self)
    #expect(text.contains("Text in AT&T.") && text.contains("A note."))
    #expect(!text.contains("<"))
  }

  @Test func markdownsBackslashesAreNoText() {
    #expect(
      Self.body("From \\$39.1 to \\$45.1 \\*million\\*; C:\\temp \\ stays.")
        == "From $39.1 to $45.1 *million*; C:\\temp \\ stays.")
  }

  @Test(arguments: ["\n", "\r\n", "\r", "\u{0C}"]) func lineEnds(_ end: String) {
    #expect(
      Self.body(["One.", "  Two.", "Three."].joined(separator: end)) == "One.\n  Two.\nThree.")
  }

  @Test(arguments: 0...20) func linesOfEveryLengthKeepTheirWords(_ length: Int) {
    let words = String(repeating: "w", count: length)
    let text = "<a\(words)   .\(words)...\n\(words)é&amp;\n\t\(words) end"
    let body = Self.body("Start.\n" + text)
    #expect(body.contains("\(words)é&") && body.hasSuffix("\(words) end"))
  }

  @Test func oldFilingsOfTheDevelopmentCorpusKeepTheirWords() throws {
    guard let folder = Folder.development else { return }
    let rows = try rows(ofTable: "\(folder)/MANIFEST.tsv").filter {
      $0["kind"] == "text" && ($0["filed"] ?? "9") < "2002" && $0["form"] == "EX-10"
    }
    for row in rows.enumerated().filter({ $0.offset % 7 == 0 }).map(\.element) {
      let path = try #require(row["path"])
      let bytes = try Platform.read("\(folder)/\(path)")
      let result = FilingReader.read(bytes: bytes, path: path)
      let read = result.filings.flatMap(\.documents).map { Self.letters($0.document.text) }
      let share = Double(read.reduce(0, +)) / Double(max(Self.letters(bytes), 1))
      // The rest are tags, running heads and page numbers.
      #expect(share > 0.97, "\(path)")
    }
  }

  private static func letters(_ bytes: [UInt8]) -> Int {
    bytes.count { ($0 | 0x20) &- 0x61 < 26 }
  }
}
