/// Reads HTML into text: one pass over the bytes, no tree.
///
/// Inline tags are dropped without splitting words, block tags end lines, tables become rows of
/// cells. Scripts, styles, comments, elements with `display: none` and the hidden part of inline
/// XBRL are no text.
/// - Complexity: O(n), whatever the tags; memory is the text and a bounded stack.
struct HTMLReader {
  private let bytes: [UInt8]
  private var offset = 0
  private var text: HTMLText
  private var elements = HTMLElements()
  private var title: [UInt8]?
  private var isInTitle = false

  /// The element whose content is passed over, where it began and how many of its name are open.
  private var hidden: (key: UInt64, depth: Int, resume: Int)?
  /// After an element to be hidden that never ends, nothing more is hidden.
  private var hides = true
  /// After a script that never ends, only the tags of scripts are passed over.
  private var passesRaw = true
  /// After a quotation mark in a tag that never ends, a tag ends at the next `>`.
  private var trustsQuotes = true

  static func read(_ bytes: [UInt8]) -> Flow {
    var reader = HTMLReader(bytes)
    reader.readAll()
    let title = reader.title.map { String(decoding: $0, as: UTF8.self) }
    return reader.text.finish(title: title.flatMap(HTMLReader.cleanTitle))
  }

  private static func cleanTitle(_ title: String) -> String? {
    let words = title.split { $0.isWhitespace }.joined(separator: " ")
    return words.isEmpty || words.utf8.count > 300 ? nil : words
  }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    text = HTMLText(capacity: bytes.count / 4)
  }

  private mutating func readAll() {
    while true {
      readContent()
      // An element to be hidden that never ends was a mistake: read on behind its start.
      guard let lost = hidden else { return }
      hidden = nil
      hides = false
      offset = lost.resume
    }
  }

  private mutating func readContent() {
    while offset < bytes.count {
      if hidden != nil {
        offset = ByteScan.find(UInt8(ascii: "<"), in: bytes.span, offset, bytes.count)
      } else {
        readText()
      }
      guard offset < bytes.count else { return }
      if bytes[offset] == UInt8(ascii: "<") { readMarkup() } else { readReference() }
    }
  }

  /// Passes text up to the next `<` or `&`.
  private mutating func readText() {
    let start = offset
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "<"),
      bytes[offset] != UInt8(ascii: "&")
    { offset &+= 1 }
    guard start < offset else { return }
    if isInTitle {
      title?.append(contentsOf: bytes[start..<offset])
    } else {
      text.append(bytes, start..<offset)
    }
  }

  private mutating func readReference() {
    guard let reference = HTMLReference.read(bytes, offset) else {
      if isInTitle { title?.append(bytes[offset]) } else { text.append(bytes, offset..<offset + 1) }
      offset += 1
      return
    }
    offset = reference.end
    if isInTitle {
      title?.append(scalar: reference.code)
    } else {
      text.append(scalar: reference.code)
    }
  }

  // MARK: Tags

  private mutating func readMarkup() {
    let next = offset + 1 < bytes.count ? bytes[offset + 1] : 0
    if next.isLetter {
      readTag(isEnd: false)
    } else if next == UInt8(ascii: "/"), offset + 2 < bytes.count, bytes[offset + 2].isLetter {
      readTag(isEnd: true)
    } else if next == UInt8(ascii: "!") {
      passDeclaration()
    } else if next == UInt8(ascii: "?") || next == UInt8(ascii: "/") {
      offset = after(UInt8(ascii: ">"), offset + 1)
    } else {
      if hidden == nil { text.append(bytes, offset..<offset + 1) }
      offset += 1
    }
  }

  private func after(_ byte: UInt8, _ start: Int) -> Int {
    min(ByteScan.find(byte, in: bytes.span, start, bytes.count) + 1, bytes.count)
  }

  /// A comment ends with `-->`; where there is no such end, with the next `>`.
  private mutating func passDeclaration() {
    let start = offset
    let isComment =
      offset + 4 <= bytes.count && bytes[offset + 2] == UInt8(ascii: "-")
      && bytes[offset + 3] == UInt8(ascii: "-")
    guard isComment, let end = commentEnd(offset + 2) else {
      offset = after(UInt8(ascii: ">"), start)
      return
    }
    offset = end
  }

  private var noMoreComments = false

  private mutating func commentEnd(_ start: Int) -> Int? {
    if noMoreComments { return nil }
    var place = start
    while place < bytes.count {
      place = after(UInt8(ascii: ">"), place)
      if place >= start + 3, place <= bytes.count, bytes[place - 1] == UInt8(ascii: ">"),
        bytes[place - 2] == UInt8(ascii: "-"), bytes[place - 3] == UInt8(ascii: "-")
      {
        return place
      }
    }
    noMoreComments = true
    return nil
  }

  private mutating func readTag(isEnd: Bool) {
    var place = offset + (isEnd ? 2 : 1)
    var key: UInt64 = 0
    var length = 0
    while place < bytes.count, Self.isName(bytes[place]) {
      if length < 8 { key = key << 8 | UInt64(bytes[place].lowered) }
      length += 1
      place += 1
    }
    let end = tagEnd(place)
    let attributes = place..<max(place, end - 1)
    let isEmpty = attributes.last.map { bytes[$0] == UInt8(ascii: "/") } ?? false
    offset = end
    if hidden != nil {
      passHidden(key, isEnd: isEnd, isEmpty: isEmpty)
    } else if isEnd {
      close(key)
    } else {
      open(key, attributes, isEmpty: isEmpty)
    }
  }

  private static func isName(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-")
  }

  /// The place after the `>` of a tag; those in quotation marks do not count.
  private mutating func tagEnd(_ start: Int) -> Int {
    var place = start
    while place < bytes.count {
      let byte = bytes[place]
      if byte == UInt8(ascii: ">") { return place + 1 }
      if trustsQuotes, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"), place > start,
        bytes[place - 1] == UInt8(ascii: "=") || bytes[place - 1].isSpace
      {
        let close = ByteScan.find(byte, in: bytes.span, place + 1, bytes.count)
        if close == bytes.count {
          trustsQuotes = false
        } else {
          place = close
        }
      }
      place += 1
    }
    return bytes.count
  }

  private mutating func passHidden(_ key: UInt64, isEnd: Bool, isEmpty: Bool) {
    guard let open = hidden, open.key == key, !isEmpty else { return }
    if isEnd || HTMLTag.endsItself(key) {
      hidden?.depth -= 1
      if open.depth <= 1 { hidden = nil }
    } else {
      hidden?.depth += 1
    }
  }
}

