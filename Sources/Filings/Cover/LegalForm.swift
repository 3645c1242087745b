/// The words with which the names of companies end.
enum LegalForm {
  private static let words: Set<String> = [
    "inc", "incorporated", "corp", "corporation", "co", "company", "companies", "ltd", "limited",
    "llc", "lp", "llp", "lllp", "plc", "nv", "sa", "ag", "se", "ab", "asa", "as", "spa", "bv",
    "oyj",
    "gmbh", "kgaa", "trust", "bancorp", "bancorporation", "bancshares", "holdings", "group",
    "partners", "partnership", "fund", "funds", "association", "na", "cv", "sab", "bhd", "trusts",
    "reit", "portfolio", "portfolios", "series", "pte", "kk",
  ]

  /// Whether a word stands at the end of a company's name.
  static func isOne(_ word: Substring) -> Bool {
    words.contains(word.lowercased().filter { $0.isLetter })
  }

  /// Whether a name ends with such a word, maybe with a number or a country behind it.
  static func ends(_ name: String) -> Bool {
    var words = name.split { $0 == " " || $0 == "," }
    while let last = words.last, last.first == "(" || last.utf8.contains(where: \.isDigit) {
      words.removeLast()
    }
    guard words.count >= 2, let last = words.last else { return false }
    return isOne(last)
  }
}
