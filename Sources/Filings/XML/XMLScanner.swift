/// Makes a tree of XML, well-formed or not.
///
/// Declarations, comments and document types are passed over, so that no entity of a document is
/// ever expanded. End tags close the innermost element, whatever their name.
struct XMLScanner {
  private let bytes: [UInt8]
  private var tree = XMLTree()
  private var names = XMLNames()
  private var offset = 0
  /// The elements that are open.
  private var open: [Int] = []
  /// For each of them, whether it has an element in it.
  private var hasChildren: [Bool] = []
  /// How many attributes the last tag has.
  private var attributeCount = 0
  /// How many open elements are too deep to be kept.
  private var tooDeep = 0

  /// - Complexity: O(n).
  static func read(_ bytes: [UInt8]) -> XMLTree {
    var scanner = XMLScanner(bytes: bytes)
    scanner.scan()
    return scanner.tree
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
    tree.text.reserveCapacity(bytes.count / 4)
  }

  private mutating func scan() {
    while offset < bytes.count {
      let stop = ByteScan.find(UInt8(ascii: "<"), in: bytes.span, offset, bytes.count)
      addText(offset..<stop, decoding: true)
      offset = stop
      guard offset < bytes.count, readMarkup() else { break }
    }
    while !open.isEmpty { close() }
    tree.names = names.all
  }

  /// Reads what begins with `<`; false where there is nothing more to read.
  private mutating func readMarkup() -> Bool {
    switch offset + 1 < bytes.count ? bytes[offset + 1] : 0 {
    case UInt8(ascii: "/"):
      let end = ByteScan.find(UInt8(ascii: ">"), in: bytes.span, offset + 2, bytes.count)
      offset = min(end + 1, bytes.count)
      close()
    case UInt8(ascii: "!"): readDeclaration()
    case UInt8(ascii: "?"): offset = after("?>", from: offset + 2)
    case let next where Self.isName(next): return readTag()
    default:
      addText(offset..<offset + 1, decoding: false)
      offset += 1
    }
    return true
  }

  /// Reads what begins with `<!`: a comment, text in which nothing is markup, or a declaration.
  private mutating func readDeclaration() {
    let rest = bytes[offset...]
    if rest.starts(with: "<!--".utf8) {
      offset = after("-->", from: offset + 4)
    } else if rest.starts(with: "<![CDATA[".utf8) {
      let end = after("]]>", from: offset + 9)
      let isClosed = end <= bytes.count && bytes[..<end].suffix(3).elementsEqual("]]>".utf8)
      addText(offset + 9..<max(offset + 9, isClosed ? end - 3 : end), decoding: false)
      offset = end
    } else {
      passDeclaration()
    }
  }

  /// The place after the next `word`, else the end.
  private func after(_ word: String, from start: Int) -> Int {
    let word = Array(word.utf8)
    var place = min(start, bytes.count)
    while true {
      place = ByteScan.find(word[0], in: bytes.span, place, bytes.count)
      if place + word.count > bytes.count { return bytes.count }
      if bytes[place..<place + word.count].elementsEqual(word) { return place + word.count }
      place += 1
    }
  }

  /// Passes over `<!DOCTYPE …>` with what it has in brackets.
  private mutating func passDeclaration() {
    while offset < bytes.count, bytes[offset] != UInt8(ascii: ">") {
      offset = bytes[offset] == UInt8(ascii: "[") ? after("]", from: offset) : offset + 1
    }
    offset = min(offset + 1, bytes.count)
  }

  // MARK: Tags

  /// A letter, a digit, `_`, `-`, `.`, `:` or no ASCII: a bit for each byte, as every byte of a name
  /// asks.
  @inline(__always)
  private static func isName(_ byte: UInt8) -> Bool {
    let set: UInt64 = byte < 64 ? 0x07FF_6000_0000_0000 : 0x07FF_FFFE_87FF_FFFE
    return byte >= 0x80 || set &>> UInt64(byte & 63) & 1 != 0
  }

