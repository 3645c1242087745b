/// Finds headings, and among them the one that says what a document is about.
enum Headline {
  /// Whether a block of text is a heading: short, and marked as one or all in capitals.
  static func isHeading(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.count <= 300 else { return false }
    let line = text.drop { $0.isSpace }
    guard line.contains(where: { $0.isLetter || $0 >= 0x80 }) else { return false }
    if line.first == UInt8(ascii: "#") { return true }
    if line.starts(with: [0x2A, 0x2A]), line.suffix(2) == [0x2A, 0x2A] { return true }
    let capitals = line.count { $0 &- 0x41 < 26 }
    return capitals >= 3 && !line.contains { $0 &- 0x61 < 26 }
  }

  /// The headline of the part of a flow: its first lines that look like one, joined by spaces.
  ///
  /// Passed over are the exhibit's number, "For Immediate Release", dates, contacts and the like.
  static func find(_ flow: Flow, _ range: Range<Int>) -> String? {
    var plain: String?
    let limit = min(range.upperBound, range.lowerBound + searchedByteCount)
    var paragraph: [Line] = []
    var count = 0
    for flowLine in FlowLines(flow, range.lowerBound..<limit) {
      let line = Line(line: flowLine, isPassedOver: isPassedOver(flowLine))
      if endsParagraph(paragraph, line) {
        if let found = judge(paragraph, &plain) { return found }
        paragraph = []
        count += 1
        if count == searchedParagraphCount || (plain != nil && count > 12) { break }
      }
      paragraph.append(line)
    }
    return judge(paragraph, &plain) ?? plain
  }

  private struct Line {
    var line: FlowLine
    var isPassedOver: Bool
  }

  private static let searchedByteCount = 6000
  private static let searchedParagraphCount = 30

  private static func endsParagraph(_ paragraph: [Line], _ next: Line) -> Bool {
    guard let last = paragraph.last else { return false }
    return next.line.blanksBefore > 0 || next.line.isMarked != last.line.isMarked
      || next.isPassedOver || last.isPassedOver || next.line.text.utf8.contains(0x09)
  }

  /// A marked paragraph at once; a plain one is kept until the search ends.
  private static func judge(_ paragraph: [Line], _ plain: inout String?) -> String? {
    guard let first = paragraph.first, !paragraph.contains(where: \.isPassedOver) else {
      return nil
    }
    let text = paragraph.map(\.line.text).joined(separator: " ").trimmed
    guard (4...300).contains(text.utf8.count), !text.utf8.contains(0x09),
      text.utf8.count(where: { $0.isLetter || $0 >= 0x80 }) >= 4
    else { return nil }
    if first.line.isMarked { return text }
    if plain == nil, paragraph.count <= 4, text.utf8.last != UInt8(ascii: "."),
      text.utf8.last != UInt8(ascii: ":"), text.utf8.last != UInt8(ascii: ","),
      !startsWithDash(text)
    {
      plain = text
    }
    return nil
  }

  private static func startsWithDash(_ text: String) -> Bool {
    text.hasPrefix("-") || text.hasPrefix("–") || text.hasPrefix("•")
  }

  private static let openings = [
    "for immediate release", "press release", "news release", "immediate release", "media release",
    "exhibit", "contact", "investor contact", "media contact", "company contact", "for further",
    "for more information", "for information", "for release", "tel:", "tel.", "phone", "telephone",
    "fax", "page ", "date:", "dated", "source:", "news", "http", "www.", "embargo", "ex-", "ex.",
    "back to ", "logo", "[", "quicklinks", "united states", "securities and exchange",
    "washington, d",
    "execution copy", "contents", "exv", "dex", "conformed copy", "confidential",
    "table of contents", "letterhead",
  ]

  /// Whether a line is about the release, not about what it says.
  private static func isPassedOver(_ line: FlowLine) -> Bool {
    let lower = line.lower
    if lower.utf8.count < 60, lower.begins(withAny: openings) { return true }
    if lower.utf8.count < 80 {
      if DateText.iso(line.text) != nil || lower.utf8.contains(UInt8(ascii: "@")) { return true }
    }
    let letters = lower.utf8.count { $0.isLetter || $0 >= 0x80 }
    return letters < 3 || lower.hasSuffix(".htm") || lower.hasSuffix(".txt")
  }
}
