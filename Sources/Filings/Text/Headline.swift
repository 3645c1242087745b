/// Finds headings, and among them the one that says what a document is about.
enum Headline {
  /// Whether a block of text is a heading: short, and marked as one or all in capitals.
  static func isHeading(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.count <= 300, let start = text.firstIndex(where: { !$0.isSpace }) else {
      return false
    }
    let line = text[start...]
    let isMarked =
      line[start] == UInt8(ascii: "#")
      || line.starts(with: [0x2A, 0x2A]) && line.suffix(2) == [0x2A, 0x2A]
    if isMarked { return line.contains { $0.isLetter || $0 >= 0x80 } }
    var capitals = 0
    for byte in line {
      if byte &- 0x61 < 26 { return false }
      if byte &- 0x41 < 26 { capitals += 1 }
    }
    return capitals >= 3
  }

  /// The headline of the part of a flow: its first lines that look like one, joined by spaces.
  ///
  /// Passed over are the exhibit's number, "For Immediate Release", dates, contacts and the like.
  static func find(_ flow: Flow, _ range: Range<Int>) -> String? {
    var found = Candidates()
    let limit = min(range.upperBound, range.lowerBound + searchedByteCount)
    var paragraph: [Line] = []
    var count = 0
    for flowLine in FlowLines(flow, range.lowerBound..<limit) {
      let line = Line(line: flowLine, isPassedOver: isPassedOver(flowLine))
      if endsParagraph(paragraph, line) {
        if let title = found.judge(paragraph) { return title }
        paragraph = []
        count += 1
        if count == searchedParagraphCount || (found.isAny && count > 12) { break }
      }
      paragraph.append(line)
    }
    return found.judge(paragraph) ?? found.best
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

  /// What may be the headline, as paragraphs go by.
  private struct Candidates {
    /// A company's name that is marked as a heading and stands alone.
    private var name: String?
    private var plain: String?

    var isAny: Bool { name != nil || plain != nil }
    var best: String? { name ?? plain }

    /// A marked paragraph at once, with the company's name that stands above it; a plain one is kept
    /// until the search ends.
    mutating func judge(_ paragraph: [Line]) -> String? {
      guard let first = paragraph.first, first.line.isMarked || plain == nil,
        !paragraph.contains(where: \.isPassedOver)
      else { return nil }
      let text = paragraph.map(\.line.text).joined(separator: " ").trimmed
      guard (4...300).contains(text.utf8.count), !text.utf8.contains(0x09),
        text.utf8.count(where: { $0.isLetter || $0 >= 0x80 }) >= 4, !isNotice(text)
      else { return nil }
      if first.line.isMarked {
        if let name { return name == text ? nil : name + " " + text }
        guard paragraph.count == 1, LegalForm.ends(text), text.utf8.count < 80 else { return text }
        name = text
      } else if plain == nil, isTitle(text, of: paragraph.count) {
        plain = text
      }
      return nil
    }
  }

  private static func isTitle(_ text: String, of lineCount: Int) -> Bool {
    lineCount <= 4 && !startsWithDash(text)
      && ![".", ":", ","].contains { text.hasSuffix($0) }
  }

  /// Whether a paragraph says that parts are left out, or opens the recitals of an agreement.
  private static func isNotice(_ text: String) -> Bool {
    let lower = String(decoding: text.utf8.map(\.lowered), as: UTF8.self)
    if ["witness", "w i t n e s s", "whereas", "recitals", "now, therefore"].contains(where: {
      lower.hasPrefix($0)
    }) {
      return true
    }
    return ["omitted", "confidential treatment", "redacted", "[***]"].contains {
      lower.place(of: $0) != nil
    }
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
      if lower.utf8.contains(UInt8(ascii: "@")) { return true }
      // A date has a day and a year of four digits.
      if lower.utf8.count(where: \.isDigit) >= 5, DateText.iso(line.text) != nil { return true }
    }
    let letters = lower.utf8.count { $0.isLetter || $0 >= 0x80 }
    return letters < 3 || lower.hasSuffix(".htm") || lower.hasSuffix(".txt")
  }
}
