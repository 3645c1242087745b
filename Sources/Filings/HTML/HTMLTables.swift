/// The tables that are open at some place of an HTML document.
///
/// A table is known by its cells when it ends: rows of short cells are a table, long texts set
/// side by side and tables around tables are layout, whose text is running text.
struct HTMLTables {
  private struct Table {
    var start = 0
    /// Rows with some text.
    var rowCount = 0
    /// Rows with two filled cells or more.
    var wideRowCount = 0
    var cellCount = 0
    var numericCount = 0
    /// Rows of two cells whose first one is the mark of a list or a footnote.
    var markedRowCount = 0
    var byteCount = 0
    var longByteCount = 0
    var hasTables = false
    // Of the row and the cell being written:
    var cellsInRow = 0
    var isMarked = false
    var cellStart = 0
    var cell = CellState.outside
    var lastCell = 0..<0
  }

  private enum CellState { case outside, started, filled }

  /// The innermost table; those around it are in `outer`.
  private var table = Table()
  private var outer: [Table] = []
  private(set) var isOpen = false
  /// Tables known to be rows of cells, inside of the outermost open one.
  private var found: [Range<Int>] = []

  /// Tables nested deeper are read as parts of the one around them.
  private static let deepest = 64
  /// Open tables that are not kept.
  private var overflow = 0

  /// Whether the next word is the first one of a cell.
  var isAtCellStart: Bool { table.cell == .started }
  /// Whether words stand in a cell that has some already.
  var isInCell: Bool { table.cell == .filled }
  /// Whether the row has more cells than a heading and its number.
  var isInWideRow: Bool { table.cellsInRow > 2 }

  mutating func open(at start: Int) {
    if outer.count >= Self.deepest {
      overflow += 1
      return
    }
    if isOpen {
      table.hasTables = true
      outer.append(table)
    }
    table = Table(start: start)
    isOpen = true
  }

  mutating func startRow(_ text: borrowing HTMLBuffer) {
    endCell(text)
    endRow()
  }

  mutating func startCell(_ text: borrowing HTMLBuffer) {
    endCell(text)
    table.cell = .started
  }

  mutating func endCell(_ text: borrowing HTMLBuffer) {
    if table.cell == .filled {
      table.lastCell = table.cellStart..<text.count
      count(table.lastCell, text)
      if table.cellsInRow == 1 { table.isMarked = isMark(table.lastCell, text) }
    }
    table.cell = .outside
  }

  private mutating func endRow() {
    if table.cellsInRow > 0 { table.rowCount += 1 }
    if table.cellsInRow >= 2 { table.wideRowCount += 1 }
    if table.cellsInRow == 2, table.isMarked { table.markedRowCount += 1 }
    table.cellsInRow = 0
  }

  // MARK: Cells

  /// Writes what sets the cell apart from the one before it, or the row from the row before;
  /// `first` is the first byte of the cell.
  mutating func startCell(before first: UInt8, _ text: inout HTMLBuffer) {
    table.cell = .filled
    table.cellsInRow += 1
    if table.cellsInRow == 1 {
      if text.last != 0x0A, text.count > 0 { text.append(0x0A) }
      if text.count == table.start + 1, table.start > 0 { text.append(0x0A) }
    } else if joins(first, text) {
      table.cellsInRow -= 1
      table.cellCount -= 1
    } else {
      text.append(0x09)
    }
    table.cellStart = text.count
  }

  /// Whether a currency sign, a bracket or a per cent sign belongs to the number in the next cell
  /// or in the one before.
  private func joins(_ first: UInt8, _ text: borrowing HTMLBuffer) -> Bool {
    let last = table.lastCell
    guard last.upperBound == text.count, !last.isEmpty else { return false }
    let end = text[last.upperBound - 1]
    if first == UInt8(ascii: ")") || first == UInt8(ascii: "%") {
      return end.isDigit || end == UInt8(ascii: ")") || end == UInt8(ascii: "-")
        || end == UInt8(ascii: "%") && first == UInt8(ascii: ")")
        || isDash(last.upperBound, text)
    }
    guard last.count <= 4, !first.isLetter, first != UInt8(ascii: "$"), first != UInt8(ascii: "%")
    else { return false }
    return end == UInt8(ascii: "$") || end == UInt8(ascii: "(") || isCurrency(last, text)
  }

