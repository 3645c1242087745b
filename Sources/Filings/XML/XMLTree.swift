/// The elements of an XML document in the order of their start tags.
///
/// Attributes are nodes like child elements; namespaces' prefixes are left out. Elements deeper
/// than `deepest` count as children of the deepest one that is kept.
struct XMLTree {
  struct Node {
    // Four numbers of four bytes, as there may be a node for every few bytes of the file; the bounds
    // of `XMLTree` keep them from overflowing.
    private var nameAndKind: UInt32
    private var endPlace: UInt32
    private var textStart: UInt32
    private var textCount: UInt32

    init(name: Int, end: Int, text: Range<Int>, isAttribute: Bool) {
      nameAndKind = UInt32(name) << 1 | (isAttribute ? 1 : 0)
      endPlace = UInt32(end)
      textStart = UInt32(text.lowerBound)
      textCount = UInt32(text.count)
    }

    /// A place in `names`.
    var name: Int { Int(nameAndKind >> 1) }
    var isAttribute: Bool { nameAndKind & 1 == 1 }
    /// The node after the last one inside this one: children of `n` begin at `n + 1`, and the one
    /// after child `c` is `nodes[c].end`.
    var end: Int {
      get { Int(endPlace) }
      set { endPlace = UInt32(newValue) }
    }
    /// What stands in it before its first child element, without space at both ends; bytes of
    /// `text`.
    var text: Range<Int> {
      get { Int(textStart)..<Int(textStart) + Int(textCount) }
      set { (textStart, textCount) = (UInt32(newValue.lowerBound), UInt32(newValue.count)) }
    }
  }

  var nodes: [Node] = []
  var names: [String] = []
  /// Decoded text; runs of space in it are one space.
  var text: [UInt8] = []

  static let deepest = 64
  /// Nodes beyond so many are not kept: a bound for hostile files.
  static let mostNodes = 4_000_000
  /// Text beyond so many bytes is not kept, nor attributes of one element beyond so many: bounds for
  /// hostile files.
  static let longestText = Int(UInt32.max)
  static let mostAttributes = 1000
  /// Names beyond so many different ones are empty: a bound for hostile files.
  static let mostNames = 5_000

  func name(_ node: Int) -> String { names[nodes[node].name] }

  /// Children that are elements or attributes.
  func children(of node: Int) -> XMLChildren { XMLChildren(self, node) }

  func hasChildren(_ node: Int) -> Bool { nodes[node].end > node + 1 }

  func text(_ node: Int) -> String? {
    let range = nodes[node].text
    return range.isEmpty ? nil : String(decoding: text[range], as: UTF8.self)
  }

  func child(_ name: String, of node: Int) -> Int? {
    children(of: node).first { self.name($0) == name }
  }

  /// The text of the child of that name, or of that one's child `value`.
  func value(_ name: String, of node: Int) -> String? {
    guard let child = child(name, of: node) else { return nil }
    return text(child) ?? self.child("value", of: child).flatMap { text($0) }
  }
}

/// Goes over the children of a node.
struct XMLChildren: Sequence, IteratorProtocol {
  private let tree: XMLTree
  private var place: Int
  private let end: Int

  init(_ tree: XMLTree, _ node: Int) {
    self.tree = tree
    place = node + 1
    end = tree.nodes[node].end
  }

  mutating func next() -> Int? {
    guard place < end else { return nil }
    defer { place = tree.nodes[place].end }
    return place
  }
}
