/// The text of an HTML document as it grows: collapses space, ends lines, sets cells apart.
struct HTMLText {
  private(set) var flow = Flow()

  /// Stands for a line end inside a table until it is known whether the table has rows of cells,
  /// where it is a space, or running text, where it is a line end.
  static let cellBreak: UInt8 = 0x0B

  private enum Gap: UInt8, Comparable {
    case none, space, line, paragraph
    static func < (a: Gap, b: Gap) -> Bool { a.rawValue < b.rawValue }
  }

  private var gap = Gap.none
  /// Where the line being written began, and how many of its bytes are bold.
  private var lineStart = 0
  private var boldCount = 0
  private var tables = HTMLTables()
  var isBold = false
  var isPreformatted = false

  init(capacity: Int) {
    flow.text.reserveCapacity(capacity)
  }

  // MARK: Words

  /// Appends the text between two tags or references.
  mutating func append(_ bytes: [UInt8], _ range: Range<Int>) {
    if isPreformatted { return appendPreformatted(bytes, range) }
    var offset = range.lowerBound
    while offset < range.upperBound {
      let start = offset
      // A no-break space begins with 0xC2.
      while offset < range.upperBound, bytes[offset] > 0x20, bytes[offset] != 0xC2 { offset &+= 1 }
      if offset > start { appendWord(bytes[start..<offset]) }
      guard offset < range.upperBound else { return }
      let byte = bytes[offset]
      offset &+= 1
      if byte != 0xC2 {
        if byte.isSpace { gap = max(gap, .space) }
      } else if offset < range.upperBound, bytes[offset] == 0xA0 {
        gap = max(gap, .space)
        offset &+= 1
      } else {
        appendWord(bytes[offset &- 1..<min(offset &+ 1, range.upperBound)])
        offset = min(offset &+ 1, range.upperBound)
      }
    }
  }

  /// Appends the character that a reference stands for.
  mutating func append(scalar code: UInt32) {
    if code == 0xA0 || code == 0x20 || (9...13).contains(code) {
      if isPreformatted { appendWord([0x20]) } else { gap = max(gap, .space) }
    } else {
      var bytes: [UInt8] = []
      bytes.append(scalar: code)
      appendWord(bytes[...])
    }
  }

  /// A space if none stands there.
  mutating func space() { gap = max(gap, .space) }

  /// Whether the last byte written, with no gap after it, is a letter or a digit.
  var endsInWord: Byte? {
    guard gap == .none, let last = flow.text.last, last.isLetter || last.isDigit else { return nil }
    return last
  }
  typealias Byte = UInt8

  @inline(__always)
  private mutating func appendWord(_ word: ArraySlice<UInt8>) {
    if gap != .none || tables.isAtCellStart { fillGap(before: word) }
    flow.text.append(contentsOf: word)
    if isBold { boldCount &+= word.count }
  }

  private mutating func appendPreformatted(_ bytes: [UInt8], _ range: Range<Int>) {
    for byte in bytes[range] where byte >= 0x20 || byte == 0x0A || byte == 0x09 {
      if byte == 0x0A { breakPreformattedLine() } else { appendWord([byte]) }
    }
  }

  private mutating func breakPreformattedLine() {
    if tables.isAtCellStart { return }
    noteHeading(false)
    if gap != .none { fillGap(before: []) }
    flow.text.append(tables.isInCell ? Self.cellBreak : 0x0A)
    startLine()
  }

  /// Writes the gap, or the border of a cell, that stands before a word.
  private mutating func fillGap(before word: ArraySlice<UInt8>) {
    let count = flow.text.count
    if tables.isAtCellStart {
      tables.startCell(before: word, &flow.text)
    } else if count > 0 {
      switch gap {
      case .none: break
      case .space: flow.text.append(0x20)
      case .line: flow.text.append(tables.isInCell ? Self.cellBreak : 0x0A)
      case .paragraph where tables.isInCell: flow.text.append(Self.cellBreak)
      case .paragraph: flow.text.append(contentsOf: [0x0A, 0x0A])
      }
      if gap == .space, isBold { boldCount &+= 1 }
    }
    if gap >= .line || tables.isInCell && count == 0 { startLine() }
    gap = .none
  }

  private mutating func startLine() {
    lineStart = flow.text.count
    boldCount = 0
  }

  // MARK: Lines

  /// Ends the line; `isParagraph` leaves an empty one after it.
  mutating func breakLine(isParagraph: Bool = false, isHeading: Bool = false) {
    noteHeading(isHeading)
    gap = max(gap, isParagraph ? .paragraph : .line)
  }

  /// Makes the line just ended a heading if it is marked as one.
  private mutating func noteHeading(_ isMarked: Bool) {
    let end = flow.text.count
    defer { if gap < .line { lineStart = end } }
    guard gap < .line, !tables.isOpen, lineStart < end, end - lineStart <= 300 else { return }
    let line = flow.text[lineStart..<end]
    let isBoldLine = boldCount * 10 >= line.count * 9 && line.contains(where: \.isLetter)
    if isMarked || isBoldLine || Headline.isHeading(line) {
      flow.blocks.append(.init(kind: .heading, range: lineStart..<end))
    }
  }

  // MARK: Tables

  mutating func openTable() {
    breakLine(isParagraph: true)
    tables.open(at: flow.text.count)
  }

  mutating func startRow() {
    guard tables.isOpen else { return breakLine() }
    tables.startRow(flow.text.count)
  }

  mutating func startCell() {
    guard tables.isOpen else { return breakLine() }
    tables.startCell(flow.text)
    gap = .none
  }

  mutating func endCell() {
    guard tables.isOpen else { return breakLine() }
    tables.endCell(flow.text)
    gap = .none
  }

  mutating func closeTable() {
    guard tables.isOpen else { return breakLine() }
    tables.close(&flow)
    gap = .paragraph
    lineStart = flow.text.count
    boldCount = 0
  }

  /// Closes what is open; gives the flow.
  consuming func finish(title: String?) -> Flow {
    while tables.isOpen { closeTable() }
    breakLine()
    flow.title = title
    flow.blocks.sort { $0.range.lowerBound < $1.range.lowerBound }
    return flow
  }
}
