import TestSupport
import Testing

@testable import TextSearch

@Suite struct TokenizerTests {
  /// Characters that take part in a rule, and a few that don't.
  private static let pieces: [[UInt8]] =
    [
      "a", "b", "s", "S", "U", "Inc", "word", "AbcdefghijklmnopqrstuvwxyzAbcdefghijklm", "é",
      "e\u{301}", "\u{301}", "1", "2", "34", "567", "1,234", "0", "\u{FF13}", "\u{663}", ".", ".",
      ".", ",", ",", "\u{FF0E}", "\u{FF0C}", "'", "'s", "\u{2019}s ", "\u{2019}", " ", " ", "  ",
      "\n", "\u{0}", "-", "$", "(", ")", "\u{A0}", "\u{AD}", "\u{200D}", "\u{200B}", "中", "か",
      "\u{3099}", "ｶ", "\u{FF9E}", "²", "½", "①", "ß", "가", "\u{1112}\u{1161}\u{11AB}", "ﬁ",
      "™", "😀", "\u{FE0F}", "𝟗", "𝔸", "\u{E0001}",
    ].map { Array($0.utf8) } + [
      [0x80], [0xC3], [0xE2, 0x80], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
      [0xF0, 0x9F, 0x98], [0xFF],
    ]

  private static func text(_ pieceCount: Int, _ random: inout SeededGenerator) -> [UInt8] {
    (0..<pieceCount).flatMap { _ in pieces.randomElement(using: &random) ?? [] }
  }

  private static let seeds: [UInt64] = [1, 2, .random(in: 3...(.max))]

  @Test(arguments: seeds)
  func agreesWithTheOracle(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<400 {
      let text = Self.text(.random(in: 0...40, using: &random), &random)
      let expected = TokenizerOracle.forms(in: text)
      guard expected.allSatisfy({ $0.count <= 255 }) else { continue }
      let found = Analysis.forms(in: text)
      #expect(
        found == expected, "seed \(seed): \(String(decoding: text, as: UTF8.self).debugDescription)"
      )
      if found != expected { return }
    }
  }

  /// Forms are in order and in the text, at most 255 bytes long; their terms are single forms and
  /// their own terms.
  @Test(arguments: seeds)
  func givesFormsThatAreWords(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<2000 {
      let text = Self.text(.random(in: 0...60, using: &random), &random)
      let forms = Analysis.forms(in: text)
      let isInOrder = zip(forms, forms.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }
      #expect(isInOrder && forms.last?.upperBound ?? 0 <= text.count, "seed \(seed)")
      let wrong = forms.filter { form in
        let term = Analysis.term(of: Array(text[form]))
        let isWord = Analysis.forms(in: term) == [0..<term.count] && !term.isEmpty
        return form.isEmpty || form.count > 255 || !isWord || Analysis.term(of: term) != term
      }
      #expect(wrong.isEmpty, "seed \(seed): \(wrong.map { Array(text[$0]) })")
    }
  }

  /// What stands before a space has no part in what stands behind it.
  @Test(arguments: seeds)
  func isTheSameWhereverTheTextIsCut(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<1000 {
      let first = Self.text(.random(in: 0...40, using: &random), &random)
      let second = [0x20] + Self.text(.random(in: 0...40, using: &random), &random)
      let apart =
        Analysis.forms(in: first)
        + Analysis.forms(in: second).map {
          ($0.lowerBound + first.count)..<($0.upperBound + first.count)
        }
      #expect(Analysis.forms(in: first + second) == apart, "seed \(seed)")
    }
  }

  @Test(arguments: 0...70)
  func findsWordsAtEveryPlaceOfABlock(_ shift: Int) {
    let text = Array("U.S. sales of 1,234.5 rose .5% in Ireland's Élan Corp.'s units".utf8)
    let expected = Analysis.forms(in: [0x20] + text).map { range in
      (range.lowerBound - 1 + shift)..<(range.upperBound - 1 + shift)
    }
    let spaces = [UInt8](repeating: 0x20, count: shift)
    #expect(Analysis.forms(in: spaces + text) == expected)
    for count in text.indices.reversed() {
      let found = Analysis.forms(in: spaces + text[..<count])
      #expect(found.last?.upperBound ?? 0 <= shift + count)
    }
  }

  @Test(arguments: [("a", 255), ("é", 254), ("中", 3), ("1", 255), ("😀", 0), ("\u{1D400}", 252)])
  func cutsLongForms(_ letter: String, _ most: Int) {
    let bytes = [UInt8](repeating: 0, count: 1_000).flatMap { _ in Array(letter.utf8) }
    let forms = Analysis.forms(in: bytes)
    #expect(forms.reduce(0) { $0 + $1.count } == (most == 0 ? 0 : bytes.count))
    #expect(forms.dropLast().allSatisfy { $0.count == most })
  }

  /// Each would take hours if a form's beginning were looked for again and again.
  @Test(arguments: [
    "a", "a.", "1,", "1,234", "1.", ".", "\u{AD}", "a\u{AD}", "'s", "a's", "\u{301}", "中", "²",
    "é", "e\u{301}", "\u{200B}", "½",
  ])
  func takesTimeInProportion(_ piece: String) {
    let bytes = [UInt8](repeating: 0, count: 300_000).flatMap { _ in Array(piece.utf8) }
    let forms = Analysis.forms(in: bytes)
    let isInOrder = zip(forms, forms.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }
    #expect(isInOrder && forms.allSatisfy { $0.count <= 255 })
  }

  @Test func endsForGood() {
    #expect(Analysis.forms(in: []) == [])
    #expect(Analysis.formsAfterTheEnd(in: Array("one two ".utf8)) == 0)
  }
}