  /// Reads a start tag at `offset`; false where the tree is full.
  private mutating func readTag() -> Bool {
    guard tree.nodes.count < XMLTree.mostNodes else { return false }
    offset += 1
    openElement(readName())
    attributeCount = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: ">") || byte == UInt8(ascii: "<") { break }
      if Self.isName(byte) { readAttribute() } else { offset += 1 }
    }
    let isEmpty = offset < bytes.count && bytes[offset - 1] == UInt8(ascii: "/")
    if offset < bytes.count, bytes[offset] == UInt8(ascii: ">") { offset += 1 }
    if isEmpty { close() }
    return true
  }

  /// The name at `offset` without its prefix.
  private mutating func readName() -> Range<Int> {
    var start = offset
    while offset < bytes.count, Self.isName(bytes[offset]) {
      if bytes[offset] == UInt8(ascii: ":") { start = offset + 1 }
      offset += 1
    }
    return start..<offset
  }

  private mutating func readAttribute() {
    let start = offset
    let name = readName()
    while offset < bytes.count, bytes[offset].isSpace { offset += 1 }
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "=") else { return }
    offset += 1
    while offset < bytes.count, bytes[offset].isSpace { offset += 1 }
    guard offset < bytes.count else { return }
    let quote = bytes[offset]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return }
    let end = ByteScan.find(quote, in: bytes.span, offset + 1, bytes.count)
    let value = offset + 1..<end
    offset = min(end + 1, bytes.count)
    // Namespaces and places of schemas are no content.
    let isNamespace = bytes[start..<name.upperBound].starts(with: "xmlns".utf8)
    guard !isNamespace, name.lowerBound == start, tooDeep == 0 else { return }
    attributeCount += 1
    guard attributeCount <= XMLTree.mostAttributes else { return }
    openElement(name, isAttribute: true)
    guard tooDeep == 0 else { return close() }
    addText(value, decoding: true)
    close()
  }

  private mutating func openElement(_ name: Range<Int>, isAttribute: Bool = false) {
    guard open.count < XMLTree.deepest, tooDeep == 0 else {
      tooDeep += 1
      return
    }
    let place = tree.text.count
    if !hasChildren.isEmpty, !isAttribute { hasChildren[hasChildren.count - 1] = true }
    open.append(tree.nodes.count)
    hasChildren.append(false)
    let bytes = bytes
    let number = names.number(of: name, in: bytes.span)
    tree.nodes.append(
      .init(
        name: number, end: tree.nodes.count + 1, text: place..<place,
        isAttribute: isAttribute))
  }

  private mutating func close() {
    if tooDeep > 0 {
      tooDeep -= 1
    } else if let node = open.popLast() {
      hasChildren.removeLast()
      tree.nodes[node].end = tree.nodes.count
    }
  }

  // MARK: Text

  /// Adds text to the innermost open element, with one space for many.
  ///
  /// Text after a child element is a node without a name, as the text of a node is one range.
  private mutating func addText(_ range: Range<Int>, decoding: Bool) {
    guard let node = open.last, bytes[range].contains(where: { !$0.isSpace }),
      tree.text.count + range.count < XMLTree.longestText
    else { return }
    let isNew = hasChildren.last ?? false
    if isNew {
      guard tree.nodes.count < XMLTree.mostNodes, open.count < XMLTree.deepest else { return }
      openElement(range.lowerBound..<range.lowerBound)
    }
    let target = isNew ? tree.nodes.count - 1 : node
    var text = tree.nodes[target].text
    if text.isEmpty { text = tree.text.count..<tree.text.count }
    if !text.isEmpty, bytes[range.lowerBound].isSpace { tree.text.append(0x20) }
    append(range, decoding)
    var end = tree.text.count
    while end > text.lowerBound, tree.text[end - 1].isSpace { end -= 1 }
    tree.text.removeLast(tree.text.count - end)
    tree.nodes[target].text = text.lowerBound..<end
    if isNew { close() }
  }

  /// Where the run of bytes ends that are copied as they are.
  private func plainEnd(_ start: Int, _ end: Int) -> Int {
    let bytes = bytes.span
    var place = start
    while place < end, bytes[place] > 0x20, bytes[place] != UInt8(ascii: "&") { place &+= 1 }
    return place
  }

  private mutating func append(_ range: Range<Int>, _ decoding: Bool) {
    var place = range.lowerBound
    var isAfterSpace = true
    while place < range.upperBound {
      let plain = plainEnd(place, range.upperBound)
      if plain > place {
        tree.text.append(contentsOf: bytes[place..<plain])
        place = plain
        isAfterSpace = false
        continue
      }
      let byte = bytes[place]
      if byte == UInt8(ascii: "&"), decoding,
        let reference = XMLReference.read(bytes, place, range.upperBound)
      {
        tree.text.append(scalar: reference.code)
        place = reference.end
        isAfterSpace = false
        continue
      }
      place += 1
      if byte.isSpace || byte < 0x20 {
        if !isAfterSpace { tree.text.append(0x20) }
        isAfterSpace = true
      } else {
        tree.text.append(byte)
        isAfterSpace = false
      }
    }
  }
}
