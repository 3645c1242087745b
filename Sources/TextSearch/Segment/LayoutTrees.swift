/// The prefix codes of the gap numbers, one for each class of neighbours.
///
/// Leaves are gap numbers from 1; leaf 0 is the escape, which every tree has.
struct LayoutTrees: Equatable {
  /// Two children for each node, the one of bit 0 first: a node number, or `~leaf`.
  private(set) var children: [Int32]
  /// The root of each class: a node number, or `~0` when the tree is the escape alone.
  private(set) var roots: [Int32]
  /// By class and gap number below `listedGaps`: the code, left-aligned in the high half, and its
  /// length in the low half. An unlisted number has the code of the escape.
  private(set) var codes: [UInt64]

  var nodeCount: Int { children.count / 2 }

  /// The numbers in each class that get a leaf, and how often they occur; the escape is `[0]`.
  init(leaves: [[(gap: Int, count: Int)]]) {
    (children, roots, codes) = ([], [], [])
    children = [Int32](repeating: 0, count: 2 * LayoutPlan.escapeNodes)
    for list in leaves { roots.append(append(Self.huffman(list))) }
    fillCodes()
  }

  private indirect enum Tree {
    case leaf(Int)
    case node(Tree, Tree)
  }

  /// Two queues: leaves by falling count and merged trees in the order of their making.
  private static func huffman(_ list: [(gap: Int, count: Int)]) -> Tree {
    var leaves = list.sorted { ($0.count, $0.gap) > ($1.count, $1.gap) }
      .map { (Tree.leaf($0.gap), $0.count) }
    var merged: [(Tree, Int)] = []
    var head = 0
    func take() -> (Tree, Int) {
      if let leaf = leaves.last, head == merged.count || leaf.1 <= merged[head].1 {
        leaves.removeLast()
        return leaf
      }
      head += 1
      return merged[head - 1]
    }
    while leaves.count + merged.count - head > 1 {
      let rare = take()
      let frequent = take()
      merged.append((.node(frequent.0, rare.0), rare.1 + frequent.1))
    }
    return take().0
  }

  /// Numbers the nodes of `tree` in preorder; a tree has at most `maximumLeaves` levels.
  private mutating func append(_ tree: Tree) -> Int32 {
    guard case .node(let zero, let one) = tree else {
      if case .leaf(let gap) = tree { return ~Int32(gap) }
      return ~0
    }
    let number = children.count / 2
    children += [0, 0]
    children[2 * number] = append(zero)
    children[2 * number + 1] = append(one)
    return Int32(number)
  }

  // MARK: Bytes

  /// Each tree in preorder: 0 for a node, then its two children; leaf + 1 for a leaf.
  func write(to writer: inout ByteWriter) {
    for root in roots {
      var open = [root]
      while let item = open.popLast() {
        writer.varint(item < 0 ? Int(~item) + 1 : 0)
        if item >= 0 { open += [children[2 * Int(item) + 1], children[2 * Int(item)]] }
      }
    }
  }

  /// Reads what `write` wrote: trees of at most `maximumLeaves` leaves and 31 levels.
  init(_ reader: inout SectionReader, of section: Section) throws(IndexError) {
    (children, roots, codes) = ([], [], [])
    children = [Int32](repeating: 0, count: 2 * LayoutPlan.escapeNodes)
    for _ in 0..<LayoutPlan.classes { try readTree(&reader, of: section) }
    fillCodes()
  }

  private mutating func readTree(_ reader: inout SectionReader, of section: Section)
    throws(IndexError)
  {
    let limit = children.count / 2 + LayoutPlan.maximumLeaves - 1
    var slots: [(place: Int, depth: Int)] = [(-1, 0)]
    while let (place, depth) = slots.popLast() {
      let item = try reader.varint(upTo: LayoutPlan.listedGaps)
      var child = ~Int32(item - 1)
      if item == 0 {
        let node = children.count / 2
        guard depth < 31, node < limit else {
          throw section.damaged(at: reader.offset, "a gap code that is too large")
        }
        child = Int32(node)
        children += [0, 0]
        slots += [(2 * node + 1, depth + 1), (2 * node, depth + 1)]
      }
      if place < 0 { roots.append(child) } else { children[place] = child }
    }
  }

  private mutating func fillCodes() {
    codes = [UInt64](repeating: 0, count: LayoutPlan.classes * LayoutPlan.listedGaps)
    for (number, root) in roots.enumerated() {
      let first = number * LayoutPlan.listedGaps
      var listed = [Bool](repeating: false, count: LayoutPlan.listedGaps)
      var open: [(item: Int32, code: UInt64)] = [(root, 0)]
      while let (item, code) = open.popLast() {
        guard item >= 0 else {
          codes[first + Int(~item)] = code
          listed[Int(~item)] = true
          continue
        }
        let next = code + 1
        let bit = 1 &<< (UInt64(63) - (code & 63))
        open += [(children[2 * Int(item)], next), (children[2 * Int(item) + 1], next | bit)]
      }
      for gap in listed.indices where !listed[gap] { codes[first + gap] = codes[first] }
    }
  }
}
