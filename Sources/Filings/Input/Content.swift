/// What bytes are, told by themselves and not by a file's name.
enum Content {
  enum Kind: Equatable {
    case nothing(SkippedPart.Kind, reason: String)
    case archive(ArchiveReader.Kind)
    case jsonLines
    case json
    case submission
    case html
    case xml
    case text
  }

  enum Markup { case html, xml, text }

  static func kind(of bytes: [UInt8]) -> Kind {
    guard let start = bytes.firstIndex(where: { !$0.isSpace }) else {
      return .nothing(.empty, reason: "empty file")
    }
    if let kind = archiveKind(bytes) { return .archive(kind) }
    if let (kind, reason) = binaryReason(bytes[...]) { return .nothing(kind, reason: reason) }
    if beginsAsSubmission(bytes[start...]) { return .submission }
    if let kind = jsonKind(bytes, start) { return kind }
    if isListing(bytes[start...]) {
      return .nothing(.list, reason: "a page of EDGAR's about filings, no filing")
    }
    if isSubmission(bytes) { return .submission }
    if let reason = listReason(bytes, start) { return .nothing(.list, reason: reason) }
    switch markup(of: SourceText(bytes)) {
    case .html: return .html
    case .xml: return .xml
    case .text: return .text
    }
  }

  // MARK: Binary files

