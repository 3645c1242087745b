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
}
