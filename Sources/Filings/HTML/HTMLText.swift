/// The text of an HTML document as it grows: collapses space, ends lines, sets cells apart.
struct HTMLText: ~Copyable {
  private var text: HTMLBuffer
  private var blocks: [Flow.Block] = []
  private var pages = HTMLPages()

  /// Stands for a line end inside a table until it is known whether the table has rows of cells,
  /// where it is a space, or running text, where it is a line end.
  static let cellBreak: UInt8 = 0x0B

  private enum Gap: UInt8, Comparable {
    case none, space, line, paragraph
    @inline(__always)
    static func < (a: Gap, b: Gap) -> Bool { a.rawValue < b.rawValue }
  }

  private var gap = Gap.none
  /// What begins or has just ended here above the line.
  private var mark = Mark.none

  enum Mark: UInt8 {
    case none
    /// A part of the line drawn a little higher: a mark where a number is part of it, between
    /// letters maybe the way in which a converter sets the letters of a word.
    case lifted
    case raised
  }
  private var tables = HTMLTables()
  /// Where the line being written began, and how many bytes before that were bold.
  private var lineStart = 0
  private var lineBold = 0
  /// How many blocks there were when the outermost open table began.
  private var blocksBeforeTable = 0
  /// How many bytes were bold up to `boldFrom`, since when they are bold if `isBold`.
  private var boldCount = 0
  private var boldFrom = 0

  private var isBold = false
  /// Whether letters stand for signs.
  var isSigns = false
  var isPreformatted = false

  init(capacity: Int) {
    text = HTMLBuffer(capacity: capacity)
  }

  /// Says whether what follows is bold.
  mutating func setBold(_ isBold: Bool) {
    if isBold == self.isBold { return }
    boldCount = boldTotal
    boldFrom = text.count
    self.isBold = isBold
  }

  private var boldTotal: Int { isBold ? boldCount &+ (text.count &- boldFrom) : boldCount }

  // MARK: Words

  /// Appends the text from `start` up to the next `<` or `&`; gives the place of that.
  mutating func append(_ source: HTMLBytes, _ start: Int) -> Int {
    if isPreformatted || isSigns { return appendByCharacters(source, start) }
    var place = start
    while place < source.count {
      let byte = source[place]
      if byte <= 0x20 {
        if byte.isSpace, gap == .none { gap = .space }
        place &+= 1
      } else if byte == UInt8(ascii: "<") || byte == UInt8(ascii: "&") {
        return place
      } else if byte < 0x80 {
        if mark != .none { passMark(byte, source.word(place)) }
        if gap != .none || tables.isAtCellStart { fillGap(before: byte) }
        place = text.appendPlain(source, place)
        if text.last == 0x20 {
          text.removeLast()
          gap = .space
        }
      } else {
        place = appendCharacter(source, place)
      }
    }
    return place
  }

  /// Appends a character that is not ASCII, or one byte where there is no character.
  private mutating func appendCharacter(_ source: HTMLBytes, _ place: Int) -> Int {
    guard let (code, length) = HTMLCharacter.decode(source, place) else {
      beginWord(source[place], 0)
      text.append(source[place])
      return place + 1
    }
    append(scalar: code)
    return place + length
  }

  /// Appends preformatted text, whose space stays, or letters that stand for signs.
  private mutating func appendByCharacters(_ source: HTMLBytes, _ start: Int) -> Int {
    var place = start
    while place < source.count {
      let byte = source[place]
      if byte == UInt8(ascii: "<") || byte == UInt8(ascii: "&") { break }
      if byte >= 0x80 {
        place = appendCharacter(source, place)
        continue
      }
      if byte == 0x0A, isPreformatted {
        breakPreformattedLine()
      } else {
        append(scalar: UInt32(byte))
      }
      place += 1
    }
    return place
  }

  /// Appends a character.
  mutating func append(scalar code: UInt32) {
    switch HTMLCharacter.of(code) {
    case .nothing: break
    case .space where isPreformatted:
      if code != 0x0D { appendSpace(code == 0x09 ? 0x09 : 0x20) }
    case .space: space()
    case .visible:
      let code = isSigns && code > 0x20 ? HTMLCharacter.sign(code) : code
      beginWord(code < 0x80 ? UInt8(code) : 0xFF, UInt64(code))
      text.append(scalar: code)
    }
  }

  private mutating func appendSpace(_ byte: UInt8) {
    if tables.isAtCellStart { return }
    if gap > .space { fillGap(before: byte) }
    text.append(byte)
  }

  /// A space if none stands there.
  mutating func space() { if gap == .none { gap = .space } }

  /// The next word is set apart where it is a mark, or the last one was.
  mutating func setApart(_ mark: Mark) { self.mark = mark }

  /// Does what is due before a word that begins with `first`; `word` is its first bytes.
  private mutating func beginWord(_ first: UInt8, _ word: UInt64) {
    if mark != .none { passMark(first, word) }
    if gap != .none || tables.isAtCellStart { fillGap(before: first) }
  }

