import Foundation
import Testing
import TextSearch

@testable import folio

@Suite struct JSONWriterTests {
  @Test(arguments: [
    ("plain", "\"plain\""), ("a\"b\\c", "\"a\\\"b\\\\c\""), ("\n\r\t", "\"\\n\\r\\t\""),
    ("\u{0}\u{1B}\u{7F}\u{9B}", "\"\\u0000\\u001b\\u007f\\u009b\""),
    ("\u{202E}\u{2028}\u{FEFF}", "\"\\u202e\\u2028\\ufeff\""), ("\u{E0041}", "\"\\udb40\\udc41\""),
    ("é日本😀", "\"é日本😀\""),
  ])
  func strings(_ text: String, _ expected: String) throws {
    var json = JSONWriter()
    json.value(text)
    #expect(String(decoding: json.bytes, as: UTF8.self) == expected)
    let back = try JSONSerialization.jsonObject(
      with: Data(json.bytes), options: .fragmentsAllowed)
    #expect(back as? String == text)
  }

  @Test func structure() {
    let json = JSONWriter.object { json in
      json.member("a", 1)
      json.member("b", nil)
      json.member("c", [1, 2]) { $0.value($1) }
      json.member("d", [Int]()) { $0.value($1) }
      json.key("e")
      json.object { $0.member("f", true) }
      json.member("g", 0.1)
      json.member("h", Double.nan)
      json.member("i", UInt64.max)
    }
    #expect(
      String(decoding: json.bytes, as: UTF8.self)
        == #"{"a":1,"b":null,"c":[1,2],"d":[],"e":{"f":true},"g":0.1,"h":null,"i":18446744073709551615}"#
    )
  }
}

@Suite struct NumbersTests {
  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-12345, "-12,345"),
    (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func grouped(_ number: Int, _ expected: String) { #expect(Numbers.grouped(number) == expected) }

  @Test(arguments: [
    (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1500, "1.5 kB"), (2_000_000, "2.0 MB"),
    (7_120_000_000, "7.1 GB"), (9_000_000_000_000, "9.0 TB"),
  ])
  func bytes(_ count: Int, _ expected: String) { #expect(Numbers.bytes(count) == expected) }

  @Test(
    arguments: [
      (0, "0.0 ms"), (420_000, "0.4 ms"), (12_400_000, "12 ms"), (3_400_000_000, "3.4 s"),
      (125_000_000_000, "2 min 5 s"),
    ] as [(UInt64, String)])
  func durations(_ time: UInt64, _ expected: String) {
    #expect(Numbers.duration(nanoseconds: time) == expected)
  }

  @Test func fixed() {
    #expect(Numbers.fixed(1234.567, 2) == "1,234.57")
    #expect(Numbers.fixed(-0.04, 1) == "0.0")
    #expect(Numbers.fixed(0.05, 2) == "0.05")
    #expect(Numbers.fixed(.infinity, 2) == "inf")
  }
}

@Suite struct TerminalTests {
  private let plain = Terminal(hasColor: false, width: 12)

  @Test func wraps() {
    let lines = plain.wrap([.init(text: "one  two\nthree four", isMatch: false)], indent: "  ")
    #expect(lines == ["  one two", "  three four"])
    #expect(
      plain.wrap([.init(text: "abcdefghijklmnop x", isMatch: false)], indent: "  ")
        == ["  abcdefghijklmnop", "  x"])
    #expect(plain.wrap([.init(text: "日本 日本 日", isMatch: false)], indent: "") == ["日本 日本 日"])
    #expect(plain.wrap([.init(text: " \n ", isMatch: false)], indent: "  ").isEmpty)
    #expect(plain.wrap([], indent: "").isEmpty)
  }

  @Test func coloursMatchesAndNothingElse() {
    let fragments = [
      Fragment(text: "the access ", isMatch: false), Fragment(text: "fee", isMatch: true),
      Fragment(text: "s, ", isMatch: false), Fragment(text: "a b", isMatch: true),
    ]
    let terminal = Terminal(hasColor: true, width: 80)
    #expect(
      terminal.wrap(fragments, indent: "") == [
        "the access \u{1B}[1;31mfee\u{1B}[0ms, \u{1B}[1;31ma\u{1B}[0m\u{1B}[1;31m \u{1B}[0m\u{1B}[1;31mb\u{1B}[0m"
      ])
    #expect(
      Terminal(hasColor: false, width: 80).wrap(fragments, indent: "") == ["the access fees, a b"])
  }

  @Test func nothingOfAFilingMovesTheCursor() {
    let hostile = "a\u{1B}[2Jb\rc\u{9B}31m\u{202E}d\u{200B}e\u{7}"
    let shown = plain.wrap([.init(text: hostile, isMatch: true)], indent: "").joined()
    #expect(!shown.unicodeScalars.contains(where: Printable.isDangerous))
  }
}

@Suite struct PrintableTests {
  @Test(arguments: [
    ("a\tb\r\nc", "a b  c", "a\tb\nc"), ("a\u{B}b\u{C}c\u{2028}d", "a b c d", "a\nb\nc\nd"),
    ("a\rb", "a b", "a\nb"), ("\u{1B}]0;x\u{7}", "\u{FFFD}]0;x\u{FFFD}", "\u{FFFD}]0;x\u{FFFD}"),
    ("so\u{AD}ft é\u{301} 日", "so\u{AD}ft é\u{301} 日", "so\u{AD}ft é\u{301} 日"),
    ("\u{2066}x\u{2069}", "\u{FFFD}x\u{FFFD}", "\u{FFFD}x\u{FFFD}"),
  ])
  func cleans(_ text: String, _ line: String, _ lines: String) {
    #expect(Printable.line(text) == line)
    #expect(Printable.lines(text) == lines)
  }

  @Test(arguments: [("abc", 3), ("日本", 4), ("e\u{301}", 1), ("😀", 2), ("a\u{AD}b", 2), ("한", 2)])
  func widths(_ text: String, _ width: Int) { #expect(Printable.width(of: text) == width) }
}

@Suite struct ProgressTests {
  @Test func says() {
    let text = Progress.text(
      filings: 1200, bytes: 50_000_000, total: 150_000_000, elapsed: 1_000_000_000)
    #expect(text == "1,200 filings · 50.0 MB/s · 2.0 s left")
    #expect(Progress.text(filings: 0, bytes: 0, total: 0, elapsed: 0) == "0 filings · 0.0 MB/s")
  }
}
