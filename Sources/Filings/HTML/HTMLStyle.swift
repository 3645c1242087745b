/// How text looks, as far as it says whether it is read and whether it is a heading.
///
/// An element has it from the one around it, changed by its own style.
struct HTMLLook: OptionSet {
  let rawValue: UInt8

  static let bold = HTMLLook(rawValue: 1)
  /// `visibility: hidden`.
  static let invisible = HTMLLook(rawValue: 2)
  /// `font-size: 0`.
  static let zeroSize = HTMLLook(rawValue: 4)
  static let white = HTMLLook(rawValue: 8)
  /// On a background that is not white.
  static let onColor = HTMLLook(rawValue: 16)
  /// In a font whose letters are signs: boxes, ticks, bullets.
  static let signs = HTMLLook(rawValue: 32)
}

/// What the attributes of a tag say that matters to the text in it.
struct HTMLStyle: OptionSet {
  let rawValue: UInt32

  /// `display: none`, or the attribute `hidden`.
  static let hidden = HTMLStyle(rawValue: 1 << 0)
  static let bold = HTMLStyle(rawValue: 1 << 1)
  static let notBold = HTMLStyle(rawValue: 1 << 2)
  static let invisible = HTMLStyle(rawValue: 1 << 3)
  static let visible = HTMLStyle(rawValue: 1 << 4)
  static let zeroSize = HTMLStyle(rawValue: 1 << 5)
  static let someSize = HTMLStyle(rawValue: 1 << 6)
  static let white = HTMLStyle(rawValue: 1 << 7)
  static let notWhite = HTMLStyle(rawValue: 1 << 8)
  static let onColor = HTMLStyle(rawValue: 1 << 9)
  static let signs = HTMLStyle(rawValue: 1 << 10)
  static let notSigns = HTMLStyle(rawValue: 1 << 11)
  /// `display: inline`: ends no line whatever the tag.
  static let inline = HTMLStyle(rawValue: 1 << 12)
  /// `display: block`: ends lines whatever the tag.
  static let block = HTMLStyle(rawValue: 1 << 13)
  static let breaksBefore = HTMLStyle(rawValue: 1 << 14)
  static let breaksAfter = HTMLStyle(rawValue: 1 << 15)
  /// Above the line, as the mark of a footnote.
  static let raised = HTMLStyle(rawValue: 1 << 16)
  /// Drawn above its place in the line.
  static let lifted = HTMLStyle(rawValue: 1 << 18)
  /// `display: inline-flex`: a box of its own in the line, as the number of an item in a list.
  static let box = HTMLStyle(rawValue: 1 << 19)
  /// Set apart from what stands before it by more than a space, or put somewhere else.
  static let apart = HTMLStyle(rawValue: 1 << 17)

  /// What is to be done at the end of an element, too.
  static let ends: HTMLStyle = [.breaksAfter, .raised, .lifted, .box]

  /// The look of an element in one that looks like `look`.
  @inline(__always)
  func look(in look: HTMLLook) -> HTMLLook {
    if isEmpty { return look }
    var look = look
    change(&look, .bold, on: .bold, off: .notBold)
    change(&look, .invisible, on: .invisible, off: .visible)
    change(&look, .zeroSize, on: .zeroSize, off: .someSize)
    change(&look, .white, on: .white, off: .notWhite)
    change(&look, .signs, on: .signs, off: .notSigns)
    if contains(.onColor) { look.insert(.onColor) }
    return look
  }

  @inline(__always)
  private func change(_ look: inout HTMLLook, _ part: HTMLLook, on: HTMLStyle, off: HTMLStyle) {
    if contains(on) { look.insert(part) } else if contains(off) { look.remove(part) }
  }
}

// MARK: Reading

extension HTMLStyle {
  /// Reads the declarations of a style attribute.
  ///
  /// - Complexity: O(n).
  init(_ bytes: HTMLBytes, _ range: Range<Int>) {
    self = []
    var place = range.lowerBound
    while place < range.upperBound {
      let end = bytes.find(UInt8(ascii: ";"), place, before: range.upperBound)
      while place < end, bytes[place].isSpace { place &+= 1 }
      var colon = place
      while colon < end, bytes[colon] != UInt8(ascii: ":") { colon &+= 1 }
      var value = colon &+ 1
      while value < end, bytes[value].isSpace { value &+= 1 }
      if value < end { take(HTMLWord(bytes, place..<colon), HTMLWord(bytes, value..<end)) }
      place = end &+ 1
    }
  }

