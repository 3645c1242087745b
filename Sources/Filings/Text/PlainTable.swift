/// Lines that are, or may be, a table made of spaces.
///
/// A row is told by a number in its last cell that stands under or over one in a row nearby, or by
/// cells that stand under the pieces of a broken rule (`-----  -----`). What has gaps but no such
/// rows, such as two columns of prose or a letterhead, is no table.
struct PlainTable {
  private struct Row {
    var line: PlainLine
    /// Places in `cells`.
    var cells: Range<Int>
    var isRule: Bool
    /// Whether its last cell is a number.
    var isNumbers: Bool
  }

  private var rows: [Row] = []
  private var cells: [TableCell] = []
  /// Where the columns begin by their tags: `<S>`, `<C>`.
  private let stops: [Int]
  private let bytes: [UInt8]
  private let cleaned: [UInt8]

  /// A row so many lines below another one is in no table with it.
  private static let mostLinesBetween = 3
  private static let mostBlanksBetween = 2
  /// A number by itself stands so far from the margin at least.
  private static let leastIndent = 20
  /// So many cells of a row are compared with those of another: a bound for hostile files.
  private static let mostCompared = 60

  init(_ lines: [PlainLine], stops: [Int], bytes: [UInt8], cleaned: [UInt8]) {
    self.stops = stops
    self.bytes = bytes
    self.cleaned = cleaned
    rows.reserveCapacity(lines.count)
    var splitters = (TableCells(bytes, stops: stops), TableCells(cleaned, stops: stops))
    for line in lines {
      let range =
        line.isCleaned
        ? splitters.1.append(line.range, to: &cells) : splitters.0.append(line.range, to: &cells)
      let isRule = Self.isRule((line.isCleaned ? cleaned : bytes)[line.words])
      let isNumbers = !isRule && Self.isNumbers(cells[range], line)
      rows.append(Row(line: line, cells: range, isRule: isRule, isNumbers: isNumbers))
    }
  }

  /// `-----   =====`: nothing but strokes.
  private static func isRule(_ words: ArraySlice<UInt8>) -> Bool {
    words.count >= 3
      && words.allSatisfy { $0 == 0x2D || $0 == 0x3D || $0 == 0x5F || $0 == 0x20 }
  }

  private static func isNumbers(_ cells: ArraySlice<TableCell>, _ line: PlainLine) -> Bool {
    guard let last = cells.last else { return false }
    if cells.count == 1 { return last.isNumber && line.indent >= leastIndent }
    if last.isNumber { return true }
    // The page of an entry in a table of contents: "F-12", "iv".
    return line.signs.contains(.leader) && last.range.count <= 6
  }

  // MARK: Which lines are rows

  /// The lines that are tables, in order, each with at least two rows.
  func tables() -> [Range<Int>] {
    var tables: [Range<Int>] = []
    var start: Int?
    var last = 0
    var count = 0
    func close() {
      guard let start, count >= 2 else { return }
      // Two lines under a rule may be a cover page or the place for signatures.
      let hasNumbers = rows[start...last].contains(where: \.isNumbers)
      if hasNumbers || count >= 3 { tables.append(start..<last + 1) }
    }
    for place in rows.indices where isRow(place) {
      if start != nil, isNear(last, place), isUnder(place, last) {
        count += 1
      } else {
        close()
        start = place
        count = 1
      }
      last = place
    }
    close()
    return withHeads(tables)
  }

  private func isRow(_ place: Int) -> Bool {
    rows[place].isNumbers || isUnderRule(place)
  }

  private func isNear(_ earlier: Int, _ later: Int) -> Bool {
    later - earlier <= Self.mostLinesBetween + 1
      && (earlier + 1...later).allSatisfy {
        rows[$0].line.blanksBefore <= Self.mostBlanksBetween
      }
  }

  /// Whether some cell of two rows ends or begins in the same column.
  private func isUnder(_ later: Int, _ earlier: Int) -> Bool {
    let below = rows[later].cells.prefix(Self.mostCompared)
    let above = rows[earlier].cells.prefix(Self.mostCompared)
    return cells[below.dropFirst(below.count > 1 ? 1 : 0)].contains { cell in
      cells[above].contains { Self.isAligned(cell, $0) }
    }
  }

  private static func isAligned(_ a: TableCell, _ b: TableCell) -> Bool {
    abs(a.columns.upperBound - b.columns.upperBound) <= 1
      || abs(a.columns.lowerBound - b.columns.lowerBound) <= 1
  }

