/// The marks that people set in the boxes of forms.
enum CheckMark {
  private static let checked: Set<String> = [
    "☒", "☑", "✓", "✔", "✗", "✘", "þ", "ý", "x", "(x)", "[x]", "/x/", "|x|", "{x}", "<x>", "_x_",
    "[ x ]", "( x )", "/ x /", "■", "√", "[√]", "[✓]", "(1)x",
  ]

  private static let empty: Set<String> = ["☐", "□", "¨", "o", "[ ]", "( )", "/ /", "[]", "|_|"]

  /// Whether a text, in small letters, is a mark or an empty box and nothing else.
  static func isOne(_ text: String) -> Bool {
    text.utf8.count <= 5 && (checked.contains(text) || empty.contains(text))
  }

  /// Whether a mark stands before or behind a text, set apart from it by a space or a cell.
  static func isSet(on line: String) -> Bool {
    let words = line.split { $0 == " " || $0 == "\t" }.map { $0.lowercased() }
    guard let first = words.first, let last = words.last else { return false }
    if checked.contains(first) || checked.contains(last) { return true }
    // "[ X ]" is three words.
    let isOpen = ["[", "(", "/"].contains(first) && words.count > 2 && checked.contains(words[1])
    return isOpen || ["☒", "þ", "ý", "[x]"].contains { first.hasPrefix($0) }
  }
}
