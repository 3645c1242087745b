import TextSearch

/// Finds the items of a form whose whole text is one member of a JSON object.
enum JSONZones {
  /// - Parameter form: The name of the form; without one nothing is looked for.
  static func zones(_ text: [UInt8], _ body: Range<Int>, form: String?) -> [Document.Zone] {
    guard let form else { return [] }
    var flow = Flow(text: text)
    if let known = ItemTitles.form(named: form) { setHeadingsApart(&flow.text, body, form: known) }
    let outline = Outline(flow, body)
    let items = ItemOutline(flow, body, form: form, outline: outline)
    return (items.zones + outline.signatures.map { (.signature, $0, "") }).map {
      .init(kind: $0.kind.rawValue, label: $0.label, range: $0.range)
    }
  }

  /// Puts a line end in place of the space before "Item 1A. Risk Factors" where that ends a line, or
  /// before the number alone where the title is the next line: texts that were cut into sentences
  /// have headings so.
  private static func setHeadingsApart(
    _ text: inout [UInt8], _ body: Range<Int>, form: ItemTitles.Form
  ) {
    var start = body.lowerBound
    while start < body.upperBound {
      let end = min(ByteScan.lineEnd(text, start), body.upperBound)
      let below = min(end + 1, body.upperBound)
      var next = below..<min(ByteScan.lineEnd(text, below), body.upperBound)
      var line = start..<end
      while let space = lastItem(text, line),
        isHeading(text, space + 1..<line.upperBound, next, form)
      {
        text[space] = 0x0A
        (line, next) = (start..<space, space + 1..<line.upperBound)
      }
      start = end + 1
    }
  }

  private static let longestTitle = 200

  /// The place of the last space before "item " in a line, near its end.
  private static func lastItem(_ text: [UInt8], _ line: Range<Int>) -> Int? {
    guard line.count > 6 else { return nil }
    let range = max(line.lowerBound + 1, line.upperBound - longestTitle)..<(line.upperBound - 5)
    return range.last { place in
      text[place] == 0x20 && text[place + 1].lowered == UInt8(ascii: "i")
        && text[place + 1...place + 5].lazy.map(\.lowered).elementsEqual("item ".utf8)
    }
  }

  /// Whether the end of a line is an item's heading: a sentence that names an item has a full stop,
  /// and where a heading has one, a sentence has ended before it.
  private static func isHeading(
    _ text: [UInt8], _ range: Range<Int>, _ next: Range<Int>, _ form: ItemTitles.Form
  ) -> Bool {
    var scanner = HeadingScanner(String(decoding: text[range], as: UTF8.self))
    guard scanner.take(word: "item"), let number = scanner.itemNumbers()?.first,
      scanner.isAtHeadingEnd
    else { return false }
    scanner.skip(HeadingScanner.separators)
    var title = String(scanner.rest)
    if title.isEmpty {
      guard next.count < longestTitle else { return false }
      title = String(decoding: text[next], as: UTF8.self)
    } else if title.utf8.last == UInt8(ascii: "."), !endsSentence(text[..<range.lowerBound]) {
      return false
    }
    let parts = form == .quarterly ? [1, 2] : [0]
    return parts.contains { ItemTitles.matches(title, number, part: $0, form: form) }
  }

  /// Whether a text ends with a full stop or a number and a space, or with the heading of a part.
  private static func endsSentence(_ text: ArraySlice<UInt8>) -> Bool {
    let last = text.suffix(10).split { $0.isSpace }.suffix(2).map { word in
      String(decoding: word.map(\.lowered), as: UTF8.self)
    }
    return last.last?.utf8.last.map { $0 == UInt8(ascii: ".") || $0.isDigit } ?? false
      || last.count == 2 && last[0].hasSuffix("part") && ["i", "ii", "iii", "iv"].contains(last[1])
  }
}
