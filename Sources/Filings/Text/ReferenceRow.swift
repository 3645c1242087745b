/// A line of a table whose last cells only say where something is: "Item 1A. | Risk Factors |
/// Pages 12-21 | —".
struct ReferenceRow {
  /// Without these cells.
  var line: FlowLine
  /// Whether one of them has a number.
  var hasPageNumber: Bool

  /// Nil for lines without such cells.
  init?(_ line: FlowLine) {
    guard line.text.utf8.contains(0x09) else { return nil }
    var cells = line.cells
    hasPageNumber = false
    while cells.count > 1, let last = cells.last, Self.isReference(last) {
      hasPageNumber = hasPageNumber || last.utf8.contains(where: \.isDigit)
      cells.removeLast()
    }
    guard let last = cells.last, cells.count < line.cells.count else { return nil }
    self.line = line
    self.line.text = String(line.text[..<last.endIndex])
    self.line.lower = String(line.lower.utf8.prefix(self.line.text.utf8.count)) ?? ""
  }

  /// Words that a reference to pages has; those of one letter number footnotes and pages.
  private static let words: Set<String> = [
    "page", "pages", "pp", "and", "to", "through", "none", "not", "applicable", "na", "see", "note",
    "notes", "ii", "iii", "iv",
  ]

  /// "Page 3", "12-21", "5, 24 – 31", "Not applicable", "(a)", "—".
  private static func isReference(_ cell: Substring) -> Bool {
    guard cell.utf8.count <= 40 else { return false }
    return cell.utf8.split { !$0.isLetter }.allSatisfy { word in
      word.count == 1
        || words.contains(String(decoding: word.map(\.lowered), as: UTF8.self))
    }
  }
}
