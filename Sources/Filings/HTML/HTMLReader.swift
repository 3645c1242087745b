/// Reads HTML into text: one pass over the bytes, no tree.
///
/// Inline tags are dropped without splitting words, block tags end lines, tables become rows of
/// cells. Scripts, styles, comments, what is not displayed and the hidden part of inline XBRL are
/// no text; neither are the heads and feet of pages that repeat themselves.
/// - Complexity: O(n), whatever the tags; memory is the text and a bounded stack.
struct HTMLReader: ~Copyable {
  private let bytes: HTMLBytes
  private let tags = HTMLTags.known
  private var offset = 0
  private var text: HTMLText
  private var elements = HTMLElements()
  private var memory = HTMLTagMemory()
  private var title: [UInt8]?
  private var isInTitle = false
  /// Whether the text at this place cannot be seen.
  private var isInvisible = false
  /// Whether tags of inline XBRL were seen: in such documents white text on white hides facts.
  private var isInlineXBRL = false

  /// The element whose content is passed over, where it began and how many of its name are open.
  private var hidden: (key: UInt64, depth: Int, resume: Int)?
  /// After an element to be hidden that never ends, nothing more is hidden.
  private var hides = true
  /// After a script that never ends, only the tags of scripts are passed over.
  private var passesRaw = true
  /// After a quotation mark in a tag that never ends, a tag ends at the next `>`.
  private var trustsQuotes = true
  private var noMoreComments = false
  /// Whether styles may make text invisible that is not taken out as a whole.
  private let believesStyles: Bool

  static func read(_ source: SourceText) -> Flow {
    HTMLBytes.withBytes(source) { view in
      if let flow = read(view, believingStyles: true) { return flow }
      // An element with invisible text that never ends was a mistake.
      return read(view, believingStyles: false) ?? Flow()
    }
  }

  /// Nil where styles are believed and an element with invisible text never ends.
  private static func read(_ bytes: HTMLBytes, believingStyles: Bool) -> Flow? {
    var reader = HTMLReader(bytes, believesStyles: believingStyles)
    reader.readAll()
    if believingStyles, reader.elements.hasInvisible { return nil }
    let title = reader.title.map { String(decoding: $0, as: UTF8.self) }
    return reader.text.finish(title: title.flatMap(cleanTitle))
  }

  private static func cleanTitle(_ title: String) -> String? {
    let words = title.split { $0.isWhitespace }.joined(separator: " ")
    return words.isEmpty || words.utf8.count > 300 ? nil : words
  }

