import Filings
import Testing
import TextSearch

@Suite struct HTMLReaderTests {
  private static func body(_ html: String) -> String {
    read("<html><body>\(html)</body></html>", path: "x.htm").document.body
  }

  /// Plain text between the tags of a page keeps its lines and columns.
  @Test func plainTextInAShell() {
    let text = """
      <html><body><div>
                         FORM 20-F

      Item 3. Key Information

      <TABLE>
      <CAPTION>
                       2000      1999
      <S>              <C>       <C>
      Revenues         2,066     1,570
      </TABLE>
      </div></body></html>

      """
    let result = read(text, path: "x.htm")
    #expect(result.filings.first?.kind == .html)
    let document = result.document
    #expect(document.body.contains("FORM 20-F\n\nItem 3. Key Information"))
    #expect(document.tables.contains("Revenues\t2,066\t1,570"))
    #expect(!document.body.contains("div"))
  }

  /// A page whose body is preformatted is plain text; rules end its pages.
  @Test func preformattedPagesArePlainText() {
    let pages = (1...4).map { page in
      """
      ACME CORP                    Annual Report

      <b>Liquidity and
      capital \(page)</b>

      <b>Words</b> of page \(page) &amp; more &lt;of&gt; caf&eacute;.

      Revenues              2,06\(page)     1,570
      Net income              20\(page)       157

                             \(page)

      """
    }
    let body = pages.joined(separator: "</pre>\n<hr>\n<PRE>\n")
    let page = "<html><head><title>Form</title></head><body><pre>\n\(body)</pre></body></html>"
    let submission =
      "<SEC-DOCUMENT>0001234567-09-000012.txt\nCONFORMED SUBMISSION TYPE: 8-K\n<DOCUMENT>\n"
      + "<TYPE>8-K\n<TEXT>\n\(page)\n</TEXT>\n</DOCUMENT>\n"
    for document in [read(page, path: "x.htm").document, read(submission).document] {
      #expect(document.tables.contains("Revenues\t2,062\t1,570"))
      #expect(document.body.contains("Words of page 3 & more <of> café."))
      let headings = document.document.zones.filter { $0.kind == FilingZone.heading.rawValue }
      #expect(headings.count >= 4)
      let lines = String(decoding: document.document.text, as: UTF8.self).split(separator: "\n")
      #expect(lines.count { $0.hasPrefix("ACME") } == 1)
      #expect(!lines.contains { $0.drop { $0 == " " } == "2" || $0 == "Form" })
    }
  }

  /// What a tag says does not depend on the tags that have stood in the document before.
  @Test func tagsThatRepeat() {
    let tags = [
      "<p style='display:none;color:red'>", "<p style='display:nine;color:red'>",
      "<p style=\"font-weight:bold\" id=1>", "<p style=\"display:none\" id='a > b'>",
      "<p title=\"a > display:none\">", "<p class=\"display:none\">", "<p  align=left >", "<p >",
      "<a name=\"x\" style=\"display:none\"/>", "<a name=\"x\" style=\"display:none\" >",
    ]
    let parts = (0..<4).flatMap { round in
      tags.indices.map { "<p>before</p>\(tags[($0 * 3 + round) % tags.count])word</p></a>" }
    }
    let alone = parts.map { Self.body($0) }
    #expect(Self.body(parts.joined()) == alone.joined(separator: "\n\n"))
    #expect(Set(alone) == ["before", "before\n\nword"])
  }

  /// Proxy cards and slides are pictures; their words stand beside them, white on white.
  @Test func wordsOfPicturesAreRead() {
    let words = String(repeating: "Your vote matters, here is how to vote. ", count: 3)
    let white = "<ix:nonFraction>b</ix:nonFraction> <i style='color:#fff;font-size:0.5pt'>"
    #expect(Self.body("\(white)\(words)</i>") == "b " + words.dropLast())
    #expect(Self.body("\(white)Delaware</i> c") == "b c")
  }

