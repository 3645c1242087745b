/// A page of HTML whose whole body is preformatted: plain ASCII of a filing, with tags for bold
/// letters and rules between its pages.
struct PreformattedPage {
  /// The tag of the body stands so near the start, in bytes.
  private static let headByteCount = 1 << 12
  /// Tags of pages that were written as HTML.
  private static let otherTags: [StaticString] = [
    "<p>", "<p ", "<tr", "<td", "<br", "<li", "<div", "<h1", "<h2",
  ]

  static func isOne(_ page: SourceText) -> Bool {
    let head = page.content.prefix(headByteCount)
    guard ByteScan.contains("<pre>", in: head) || ByteScan.contains("<PRE>", in: head) else {
      return false
    }
    let small = page.content.map(\.lowered)[...]
    return !otherTags.contains { ByteScan.contains($0, in: small) }
  }

  /// The page read as plain text whose pages end at its rules; bold lines by themselves are headings.
  ///
  /// - Complexity: O(n).
  static func flow(of source: SourceText) -> Flow {
    var page = PreformattedPage()
    HTMLBytes.withBytes(source) { page.read($0) }
    var flow = LineReader.read(SourceText(page.text)).flow
    for index in flow.blocks.indices where flow.blocks[index].kind == .text {
      if page.isBold(flow.text[flow.blocks[index].range]) { flow.blocks[index].kind = .heading }
    }
    return flow
  }

  /// Plain text with the SEC's tags.
  private var text: [UInt8] = []
  private var isBold = false
  /// Of the line being written: where it begins, and whether some of it is bold, or is not.
  private var lineStart = 0
  private var hasBold = false
  private var hasPlain = false
  /// Lines that are bold from end to end, without space around them.
  private var boldLines: Set<ArraySlice<UInt8>> = []

  /// A longer stretch of text is no heading, in bytes.
  private static let longestHeading = 300

  private func isBold(_ block: ArraySlice<UInt8>) -> Bool {
    block.count <= Self.longestHeading && block.contains(where: \.isLetter)
      && block.split(separator: 0x0A).allSatisfy { boldLines.contains(Self.trimmed($0)) }
  }

  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line.drop(while: \.isSpace)
    while line.last?.isSpace ?? false { line.removeLast() }
    return line
  }

  // MARK: Reading

  private mutating func read(_ bytes: HTMLBytes) {
    text.reserveCapacity(bytes.count)
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      if byte == UInt8(ascii: "<"), Self.isTag(bytes, place) {
        place = passTag(bytes, place)
      } else if byte == UInt8(ascii: "&"), let reference = HTMLReference.read(bytes, place) {
        append(reference.code)
        place = reference.end
      } else {
        append(byte)
        place += 1
      }
    }
  }

  private mutating func append(_ byte: UInt8) {
    if byte == 0x0A {
      if hasBold, !hasPlain { boldLines.insert(Self.trimmed(text[lineStart...])) }
      (hasBold, hasPlain, lineStart) = (false, false, text.count + 1)
    } else if !byte.isSpace {
      if isBold { hasBold = true } else { hasPlain = true }
    }
    text.append(byte)
  }

  private mutating func append(_ code: UInt32) {
    switch code {
    case 0xA0: append(UInt8(ascii: " "))
    // As signs they would begin tags.
    case 0x3C: text += "&lt;".utf8
    case 0x26: text += "&amp;".utf8
    default: text.append(scalar: code)
    }
  }

  private static func isTag(_ bytes: HTMLBytes, _ place: Int) -> Bool {
    let next = bytes[place + 1]
    return next.isLetter || next == UInt8(ascii: "/") || next == UInt8(ascii: "!")
  }

  /// Does what the tag at `place` says; gives the place behind it, and behind the text of a title.
  private mutating func passTag(_ bytes: HTMLBytes, _ place: Int) -> Int {
    let isEnd = bytes[place + 1] == UInt8(ascii: "/")
    var end = place + (isEnd ? 2 : 1)
    let name = end
    while bytes[end].isLetter || bytes[end].isDigit { end += 1 }
    let stop = min(bytes.find(UInt8(ascii: ">"), end) + 1, bytes.count)
    // No tag that means something has a longer name.
    guard end - name <= 8 else { return stop }
    switch String(decoding: (name..<end).map { bytes[$0].lowered }, as: UTF8.self) {
    case "hr": for byte in "\n<PAGE>\n".utf8 { append(byte) }
    case "page", "table", "caption", "s", "c", "fn":
      for place in place..<stop { text.append(bytes[place]) }
    case "b", "strong": isBold = !isEnd
    case "title" where !isEnd: return bytes.find(UInt8(ascii: "<"), stop)
    default: break
    }
    return stop
  }
}
