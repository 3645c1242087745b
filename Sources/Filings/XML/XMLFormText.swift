/// Writes the values of an XML form with their labels, as a reader of the form sees them.
///
/// A value is a row of label and value; a long one is a paragraph. An element with several values
/// is headed by its label. Elements that repeat are a table with a row each.
struct XMLFormText {
  private let tree: XMLTree
  private var names: XMLNameTable
  private(set) var flow = Flow()
  /// The elements that are open, each with the place before which its children have been found
  /// not to fit into a table.
  private var open: [(node: Int, listEnd: Int)] = []

  /// A value longer than this is a paragraph, in bytes.
  static let longestCell = 300

  /// - Complexity: O(n).
  static func write(_ tree: XMLTree, form: String?) -> Flow {
    var writer = XMLFormText(tree: tree, names: XMLNameTable(tree.names))
    if let form {
      let title = XMLCodes.title(ofForm: form)
      writer.addHeading(["Form \(form)", title].compactMap { $0 }.joined(separator: ": "))
    }
    writer.writeElements()
    return writer.flow
  }

  private init(tree: XMLTree, names: XMLNameTable) {
    self.tree = tree
    self.names = names
    flow.text.reserveCapacity(tree.text.count * 2)
  }

  private mutating func writeElements() {
    guard let root = tree.nodes.first else { return }
    open = [(0, 0)]
    var place = 1
    while place < root.end {
      while let last = open.last, place >= tree.nodes[last.node].end { open.removeLast() }
      place = writeElement(place)
    }
  }

  /// Writes a node; gives the next place to go on at: inside it, or after it.
  private mutating func writeElement(_ node: Int) -> Int {
    let reader = XMLCells(tree: tree, names: names)
    let end = tree.nodes[node].end
    switch names.role(tree.nodes[node].name) {
    case .skipped: return end
    case .footnotes:
      writeFootnotes(node)
      return end
    case .footnoteMark:
      addMark(tree.value("id", of: node))
      return end
    default: break
    }
    if let value = reader.cell(node) {
      add(label(of: node), value)
      return end
    }
    if node >= open.last?.listEnd ?? 0, let next = writeList(from: node) { return next }
    if reader.hasOnlyAttributes(node) {
      writeAttributes(node)
      return end
    }
    let isItem = names.role(tree.nodes[node].name) == .item
    if reader.rowCount(node) >= (isItem ? 1 : 2) { addHeading(names.label(tree.nodes[node].name)) }
    if let text = tree.text(node) { add(label(of: node), text) }
    open.append((node, 0))
    return node + 1
  }

  /// The label of a node; an element that is only a value has the label of the one around it.
  private func label(of node: Int) -> String {
    let name = tree.nodes[node].name
    if names.role(name) == .value, let around = open.last?.node {
      return names.label(tree.nodes[around].name)
    }
    return names.label(name)
  }

  /// A row of an element whose values are its attributes.
  private mutating func writeAttributes(_ node: Int) {
    let label = names.label(tree.nodes[node].name)
    let reader = XMLCells(tree: tree, names: names)
    let cells = tree.children(of: node).compactMap { child -> String? in
      guard let value = reader.cell(child), !value.isEmpty else { return nil }
      return names.label(tree.nodes[child].name) + ": " + value
    }
    if !cells.isEmpty { add(label, cells.joined(separator: "\t")) }
  }

  private mutating func writeFootnotes(_ node: Int) {
    guard tree.hasChildren(node) else { return }
    addHeading(names.label(tree.nodes[node].name))
    for note in tree.children(of: node) {
      guard let text = tree.text(note) else { continue }
      let mark = tree.value("id", of: note).map { XMLCells.mark($0) + " " } ?? ""
      addParagraph(mark + text)
    }
  }

  // MARK: Lists

  /// Writes elements of one name that follow each other as a table; gives the place after them.
  ///
  /// Nil where there is one element only, of no kind that is a list on paper, or where a table of
  /// them would be too wide or have a value that is a text.
  private mutating func writeList(from node: Int) -> Int? {
    let name = tree.nodes[node].name
    var last = node
    var count = 0
    let limit = open.last.map { tree.nodes[$0.node].end } ?? tree.nodes.count
    var place = node
    while place < limit, tree.nodes[place].name == name, tree.hasChildren(place) {
      last = place
      count += 1
      place = tree.nodes[place].end
    }
    guard count > 0 else { return nil }
    let listEnd = tree.nodes[last].end
    if !open.isEmpty { open[open.count - 1].listEnd = listEnd }
    guard count > 1 || names.role(name) == .record else { return nil }
    guard let table = XMLRecords(tree, names, from: node, to: listEnd) else { return nil }
    addHeading(names.label(name))
    let start = flow.text.count
    table.write(to: &flow.text)
    flow.blocks.append(.init(kind: .table, range: start..<flow.text.count))
    flow.text.append(0x0A)
    return listEnd
  }

  // MARK: Blocks

  private mutating func add(_ label: String, _ value: String) {
    guard !value.isEmpty else { return }
    if value.utf8.count > Self.longestCell {
      return addParagraph(label.isEmpty ? value : "\(label): \(value)")
    }
    let start = flow.text.count
    flow.text.append(contentsOf: label.utf8)
    if !label.isEmpty { flow.text.append(0x09) }
    flow.text.append(contentsOf: value.utf8)
    if let last = flow.blocks.last, last.kind == .table, last.range.upperBound + 1 == start {
      flow.blocks[flow.blocks.count - 1].range = last.range.lowerBound..<flow.text.count
    } else {
      flow.blocks.append(.init(kind: .table, range: start..<flow.text.count))
    }
    flow.text.append(0x0A)
  }

  /// Adds the mark of a footnote to the row before it.
  private mutating func addMark(_ id: String?) {
    guard let id, let last = flow.blocks.last, last.kind == .table else { return }
    let end = last.range.upperBound
    guard end + 1 == flow.text.count else { return }
    flow.text.removeLast()
    flow.text.append(contentsOf: " \(XMLCells.mark(id))".utf8)
    flow.blocks[flow.blocks.count - 1].range = last.range.lowerBound..<flow.text.count
    flow.text.append(0x0A)
  }

  private mutating func addHeading(_ text: String) {
    addBlock(.heading, text)
  }

  private mutating func addParagraph(_ text: String) {
    addBlock(.text, text)
    flow.text.append(0x0A)
  }

  private mutating func addBlock(_ kind: Flow.Block.Kind, _ text: String) {
    guard !text.isEmpty else { return }
    if !flow.text.isEmpty { flow.text.append(0x0A) }
    let start = flow.text.count
    flow.text.append(contentsOf: text.utf8)
    flow.blocks.append(.init(kind: kind, range: start..<flow.text.count))
    flow.text.append(0x0A)
  }
}
