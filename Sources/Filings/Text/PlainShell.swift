/// Plain ASCII inside of HTML: a filing of the years without HTML that somebody put between
/// `<html>` and `</html>`. Its lines and columns are those of the text.
enum PlainShell {
  /// So many bytes from the start tell.
  private static let headByteCount = 1 << 16
  /// Tags that end lines; where one of them stands the page was written as HTML.
  private static let lineTags: [StaticString] = [
    "<p>", "<p ", "<tr", "<td", "<br", "<li", "<h1", "<h2",
  ]

  /// The text of a page that is plain text; nil where the page is HTML.
  ///
  /// - Complexity: O(n).
  static func flow(of page: SourceText) -> Flow? {
    if isOne(page.content) { return LineReader.read(text(of: Array(page.content))).flow }
    return PreformattedPage.isOne(page) ? PreformattedPage.flow(of: page) : nil
  }

  /// Whether the SEC's tags of tables in plain text stand in a text without a tag that ends lines.
  private static func isOne(_ bytes: ArraySlice<UInt8>) -> Bool {
    let head = bytes.prefix(headByteCount)
    guard ByteScan.contains("<S>", in: head), ByteScan.contains("<C>", in: head) else {
      return false
    }
    let small = head.map(\.lowered)[...]
    return !lineTags.contains { ByteScan.contains($0, in: small) }
  }

  /// The text without the tags of the shell, which stand at its start and its end.
  private static func text(of bytes: [UInt8]) -> SourceText {
    var start = 0
    while let end = tagEnd(bytes, start, isClosing: false) { start = end }
    var end = bytes.count
    while end > start, let place = bytes[start..<end].lastIndex(of: UInt8(ascii: "<")),
      let stop = tagEnd(bytes, place, isClosing: true), stop >= end
    {
      end = place
    }
    return SourceText(bytes, start..<max(start, end))
  }

  private static let names = ["html", "body", "div", "document", "text"]

  /// The end of a tag of the shell that stands at the place behind spaces, with spaces behind it but
  /// for the line end; nil where none stands there.
  private static func tagEnd(_ bytes: [UInt8], _ start: Int, isClosing: Bool) -> Int? {
    var place = start
    while place < bytes.count, bytes[place].isSpace { place += 1 }
    let opening = isClosing ? "</" : "<"
    guard bytes[place...].starts(with: opening.utf8) else { return nil }
    place += opening.utf8.count
    let name = String(
      decoding: bytes[place...].prefix(8).prefix { $0.isLetter }.map(\.lowered), as: UTF8.self)
    guard names.contains(name),
      let end = bytes[place...].prefix(200).firstIndex(of: UInt8(ascii: ">"))
    else { return nil }
    place = end + 1
    if isClosing { while place < bytes.count, bytes[place].isSpace { place += 1 } }
    return place
  }
}
