import Testing

@testable import TextSearch

@Suite struct UnicodeTablesTests {
  /// All scalars that the tables' version of Unicode assigns.
  private static let assigned = (UInt32(0)...0x10FFFF).compactMap(Unicode.Scalar.init).filter {
    ($0.properties.age?.major ?? .max) <= 14
  }

  private func letter(_ kind: ScalarClass) -> Character {
    switch kind {
    case .other: "x"
    case .letter: "L"
    case .digit: "D"
    case .mark: "M"
    case .ignorable: "I"
    case .single: "S"
    case .raised: "R"
    case .fraction: "F"
    case .dot: "."
    case .comma: ","
    case .apostrophe: "'"
    }
  }

  @Test func classesAgreeWithTheStandardLibrary() {
    let lookup = UnicodeLookup()
    let wrong = Self.assigned.filter {
      letter(lookup.scalarClass($0.value)) != TokenizerOracle.kind(of: $0)
    }
    #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(20))")
  }

  /// What isn't assigned separates words, and looking it up is safe.
  @Test func knowsNothingElse() {
    let lookup = UnicodeLookup()
    let all = (UInt32(0)...0x10FFFF).compactMap(Unicode.Scalar.init)
    let wrong = all.filter {
      $0.properties.age == nil && !$0.properties.isDefaultIgnorableCodePoint
        && lookup.scalarClass($0.value) != .other
    }
    #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(20))")
    #expect(lookup.scalarClass(.max) == .other)
  }

  /// Each character that makes a form has a term, that term's term is itself, and the term is
  /// one form; so it is in the middle of a word.
  @Test func foldingsAreWords() {
    var wrong: [String] = []
    for scalar in Self.assigned where "LDSRF".contains(TokenizerOracle.kind(of: scalar)) {
      for text in ["\(scalar)", "x\(scalar)", "\(scalar)x\(scalar)"] {
        for form in Analysis.forms(in: Array(text.utf8)) {
          let term = Analysis.term(of: Array(Array(text.utf8)[form]))
          let isWord = Analysis.forms(in: term) == [0..<term.count] && !term.isEmpty
          if !isWord || Analysis.term(of: term) != term { wrong.append(text) }
        }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(20))")
  }

  @Test func foldsCase() {
    var wrong: [String] = []
    let letters = Self.assigned.filter { "LS".contains(TokenizerOracle.kind(of: $0)) }
    let known = Set(letters)
    for scalar in letters {
      for other in [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping] {
        let scalars = Array(other.unicodeScalars)
        guard scalars.count == 1, known.contains(scalars[0]) else { continue }
        let terms = [String(scalar), other].map { Analysis.term(of: Array($0.utf8)) }
        if terms[0] != terms[1] { wrong.append(other) }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(20))")
  }
}
