/// What the content of a submission's part is, and why it is not read where it is no text.
struct PartContent {
  typealias Reason = (kind: SkippedPart.Kind, text: String)

  let bytes: [UInt8]
  let part: SubmissionPart
  /// Without space and the tags that say what kind of file it is.
  let range: Range<Int>

  init(_ part: SubmissionPart, of bytes: [UInt8]) {
    self.bytes = bytes
    self.part = part
    range = Self.unwrapped(part.content, of: bytes)
  }

  private static let wrappers = ["<XBRL>", "<XML>", "<xbrl>", "<xml>"]

  private static func unwrapped(_ range: Range<Int>, of bytes: [UInt8]) -> Range<Int> {
    var start = range.lowerBound
    while true {
      while start < range.upperBound, bytes[start].isSpace { start += 1 }
      let rest = bytes[start..<range.upperBound]
      guard let tag = wrappers.first(where: { rest.starts(with: $0.utf8) }) else {
        return start..<range.upperBound
      }
      start += tag.utf8.count
    }
  }

  // MARK: What is no text

  private static let skippedTypes: [(type: String, kind: SkippedPart.Kind, what: String)] = [
    ("GRAPHIC", .graphic, "an image"), ("ZIP", .archive, "an archive"),
    ("EXCEL", .spreadsheet, "a spreadsheet"), ("JSON", .data, "data"), ("PDF", .pdf, "a PDF"),
    ("EX-101", .xbrl, "raw XBRL"), ("EX-100", .xbrl, "raw XBRL"),
  ]

  /// Why the part is not read; nil where it is text of some kind.
  var reasonToSkip: Reason? {
    let content = bytes[range]
    if content.isEmpty { return (.empty, "an empty document") }
    let type = part.type?.uppercased() ?? ""
    // The SEC's own renderings of XBRL: pages of single tables, scripts and styles.
    if type == "XML" { return (.xbrl, "a rendering of XBRL (XML) is not read") }
    for (prefix, kind, what) in Self.skippedTypes where type.hasPrefix(prefix) {
      return (kind, "\(what) (\(type)) is not read")
    }
    if content.starts(with: "<PDF>".utf8) { return (.pdf, "a PDF is not read") }
    if let file = EncodedFiles.file(at: range.lowerBound, bytes, range) {
      return (file.kind, "an encoded file (\(file.name ?? "without a name")) is not read")
    }
    return Content.binaryReason(content)
  }

  // MARK: Financial data schedules

  /// Whether the part is a schedule of tags and values (Article 5 FDS and the like, to 2001).
  var isDataSchedule: Bool { part.type?.uppercased().hasPrefix("EX-27") ?? false }

  /// The lines of a schedule as rows: `<TOTAL-ASSETS>  1,234` is `TOTAL ASSETS`, a tab, `1,234`.
  static func rows(ofSchedule text: ArraySlice<UInt8>) -> [UInt8] {
    var rows: [UInt8] = []
    rows.reserveCapacity(text.count)
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let words = line.drop(while: \.isSpace)
      if words.first == UInt8(ascii: "<"), let end = words.firstIndex(of: UInt8(ascii: ">")),
        isLabel(words[(words.startIndex + 1)..<end])
      {
        let label = words[(words.startIndex + 1)..<end]
        rows += label.map { $0 == UInt8(ascii: "-") ? 0x20 : $0 }
        rows.append(0x09)
        rows += words[(end + 1)...].drop(while: \.isSpace)
      } else {
        rows += line
      }
      rows.append(0x0A)
    }
    return rows
  }

  /// Tags for the layout of tables are no labels.
  private static func isLabel(_ name: ArraySlice<UInt8>) -> Bool {
    name.count >= 3 && name.count <= 40
      && !layoutTags.contains(String(decoding: name, as: UTF8.self))
      && name.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") }
  }

  private static let layoutTags: Set<String> = ["PAGE", "TABLE", "CAPTION", "TEXT", "PRE"]
}
