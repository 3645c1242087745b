/// The tables that are open at some place of an HTML document.
///
/// A table is known by its cells when it ends: rows of short cells are a table, long texts set
/// side by side and tables around tables are layout, whose text is running text.
struct HTMLTables {
  private struct Table {
    var start: Int
    var rowCount = 0
    /// Rows with two filled cells or more.
    var wideRowCount = 0
    var cellCount = 0
    var numericCount = 0
    var byteCount = 0
    var longByteCount = 0
    var hasTables = false
    // Of the row and the cell being written:
    var cellsInRow = 0
    var cellStart = 0
    var cell = CellState.outside
    var lastCell = 0..<0
  }

  private enum CellState { case outside, started, filled }

  private var open: [Table] = []
  /// Tables known to be rows of cells, inside of the outermost open one.
  private var found: [Range<Int>] = []

  /// Tables nested deeper are read as parts of the one around them.
  private static let deepest = 64
  /// Open tables that are not kept.
  private var overflow = 0

  var isOpen: Bool { !open.isEmpty }
  /// Whether the next word is the first one of a cell.
  var isAtCellStart: Bool { open.last?.cell == .started }
  /// Whether words stand in a cell that has some already.
  var isInCell: Bool { open.last?.cell == .filled }

  mutating func open(at start: Int) {
    if open.count >= Self.deepest {
      overflow += 1
      return
    }
    if !open.isEmpty { open[open.count - 1].hasTables = true }
    open.append(Table(start: start))
  }

  private mutating func change(_ body: (inout Table) -> Void) {
    guard !open.isEmpty else { return }
    body(&open[open.count - 1])
  }

  mutating func startRow(_ end: Int) {
    change {
      Self.endCell(&$0, end)
      Self.endRow(&$0)
      $0.rowCount += 1
    }
  }

  mutating func startCell(_ text: [UInt8]) {
    endCell(text)
    change { $0.cell = .started }
  }

  mutating func endCell(_ text: [UInt8]) {
    let end = text.count
    change { table in
      if table.cell == .filled { Self.count(text[table.cellStart..<end], in: &table) }
      Self.endCell(&table, end)
    }
  }

  /// Writes what sets the cell apart from the one before it, or the row from the row before.
  mutating func startCell(before word: ArraySlice<UInt8>, _ text: inout [UInt8]) {
    change { table in
      table.cell = .filled
      table.cellsInRow += 1
      defer { table.cellStart = text.count }
      if table.cellsInRow == 1 {
        if text.last != 0x0A, !text.isEmpty { text.append(0x0A) }
        if text.count == table.start + 1, table.start > 0 { text.append(0x0A) }
      } else if Self.joins(text[table.lastCell.clamped(to: 0..<text.count)], word) {
        table.cellsInRow -= 1
        table.cellCount -= 1
      } else {
        text.append(0x09)
      }
    }
  }

  /// Whether a currency sign or a bracket belongs to the number in the next cell.
  private static func joins(_ last: ArraySlice<UInt8>, _ next: ArraySlice<UInt8>) -> Bool {
    if let first = next.first, first == UInt8(ascii: ")") || first == UInt8(ascii: "%") {
      return last.last.map { $0.isDigit || $0 == UInt8(ascii: ")") } ?? false
    }
    let opens: [[UInt8]] = [
      Array("$".utf8), Array("(".utf8), Array("$(".utf8), Array("€".utf8), Array("£".utf8),
      Array("¥".utf8),
    ]
    return last.count <= 3 && opens.contains { last.elementsEqual($0) }
  }

  private static func endCell(_ table: inout Table, _ end: Int) {
    if table.cell == .filled { table.lastCell = table.cellStart..<end }
    table.cell = .outside
  }

  private static func endRow(_ table: inout Table) {
    if table.cellsInRow >= 2 { table.wideRowCount += 1 }
    table.cellsInRow = 0
  }

  /// A cell longer than this is running text.
  private static let longCell = 200

  private static func count(_ cell: ArraySlice<UInt8>, in table: inout Table) {
    table.cellCount += 1
    table.byteCount += cell.count
    if cell.count > longCell { table.longByteCount += cell.count }
    if cell.count <= 24, cell.contains(where: \.isDigit), cell.count(where: \.isLetter) <= 3 {
      table.numericCount += 1
    }
  }

  private static func isRows(_ table: Table) -> Bool {
    guard !table.hasTables, table.longByteCount * 2 < table.byteCount else { return false }
    return table.wideRowCount >= 2
      || (table.wideRowCount == 1 && table.cellCount >= 3 && table.numericCount >= 1)
  }

  /// Ends the innermost table; with the outermost its line ends and blocks are settled.
  mutating func close(_ flow: inout Flow) {
    if overflow > 0 {
      overflow -= 1
      return
    }
    endCell(flow.text)
    guard var table = open.popLast() else { return }
    Self.endRow(&table)
    let start = Self.skipLineEnds(flow.text, table.start)
    if Self.isRows(table), start < flow.text.count { found.append(start..<flow.text.count) }
    if open.isEmpty {
      settle(from: table.start, &flow)
    } else {
      change { $0.cell = .filled }
    }
  }

  private static func skipLineEnds(_ text: [UInt8], _ start: Int) -> Int {
    var start = start
    while start < text.count, text[start] == 0x0A { start += 1 }
    return start
  }

  /// Turns the breaks inside cells into spaces in tables and into line ends elsewhere.
  private mutating func settle(from start: Int, _ flow: inout Flow) {
    var offset = start
    for table in found {
      Self.replaceBreaks(&flow.text, offset..<table.lowerBound, with: 0x0A)
      Self.replaceBreaks(&flow.text, table, with: 0x20)
      flow.blocks.append(.init(kind: .table, range: table))
      offset = table.upperBound
    }
    Self.replaceBreaks(&flow.text, offset..<flow.text.count, with: 0x0A)
    found = []
  }

  private static func replaceBreaks(
    _ text: inout [UInt8], _ range: Range<Int>, with byte: UInt8
  ) {
    for offset in range where text[offset] == HTMLText.cellBreak { text[offset] = byte }
  }
}
