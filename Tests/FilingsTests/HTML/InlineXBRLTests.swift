import Filings
import Testing
import TextSearch

@Suite struct InlineXBRLTests {
  private static let namespace = "xmlns:ix='http://www.xbrl.org/2013/inlineXBRL'"

  private static func body(_ html: String) -> String {
    read("<html \(namespace)><body>\(html)</body></html>", path: "x.htm").document.body
  }

  @Test(arguments: [
    (
      "<div style='display:none'><ix:header><ix:hidden><ix:nonNumeric>1</ix:nonNumeric></ix:hidden>"
        + "</ix:header></div><p>text</p>", "text"
    ),
    ("<ix:header><ix:resources><p>x</p></ix:resources></ix:header>text", "text"),
    ("<ix:nonNumeric name=\"a\">Apple</ix:nonNumeric> Inc", "Apple Inc"),
    (
      "<ix:nonNumeric>Note <ix:nonFraction scale='6'>12<ix:nonFraction>0</ix:nonFraction>"
        + "</ix:nonFraction> million</ix:nonNumeric>", "Note 120 million"
    ),
    (
      "<ix:nonNumeric continuedAt='c1'>one</ix:nonNumeric><p>between</p>"
        + "<ix:continuation id='c1' continuedAt='c2'><p>two</p></ix:continuation>"
        + "<ix:exclude><p>Page 7</p></ix:exclude><ix:continuation id='c2'>three</ix:continuation>",
      "one\n\nbetween\n\ntwo\n\nthree"
    ),
    ("3<ix:nonFraction format='ixt:fixed-zero' xsi:nil='true'/>4", "34"),
    ("Report <span style='color:#ffffff'><ix:nonNumeric>true</ix:nonNumeric></span>", "Report"),
    (
      "<ix:nonNumeric>a</ix:nonNumeric><div style='background:#008555'>"
        + "<font style='color:#FFFFFF'>Income</font></div>", "a\nIncome"
    ),
  ]) func whatIsDisplayedIsText(_ html: String, _ expected: String) {
    #expect(Self.body(html) == expected)
  }

  @Test func whiteTextElsewhereIsRead() {
    let html = "<p><img src='slide.jpg'><font style='font-size:1pt;color:white'>Slide</font></p>"
    #expect(read("<html>\(html)</html>").document.body == "Slide")
  }
}