  /// Sets a raised mark of a note apart from the words beside it; `30<sup>th</sup>` stays one word.
  private mutating func passMark(_ first: UInt8, _ word: UInt64) {
    let isRaised = mark == .raised
    mark = .none
    let last = text.last
    guard gap == .none, last.isDigit || last.isLetter || last >= 0x80,
      first.isDigit || first.isLetter
    else { return }
    let ending = UInt16(truncatingIfNeeded: word) | 0x2020
    let isShort = !UInt8(truncatingIfNeeded: word &>> 16).isLetter
    let isMark =
      isRaised || last.isDigit || first.isDigit
      || isShort && (ending == Self.trademark || ending == Self.serviceMark)
    let isOrdinal = isShort && last.isDigit && Self.ordinals.contains(ending)
    if isMark, !isOrdinal { gap = .space }
  }

  /// "tm" and "sm", the first letter lowest.
  private static let trademark: UInt16 = 0x6D74
  private static let serviceMark: UInt16 = 0x6D73

  /// "st", "nd", "rd" and "th", the first letter lowest.
  private static let ordinals: [UInt16] = [0x7473, 0x646E, 0x6472, 0x6874]

  /// Writes the gap, or the border of a cell, that stands before a word.
  private mutating func fillGap(before first: UInt8) {
    let count = text.count
    if tables.isAtCellStart {
      tables.startCell(before: first, &text)
      if text.last == 0x0A { startLine() }
    } else if count > 0 {
      if gap >= .line, tables.isOpen { noteHeading() }
      switch gap {
      case .none: break
      case .space: text.append(0x20)
      case .line: text.append(tables.isInCell ? Self.cellBreak : 0x0A)
      case .paragraph where tables.isInCell: text.append(Self.cellBreak)
      case .paragraph:
        text.append(0x0A)
        text.append(0x0A)
      }
      if gap >= .line { startLine() }
    }
    gap = .none
  }

  private mutating func startLine() {
    lineStart = text.count
    lineBold = boldTotal
  }

  // MARK: Lines

  private mutating func breakPreformattedLine() {
    if tables.isAtCellStart { return }
    noteHeading(isMarked: false)
    if gap > .space { fillGap(before: 0x0A) }
    gap = .none
    text.append(tables.isInCell ? Self.cellBreak : 0x0A)
    startLine()
  }

  /// Ends the line; `isParagraph` leaves an empty one after it.
  mutating func breakLine(isParagraph: Bool = false, isHeading: Bool = false) {
    // In a table the next cell may go on with the line.
    if gap < .line, !tables.isOpen || isHeading { noteHeading(isMarked: isHeading) }
    gap = max(gap, isParagraph ? .paragraph : .line)
  }

  /// Notes that a page ends here, or may end at a rule.
  mutating func breakPage(isRule: Bool = false) {
    breakLine(isParagraph: true)
    if !tables.isOpen { pages.addBreak(at: text.count, isRule: isRule) }
  }

  /// A heading is not longer; in bytes.
  private static let longestHeading = 300

  /// Makes the line that ends here a heading if it is one; the next one begins.
  private mutating func noteHeading(isMarked: Bool = false) {
    let line = lineStart..<text.count
    let bold = boldTotal - lineBold
    startLine()
    guard !line.isEmpty, line.count <= Self.longestHeading, !tables.isInWideRow else { return }
    let isBold = bold * 10 >= line.count * 9
    if HTMLHeading.isHeading(text, line, isMarked: isMarked, isBold: isBold) {
      blocks.append(.init(kind: .heading, range: line))
    }
  }

  // MARK: Tables

  mutating func openTable() {
    breakLine(isParagraph: true)
    if tables.isOpen { noteHeading() } else { blocksBeforeTable = blocks.count }
    tables.open(at: text.count)
  }

  mutating func startRow() {
    guard tables.isOpen else { return breakLine() }
    noteHeading()
    tables.startRow(text)
    gap = .line
  }

  mutating func startCell() {
    guard tables.isOpen else { return breakLine() }
    tables.startCell(text)
    gap = .none
  }

  mutating func endCell() {
    guard tables.isOpen else { return breakLine() }
    tables.endCell(text)
    gap = .space
  }

  mutating func closeTable() {
    guard tables.isOpen else { return breakLine() }
    noteHeading()
    tables.close(&text, &blocks)
    if !tables.isOpen { dropHeadingsInTables() }
    gap = .paragraph
    startLine()
  }

  /// Bold rows and rows in capitals are headings in layout, but not in a table of rows.
  private mutating func dropHeadingsInTables() {
    let inside = blocks[blocksBeforeTable...]
    let found = inside.filter { $0.kind == .table }.map(\.range)
    guard !found.isEmpty, found.count < inside.count else { return }
    var next = 0
    let headings = inside.filter { block in
      guard block.kind == .heading else { return false }
      while next < found.count, found[next].upperBound <= block.range.lowerBound { next += 1 }
      return next == found.count || block.range.lowerBound < found[next].lowerBound
    }
    blocks.removeSubrange(blocksBeforeTable...)
    blocks += headings + found.map { .init(kind: .table, range: $0) }
  }

  /// Closes what is open; gives the flow.
  mutating func finish(title: String?) -> Flow {
    while tables.isOpen { closeTable() }
    breakLine()
    var flow = Flow()
    flow.text = text.bytes(0..<text.count)
    blocks.sort { $0.range.lowerBound < $1.range.lowerBound }
    flow.blocks = blocks
    flow.title = title
    pages.removeFurniture(from: &flow)
    return flow
  }
}
