import Filings
import Testing
import TextSearch

@Suite struct HTMLPagesTests {
  private static func body(_ pages: [String], _ pageBreak: String) -> String {
    read("<html><body>\(pages.joined(separator: pageBreak))</body></html>").document.body
  }

  @Test(arguments: [
    "<p style='page-break-before: always'></p>", "<hr style=\"PAGE-BREAK-AFTER: always\">", "<hr>",
    "<div style='break-before:page'></div>",
  ]) func headsAndFeetAreLeftOut(_ pageBreak: String) {
    let pages = (1...6).map { page in
      """
      <p><a href="#toc">Table of Contents</a></p><p>Words of page \(page) that go</p>
      <p>on overleaf \(page)</p><table><tr><td>Acme Inc.</td><td>\(page + 20)</td></tr></table>
      <p>F-\(page)</p>
      """
    }
    let text = Self.body(pages, pageBreak)
    let words = (1...6).map { "Words of page \($0) that go\n\non overleaf \($0)" }
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.count { $0 == "Table of Contents" } == 1)
    #expect(lines.count { $0.hasPrefix("Acme Inc.") } == 1)
    #expect(!lines.contains { $0.hasPrefix("F-") })
    for word in words { #expect(text.contains(word)) }
  }

  @Test func answersAtPageEndsStay() {
    let pages = (1...5).map { "<p>Item \($0). Some title</p><p>None</p>" }
    #expect(Self.body(pages, "<hr>").split(separator: "None").count == 5)
  }

  @Test func endsOfElementsBreakPages() {
    let pages = (1...5).map { "<div style='page-break-after:always'><p>text \($0)a</p>\($0)</div>" }
    #expect(Self.body(pages, "") == (1...5).map { "text \($0)a" }.joined(separator: "\n\n"))
  }

  @Test func whatSaysSomethingStays() {
    let pages = (1...6).map { page in
      """
      <table><tr><td>Name</td><td>2009</td></tr><tr><td>A</td><td>\(page)</td></tr></table>
      <p>Text \(page)</p><p>Not applicable.</p>
      """
    }
    let text = read("<html>\(pages.joined(separator: "<hr>"))</html>").document
    #expect(text.body.split(separator: "\n").count { $0 == "Not applicable." } == 6)
    #expect(text.tables.split(separator: "\n").count { $0 == "Name\t2009" } == 6)
  }

  @Test func fewPagesStayAsTheyAre() {
    let pages = (1...3).map { "<p>Acme Inc.</p><p>text</p><p>\($0)</p>" }
    let text = Self.body(pages, "<hr>")
    #expect(text == (1...3).map { "Acme Inc.\n\ntext\n\n\($0)" }.joined(separator: "\n\n"))
  }

  /// Rules above footnotes do not make a page of each part of one.
  @Test func rulesInsideOfPagesEndNone() {
    let pages = (1...6).map { page in
      "<p>ACME<br>Notes</p><p>Text \(page)</p>"
        + (1...9).map { "<hr><p>Footnote \(page).\($0) says more.</p>" }.joined()
        + "<p>-\(page)-</p><hr><p style='page-break-before:always'></p>"
    }
    let lines = Self.body(pages, "").split(separator: "\n").map(String.init)
    #expect(lines.count { $0 == "ACME" } == 1 && lines.count { $0 == "Notes" } == 1)
    #expect(lines.count { $0.hasPrefix("Footnote") } == 54)
    #expect(!lines.contains { $0.hasPrefix("-") })
  }

  /// What heads a few pages one after another is a running head in a long document, too.
  @Test func headsOfFewPagesAreLeftOut() {
    let pages = (1...60).map { page in
      let part = page < 57 ? "PART I" : "PART II"
      let item = page < 50 ? "Item 1" : page < 57 ? "Item 1A" : "Item 5"
      return "<p>\(part)</p><p>\(item)</p><p>Words of \(page)</p><p>\(page)</p>"
    }
    let lines = Self.body(pages, "<hr>").split(separator: "\n").map(String.init)
    for head in ["PART I", "PART II", "Item 1", "Item 1A", "Item 5"] {
      #expect(lines.count { $0 == head } == 1, "\(head)")
    }
    #expect(lines.count { $0.hasPrefix("Words") } == 60)
  }

  /// Certificates and powers of attorney have the same title and the same words on each page.
  @Test func whatPagesOfTheSameWordsBeginWithStays() {
    let words = (1...3).map { number in
      "<p>\(number). I have reviewed this annual report and, based on my knowledge, the report does "
        + "not contain any untrue statement of a material fact of number \(number).</p>"
    }
    let pages = ["Ann Smith", "John Doe", "Max Power", "Jane Roe"].map { name in
      "<p>CERTIFICATION</p><p>I, \(name), certify that:</p>\(words.joined())<p>\(name)</p>"
    }
    let lines = Self.body(pages + ["The end"], "<hr>").split(separator: "\n")
    #expect(lines.count { $0 == "CERTIFICATION" } == 4)
  }

  @Test func bulletsAtPageEndsStay() {
    let pages = (1...6).map { "<p>\($0) words;</p><p>•</p>" }
    #expect(Self.body(pages, "<hr>").split(separator: "•").count == 6)
  }
}