  @Test(arguments: [
    ("<p>One</p><p>Two</p>", "One\n\nTwo"),
    ("<div>One</div><div>Two</div>", "One\nTwo"),
    ("a<br>b<BR/>c", "a\nb\nc"),
    ("<b>F</b>ORM <font size=1>1</font>0-K", "FORM 10-K"),
    ("<font>C</font><font size=\"1\">OMMON</font>", "COMMON"),
    ("two \n  words&nbsp;&nbsp; here", "two words here"),
    (
      "AT&amp;T &lt;x&gt; &quot;q&quot; caf&eacute; &euro;5 &#8364; &#x20AC;",
      "AT&T <x> \"q\" café €5 € €"
    ),
    ("&#146;s &#150; &#128; &#153;", "’s – € ™"),
    ("&nbsp no semicolon &bogus; &", "no semicolon &bogus; &"),
    ("a<script>var x = '<p>';</script>b<style>p{}</style>c", "abc"),
    ("a<!-- <p>hidden</p> -->b", "ab"),
    ("a<div style=\"display: none\">hid<div>den</div></div>b", "ab"),
    ("a<ix:header><ix:hidden>x</ix:hidden></ix:header>b", "ab"),
    ("<ix:nonNumeric name=\"a\">Apple</ix:nonNumeric> Inc", "Apple Inc"),
    ("a<span style='display:none'>x", "ax"),
    ("30<sup>th</sup> and Note<sup>1</sup> and CO<sub>2</sub>", "30th and Note 1 and CO2"),
    ("<p title=\"a > b\">text</p>", "text"),
    ("a < b and c", "a < b and c"),
    ("a<textarea rows=2>typed &amp; shown</textarea>b", "a\ntyped & shown\nb"),
    ("5<span style='visibility:hidden'>--</span>7", "5 7"),
    (
      "<ix:nonFraction>$5</ix:nonFraction><b style='color:#ffffff'>---</b><i>$7</i>", "$5 $7"
    ),
    ("a<span style='font-size:0'>x</span>b", "ab"),
    ("<ul><li>one<li>two</ul>", "one\ntwo"),
    ("<pre>a  b\n  c</pre>", "a  b\n  c"),
    ("&nbspThe &copy2009 &lt5 &euro5 &notion", "The ©2009 <5 &euro5 ¬ion"),
    ("&amp;nbsp;a &amp;amp; b &amp;#8217; AT&amp;T; &amp;c", "a & b ’ AT&T; &c"),
    ("a&#8195;b\u{2009}c\u{3000}d", "a b c d"),
    ("caf\u{E9} \u{201C}x\u{201D} \u{1F600}", "café “x” 😀"),
    ("one<p hidden>two</p>three", "onethree"),
    ("a <span style='visibility:hidden'>b <i style='visibility:visible'>c</i></span>d", "a cd"),
    ("<div style='font-size:0pt'>x<span style='font-size:10pt'>y</span></div>z", "y\nz"),
    ("<div style='font-size:0.5em'>x</div>", "x"),
    ("a<span style=visibility:hidden>b c", "ab c"),
    ("<b>bo<i>ld</b>er</i> text", "bolder text"),
    ("<p>one<p>two<div style=\"display:inline\">ty</div>", "one\n\ntwoty"),
    ("a<span style='display:block'>b</span>c", "a\nb\nc"),
    ("Item 1.<font style='padding-left:36pt'>Business</font>", "Item 1. Business"),
    (
      "<span style='display:inline-flex'>1.</span><div style='display:inline'>BASIS</div>",
      "1. BASIS"
    ),
    ("a<span style='display:inline-block'>b</span>c", "abc"),
    ("x<span style='position:absolute;left:9px'>y</span>", "x y"),
    ("income<span style='position:relative;top:-3.5pt'>1</span>and", "income 1 and"),
    (
      "<sup>2</sup>Includes PI3Kα<sup>H1047R</sup> S&amp;P<sup>&reg;</sup>",
      "2 Includes PI3Kα H1047R S&P®"
    ),
    ("<font face=Wingdings>o</font> Yes <font face=\"Wingdings\">x</font> No", "☐ Yes ☒ No"),
    ("a<ix:exclude><div>Page 5</div></ix:exclude>b", "ab"),
    ("a<img src=\"data:image/png;base64,AAAA>BBBB\">b<input hidden>c", "abc"),
    ("<a href=x/>a</a><a id=\"b\"/>c", "ac"),
    ("a<?xml version='1.0'?>b<![endif]>c</ d>e</3", "abce"),
    ("<p style=\"x\"y\"z\" =\"\" '>text", "text"),
    (
      "soft&shy;hyphen zero&#8203;width non&NegativeThickSpace;&NonBreakingSpace;sense",
      "softhyphen zerowidth non sense"
    ),
  ]) func text(_ html: String, _ expected: String) {
    #expect(Self.body(html) == expected)
  }

