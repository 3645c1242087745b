/// Reads text by lines: renditions with tab-separated tables, and plain ASCII with the SEC's tags.
///
/// The text stays as it was filed but for the tags, which are no words, for page numbers and
/// running heads, for words that line ends break, and for tables made of spaces, which become rows
/// of cells between tabs.
struct LineReader {
  private let bytes: [UInt8]
  private let range: Range<Int>
  private let survey: TextSurvey
  private var flow = Flow()
  private var sawLayoutTag = false
  private var nextDropped = 0
  private var nextJoin = 0
  /// Where the text of the next line goes on, after the rest of a broken word.
  private var joinedTo = 0
  /// Lines that had something besides words on them, without it.
  private var cleaned: [UInt8] = []
  /// Lines that may be a table, or are one by its tags.
  private var waiting: [PlainLine] = []
  /// How many of the last ones are no rows.
  private var tailCount = 0
  private var isInTable = false
  private var stops: [Int] = []
  /// Empty lines since the last line.
  private var blanks = 0
  private var isAfterBlank = true

  /// - Complexity: O(n).
  static func read(_ text: consuming SourceText) -> (flow: Flow, hasLayoutTags: Bool) {
    var reader = LineReader(text)
    reader.readLines()
    for index in reader.flow.blocks.indices { reader.settle(index) }
    return (reader.flow, reader.sawLayoutTag)
  }

  private init(_ text: SourceText) {
    bytes = text.bytes
    range = text.range
    survey = TextSurvey(text)
    flow.text.reserveCapacity(range.count + 64)
  }

  private mutating func readLines() {
    var scanner = LineScanner(from: range.lowerBound)
    while let line = scanner.next(bytes.span.extracting(first: range.upperBound)) {
      if isDropped(line) { continue }
      if line.isBlank {
        blanks += 1
      } else if line.signs.isDisjoint(with: [.markup, .control]) {
        take(
          PlainLine(
            source: line.start, isCleaned: false, range: line.start..<line.end, first: line.first,
            blanksBefore: blanks, signs: line.signs,
            isTabRow: line.signs.contains(.tab) && SECTags.isRow(bytes[line.start..<line.stop])))
      } else {
        takeMarked(line)
      }
    }
    writeWaiting()
  }

  private mutating func isDropped(_ line: RawLine) -> Bool {
    guard nextDropped < survey.dropped.count else { return false }
    while nextDropped < survey.dropped.count, survey.dropped[nextDropped] < line.start {
      nextDropped += 1
    }
    return nextDropped < survey.dropped.count && survey.dropped[nextDropped] == line.start
  }

  // MARK: Lines

  /// Takes a line that has more than words on it.
  private mutating func takeMarked(_ line: RawLine) {
    if waiting.isEmpty { cleaned.removeAll(keepingCapacity: true) }
    var marks = LineMarks()
    let start = cleaned.count
    var lineStops: [Int] = []
    SECTags.appendWithoutTags(
      bytes, line.start..<line.stop, to: &cleaned, &marks, stops: &lineStops)
    let isTabRow = line.signs.contains(.tab) && SECTags.isRow(cleaned[start...])
    while let last = cleaned.last, cleaned.count > start, last.isSpace { cleaned.removeLast() }
    if marks.contains(.layout) { sawLayoutTag = true }
    if marks.contains(.tableStart) { openTable() }
    if marks.contains(.notes) { closeTable() }
    if !lineStops.isEmpty, isInTable, stops.count <= 1 {
      stops = Array(lineStops.prefix(Self.mostColumns))
    }
    let range = start..<cleaned.count
    let first = cleaned[range].firstIndex { !$0.isSpace } ?? range.upperBound
    let isPage = marks.contains(.page) && PageNumbers.number(cleaned[first...]) != nil
    if first < range.upperBound, !isPage {
      take(
        PlainLine(
          source: line.start, isCleaned: true, range: range, first: first, blanksBefore: blanks,
          signs: line.signs, isTabRow: isTabRow))
    } else if marks.isEmpty {
      blanks += 1
    }
    if marks.contains(.tableEnd) { closeTable() }
  }

  /// A table has no more columns.
  private static let mostColumns = 200

  private mutating func openTable() {
    writeWaiting()
    isInTable = true
    stops = []
    isAfterBlank = true
  }

  private mutating func closeTable() {
    writeWaiting()
    isInTable = false
    isAfterBlank = true
  }

  /// So many lines wait at most; a longer table is written in parts.
  private static let mostWaiting = 4000
  /// A longer line is no row of a table made of spaces, in bytes.
  private static let longestRow = 2000

