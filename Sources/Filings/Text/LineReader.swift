/// Reads text by lines: renditions with tab-separated tables, and plain ASCII with the SEC's tags.
///
/// The text stays as it was filed but for the tags, which are no words, page numbers before a
/// `<PAGE>`, and line ends, which become line feeds.
struct LineReader {
  private let bytes: [UInt8]
  private var flow = Flow()
  private var isInTable = false
  /// Lines since the last block that had nothing on them.
  private var isAfterBlank = true
  /// Where the last line began and whether it is a page number.
  private var lastLine: (start: Int, isPageNumber: Bool) = (0, false)
  private var sawLayoutTag = false

  /// - Complexity: O(n).
  static func read(_ bytes: [UInt8]) -> (flow: Flow, hasLayoutTags: Bool) {
    var reader = LineReader(bytes: bytes)
    reader.readLines()
    for index in reader.flow.blocks.indices { reader.settle(index) }
    return (reader.flow, reader.sawLayoutTag)
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
    flow.text.reserveCapacity(bytes.count)
  }

  private mutating func readLines() {
    var offset = 0
    while offset < bytes.count {
      let end = Self.lineEnd(bytes, offset)
      readLine(offset..<end)
      offset = end + 1
      let isPair = end + 1 < bytes.count && bytes[end] == 0x0D && bytes[end + 1] == 0x0A
      if isPair { offset += 1 }
    }
  }

  /// The next line feed, carriage return or form feed.
  private static func lineEnd(_ bytes: [UInt8], _ start: Int) -> Int {
    var offset = start
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == 0x0A || byte == 0x0D || byte == 0x0C { break }
      offset &+= 1
    }
    return offset
  }

  private mutating func readLine(_ line: Range<Int>) {
    let start = flow.text.count
    var marks = LineMarks()
    SECTags.appendWithoutTags(bytes, line, to: &flow.text, &marks)
    while let last = flow.text.last, flow.text.count > start, last.isSpace {
      flow.text.removeLast()
    }
    if marks.contains(.layout) { sawLayoutTag = true }
    if marks.contains(.tableStart) { openTable(at: start) }
    if marks.contains(.page) {
      if Self.isPageNumber(flow.text[start...]) { flow.text.removeSubrange(start...) }
      dropPageNumber(start)
    }
    let content = flow.text.count > start ? start..<flow.text.count : nil
    if let content {
      add(content, marks)
    } else if marks.isEmpty {
      isAfterBlank = true
    }
    if content != nil || marks.isEmpty { flow.text.append(0x0A) }
    if marks.contains(.tableEnd) { isInTable = false }
  }

  /// Makes a lone line with one tab text again, and short lines by themselves headings.
  private mutating func settle(_ index: Int) {
    let block = flow.blocks[index]
    let text = flow.text[block.range]
    if block.kind == .table, block.range.count < 1000, !text.contains(0x0A),
      text.count(where: { $0 == 0x09 }) == 1
    {
      flow.blocks[index].kind = .text
    } else if block.kind == .text, Headline.isHeading(text) {
      flow.blocks[index].kind = .heading
    }
  }

  private mutating func openTable(at start: Int) {
    isInTable = true
    isAfterBlank = true
  }

  /// Takes back the last line of text where it is a page number: a `<PAGE>` follows it.
  private mutating func dropPageNumber(_ start: Int) {
    guard lastLine.isPageNumber, start == flow.text.count, let block = flow.blocks.last,
      block.range.lowerBound <= lastLine.start, block.range.upperBound > lastLine.start
    else { return }
    flow.text.removeSubrange(lastLine.start...)
    lastLine.isPageNumber = false
    if block.range.lowerBound == lastLine.start {
      flow.blocks.removeLast()
    } else {
      flow.blocks[flow.blocks.count - 1].range = block.range.lowerBound..<lastLine.start - 1
    }
  }

  private mutating func add(_ line: Range<Int>, _ marks: LineMarks) {
    lastLine = (line.lowerBound, Self.isPageNumber(flow.text[line]))
    let isTable = isInTable || marks.contains(.tab) || Self.isPipeRow(flow.text[line])
    let kind: Flow.Block.Kind = isTable ? .table : .text
    // A table by tags may have empty lines; other blocks end at one.
    let joins = !isAfterBlank || (isInTable && kind == .table)
    if joins, let last = flow.blocks.last, last.kind == kind {
      flow.blocks[flow.blocks.count - 1].range = last.range.lowerBound..<line.upperBound
    } else {
      flow.blocks.append(.init(kind: kind, range: line))
    }
    isAfterBlank = false
  }

  /// `12`, `- 12 -`, `Page 12`, `F-3`, `Page 2 of 7`: no more than sixteen bytes.
  private static func isPageNumber(_ line: ArraySlice<UInt8>) -> Bool {
    let words = line.drop { $0.isSpace }
    guard words.count <= 16, words.contains(where: \.isDigit) else { return false }
    let letters = words.filter(\.isLetter).map(\.lowered)
    return ["", "page", "pageof", "f", "i", "s"].contains(String(decoding: letters, as: UTF8.self))
      && !words.contains { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: ",") }
  }

  /// A row of a Markdown table.
  private static func isPipeRow(_ line: ArraySlice<UInt8>) -> Bool {
    line.first == UInt8(ascii: "|") && line.last == UInt8(ascii: "|") && line.count > 1
  }
}

/// What a line of text had on it besides words.
struct LineMarks: OptionSet {
  let rawValue: UInt8

  /// A tag that is not text.
  static let tag = LineMarks(rawValue: 1)
  static let page = LineMarks(rawValue: 2)
  static let tableStart = LineMarks(rawValue: 4)
  static let tableEnd = LineMarks(rawValue: 8)
  /// A tab between words.
  static let tab = LineMarks(rawValue: 16)
  /// A tag of the SEC's for the layout of plain text.
  static let layout = LineMarks(rawValue: 32)
}