  @Test func tablesAreRowsOfCells() {
    let html = """
      <p>Before</p><table><tr><td></td><td>2009</td><td></td><td>2008</td></tr>
      <tr><td>Revenue</td><td>$</td><td>9,575</td><td>$</td><td>9,153</td></tr>
      <tr><td>Fee</td><td>US$</td><td>(5</td><td>)</td><td>&#8212;</td><td>%</td></tr>
      <tr><td>Loss per<br>share</td><td>(3,550</td><td>)</td><td>12.5</td><td>%</td></tr>
      <tr><td>Return</td><td>(6.5%</td><td>)</td><td>7%</td></tr></table>
      <p>After</p>
      """
    let document = read("<html>\(html)</html>").document
    #expect(
      document.tables == """
        2009\t2008
        Revenue\t$9,575\t$9,153
        Fee\tUS$(5)\t—%
        Loss per share\t(3,550)\t12.5%
        Return\t(6.5%)\t7%
        """)
    #expect(document.body == "Before\nAfter")
    #expect(document.document.zones.contains { $0.kind == FilingZone.table.rawValue })
  }

  @Test func layoutTablesAreText() {
    let long = String(repeating: "long text ", count: 30)
    let html = "<table><tr><td>•</td><td><p>\(long)</p><p>next</p></td></tr></table>"
    let document = read("<html>\(html)</html>").document
    #expect(document.tables.isEmpty)
    #expect(document.body == "•\t\(long.dropLast())\nnext")
  }

  @Test(arguments: ["•", "(a)", "1.", "&#167;", "-"]) func listsInTablesAreText(_ mark: String) {
    let rows = ["one", "two", "three"].map { "<tr><td>\(mark)</td><td>\($0)</td></tr>" }
    let document = read("<html><table>\(rows.joined())</table></html>").document
    #expect(document.tables.isEmpty)
    #expect(document.body.split(separator: "\n").count == 3)
  }

  @Test func tablesInsideTables() {
    let inner = "<table><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>"
    let html = "<table><tr><td>Text around <p>it</p>\(inner)</td></tr></table>"
    let document = read("<html>\(html)</html>").document
    #expect(document.tables == "a\t1\nb\t2")
    #expect(document.body == "Text around\nit")
  }

  @Test func headingsAreZones() {
    let html = """
      <h2>First</h2><p>text that is plain</p><p><b>Second one</b></p><p>Item 1A. Risk Factors</p>
      <p>Item 1A of this report and other places say more</p><p>PART II</p><p>Part of it</p>
      <table><tr><td><b>Item 2.</b></td><td><b>Properties</b></td></tr></table>
      <p>NOTES TO THE STATEMENTS</p><p>Part IV &#8212; Exhibits</p><p><b>Bold</b> begins a line</p>
      """
    let document = read("<html>\(html)</html>").document
    let headings = document.document.zones.filter { $0.kind == FilingZone.heading.rawValue }
      .map { String(decoding: document.document.text[$0.range], as: UTF8.self) }
    #expect(
      headings == [
        "First", "Second one", "Item 1A. Risk Factors", "PART II", "Item 2.\tProperties",
        "NOTES TO THE STATEMENTS", "Part IV — Exhibits",
      ])
  }

  @Test func headingsInLayoutTablesAreZones() {
    let long = String(repeating: "long text ", count: 30)
    let html = """
      <table><tr><td><p><b>Item 7.</b></p></td><td><p><b>Discussion</b></p></td></tr>
      <tr><td colspan=2><p><b>Overview</b></p><p>\(long)</p></td></tr></table>
      <table><tr><td><b>Revenue</b></td><td>1</td></tr><tr><td><b>TOTAL</b></td><td>2</td></tr></table>
      """
    let document = read("<html>\(html)</html>").document
    let headings = document.document.zones.filter { $0.kind == FilingZone.heading.rawValue }
      .map { String(decoding: document.document.text[$0.range], as: UTF8.self) }
    #expect(headings == ["Item 7.\tDiscussion", "Overview"])
    #expect(document.tables == "Revenue\t1\nTOTAL\t2")
  }

  @Test func windows1252() {
    let bytes = Array("<html><p>caf".utf8) + [0xE9, 0x20, 0x93, 0x80, 0x94] + Array("</p>".utf8)
    #expect(FilingReader.read(bytes: bytes, path: "x").document.body == "café “€”")
  }

  @Test func coverFacts() throws {
    let html = """
      <html><head><title>8-K</title></head><body><p>UNITED STATES</p>
      <p><b>SECURITIES AND EXCHANGE COMMISSION</b></p><p>FORM 8-K/A</p>
      <p>Date of Report (Date of earliest event reported): <b>March 4, 2021</b></p>
      <p><b><u>ACME &amp; SONS, INC.</u></b></p><p>(Exact name of registrant as specified in its charter)</p>
      <table><tr><td>Delaware</td><td>001-12345</td><td>12-3456789</td></tr>
      <tr><td>(State)</td><td>(Commission<br>File Number)</td><td>(IRS Employer)</td></tr></table>
      <p>Item 5.02. Departure of Directors.</p><p>Text of the item.</p>
      <p>SIGNATURES</p><p>Pursuant to the requirements</p><p>Date: March 8, 2021</p><p>By: /s/ A</p>
      """
    let filing = try #require(read(html, path: "a.htm").filings.first)
    #expect(filing.kind == .html && filing.form == "8-K/A" && filing.company == "ACME & SONS, INC.")
    #expect(filing.fileNumber == "001-12345")
    #expect(filing.period == "2021-03-04" && filing.filed == nil)
    #expect(filing.documents[0].title == "8-K/A ACME & SONS, INC. 2021-03-04")
  }
}