  private init(_ bytes: HTMLBytes, believesStyles: Bool) {
    self.bytes = bytes
    self.believesStyles = believesStyles
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
        offset = bytes.find(UInt8(ascii: "<"), offset)
        if offset < bytes.count { readMarkup() }
      } else if bytes[offset] == UInt8(ascii: "<") {
        readMarkup()
      } else if isInTitle || isInvisible {
        passText()
      } else if bytes[offset] == UInt8(ascii: "&") {
        readReference()
      } else {
        offset = text.append(bytes, offset)
      }
    }
  }

  private mutating func readReference() {
    if let reference = HTMLReference.read(bytes, offset) {
      offset = reference.end
      text.append(scalar: reference.code)
    } else {
      offset += 1
      text.append(scalar: UInt32(UInt8(ascii: "&")))
    }
  }

  /// Passes text up to the next tag that is invisible, or belongs to the title.
  private mutating func passText() {
    let end = bytes.find(UInt8(ascii: "<"), offset)
    if !isInTitle, isForReading(end - offset) {
      isInvisible = false
      return
    }
    // Except for what is too small to be seen, invisible text takes its place in the line.
    if !isInTitle, end > offset, !elements.look.contains(.zeroSize) { text.space() }
    while offset < end, isInTitle {
      if bytes[offset] == UInt8(ascii: "&"), let reference = HTMLReference.read(bytes, offset) {
        title?.append(scalar: reference.code)
        offset = reference.end
      } else {
        title?.append(bytes[offset])
        offset += 1
      }
    }
    offset = max(offset, end)
  }

  /// Whether text of so many bytes that is white on white says in words what a picture shows, which
  /// is longer than a fact that is hidden so.
  private func isForReading(_ byteCount: Int) -> Bool {
    byteCount >= 100 && elements.look.isDisjoint(with: [.invisible, .zeroSize])
  }

  // MARK: Markup

  private mutating func readMarkup() {
    let next = bytes[offset &+ 1]
    if next.isLetter {
      readTag(isEnd: false)
    } else if next == UInt8(ascii: "/"), bytes[offset &+ 2].isLetter {
      readTag(isEnd: true)
    } else if next == UInt8(ascii: "!") {
      passDeclaration()
    } else if next == UInt8(ascii: "?") || next == UInt8(ascii: "/") {
      offset = after(UInt8(ascii: ">"), offset + 1)
    } else {
      if hidden == nil, !isInvisible { text.append(scalar: UInt32(UInt8(ascii: "<"))) }
      offset += 1
    }
  }

  private func after(_ byte: UInt8, _ start: Int) -> Int {
    min(bytes.find(byte, start) + 1, bytes.count)
  }

  /// A comment ends with `-->`; where there is no such end, with the next `>`.
  private mutating func passDeclaration() {
    let isComment =
      bytes[offset + 2] == UInt8(ascii: "-") && bytes[offset + 3] == UInt8(ascii: "-")
    offset = isComment ? commentEnd(offset + 2) : after(UInt8(ascii: ">"), offset)
  }

  private mutating func commentEnd(_ start: Int) -> Int {
    if noMoreComments { return after(UInt8(ascii: ">"), start) }
    var place = start
    while place < bytes.count {
      place = after(UInt8(ascii: ">"), place)
      // The dashes that open a comment may close it, too: `<!-->` is one.
      if bytes[place - 1] == UInt8(ascii: ">"), place >= start + 3,
        bytes[place - 2] == UInt8(ascii: "-"), bytes[place - 3] == UInt8(ascii: "-")
      {
        return place
      }
    }
    noMoreComments = true
    return after(UInt8(ascii: ">"), start)
  }

  private mutating func readTag(isEnd: Bool) {
    let (key, place) = bytes.name(offset &+ (isEnd ? 2 : 1))
    if hidden != nil {
      passHidden(key, place, isEnd: isEnd)
    } else if isEnd {
      offset = bytes[place] == UInt8(ascii: ">") ? place &+ 1 : attributes(place).end
      close(key)
    } else {
      open(key, place)
    }
  }

  private mutating func attributes(_ place: Int) -> HTMLAttributes {
    HTMLAttributes.read(bytes, place, &memory, &trustsQuotes)
  }

  /// Looks for the end of the hidden element at the tag whose name ends at `place`.
  private mutating func passHidden(_ key: UInt64, _ place: Int, isEnd: Bool) {
    guard let open = hidden, open.key == key else {
      offset = attributes(place).end
      return
    }
    if !isEnd, open.depth == 1, tags[key].endsItself {
      hidden = nil
      return self.open(key, place)
    }
    let found = attributes(place)
    offset = found.end
    if found.isEmpty { return }
    hidden?.depth += isEnd ? -1 : 1
    if isEnd, open.depth <= 1 { hidden = nil }
  }
}

// MARK: What tags do

extension HTMLReader {
  /// Opens the element whose name ends at `place`.
  private mutating func open(_ key: UInt64, _ place: Int) {
    let entry = tags[key]
    let found = attributes(place)
    offset = found.end
    if key &>> 40 == 0x69783A || key &>> 24 & 0xFFFFFF == 0x69783A { isInlineXBRL = true }
    if entry.endsItself, let ends = elements.close(entry, key) { finish(ends) }
    if hides, !found.isEmpty, entry.tag != .void,
      found.style.contains(.hidden) || entry.tag == .hidden
    {
      hidden = (key, 1, offset)
      return
    }
    start(entry.tag, key, found)
    if found.isEmpty || entry.tag == .void || entry.tag == .raw { return }
    var look = found.style.look(in: elements.look)
    if entry.tag == .bold || entry.tag == .heading { look.insert(.bold) }
    var style = found.style
    if entry.tag == .superscript { style.insert(.raised) }
    setMarkApart(style)
    elements.open(entry, key, look, style)
    show(look)
  }

