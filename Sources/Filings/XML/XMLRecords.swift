/// Elements of one name as the rows of a table, with a column for each kind of value in them.
struct XMLRecords {
  private let tree: XMLTree
  private let names: XMLNameTable
  private let cells: XMLCells
  private let range: Range<Int>
  /// The ways to the columns, in the order of the columns.
  private var columns: [Int] = []
  private var labels: [String] = []
  private var paths = XMLRecordPaths()

  /// More columns are no table that a reader sees.
  private static let mostColumns = 40

  /// The elements in the range; nil where they are too wide for a table, or hold a text.
  init?(_ tree: XMLTree, _ names: XMLNameTable, from start: Int, to end: Int) {
    self.tree = tree
    self.names = names
    cells = XMLCells(tree: tree, names: names)
    range = start..<end
    var place = start
    while place < end {
      guard takeColumns(of: place) else { return nil }
      place = tree.nodes[place].end
    }
    guard !columns.isEmpty else { return nil }
  }

  /// Notes the columns of a record; a new one goes behind the one before it in the record.
  private mutating func takeColumns(of record: Int) -> Bool {
    var previous = -1
    var fits = true
    var walk = XMLRecordWalk(cells, record)
    while let node = walk.next(&paths) {
      fits = fits && tree.nodes[node.place].text.count <= XMLFormText.longestCell
      guard !node.isMark else { continue }
      if let column = columns.firstIndex(of: node.path) {
        previous = column
      } else {
        guard columns.count < Self.mostColumns else { return false }
        previous += 1
        columns.insert(node.path, at: previous)
        labels.insert(label(of: node.place, in: node.parent), at: previous)
      }
    }
    return fits
  }

  /// The label of a value, with that of the element around it where a column has it already.
  private func label(of node: Int, in parent: Int) -> String {
    let around = names.label(tree.nodes[parent].name)
    let isRecord = tree.nodes[parent].name == tree.nodes[range.lowerBound].name
    if names.role(tree.nodes[node].name) == .value, !isRecord { return around }
    let label = names.label(tree.nodes[node].name)
    return labels.contains(label) ? "\(around): \(label)" : label
  }

  func write(to text: inout [UInt8]) {
    append(labels, to: &text)
    var places = [Int?](repeating: nil, count: paths.count + 1)
    for (column, path) in columns.enumerated() { places[path] = column }
    var paths = paths
    var place = range.lowerBound
    while place < range.upperBound {
      var row = [String](repeating: "", count: columns.count)
      var previous = 0
      var walk = XMLRecordWalk(cells, place)
      while let node = walk.next(&paths) {
        if node.isMark {
          let mark = tree.value("id", of: node.place).map(XMLCells.mark) ?? ""
          row[previous] += row[previous].isEmpty ? mark : " " + mark
        } else if let column = places[node.path], let value = cells.cell(node.place) {
          previous = column
          guard !value.isEmpty else { continue }
          row[column] += row[column].isEmpty ? value : "; " + value
        }
      }
      text.append(0x0A)
      append(row, to: &text)
      place = tree.nodes[place].end
    }
  }

  private func append(_ cells: [String], to text: inout [UInt8]) {
    for (number, cell) in cells.enumerated() {
      if number > 0 { text.append(0x09) }
      text.append(contentsOf: cell.utf8)
    }
  }

  /// Numbers the ways from a record to the elements in it, from 1 on.
  private struct XMLRecordPaths {
    private struct Step: Hashable {
      var parent: Int
      var name: Int
    }

    private var numbers: [Step: Int] = [:]
    /// By number, the last step of the way, and the way that was asked for after it: records
    /// repeat.
    private var steps = [Step(parent: -1, name: -1)]
    private var followers = [0]
    private var last = 0

    var count: Int { numbers.count }

    mutating func number(parent: Int, name: Int) -> Int {
      let step = Step(parent: parent, name: name)
      var number = followers[last]
      if steps[number] != step {
        number = numbers[step] ?? 0
        if number == 0 {
          number = steps.count
          numbers[step] = number
          steps.append(step)
          followers.append(0)
        }
        followers[last] = number
      }
      last = number
      return number
    }
  }

  /// Goes over the values in a record.
  private struct XMLRecordWalk {
    private let cells: XMLCells
    private var place: Int
    private let end: Int
    private var open: [(node: Int, path: Int)]

    init(_ cells: XMLCells, _ record: Int) {
      self.cells = cells
      place = record + 1
      end = cells.tree.nodes[record].end
      open = [(record, 0)]
    }

    /// The next value, the element around it, and its way from the record.
    mutating func next(
      _ paths: inout XMLRecordPaths
    ) -> (place: Int, parent: Int, path: Int, isMark: Bool)? {
      while place < end {
        while let last = open.last, place >= cells.tree.nodes[last.node].end { open.removeLast() }
        guard let parent = open.last else { return nil }
        let node = place
        let name = cells.tree.nodes[node].name
        let role = cells.names.role(name)
        if role == .skipped || role == .footnoteMark {
          place = cells.tree.nodes[node].end
          if role == .skipped { continue }
          return (node, parent.node, 0, true)
        }
        let path = paths.number(parent: parent.path, name: name)
        guard let isEmpty = isEmpty(node) else {
          open.append((node, path))
          place += 1
          continue
        }
        place = cells.tree.nodes[node].end
        if !isEmpty { return (node, parent.node, path, false) }
      }
      return nil
    }

    /// Whether a node says nothing; nil where it has more than one value.
    private func isEmpty(_ node: Int) -> Bool? {
      // Most are text alone, of which no value has to be made.
      cells.tree.hasChildren(node)
        ? cells.cell(node)?.isEmpty : cells.tree.nodes[node].text.isEmpty
    }
  }
}
