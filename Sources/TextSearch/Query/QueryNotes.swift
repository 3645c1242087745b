extension QueryParser {
  /// What in a query looks like syntax of other search engines and is searched as words.
  ///
  /// Punctuation that ordinary people type must never fail, so such a query is answered; these lines
  /// say how it was understood. Each is one line, in the order of the query.
  /// - Complexity: O(length).
  public func notes(on text: String) -> [String] {
    var notes: [String] = []
    var isQuoted = false
    let words = text.prefix(Self.maximumLength).split(whereSeparator: \.isWhitespace)
    for (place, word) in words.enumerated() {
      let quotes = word.count { "\"“”«»".contains($0) }
      defer { if quotes % 2 == 1 { isQuoted.toggle() } }
      if isQuoted || quotes > 0 { continue }
      let isInside = place > 0 && place + 1 < words.count
      if let note = Self.note(on: word, isInside: isInside), !notes.contains(note) {
        notes.append(note)
      }
    }
    if let range = Self.range(in: words) { notes.append(range) }
    return Array(notes.prefix(Self.mostNotes))
  }

  private static let mostNotes = 5

  private static func note(on word: Substring, isInside: Bool) -> String? {
    let shown = Printable.line(String(word.prefix(40)))
    let name = word.prefix { $0 != "/" }
    if isInside, ["NEAR", "WITHIN", "ADJ"].contains(name) {
      return "“\(shown)” is searched as a word; nearness is not known here, \"quoted words\" stand "
        + "side by side"
    }
    if let tilde = word.firstIndex(of: "~"), tilde > word.startIndex,
      word[..<tilde].last.map({ $0.isLetter || $0.isNumber }) == true,
      word[tilde...].dropFirst().allSatisfy({ $0.isNumber || $0 == "." })
    {
      return "“\(shown)” is searched without its ~; similar spellings are not known here, licens* "
        + "finds words that begin so"
    }
    if let sign = word.firstIndex(of: "?"), sign > word.startIndex,
      word[sign...].dropFirst().contains(where: \.isLetter)
    {
      return "“\(shown)”: ? is punctuation here; only * at the end of a word stands for letters"
    }
    return nil
  }

  /// `[a TO b]` and `{a TO b}`.
  private static func range(in words: [Substring]) -> String? {
    for (place, word) in words.enumerated().dropFirst().dropLast() where word == "TO" {
      let opens = words[place - 1].contains { "[{".contains($0) }
      let closes = words[place + 1].last.map { "]}".contains($0) } ?? false
      if opens, closes {
        let text = "\(words[place - 1]) TO \(words[place + 1])"
        return "“\(Printable.line(text))” is searched as words; ranges are not known here"
      }
    }
    return nil
  }
}
