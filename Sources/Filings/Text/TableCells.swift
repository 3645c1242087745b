/// A cell in a line of a table made of spaces.
struct TableCell: Equatable {
  /// Bytes of the text that the line is in.
  var range: Range<Int>
  /// Columns of the line, from the line's start.
  var columns: Range<Int>
  /// Whether it is an amount, a number, or what stands for none ("--").
  var isNumber: Bool
}

/// Cuts lines into cells, at wide gaps and at dot leaders.
struct TableCells {
  private let bytes: [UInt8]
  private let stops: [Int]
  private var line = 0..<0
  private var place = 0
  /// Whether the last cell ends with a sign that belongs to the number after it: `$`, `(`.
  private var isOpen = false

  /// For lines of a text; two spaces cut them where a column begins that is known.
  init(_ bytes: [UInt8], stops: [Int]) {
    self.bytes = bytes
    self.stops = stops
  }

  /// Appends the cells of a line whose first byte stands in column 0; gives their places.
  ///
  /// - Complexity: O(n).
  mutating func append(_ line: Range<Int>, to cells: inout [TableCell]) -> Range<Int> {
    let first = cells.count
    self.line = line
    isOpen = false
    place = line.lowerBound
    while place < line.upperBound, bytes[place] == 0x20 { place &+= 1 }
    var start = place
    while true {
      place = ByteScan.cellEnd(in: bytes.span, place, line.upperBound)
      guard place < line.upperBound else { break }
      guard let gap = gap(at: place, from: start) else { continue }
      add(start..<gap.lowerBound, to: &cells, first)
      place = gap.upperBound
      start = place
    }
    add(start..<line.upperBound, to: &cells, first)
    return first..<cells.count
  }

  /// The gap or leader that begins at `place`, where cells are cut; else moves on behind it.
  private mutating func gap(at start: Int, from cell: Int) -> Range<Int>? {
    var end = start
    var dots = 0
    while end < line.upperBound, bytes[end] == 0x20 || bytes[end] == 0x2E {
      if bytes[end] == 0x2E { dots &+= 1 }
      end &+= 1
    }
    let next = end < line.upperBound ? bytes[end] : 0x20
    // The dot of ".21".
    if dots > 0, bytes[end &- 1] == 0x2E, next.isDigit, end &- 1 == start || bytes[end &- 2] == 0x20
    {
      end &-= 1
      dots &-= 1
    }
    let spaces = end &- start &- dots
    if dots >= 3 || dots == 2 && spaces > 0 { return start..<end }
    // The dot of "Inc." stays with it.
    let begin = dots == 1 && bytes[start] == 0x2E ? start &+ 1 : start
    if end > begin, isGap(spaces, begin, end, cell) { return begin..<end }
    place = max(end, start &+ 1)
    return nil
  }

  private func isGap(_ spaces: Int, _ start: Int, _ end: Int, _ cell: Int) -> Bool {
    if spaces >= 3 { return true }
    guard spaces >= 1, end < line.upperBound, start > cell else { return false }
    let next = bytes[end]
    let last = bytes[start &- 1]
    let isNumberNext = next.isDigit || next == 0x24 || next == 0x28 || next == 0x2D || next == 0x2E
    if spaces == 2 {
      let column = end &- line.lowerBound
      return isNumberNext || stops.contains { abs($0 &- column) <= 1 } || last.isDigit
        || last == 0x25 || last == 0x29 || last == 0x24
        || last == 0x2D
    }
    // One space is a border between two numbers only.
    return isNumberNext && (last.isDigit || last == 0x29 || last == 0x25)
      && Self.isNumber(bytes[cell..<start]) && isAmount(at: end)
  }

  /// Whether the word at `start` is a number that can be no part of a date.
  private func isAmount(at start: Int) -> Bool {
    let word = bytes[start..<line.upperBound].prefix { $0 != 0x20 }
    return Self.isNumber(word) && word.count > 2
      && word.contains { $0 == 0x2C || $0 == 0x24 || $0 == 0x28 || $0 == 0x25 || $0 == 0x2E }
  }

  /// Appends a cell to those of the line, which begin at `first`.
  private mutating func add(_ range: Range<Int>, to cells: inout [TableCell], _ first: Int) {
    var range = range
    while !range.isEmpty, bytes[range.upperBound &- 1] == 0x20 {
      range = range.lowerBound..<range.upperBound &- 1
    }
    guard !range.isEmpty else { return }
    let columns = range.lowerBound &- line.lowerBound..<range.upperBound &- line.lowerBound
    // A sign before or behind a number is part of it.
    let closes = bytes[range].allSatisfy { $0 == 0x29 || $0 == 0x25 }
    if cells.count > first, let last = cells.last, isOpen || closes && last.isNumber {
      cells[cells.count &- 1] = TableCell(
        range: last.range.lowerBound..<range.upperBound,
        columns: last.columns.lowerBound..<columns.upperBound,
        isNumber: closes || Self.isNumber(bytes[range]))
    } else {
      cells.append(
        TableCell(range: range, columns: columns, isNumber: Self.isNumber(bytes[range])))
    }
    isOpen = bytes[range].allSatisfy { $0 == 0x24 || $0 == 0x28 || $0 == 0x20 }
  }

  /// `1,234`, `$ (1.5)`, `30%`, `.21`, `--`, `N/A`; not `10-K` or `555-1234`.
  static func isNumber(_ word: ArraySlice<UInt8>) -> Bool {
    guard word.count <= 24 else { return false }
    var digits = 0
    var dashes = 0
    var last: UInt8 = 0
    var beforeLast: UInt8 = 0
    for byte in word {
      defer { (beforeLast, last) = (last, byte) }
      if byte.isDigit {
        // A dash or a space inside is a range or a phone number.
        if dashes > 0, digits > 0 { return false }
        if last == 0x20, beforeLast.isDigit { return false }
        digits &+= 1
      } else if byte == 0x2D {
        dashes &+= 1
      } else if byte == 0x2C || byte == 0x2E || byte == 0x24 || byte == 0x28 || byte == 0x29
        || byte == 0x25 || byte == 0x2A || byte == 0x20
      {
        continue
      } else {
        return isNone(word)
      }
    }
    return digits > 0 || dashes > 0
  }

  private static func isNone(_ word: ArraySlice<UInt8>) -> Bool {
    guard (2...3).contains(word.count), word[word.startIndex] & 0xDF == 0x4E else { return false }
    let last = word[word.endIndex - 1] & 0xDF
    if word.count == 2 { return last == 0x41 || last == 0x4D }
    return word[word.startIndex + 1] == 0x2F && last == 0x41
  }

  /// Appends a cell with `$`, `(`, `)` and `%` joined to its number, without spaces at signs.
  static func append(_ cell: TableCell, _ bytes: [UInt8], to text: inout [UInt8]) {
    guard cell.isNumber else { return text.append(contentsOf: bytes[cell.range]) }
    var last: UInt8 = 0
    for place in cell.range {
      let byte = bytes[place]
      let closes = byte == 0x29 || byte == 0x25
      if byte == 0x20, last == 0x24 || last == 0x28 { continue }
      while closes, text.last == 0x20 { text.removeLast() }
      text.append(byte)
      last = byte
    }
  }
}