// MARK: What tags do

extension HTMLReader {
  private mutating func open(_ key: UInt64, _ attributes: Range<Int>, isEmpty: Bool) {
    let tag = HTMLTag.of(key)
    let style = HTMLStyle(bytes, attributes)
    if hides, !isEmpty, tag != .void, style.isHidden || tag == .hidden {
      hidden = (key, 1, offset)
      return
    }
    switch tag {
    case .inline, .bold: break
    case .void:
      if key == HTMLTag.br { text.breakLine() }
      if key == HTMLTag.hr { text.breakLine(isParagraph: true) }
      return
    case .line: text.breakLine()
    case .paragraph, .heading: text.breakLine(isParagraph: true)
    case .table: text.openTable()
    case .row: text.startRow()
    case .cell: text.startCell()
    case .superscript: openSuperscript()
    case .preformatted:
      text.breakLine(isParagraph: true)
      text.isPreformatted = true
    case .title:
      if title == nil, !isEmpty {
        title = []
        isInTitle = true
      }
    case .raw, .hidden:
      if !isEmpty { passRaw(key) }
      return
    }
    if isEmpty { return }
    elements.open(key, isBold: style.isBold || tag == .bold || tag == .heading)
    text.isBold = elements.isBold
  }

  private mutating func close(_ key: UInt64) {
    let tag = HTMLTag.of(key)
    switch tag {
    case .inline, .bold, .superscript, .raw, .hidden, .void: break
    case .line: text.breakLine()
    case .paragraph: text.breakLine(isParagraph: true)
    case .heading: text.breakLine(isParagraph: true, isHeading: true)
    case .table: text.closeTable()
    case .row: break
    case .cell: text.endCell()
    case .preformatted:
      text.isPreformatted = false
      text.breakLine(isParagraph: true)
    case .title: isInTitle = false
    }
    elements.close(key)
    text.isBold = elements.isBold
  }

  /// Sets a raised mark of a note apart from the word before it; `30<sup>th</sup>` stays one word.
  private mutating func openSuperscript() {
    guard let last = text.endsInWord, offset + 1 < bytes.count else { return }
    let next = [bytes[offset].lowered, bytes[offset + 1].lowered]
    let isOrdinal =
      last.isDigit && ["st", "nd", "rd", "th"].contains { $0.utf8.elementsEqual(next) }
    if !isOrdinal { text.space() }
  }

  /// Passes over what stands between the tags of a script or a style.
  private mutating func passRaw(_ key: UInt64) {
    guard passesRaw else { return }
    var place = offset
    while place < bytes.count {
      place = ByteScan.find(UInt8(ascii: "<"), in: bytes.span, place, bytes.count)
      let name = place + 2
      if name < bytes.count, bytes[place + 1] == UInt8(ascii: "/"),
        HTMLTag.key(bytes[name..<min(name + 8, bytes.count)].prefix(while: Self.isName)) == key
      {
        offset = after(UInt8(ascii: ">"), name)
        return
      }
      place += 1
    }
    passesRaw = false
  }
}

/// The open elements, as far as they matter to whether text is bold.
struct HTMLElements {
  private var open: [(key: UInt64, isBold: Bool)] = []
  private var boldCount = 0

  /// Deeper elements are not kept.
  private static let deepest = 512
  /// An end tag is matched with one of so many innermost elements; others are strays.
  private static let reach = 16

  var isBold: Bool { boldCount > 0 }

  mutating func open(_ key: UInt64, isBold: Bool) {
    if HTMLTag.endsItself(key) { close(key) }
    guard open.count < Self.deepest else { return }
    open.append((key, isBold))
    if isBold { boldCount += 1 }
  }

  mutating func close(_ key: UInt64) {
    guard let index = open.suffix(Self.reach).lastIndex(where: { $0.key == key }) else { return }
    for element in open[index...] where element.isBold { boldCount -= 1 }
    open.removeSubrange(index...)
  }
}
