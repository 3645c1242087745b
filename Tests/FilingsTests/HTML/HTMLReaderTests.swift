import Filings
import Testing
import TextSearch

@Suite struct HTMLReaderTests {
  private static func body(_ html: String) -> String {
    read("<html><body>\(html)</body></html>", path: "x.htm").document.body
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
    ("<ul><li>one<li>two</ul>", "one\ntwo"),
    ("<pre>a  b\n  c</pre>", "a  b\n  c"),
    ("soft&shy;hyphen zero&#8203;width", "softhyphen zerowidth"),
  ]) func text(_ html: String, _ expected: String) {
    #expect(Self.body(html) == expected)
  }

  @Test func tablesAreRowsOfCells() {
    let html = """
      <p>Before</p><table><tr><td></td><td>2009</td><td></td><td>2008</td></tr>
      <tr><td>Revenue</td><td>$</td><td>9,575</td><td>$</td><td>9,153</td></tr>
      <tr><td>Loss per<br>share</td><td>(3,550</td><td>)</td><td>12.5</td><td>%</td></tr></table>
      <p>After</p>
      """
    let document = read("<html>\(html)</html>").document
    #expect(
      document.tables == "2009\t2008\nRevenue\t$9,575\t$9,153\nLoss per share\t(3,550)\t12.5%")
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

  @Test func tablesInsideTables() {
    let inner = "<table><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>"
    let html = "<table><tr><td>Text around <p>it</p>\(inner)</td></tr></table>"
    let document = read("<html>\(html)</html>").document
    #expect(document.tables == "a\t1\nb\t2")
    #expect(document.body == "Text around\nit")
  }

  @Test func headingsAreZones() {
    let document = read(
      "<html><h2>First</h2><p>text that is plain</p><p><b>Second one</b></p><p>more</p></html>"
    ).document
    let headings = document.document.zones.filter { $0.kind == FilingZone.heading.rawValue }
      .map { String(decoding: document.document.text[$0.range], as: UTF8.self) }
    #expect(headings == ["First", "Second one"])
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
    #expect(filing.period == "2021-03-04" && filing.filed == "2021-03-08")
    #expect(filing.documents[0].title == "8-K/A ACME & SONS, INC. 2021-03-04")
  }
}