  /// Whether the last cells of a line stand under those of a rule in pieces, not far above it.
  private func isUnderRule(_ place: Int) -> Bool {
    let row = rows[place]
    guard row.cells.count >= 2, !row.isRule, !opensBracket(row), let last = cells[row.cells].last
    else {
      return false
    }
    for above in stride(from: place - 1, through: max(0, place - 12), by: -1) {
      if rows[above].isRule {
        return rows[above].cells.count >= 2 && !isUnderscores(rows[above])
          && cells[rows[above].cells.dropFirst()].contains { Self.isAligned(last, $0) }
      }
      if rows[above].cells.count < 2 { return false }
    }
    return false
  }

  /// Lines of underscores are blanks to be filled in, and what stands under them in brackets says
  /// with what.
  private func isUnderscores(_ row: Row) -> Bool { firstByte(row) == UInt8(ascii: "_") }
  private func opensBracket(_ row: Row) -> Bool { firstByte(row) == UInt8(ascii: "(") }

  private func firstByte(_ row: Row) -> UInt8 {
    row.line.isCleaned ? cleaned[row.line.first] : bytes[row.line.first]
  }

  /// The tables with the lines above them that head their columns.
  private func withHeads(_ tables: [Range<Int>]) -> [Range<Int>] {
    var free = 0
    return tables.map { table in
      var start = table.lowerBound
      while start > free, table.lowerBound - start < 8, rows[start].line.blanksBefore <= 1,
        isHead(start - 1)
      {
        start -= 1
      }
      while start < table.lowerBound, rows[start].isRule { start += 1 }
      free = table.upperBound
      return start..<table.upperBound
    }
  }

  private func isHead(_ place: Int) -> Bool {
    let row = rows[place]
    return row.isRule || row.cells.count > 1
      || row.line.indent >= Self.leastIndent && row.line.words.count <= 60
  }

  /// Whether any line has several cells.
  var hasCells: Bool { rows.contains { $0.cells.count > 1 || $0.isNumbers } }

  // MARK: Columns

  private func places(of lines: Range<Int>) -> Range<Int> {
    guard let first = lines.first, let last = lines.last else { return 0..<0 }
    return rows[first].cells.lowerBound..<rows[last].cells.upperBound
  }

  /// Appends the rows of the lines as cells between tabs, a row a line.
  func write(_ range: Range<Int>, to text: inout [UInt8]) {
    let columns = TableColumns(cells[places(of: range)], stops)
    var isFirst = true
    for row in rows[range] where !row.isRule && !row.cells.isEmpty {
      if !isFirst { text.append(0x0A) }
      isFirst = false
      let source = row.line.isCleaned ? cleaned : bytes
      var column = 0
      for number in row.cells {
        let cell = cells[number]
        let isFirst = number == row.cells.lowerBound
        let place = max(columns.column(of: cell), isFirst ? 0 : column + 1)
        for _ in column..<place { text.append(0x09) }
        column = place
        TableCells.append(cell, source, to: &text)
      }
    }
  }
}

/// The columns of a table made of spaces: those of its tags, else by where its numbers end.
struct TableColumns {
  /// Where the columns behind the first begin; empty where they go by the ends of numbers.
  private var starts: [Int] = []
  /// Where the numbers of each column end.
  private var ends: [Int] = []
  /// Where the first number begins: what begins before it is a label.
  private var labelEnd = Int.max
  /// Lines are looked at as far as this.
  private static let widest = 512

  init(_ cells: ArraySlice<TableCell>, _ stops: [Int]) {
    if stops.count > 1 { starts = Array(stops.dropFirst()) }
    var count = [Int](repeating: 0, count: Self.widest)
    for cell in cells where cell.isNumber && cell.columns.upperBound < Self.widest {
      count[cell.columns.upperBound] += 1
      labelEnd = min(labelEnd, cell.columns.lowerBound)
    }
    var last = -9
    for end in count.indices where count[end] > 0 {
      // A percent sign or a bracket stands out by one.
      if end - last <= 2 { ends[ends.count - 1] = end } else { ends.append(end) }
      last = end
    }
  }

  func column(of cell: TableCell) -> Int {
    let middle = (cell.columns.lowerBound + cell.columns.upperBound) / 2
    if !starts.isEmpty {
      let column = starts.count { $0 <= middle }
      return column == 0 && cell.isNumber && hasLabels ? 1 : column
    }
    if cell.isNumber {
      let column = ends.count { $0 < cell.columns.upperBound }
      return hasLabels ? column + 1 : column
    }
    if cell.columns.lowerBound < labelEnd, middle < labelEnd || !hasLabels { return 0 }
    return (hasLabels ? 1 : 0) + ends.count { $0 < middle }
  }

  /// Whether numbers do not begin at the margin.
  private var hasLabels: Bool { labelEnd > 4 }
}
