/// The tags that stand in plain text without being part of it.
enum SECTags {
  /// Appends a line without its tags, with `&amp;`, `&lt;` and `&gt;` as what they mean, and
  /// without the backslashes that Markdown puts before signs.
  ///
  /// Notes where `<S>` and `<C>` stand in the line.
  static func appendWithoutTags(
    _ bytes: [UInt8], _ line: Range<Int>, to text: inout [UInt8], _ marks: inout LineMarks,
    stops: inout [Int]
  ) {
    var offset = line.lowerBound
    while offset < line.upperBound {
      let start = offset
      while offset < line.upperBound, isPlain(bytes[offset]) { offset &+= 1 }
      text.append(contentsOf: bytes[start..<offset])
      guard offset < line.upperBound else { break }
      let byte = bytes[offset]
      if byte == UInt8(ascii: "<"), let tag = tag(bytes, offset, line.upperBound) {
        marks.formUnion(tag.marks)
        if tag.marks.contains(.stop) { stops.append(offset &- line.lowerBound) }
        offset = tag.end
      } else if byte == UInt8(ascii: "&"), let reference = reference(bytes, offset, line) {
        text.append(reference.byte)
        offset = reference.end
      } else {
        // Control characters of terminals and printers are no text.
        let isEscape = byte == UInt8(ascii: "\\") && offset &+ 1 < line.upperBound
        if byte >= 0x20, !(isEscape && escaped.contains(bytes[offset &+ 1])) { text.append(byte) }
        offset &+= 1
      }
    }
  }

  /// What a backslash may stand before in Markdown.
  private static let escaped = Array("$*_#[]~&%<>".utf8)

  /// Whether a byte goes into the text as it is.
  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte != UInt8(ascii: "<") && byte != UInt8(ascii: "&") && byte != UInt8(ascii: "\\")
      && (byte >= 0x20 || byte == 0x09)
  }

  /// Whether a line is a row of cells: a tab stands between words, or several tabs after them.
  static func isRow(_ line: ArraySlice<UInt8>) -> Bool {
    let words = line.drop { $0.isSpace }
    guard let first = words.firstIndex(of: 0x09) else { return false }
    return words[first...].contains { !$0.isSpace } || words.suffix(2) == [0x09, 0x09]
  }

  private static func reference(
    _ bytes: [UInt8], _ offset: Int, _ line: Range<Int>
  ) -> (byte: UInt8, end: Int)? {
    for (name, byte) in references {
      let end = offset + name.utf8.count
      if end <= line.upperBound, bytes[offset..<end].elementsEqual(name.utf8) { return (byte, end) }
    }
    return nil
  }

  private static let references: [(String, UInt8)] = [
    ("&amp;", UInt8(ascii: "&")), ("&lt;", UInt8(ascii: "<")), ("&gt;", UInt8(ascii: ">")),
    ("&quot;", UInt8(ascii: "\"")), ("&nbsp;", 0x20), ("&#160;", 0x20),
  ]

  /// A tag of those known at `offset`; other angle brackets are text.
  private static func tag(
    _ bytes: [UInt8], _ offset: Int, _ end: Int
  ) -> (end: Int, marks: LineMarks)? {
    var place = offset + 1
    let isEnd = place < end && bytes[place] == UInt8(ascii: "/")
    if isEnd { place += 1 }
    var name: UInt64 = 0
    let nameStart = place
    while place < end, bytes[place].isLetter || bytes[place].isDigit, place - nameStart < 8 {
      name = name << 8 | UInt64(bytes[place].lowered)
      place += 1
    }
    guard let mark = known[name], place < end else { return nil }
    // Attributes are short where there are any.
    let limit = min(end, place + 200)
    let close = ByteScan.find(UInt8(ascii: ">"), in: bytes.span, place, limit)
    guard close < limit, bytes[place] == UInt8(ascii: ">") || bytes[place].isSpace else {
      return nil
    }
    return (close + 1, isEnd && mark.contains(.tableStart) ? [.tag, .layout, .tableEnd] : mark)
  }

  private static let known: [UInt64: LineMarks] = {
    var known: [UInt64: LineMarks] = [:]
    for name in ["u", "b", "i", "em", "strong", "sup", "sub", "br", "font", "pre", "center", "p"] {
      known[packed(name)] = .tag
    }
    for name in ["caption", "btb", "r"] { known[packed(name)] = [.tag, .layout] }
    for name in ["s", "c"] { known[packed(name)] = [.tag, .layout, .stop] }
    known[packed("fn")] = [.tag, .layout, .notes]
    for number in 1...9 { known[packed("f\(number)")] = [.tag, .layout] }
    known[packed("page")] = [.tag, .layout, .page]
    known[packed("table")] = [.tag, .layout, .tableStart]
    for name in ["document", "type", "sequence", "filename", "text", "xml", "html", "body"] {
      known[packed(name)] = .tag
    }
    return known
  }()

  private static func packed(_ name: String) -> UInt64 {
    name.utf8.reduce(0) { $0 << 8 | UInt64($1) }
  }
}
