/// What a tag does to the text.
enum HTMLTag: UInt8 {
  case inline, void, line, paragraph, heading, table, row, cell
  case bold, superscript, preformatted, title, page
  /// What is inside is no text: scripts, styles.
  case raw
  /// No part of what is read: hidden facts of inline XBRL, and what it excludes from its facts,
  /// which is the heads and feet of pages that stand in the middle of a note.
  case hidden
}

/// The names of tags that mean something.
struct HTMLTags {
  struct Entry {
    var key: UInt64
    var tag: HTMLTag
    /// Whether a new element of this name ends an open one: its end tag may be left out.
    var endsItself: Bool
  }

  /// A table by `slot`; a name is in the first free place from its slot on.
  private let entries: [Entry]
  private static let other = Entry(key: 0, tag: .inline, endsItself: false)

  /// What a name stands for, by its key: its first eight bytes, small letters.
  @inline(__always)
  subscript(_ key: UInt64) -> Entry {
    var slot = Self.slot(key)
    while true {
      let entry = entries[slot]
      if entry.key == key { return entry }
      if entry.key == 0 { return Self.other }
      slot = (slot &+ 1) & 255
    }
  }

  @inline(__always)
  private static func slot(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> 56)
  }

  static let known = HTMLTags()

  private init() {
    var entries = [Entry](repeating: Self.other, count: 256)
    for (tag, words) in Self.names {
      for word in words.split(separator: " ") {
        let key = Self.key(word)
        var slot = Self.slot(key)
        while entries[slot].key != 0 { slot = (slot + 1) & 255 }
        entries[slot] = Entry(key: key, tag: tag, endsItself: Self.selfEnding.contains(word))
      }
    }
    self.entries = entries
  }

  static func key(_ name: Substring) -> UInt64 {
    name.utf8.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static let names: [(HTMLTag, String)] = [
    (.line, "div li dd dt form section article header footer nav aside address center option"),
    (.line, "fieldset legend figure figcaption main caption body html noscript textarea"),
    (.paragraph, "p ul ol dl blockquote"),
    (.heading, "h1 h2 h3 h4 h5 h6"),
    (.table, "table"), (.row, "tr"), (.cell, "td th"),
    (.bold, "b strong"), (.superscript, "sup"), (.preformatted, "pre"), (.title, "title"),
    (.page, "page"),
    (.raw, "script style xml template svg"), (.hidden, "ix:header ix:exclude"),
    (.void, "br hr img input meta link col wbr area base embed source"),
  ]

  private static let selfEnding: Set<Substring> = [
    "p", "td", "th", "tr", "li", "dd", "dt", "option",
  ]

  static let br = key("br")
  static let hr = key("hr")
  static let body = key("body")
  static let html = key("html")
}

/// The elements that are open at some place, as far as they matter to the text in them.
struct HTMLElements {
  private struct Element {
    var key: UInt64
    var scope: UInt8
    var look: HTMLLook
    var style: HTMLStyle
  }

  private var open: [Element] = []

  /// Deeper elements are not kept.
  private static let deepest = 512
  /// An end tag is matched with one of so many innermost elements; others are strays.
  private static let reach = 16

  /// How the text looks that stands here.
  var look: HTMLLook { open.last?.look ?? [] }

  /// Whether an element is open that makes its text invisible.
  var hasInvisible: Bool { open.contains { $0.look.contains(.invisible) } }

  mutating func open(_ entry: HTMLTags.Entry, _ key: UInt64, _ look: HTMLLook, _ style: HTMLStyle) {
    guard open.count < Self.deepest else { return }
    open.append(Element(key: key, scope: Self.scope(entry.tag), look: look, style: style))
  }

  /// Ends the innermost element of the name and all in it; gives what their styles ask for at their
  /// ends. Nil where none is open inside of the cell or table around.
  @inline(__always)
  mutating func close(_ entry: HTMLTags.Entry, _ key: UInt64) -> HTMLStyle? {
    if let last = open.last, last.key == key {
      open.removeLast()
      return last.style
    }
    return closeOuter(Self.scope(entry.tag), key)
  }

  private mutating func closeOuter(_ scope: UInt8, _ key: UInt64) -> HTMLStyle? {
    var index = open.count - 1
    let lowest = max(0, open.count - Self.reach)
    var ends: HTMLStyle = []
    while index >= lowest, open[index].key != key {
      if open[index].scope > scope { return nil }
      ends.formUnion(open[index].style.intersection(.ends))
      index -= 1
    }
    guard index >= lowest else { return nil }
    ends.formUnion(open[index].style)
    open.removeSubrange(index...)
    return ends
  }

  /// Tags of text do not end cells, and those of cells do not end tables.
  private static func scope(_ tag: HTMLTag) -> UInt8 {
    switch tag {
    case .table: 2
    case .row, .cell: 1
    default: 0
    }
  }
}