  /// What the start of an element does to the text.
  private mutating func start(_ tag: HTMLTag, _ key: UInt64, _ found: HTMLAttributes) {
    if !found.style.isDisjoint(with: [.breaksBefore, .apart, .block, .box]) {
      if found.style.contains(.breaksBefore) { text.breakPage() }
      if found.style.contains(.block) { text.breakLine() }
      text.space()
    }
    switch tag {
    case .inline, .bold, .superscript, .hidden: break
    case .void: startVoid(key, found.style)
    case .line: if !found.style.contains(.inline) { text.breakLine() }
    case .paragraph: if !found.style.contains(.inline) { text.breakLine(isParagraph: true) }
    case .heading: text.breakLine(isParagraph: true)
    case .page: text.breakPage()
    case .table: text.openTable()
    case .row: text.startRow()
    case .cell: text.startCell()
    case .preformatted:
      text.breakLine(isParagraph: true)
      text.isPreformatted = true
    case .title:
      if title == nil, !found.isEmpty {
        title = []
        isInTitle = true
      }
    case .raw: if !found.isEmpty { passRaw(key) }
    }
  }

  private mutating func startVoid(_ key: UInt64, _ style: HTMLStyle) {
    if key == HTMLTags.br { text.breakLine() }
    if key == HTMLTags.hr { text.breakPage(isRule: true) }
    if style.contains(.breaksAfter) { text.breakPage() }
  }

  private mutating func close(_ key: UInt64) {
    let entry = tags[key]
    // With a document ends all that is open; what was left open by mistake shows at the end.
    if key == HTMLTags.body || key == HTMLTags.html { return text.breakLine() }
    let ends = elements.close(entry, key)
    switch entry.tag {
    case .inline, .bold, .superscript, .raw, .hidden, .void, .row: break
    case .line: if !(ends?.contains(.inline) ?? false) { text.breakLine() }
    case .paragraph:
      if !(ends?.contains(.inline) ?? false) { text.breakLine(isParagraph: true) }
    case .heading: text.breakLine(isParagraph: true, isHeading: true)
    case .page: text.breakPage()
    case .table: text.closeTable()
    case .cell: text.endCell()
    case .preformatted:
      text.isPreformatted = false
      text.breakLine(isParagraph: true)
    case .title: isInTitle = false
    }
    if let ends { finish(ends) }
  }

  /// Does what styles ask for at the end of an element; the one around it shows again.
  private mutating func finish(_ ends: HTMLStyle) {
    if !ends.isDisjoint(with: [.raised, .lifted, .breaksAfter, .block, .box]) {
      if ends.contains(.box) { text.space() }
      setMarkApart(ends)
      if ends.contains(.block) { text.breakLine() }
      if ends.contains(.breaksAfter) { text.breakPage() }
    }
    show(elements.look)
  }

  private mutating func show(_ look: HTMLLook) {
    text.setBold(look.contains(.bold))
    text.isSigns = look.contains(.signs)
    isInvisible =
      believesStyles && !look.isDisjoint(with: [.invisible, .zeroSize, .white])
      && (!look.isDisjoint(with: [.invisible, .zeroSize])
        || isInlineXBRL && !look.contains(.onColor))
  }

  private mutating func setMarkApart(_ style: HTMLStyle) {
    if style.contains(.raised) {
      text.setApart(.raised)
    } else if style.contains(.lifted) {
      text.setApart(.lifted)
    }
  }

  /// Passes over what stands between the tags of a script or a style.
  private mutating func passRaw(_ key: UInt64) {
    guard passesRaw else { return }
    var place = offset
    while true {
      place = bytes.find(UInt8(ascii: "<"), place)
      guard place < bytes.count else { break }
      if bytes[place + 1] == UInt8(ascii: "/"), key == bytes.name(place + 2).key {
        offset = after(UInt8(ascii: ">"), place + 2)
        return
      }
      place += 1
    }
    passesRaw = false
  }
}
