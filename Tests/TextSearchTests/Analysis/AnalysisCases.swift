import Testing

/// A text and the terms it must give.
struct AnalysisCase: Sendable, CustomTestStringConvertible {
  var about: String
  var text: [UInt8]
  var terms: [String]

  var testDescription: String { "\(about): \(String(decoding: text, as: UTF8.self))" }

  init(_ about: String, _ text: [UInt8], _ terms: String) {
    self.about = about
    self.text = text
    self.terms = terms.split(separator: " ").map(String.init)
  }

  static let all: [AnalysisCase] =
    texts.flatMap { about, cases in cases.map { AnalysisCase(about, Array($0.0.utf8), $0.1) } }
    + invalid.map { AnalysisCase("invalid UTF-8", $0.0, $0.1) }

  static let texts: KeyValuePairs<String, [(String, String)]> = [
    "plain words": [
      ("", ""),
      (" \t\r\n", ""),
      ("Net sales", "net sales"),
      ("NET SALES", "net sales"),
      ("a", "a"),
      ("(a)", "a"),
      ("one\ttwo\r\nthree\u{0}four", "one two three four"),
      ("and/or", "and or"),
      ("snake_case me@example.com", "snake case me example com"),
      ("2.5mm 12g3 1a FY2022 Q3", "2.5mm 12g3 1a fy2022 q3"),
      ("fiber-optic, cables; \"quoted\" [x]", "fiber optic cables quoted x"),
    ],
    "hyphens": [
      ("long-acting", "long acting"),
      ("re-elected", "re elected"),
      ("e-mail", "e mail"),
      ("mid-2008", "mid 2008"),
      ("two--three", "two three"),
      ("2007\u{2013}2008", "2007 2008"),
      ("non\u{2011}GAAP", "non gaap"),
      ("profit\u{2014}loss", "profit loss"),
      ("-", ""),
    ],
    "acronyms": [
      ("U.S.", "us"),
      ("U.S", "us"),
      ("US", "us"),
      ("the u.s. market", "the us market"),
      ("in the U.S. The", "in the us the"),
      ("in the U.S.", "in the us"),
      ("U.S.-based", "us based"),
      ("S.A.", "sa"),
      ("Elan Corp S.A.,", "elan corp sa"),
      ("e.g.", "eg"),
      ("i.e., the", "ie the"),
      ("10 a.m. to 5 p.m.", "10 am to 5 pm"),
      ("J.P.Morgan", "jp morgan"),
      ("J.P. Morgan", "jp morgan"),
      ("J. P. Morgan", "j p morgan"),
      ("U.S.C. 78", "usc 78"),
      ("U.S.A", "usa"),
      ("Inc. and Co.", "inc and co"),
      ("www.sec.gov", "www sec gov"),
      ("x.com", "x com"),
      ("U.S.1", "us 1"),
      ("U.S.'s", "us"),
      ("\u{0421}.\u{0428}.\u{0410}.", "\u{0441}\u{0448}\u{0430}"),
      ("\u{C9}.U.", "eu"),
      ("E\u{301}.U.", "eu"),
      ("\u{FF35}\u{FF0E}\u{FF33}\u{FF0E}", "us"),
      ("U..S", "u s"),
      (".U.S", "us"),
    ],
    "numbers with separators": [
      ("9,153", "9153"),
      ("9,153,", "9153"),
      ("1,234,567.89", "1234567.89"),
      ("1,234.5.6", "1234.5.6"),
      ("1,23,456", "1 23456"),
      ("12,345,67", "12345 67"),
      ("1234,567", "1234 567"),
      ("31,2009", "31 2009"),
      ("1,2,3", "1 2 3"),
      ("1.234,567", "1.234 567"),
      ("a1,234", "a1 234"),
      ("1,234m", "1234m"),
      ("1,234 567", "1234 567"),
      ("0,123", "0123"),
      ("1, 234", "1 234"),
    ],
    "decimals and signs": [
      ("14.8", "14.8"),
      ("3.14.", "3.14"),
      ("-3.5", "3.5"),
      ("+7", "7"),
      (".01", "0.01"),
      ("0.01", "0.01"),
      ("(.15)", "0.15"),
      ("-.05", "0.05"),
      ("No.5", "no 5"),
      ("No. 5", "no 5"),
      ("Contents......12", "contents 12"),
      ("3.4.1", "3.4.1"),
      ("3.4.1a", "3.4.1a"),
      ("1.", "1"),
      ("1.a", "1 a"),
      (".5.", "0.5"),
    ],
  ]

  static let invalid: [([UInt8], String)] = [
    ([0x61, 0x80, 0x62], "a b"),
    ([0xC3], ""),
    ([0x61, 0xC3], "a"),
    ([0xC3, 0x61], "a"),
  ]
}