  private static let signatures: [(bytes: [UInt8], kind: SkippedPart.Kind, name: String)] = [
    (Array("%PDF".utf8), .pdf, "PDF"), ([0x50, 0x4B, 3, 4], .archive, "ZIP"),
    (Array("BZh".utf8), .archive, "bzip2"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A], .archive, "xz"),
    ([0x28, 0xB5, 0x2F, 0xFD], .archive, "Zstandard"), (Array("Rar!".utf8), .archive, "RAR"),
    ([0x37, 0x7A, 0xBC, 0xAF], .archive, "7z"), ([0x1F, 0x9D], .archive, "compress"),
    ([0xD0, 0xCF, 0x11, 0xE0], .spreadsheet, "office document"),
    (Array("GIF8".utf8), .graphic, "GIF image"), ([0x89, 0x50, 0x4E, 0x47], .graphic, "PNG image"),
    ([0xFF, 0xD8, 0xFF], .graphic, "JPEG image"), ([0x1F, 0x8B], .archive, "gzip"),
    ([0xFF, 0xFE], .binary, "UTF-16"), ([0xFE, 0xFF], .binary, "UTF-16"),
  ]

  static func archiveKind(_ bytes: [UInt8]) -> ArchiveReader.Kind? {
    if bytes.starts(with: GzipStream.signature) { return .gzip }
    if bytes.starts(with: [0x50, 0x4B, 3, 4]) || bytes.starts(with: [0x50, 0x4B, 5, 6]) {
      return .zip
    }
    return TarReader.isHeader(bytes.prefix(TarReader.blockSize)) ? .tar : nil
  }

  /// Why bytes are no text, or nil: a known signature, or more than one NUL in a hundred bytes.
  static func binaryReason(
    _ bytes: ArraySlice<UInt8>
  ) -> (kind: SkippedPart.Kind, text: String)? {
    if let first = bytes.first,
      let known = signatures.first(where: { $0.bytes[0] == first && bytes.starts(with: $0.bytes) })
    {
      return (known.kind, "binary file (\(known.name))")
    }
    let head = bytes.prefix(1 << 12)
    // Texts have no NUL, so that they are not counted.
    if ByteScan.find(0, in: head.span, 0, head.count) == head.count { return nil }
    return head.count { $0 == 0 } * 100 > head.count ? (.binary, "binary file") : nil
  }

  // MARK: JSON

  /// JSON Lines where most of the first lines begin with a brace; one object over several lines
  /// is a filing by itself.
  private static func jsonKind(_ bytes: [UInt8], _ start: Int) -> Kind? {
    // Other files are looked at for a bad first line before JSON Lines.
    let isLikely = bytes[start] == UInt8(ascii: "{") || bytes[start] == 0xEF
    if !isLikely, !hasBraceLine(bytes, start) { return nil }
    let head = bytes[start...].prefix(isLikely ? 1 << 16 : 1 << 12)
    let lines = head.split { $0 == 0x0A || $0 == 0x0D }.prefix(100)
      .compactMap { line in line.first { !$0.isSpace } == nil ? nil : line }
    let braces = lines.count { $0.first == UInt8(ascii: "{") }
    guard isLikely || braces * 2 > lines.count else { return nil }
    if bytes[start] == 0xEF {
      guard bytes[start...].dropFirst(3).first(where: { !$0.isSpace }) == UInt8(ascii: "{") else {
        return nil
      }
      return .jsonLines
    }
    if lines.count == 1 || braces > 1 { return .jsonLines }
    return lines.first.map { isBracesOnly($0) } ?? false || isMember(lines) ? .json : .jsonLines
  }

  /// Whether a line near the start begins with a brace.
  private static func hasBraceLine(_ bytes: [UInt8], _ start: Int) -> Bool {
    let end = min(start + 1 << 12, bytes.count)
    return ByteScan.lineStart(with: UInt8(ascii: "{"), in: bytes, start, end) != nil
  }

  private static func isBracesOnly(_ line: ArraySlice<UInt8>) -> Bool {
    line.allSatisfy { $0 == UInt8(ascii: "{") || $0.isSpace }
  }

  /// Whether the second line goes on with a member.
  private static func isMember(_ lines: [ArraySlice<UInt8>]) -> Bool {
    lines.count > 1 && lines[1].first { !$0.isSpace } == UInt8(ascii: "\"")
  }

  // MARK: Submissions and lists

  /// Whether the first bytes are those of a submission, as they nearly always are in one.
  private static func beginsAsSubmission(_ bytes: ArraySlice<UInt8>) -> Bool {
    ["<SEC-DOCUMENT>", "<IMS-DOCUMENT>", "<SUBMISSION>"].contains { bytes.starts(with: $0.utf8) }
  }

  /// A submission has a `<DOCUMENT>` among the first lines, or the SEC's header.
  private static func isSubmission(_ bytes: [UInt8]) -> Bool {
    let end = min(bytes.count, 1 << 16)
    var offset = 0
    while let place = ByteScan.lineStart(with: UInt8(ascii: "<"), in: bytes, offset, end) {
      offset = place + 1
      guard offset < end, openingInitials.contains(bytes[offset]) else { continue }
      let line = bytes[place..<end].prefix(200).prefix { $0 != 0x0A && $0 != 0x0D }
      if line.count < 200, openings.contains(where: { line.starts(with: $0.utf8) }) { return true }
    }
    return false
  }

  private static let openings = [
    "<SEC-DOCUMENT>", "<IMS-DOCUMENT>", "<SEC-HEADER>", "<SUBMISSION>", "<DOCUMENT>",
  ]
  private static let openingInitials = Array("SID".utf8)

  /// Lists of filings are none themselves.
  private static func listReason(_ bytes: [UInt8], _ start: Int) -> String? {
    let lines = bytes[start...].prefix(4096).split { $0 == 0x0A || $0 == 0x0D }
    guard let first = lines.first(where: { $0.first != UInt8(ascii: "#") }) else { return nil }
    if EDGARIndex.isIndex(first) { return "an index of filings, no filing" }
    if FactTable(Array(first)) != nil { return "a table of facts about files, no filing" }
    return nil
  }

  private static let listingTitles = [
    "edgar filing documents for ", "sec edgar submission ", "filing detail", "edgar search results",
    "directory listing of ", "index of /archives/edgar",
  ]

  /// Whether an HTML page is called as EDGAR calls its own pages.
  private static func isListing(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.first == UInt8(ascii: "<") else { return false }
    let head = bytes.prefix(4096)
    var place = head.startIndex
    while place < head.endIndex {
      guard let next = head[place...].firstIndex(of: UInt8(ascii: "<")) else { return false }
      let tag = head[next...].prefix(7).lazy.map(\.lowered)
      if tag.elementsEqual("<title>".utf8) {
        let title = head[(next + 7)...].lazy.drop(while: \.isSpace).map(\.lowered)
        return listingTitles.contains { title.starts(with: $0.utf8) }
      }
      place = next + 1
    }
    return false
  }

  // MARK: Markup

  private static let pageTags = ["html", "!doctype html", "body", "head>"].map { Array($0.utf8) }
  private static let blockTags = ["p", "div", "font", "td", "tr", "span", "br", "b", "h"]
    .map { Array($0.utf8) }

  static func markup(of source: SourceText) -> Markup {
    let bytes = source.bytes
    let text = source.content.drop { $0.isSpace }
    let head = text.prefix(8192)
    guard let first = head.first else { return .text }
    var blocks = 0
    var place = head.startIndex
    while place < head.endIndex {
      place = ByteScan.find(UInt8(ascii: "<"), in: bytes.span, place, head.endIndex) + 1
      if place >= head.endIndex { break }
      if begins(with: pageTags, bytes, place, head.endIndex) { return .html }
      if isBlock(bytes, place, head.endIndex) { blocks += 1 }
    }
    if begins(with: declarations, bytes, head.startIndex, head.endIndex) { return .xml }
    let isMarked = first == UInt8(ascii: "<") ? blocks >= 2 : blocks * 200 > head.count
    if isMarked { return .html }
    if first == UInt8(ascii: "<"), XMLFormReader.isForm(source.content.prefix(4096)) { return .xml }
    return isXML(text) ? .xml : .text
  }

  private static let declarations = ["<?xml", "<xml>"].map { Array($0.utf8) }

  /// Whether one of the words, of small letters, stands at `place`.
  private static func begins(
    with words: [[UInt8]], _ bytes: [UInt8], _ place: Int, _ end: Int
  ) -> Bool {
    let first = bytes[place].lowered
    for word in words where word[0] == first && place + word.count <= end {
      if zip(word, bytes[place...]).allSatisfy({ $0 == $1.lowered }) { return true }
    }
    return false
  }

  /// Whether the name of a tag that makes pages is all that stands from `place` to a space or `>`.
  private static func isBlock(_ bytes: [UInt8], _ place: Int, _ end: Int) -> Bool {
    let first = bytes[place].lowered
    for word in blockTags where word[0] == first {
      let stop = place + word.count
      guard stop <= end, zip(word, bytes[place...]).allSatisfy({ $0 == $1.lowered }) else {
        continue
      }
      if stop == end || bytes[stop] == UInt8(ascii: ">") || bytes[stop].isSpace { return true }
    }
    return false
  }

  private static let textTags: Set<String> = ["table", "text", "page", "document", "type"]

  /// Whether text without an XML declaration ends as it begins: with the tag of its root.
  private static func isXML(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.first == UInt8(ascii: "<") else { return false }
    let name = text.dropFirst().prefix(100).prefix { $0 != UInt8(ascii: ">") && !$0.isSpace }
    let isTextTag = textTags.contains(String(decoding: name.map(\.lowered), as: UTF8.self))
    guard !isTextTag, let end = text.lastIndex(where: { !$0.isSpace }) else { return false }
    let close = Array("</".utf8) + name + Array(">".utf8)
    return text[...end].suffix(close.count).elementsEqual(close)
  }
}
