/// What a tag does to the text.
enum HTMLTag: UInt8 {
  case inline, void, line, paragraph, heading, table, row, cell
  case bold, superscript, preformatted, title
  /// What is inside is no text: scripts, styles.
  case raw
  /// Hidden facts of inline XBRL.
  case hidden

  /// The first eight bytes of a name, small letters.
  static func key(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1.lowered) }
  }

  static func of(_ key: UInt64) -> HTMLTag { tags[key] ?? .inline }

  private static let tags: [UInt64: HTMLTag] = {
    let names: [(HTMLTag, String)] = [
      (.line, "div li dd dt form section article header footer nav aside address center option"),
      (.line, "fieldset legend figure figcaption main page caption body html noscript"),
      (.paragraph, "p ul ol dl blockquote"),
      (.heading, "h1 h2 h3 h4 h5 h6"),
      (.table, "table"), (.row, "tr"), (.cell, "td th"),
      (.bold, "b strong"), (.superscript, "sup"), (.preformatted, "pre"), (.title, "title"),
      (.raw, "script style xml textarea template svg"), (.hidden, "ix:header"),
      (.void, "br hr img input meta link col wbr area base embed source"),
    ]
    var tags: [UInt64: HTMLTag] = [:]
    for (tag, words) in names {
      for word in words.split(separator: " ") { tags[key(word.utf8)] = tag }
    }
    return tags
  }()

  static let br = key("br".utf8)
  static let hr = key("hr".utf8)
  static let p = key("p".utf8)

  /// Whether a new element of this name ends an open one: its end tag may be left out.
  static func endsItself(_ key: UInt64) -> Bool { selfEnding.contains(key) }

  private static let selfEnding: Set<UInt64> = Set(
    ["p", "td", "th", "tr", "li", "dd", "dt", "option"].map { key($0.utf8) })
}

/// What an element's style attribute says that matters to its text.
struct HTMLStyle {
  var isHidden = false
  var isBold = false

  /// Looks for `display: none` and for `font-weight: bold` or 600 and more.
  ///
  /// - Complexity: O(n), one pass.
  init(_ bytes: [UInt8], _ attributes: Range<Int>) {
    var offset = attributes.lowerBound
    let end = attributes.upperBound
    while offset < end {
      let letter = bytes[offset] | 0x20
      if letter == UInt8(ascii: "d"),
        let value = Self.value(of: Self.display, bytes, offset, end)
      {
        isHidden = isHidden || Self.matches(Self.none, bytes, value, end)
        offset = value
      } else if letter == UInt8(ascii: "f"),
        let value = Self.value(of: Self.fontWeight, bytes, offset, end)
      {
        isBold =
          Self.matches(Self.boldName, bytes, value, end)
          || (value < end && bytes[value] &- UInt8(ascii: "6") < 4)
        offset = value
      } else {
        offset &+= 1
      }
    }
  }

  private static let display = Array("display".utf8)
  private static let none = Array("none".utf8)
  private static let fontWeight = Array("font-weight".utf8)
  private static let boldName = Array("bold".utf8)

  /// Where the value begins of the property that begins at `offset`.
  private static func value(
    of property: [UInt8], _ bytes: [UInt8], _ offset: Int, _ end: Int
  ) -> Int? {
    guard matches(property, bytes, offset, end) else { return nil }
    var place = offset + property.count
    while place < end, bytes[place].isSpace { place += 1 }
    guard place < end, bytes[place] == UInt8(ascii: ":") else { return nil }
    place += 1
    while place < end, bytes[place].isSpace { place += 1 }
    return place
  }

  private static func matches(
    _ word: [UInt8], _ bytes: [UInt8], _ offset: Int, _ end: Int
  ) -> Bool {
    guard offset + word.count <= end else { return false }
    for index in word.indices where bytes[offset + index].lowered != word[index] { return false }
    return true
  }
}