  private mutating func take(_ name: HTMLWord, _ value: HTMLWord) {
    switch name.first {
    case UInt8(ascii: "d") where name.starts(with: "display"): takeDisplay(value)
    case UInt8(ascii: "v") where name.starts(with: "visibility"):
      formUnion(value.starts(with: "hidden") ? .invisible : .visible)
    case UInt8(ascii: "v") where name.starts(with: "vertical-align"):
      if value.starts(with: "super") { insert(.raised) }
    case UInt8(ascii: "f"): takeFont(name, value)
    case UInt8(ascii: "c") where name.starts(with: "color"):
      formUnion(Self.isWhite(value) ? .white : .notWhite)
    case UInt8(ascii: "b") where name.starts(with: "background"):
      if !Self.isNoColor(value) { insert(.onColor) }
    case UInt8(ascii: "b"), UInt8(ascii: "p"): takePlace(name, value)
    case UInt8(ascii: "t") where name.starts(with: "top"):
      if value.first == UInt8(ascii: "-") { insert(.lifted) }
    default: break
    }
  }

  private mutating func takeDisplay(_ value: HTMLWord) {
    if value.starts(with: "none") {
      insert(.hidden)
    } else if value.starts(with: "inline") {
      formUnion(value.starts(with: "inline-flex") ? [.inline, .box] : .inline)
    } else if value.starts(with: "block") {
      insert(.block)
    }
  }

  private mutating func takeFont(_ name: HTMLWord, _ value: HTMLWord) {
    if name.starts(with: "font-weight") {
      let isBold = value.starts(with: "bold") || value.first &- UInt8(ascii: "6") < 4
      formUnion(isBold ? .bold : .notBold)
    } else if name.starts(with: "font-size") {
      formUnion(value.isZero ? .zeroSize : .someSize)
    } else if name.starts(with: "font-family") {
      formUnion(value.contains("wingdings") ? .signs : .notSigns)
    } else if name.isEqual("font") {
      if value.contains("bold") { insert(.bold) }
      formUnion(value.contains("wingdings") ? [.signs, .someSize] : [.notSigns, .someSize])
    }
  }

  private mutating func takePlace(_ name: HTMLWord, _ value: HTMLWord) {
    if name.starts(with: "position") {
      if value.starts(with: "absolute") { insert(.apart) }
    } else if name.starts(with: "padding-left") {
      if !value.isZero, value.first.isDigit { insert(.apart) }
    } else {
      takeBreak(name, value)
    }
  }

  private mutating func takeBreak(_ name: HTMLWord, _ value: HTMLWord) {
    guard value.starts(with: "always") || value.starts(with: "page") else { return }
    if name.starts(with: "page-break-before") || name.starts(with: "break-before") {
      insert(.breaksBefore)
    } else if name.starts(with: "page-break-after") || name.starts(with: "break-after") {
      insert(.breaksAfter)
    }
  }

  static func isWhite(_ value: HTMLWord) -> Bool {
    value.starts(with: "white") && !value.starts(with: "whites") || value.isEqual("#fff")
      || value.starts(with: "#ffffff")
  }

  private static func isNoColor(_ value: HTMLWord) -> Bool {
    isWhite(value) || value.starts(with: "none") || value.starts(with: "transparent")
      || value.starts(with: "inherit")
  }
}

/// A name or a value in a tag; ASCII letters are the same in both cases.
struct HTMLWord {
  private let bytes: HTMLBytes
  private let range: Range<Int>

  init(_ bytes: HTMLBytes, _ range: Range<Int>) {
    self.bytes = bytes
    self.range = range
  }

  /// The first byte, as a small letter; 0 where there is none.
  @inline(__always)
  var first: UInt8 { range.isEmpty ? 0 : bytes[range.lowerBound].lowered }

  /// `word` in small letters.
  @inline(__always)
  func starts(with word: String) -> Bool { matches(word, at: range.lowerBound) }

  func isEqual(_ word: String) -> Bool {
    var end = range.upperBound
    while end > range.lowerBound, bytes[end - 1].isSpace { end -= 1 }
    return end - range.lowerBound == word.utf8.count && starts(with: word)
  }

  /// - Complexity: O(n·m).
  func contains(_ word: String) -> Bool { range.contains { matches(word, at: $0) } }

  /// Whether it is a length of zero: `0`, `0pt`, `0.0px`.
  var isZero: Bool {
    var place = range.lowerBound
    guard bytes[place] == UInt8(ascii: "0") else { return false }
    while place < range.upperBound,
      bytes[place] == UInt8(ascii: "0") || bytes[place] == UInt8(ascii: ".")
    { place += 1 }
    return place == range.upperBound || !bytes[place].isDigit
  }

  @inline(__always)
  private func matches(_ word: String, at start: Int) -> Bool {
    guard word.utf8.count <= range.upperBound &- start else { return false }
    var place = start
    for byte in word.utf8 {
      if bytes[place].lowered != byte { return false }
      place &+= 1
    }
    return true
  }
}