  /// Whether an en dash or an em dash ends at `end`.
  private func isDash(_ end: Int, _ text: borrowing HTMLBuffer) -> Bool {
    guard end >= 3, text[end - 3] == 0xE2, text[end - 2] == 0x80 else { return false }
    return text[end - 1] == 0x93 || text[end - 1] == 0x94
  }

  /// Whether a cell ends with the sign of the pound, the yen or the euro.
  private func isCurrency(_ cell: Range<Int>, _ text: borrowing HTMLBuffer) -> Bool {
    let end = cell.upperBound
    if cell.count >= 2, text[end - 2] == 0xC2 {
      return text[end - 1] == 0xA3 || text[end - 1] == 0xA5
    }
    return cell.count >= 3 && text[end - 3] == 0xE2 && text[end - 2] == 0x82
      && text[end - 1] == 0xAC
  }

  /// A cell longer than this is running text.
  private static let longCell = 200

  private mutating func count(_ cell: Range<Int>, _ text: borrowing HTMLBuffer) {
    table.cellCount += 1
    table.byteCount += cell.count
    if cell.count > Self.longCell { table.longByteCount += cell.count }
    guard cell.count <= 24 else { return }
    var digits = 0
    var letters = 0
    for place in cell {
      if text[place].isDigit { digits &+= 1 }
      if text[place].isLetter { letters &+= 1 }
    }
    if digits > 0, letters <= 3 { table.numericCount += 1 }
  }

  /// Whether a cell is a bullet, or as "(a)", "iv." or "2)".
  private func isMark(_ cell: Range<Int>, _ text: borrowing HTMLBuffer) -> Bool {
    guard let first = cell.first, cell.count <= 6 else { return false }
    let last = text[cell.upperBound - 1]
    let byte = text[first]
    if byte >= 0x80 { return cell.count <= 4 }
    if cell.count == 1 { return "*-o+".utf8.contains(byte) }
    guard last == UInt8(ascii: ")") || last == UInt8(ascii: ".") else { return false }
    var place = byte == UInt8(ascii: "(") ? first + 1 : first
    guard place < cell.upperBound - 1 else { return false }
    while text[place].isLetter || text[place].isDigit { place += 1 }
    return place == cell.upperBound - 1
  }

  // MARK: Ends

  private var isRows: Bool {
    guard !table.hasTables, table.longByteCount * 2 < table.byteCount,
      table.markedRowCount * 2 <= table.rowCount
    else { return false }
    return table.wideRowCount >= 2
      || (table.wideRowCount == 1 && table.cellCount >= 3 && table.numericCount >= 1)
  }

  /// Ends the innermost table; with the outermost its line ends and blocks are settled.
  mutating func close(_ text: inout HTMLBuffer, _ blocks: inout [Flow.Block]) {
    if overflow > 0 {
      overflow -= 1
      return
    }
    guard isOpen else { return }
    endCell(text)
    endRow()
    let tableStart = table.start
    var start = tableStart
    while start < text.count, text[start] == 0x0A { start += 1 }
    if isRows, start < text.count { found.append(start..<text.count) }
    if let around = outer.popLast() {
      table = around
      table.cell = .filled
    } else {
      table = Table()
      isOpen = false
      settle(from: tableStart, &text, &blocks)
    }
  }

  /// Turns the breaks inside cells into spaces in tables and into line ends elsewhere.
  private mutating func settle(
    from start: Int, _ text: inout HTMLBuffer, _ blocks: inout [Flow.Block]
  ) {
    var offset = start
    for table in found {
      text.replace(HTMLText.cellBreak, in: offset..<table.lowerBound, with: 0x0A)
      text.replace(HTMLText.cellBreak, in: table, with: 0x20)
      blocks.append(.init(kind: .table, range: table))
      offset = table.upperBound
    }
    text.replace(HTMLText.cellBreak, in: offset..<text.count, with: 0x0A)
    found = []
  }
}
