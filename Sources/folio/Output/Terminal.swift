import TextSearch

/// How standard output shows text.
struct Terminal: Sendable {
  var hasColor: Bool
  /// Columns to fill.
  var width: Int

  /// - Parameter color: `--color`: true is always, false never, nil automatic.
  init(color: Bool?) {
    let isTerminal = Platform.isTerminal(1)
    hasColor = color ?? (isTerminal && Self.wantsColor)
    let columns = isTerminal ? Platform.terminalWidth(1) : nil
    width = min(max(columns ?? 100, 20), 100)
  }

  init(hasColor: Bool, width: Int) {
    self.hasColor = hasColor
    self.width = width
  }

  /// What the environment says: https://no-color.org, and terminals that know no colours.
  private static var wantsColor: Bool {
    (Platform.environment("NO_COLOR") ?? "").isEmpty && Platform.environment("TERM") != "dumb"
  }

  func bold(_ text: String) -> String { paint(text, "1") }
  func faint(_ text: String) -> String { paint(text, "2") }
  func match(_ text: String) -> String { paint(text, "1;31") }

  private func paint(_ text: String, _ code: String) -> String {
    hasColor && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  /// A line per fact that is known: `Company:      Flamel`.
  func labelled(_ facts: [(name: String, value: String?)]) -> [String] {
    facts.compactMap { name, value in
      guard let value, !value.isEmpty else { return nil }
      let pad = String(repeating: " ", count: max(1, 14 - name.count))
      return bold("\(name):") + pad + Printable.line(value)
    }
  }

  /// Fragments broken into lines of at most the terminal's width behind `indent`, matches coloured.
  ///
  /// White space of any length is one space; a word longer than a line stands on one of its own.
  func wrap(_ fragments: [Fragment], indent: String) -> [String] {
    var lines: [String] = []
    var line = indent
    var column = Printable.width(of: indent)
    let start = column
    for word in Self.words(fragments) {
      let width = word.pieces.reduce(0) { $0 + Printable.width(of: $1.text) }
      if column > start, column + 1 + width > self.width {
        lines.append(line)
        line = indent
        column = start
      }
      if column > start {
        line += word.isInsideMatch ? match(" ") : " "
        column += 1
      }
      for piece in word.pieces { line += piece.isMatch ? match(piece.text) : piece.text }
      column += width
    }
    return column > start ? lines + [line] : lines
  }

  private struct Word {
    var pieces: [Fragment] = []
    /// Whether the space before it belongs to a match.
    var isInsideMatch = false
  }

  private static func words(_ fragments: [Fragment]) -> [Word] {
    var words: [Word] = []
    var isOpen = false
    var spaceIsMatch = false
    for fragment in fragments {
      let text = Printable.line(fragment.text)
      for part in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
        if part.offset > 0 {
          isOpen = false
          spaceIsMatch = fragment.isMatch
        }
        if part.element.isEmpty { continue }
        if !isOpen { words.append(Word(isInsideMatch: spaceIsMatch)) }
        isOpen = true
        words[words.count - 1].pieces.append(
          .init(text: String(part.element), isMatch: fragment.isMatch))
      }
    }
    return words
  }
}