  /// Writes a line, or keeps it while it may be a row of a table.
  private mutating func take(_ line: PlainLine) {
    blanks = 0
    if line.isTabRow, !isInTable || waiting.isEmpty { return writeRow(line) }
    if line.range.count > Self.longestRow {
      writeWaiting()
      return writeText(line)
    }
    if isInTable || line.mayBeRow {
      let isFar = line.blanksBefore > 3 && !isInTable
      if isFar || waiting.count >= Self.mostWaiting { writeWaiting() }
      tailCount = 0
      waiting.append(line)
    } else if waiting.isEmpty {
      writeText(line)
    } else if tailCount < 3, line.blanksBefore <= 2, line.words.count <= 70 {
      tailCount += 1
      waiting.append(line)
    } else {
      writeWaiting()
      writeText(line)
    }
  }

  // MARK: Writing

  /// Writes the lines that wait: as tables where they are some.
  private mutating func writeWaiting() {
    guard !waiting.isEmpty else { return }
    let lines = waiting
    waiting.removeAll(keepingCapacity: true)
    tailCount = 0
    let table = PlainTable(lines, stops: stops, bytes: bytes, cleaned: cleaned)
    let isTagged = isInTable && table.hasCells
    var place = 0
    for range in isTagged ? [0..<lines.count] : isInTable ? [] : table.tables() {
      for line in lines[place..<range.lowerBound] { writeText(line) }
      beginLine(blanks: lines[range.lowerBound].blanksBefore)
      let start = flow.text.count
      table.write(range, to: &flow.text)
      add(.table, start..<flow.text.count)
      flow.text.append(0x0A)
      place = range.upperBound
    }
    for line in lines[place...] { writeText(line) }
  }

  /// Writes a row whose cells are separated by tabs, as it is.
  private mutating func writeRow(_ line: PlainLine) {
    writeWaiting()
    beginLine(blanks: line.blanksBefore)
    let start = flow.text.count
    flow.text.append(contentsOf: line.isCleaned ? cleaned[line.range] : bytes[line.range])
    add(.table, start..<flow.text.count)
    flow.text.append(0x0A)
  }

  private mutating func writeText(_ line: PlainLine) {
    var range = line.range
    if joinedTo > line.source, !line.isCleaned {
      range = min(joinedTo, range.upperBound)..<range.upperBound
      if range.isEmpty { return }
    }
    beginLine(blanks: line.blanksBefore)
    let start = flow.text.count
    if line.isCleaned {
      flow.text.append(contentsOf: cleaned[range])
    } else if !line.signs.contains(.single)
      || !SpacedLetters.append(bytes[range], to: &flow.text)
    {
      flow.text.append(contentsOf: bytes[range])
    }
    if !line.isCleaned { joinBrokenWord(range.upperBound) }
    let isPipeRow = flow.text[start] == UInt8(ascii: "|") && Self.isPipeRow(flow.text[start...])
    add(isPipeRow ? .table : .text, start..<flow.text.count)
    flow.text.append(0x0A)
  }

  /// Puts the rest of a word in the place of the hyphen at the end of the line.
  private mutating func joinBrokenWord(_ end: Int) {
    while nextJoin < survey.joins.count, survey.joins[nextJoin].hyphen < end - 1 { nextJoin += 1 }
    guard nextJoin < survey.joins.count, survey.joins[nextJoin].hyphen == end - 1 else { return }
    let rest = survey.joins[nextJoin].rest
    flow.text.removeLast()
    flow.text.append(contentsOf: bytes[rest])
    joinedTo = rest.upperBound
    while joinedTo < self.range.upperBound, bytes[joinedTo] == 0x20 { joinedTo += 1 }
  }

  private mutating func beginLine(blanks: Int) {
    guard blanks > 0 else { return }
    for _ in 0..<blanks { flow.text.append(0x0A) }
    isAfterBlank = true
  }

  private mutating func add(_ kind: Flow.Block.Kind, _ range: Range<Int>) {
    if !isAfterBlank, let last = flow.blocks.last, last.kind == kind {
      flow.blocks[flow.blocks.count - 1].range = last.range.lowerBound..<range.upperBound
    } else {
      flow.blocks.append(.init(kind: kind, range: range))
    }
    isAfterBlank = false
  }

  /// Makes a lone line with one or two cells text again, and short lines by themselves headings.
  private mutating func settle(_ index: Int) {
    let block = flow.blocks[index]
    guard block.range.count < 1000 else { return }
    let text = flow.text[block.range]
    if block.kind == .table, Self.isLone(text) {
      flow.blocks[index].kind = .text
    } else if block.kind == .text, Headline.isHeading(text) {
      flow.blocks[index].kind = .heading
    }
  }

  /// Whether text is one line of no more than two cells between tabs.
  private static func isLone(_ text: ArraySlice<UInt8>) -> Bool {
    !text.contains(0x0A) && text.contains(0x09) && text.split(separator: 0x09).count <= 2
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
  /// A tag at which a column begins.
  static let stop = LineMarks(rawValue: 16)
  /// A tag of the SEC's for the layout of plain text.
  static let layout = LineMarks(rawValue: 32)
  /// The tag before the footnotes of a table.
  static let notes = LineMarks(rawValue: 64)
}
