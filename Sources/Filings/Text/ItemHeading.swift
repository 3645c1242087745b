/// The number of an item: a whole number and a letter ("1A", "3.D") or hundredths ("2.02").
struct ItemNumber: Hashable, Comparable {
  var number: Int
  /// 1 for A, 2 for B …; 0 without a letter. Of "2.02" the 2.
  var minor = 0
  var isDecimal = false
  /// Whether the letter names a part of the item, as in "3.D", and not an item of its own.
  var isInner = false

  /// In the order in which forms have their items.
  static func < (a: ItemNumber, b: ItemNumber) -> Bool {
    (a.number, a.minor) < (b.number, b.minor)
  }

  /// "1A", "3.D", "2.02", "7".
  var text: String {
    if isDecimal { return "\(number)." + (minor < 10 ? "0\(minor)" : "\(minor)") }
    guard minor > 0, let letter = Unicode.Scalar(UInt32(0x40 + minor)) else { return "\(number)" }
    return "\(number)" + (isInner ? "." : "") + "\(letter)"
  }
}

/// A line that begins as the heading of an item does: "Item 1A. Risk Factors".
struct ItemHeading: Equatable {
  /// Several where items are answered together: "Items 1 and 2.".
  var numbers: [ItemNumber]
  /// The part named before the item: 2 of "Part II, Item 1."; nil without one.
  var part: Int?
  /// What follows the number, with one space for many; empty where the line ends.
  var title: String
  /// Whether the line says that it goes on with an item begun on a page before.
  var isContinued: Bool
  /// Whether a page number ends the line.
  var hasPageNumber: Bool

  /// Nil for lines that begin otherwise or that speak of an item in a sentence.
  init?(_ line: FlowLine) {
    var scanner = HeadingScanner(line.text)
    if scanner.take(word: "part") {
      guard let part = scanner.roman() else { return nil }
      self.part = part
      scanner.skip(HeadingScanner.separators + ",")
    }
    guard scanner.take(word: "items") || scanner.take(word: "item") else { return nil }
    scanner.skip("")
    if scanner.take(word: "no") || scanner.take(word: "number") { scanner.skip(".") }
    if let numbers = scanner.itemNumbers() {
      guard scanner.isAtHeadingEnd || numbers[0].isDecimal && scanner.isAtGluedTitle
      else { return nil }
      self.numbers = numbers
      if numbers.count == 1 { self.numbers[0] = scanner.bracketedLetter(of: numbers[0]) }
    } else if let number = scanner.romanNumber() {
      numbers = [number]
    } else {
      return nil
    }
    let isSetOff = scanner.skip(HeadingScanner.separators)
    let rest = scanner.rest
    guard
      Self.beginsTitle(rest) || isSetOff && ItemTitles.areAny(String(rest), self.numbers[0])
    else { return nil }
    isContinued = Self.isContinued(line)
    (title, hasPageNumber) = PageNumber.cut(from: rest)
    if Self.namesItem(title) { takeSecond() }
  }

  /// A heading that has only the title of an item.
  init(number: ItemNumber, title: String) {
    numbers = [number]
    self.title = title
    isContinued = false
    hasPageNumber = false
  }

  /// Takes the second of two items in one heading: "Item 1. Business and Item 2. Properties".
  private mutating func takeSecond() {
    let lower = String(decoding: title.utf8.map(\.lowered), as: UTF8.self)
    guard let last = numbers.last, let place = lower.place(of: " item") else { return }
    let before = Substring(lower.utf8.prefix(place))
    // A sentence that follows the title speaks of items, too: "… in Part I, Item 2."
    guard let joint = Self.joints.first(where: before.hasSuffix),
      !before.contains(". "), !before.contains("part ")
    else { return }
    var scanner = HeadingScanner(String(title.utf8.dropFirst(place + 1)) ?? "")
    guard scanner.take(word: "items") || scanner.take(word: "item"),
      let others = scanner.itemNumbers(), scanner.isAtHeadingEnd, last < others[0],
      last.isDecimal || others[0].number - last.number <= 1
    else { return }
    scanner.skip(HeadingScanner.separators)
    guard Self.beginsTitle(scanner.rest), !scanner.rest.isEmpty else { return }
    numbers += others
    let first = Substring(title.utf8.prefix(place - joint.utf8.count)).trimmed(of: " .,;")
    title = first.isEmpty ? String(scanner.rest) : first + " and " + scanner.rest
  }

  /// Whether a title has a word that begins with "item".
  private static func namesItem(_ title: String) -> Bool {
    let bytes = title.utf8.span
    var place = 0
    while place + 4 < bytes.count {
      if bytes[place] == 0x20, bytes[place + 1].lowered == UInt8(ascii: "i"),
        bytes[place + 2].lowered == UInt8(ascii: "t"),
        bytes[place + 3].lowered == UInt8(ascii: "e"),
        bytes[place + 4].lowered == UInt8(ascii: "m")
      {
        return true
      }
      place += 1
    }
    return false
  }

  private static let joints = [" and", " &", ";", ",", "/"]

  /// Of a line without the word "Item": "3.D Risk Factors", "4A. Unresolved Staff Comments",
  /// "D. Risk Factors", which has 0 for its number; nil for all other lines.
  init?(bare line: FlowLine) {
    var scanner = HeadingScanner(line.text)
    guard let number = scanner.letteredNumber() else { return nil }
    numbers = [number]
    scanner.skip(HeadingScanner.separators)
    let rest = scanner.rest
    guard Self.beginsTitle(rest), rest.utf8.first.map({ !$0.isDigit }) ?? true else { return nil }
    isContinued = Self.isContinued(line)
    (title, hasPageNumber) = PageNumber.cut(from: rest)
  }

  /// Whether another heading has the same numbers and the same letters in its title.
  func isSame(as other: ItemHeading) -> Bool {
    numbers == other.numbers
      && title.utf8.lazy.filter(\.isLetter).map(\.lowered).elementsEqual(
        other.title.utf8.lazy.filter(\.isLetter).map(\.lowered))
  }

  /// The title without what follows it on its line: the SEC's own title of an item of a report of
  /// events, else up to the end of a sentence.
  var shortTitle: String {
    if numbers[0].isDecimal, let length = EventItems.titleLength(title, numbers[0].text) {
      let hasMore = title.utf8.dropFirst(length).contains { $0.isLetter || $0.isDigit }
      return hasMore ? String(title.utf8.prefix(length)) ?? title : title
    }
    let end = Self.sentenceEnd(title) ?? title.utf8.count
    return String((String(title.utf8.prefix(end)) ?? title).prefix(Self.longestTitle))
  }

  /// The longest title of the SEC's has some 170 letters.
  private static let longestTitle = 200

  /// Where the title ends of a line on which a sentence follows it: "Legal Proceedings. There are
  /// none."
  static func sentenceEnd(_ title: String) -> Int? {
    let bytes = Array(title.utf8)
    guard bytes.count > 30 else { return nil }
    return bytes.indices.dropLast(3).first { place in
      bytes[place] == UInt8(ascii: ".") && bytes[place + 1] == 0x20 && bytes[place + 2] < 0x5B
        && place >= 8
    }
  }

  private static func isContinued(_ line: FlowLine) -> Bool {
    line.lower.place(of: "con") != nil
      && continuations.contains { line.lower.place(of: $0) != nil }
  }

  private static let continuations = ["(continued", "(cont", "(con'", "(con’", "—continued"]

  /// A heading's title begins with a capital; a sentence goes on with "of", "to", a comma.
  private static func beginsTitle(_ text: Substring) -> Bool {
    guard let first = text.unicodeScalars.first else { return true }
    // "Item 14(d)" names a paragraph.
    let next = text.utf8.dropFirst()
    if first == "(", next.first.map({ $0 &- 0x61 < 26 || $0.isDigit }) ?? false,
      next.dropFirst().first == UInt8(ascii: ")")
    {
      return false
    }
    return first.properties.isUppercase || first.value &- 0x30 < 10 || first == "[" || first == "("
      || first == "*" || first == "<" || first == "_"
  }
}

/// A line that is the heading of a part: "PART II. OTHER INFORMATION".
struct PartHeading: Equatable {
  var part: Int
  /// As printed, with one space for many.
  var label: String

  /// Nil for lines that begin otherwise, name an item too, or speak of a part in a sentence.
  init?(_ line: FlowLine) {
    guard line.lower.utf8.count <= 80 else { return nil }
    var scanner = HeadingScanner(line.text)
    guard scanner.take(word: "part"), let part = scanner.roman() else { return nil }
    let end = scanner.isAtHeadingEnd
    scanner.skip(HeadingScanner.separators)
    let (title, hasPage) = PageNumber.cut(from: scanner.rest)
    guard end, !hasPage, Self.isTitle(title) else { return nil }
    self.part = part
    label = "Part \(Self.romans[part - 1])" + (title.isEmpty ? "" : ". " + title)
  }

  static let romans = ["I", "II", "III", "IV", "V", "VI"]

  private static func isTitle(_ title: String) -> Bool {
    guard let first = title.unicodeScalars.first else { return true }
    let lower = String(decoding: title.utf8.map(\.lowered), as: UTF8.self)
    return (first.properties.isUppercase || first == "*") && !lower.hasPrefix("item")
      && title.utf8.last != UInt8(ascii: ".") || lower.hasSuffix("information.")
  }
}

/// Numbers of pages at the ends of lines of a table of contents.
enum PageNumber {
  /// `text` with one space for many, without a page number at its end and what leads to it.
  static func cut(from text: Substring) -> (title: String, hasPageNumber: Bool) {
    if !(text.utf8.last.map(mayEnd) ?? false), !text.utf8.contains(0x09) {
      return (trimmed(String(text)), false)
    }
    let words = text.utf8.split { $0 == 0x20 || $0 == 0x09 }.map { Substring($0) }
    let title = words.joined(separator: " ")
    guard let last = words.last, isPage(last) else { return (trimmed(title), false) }
    let before = text.utf8.dropLast(last.utf8.count)
    let isSetOff =
      before.last == 0x09 || words.count == 1 || before.suffix(2).elementsEqual([0x2E, 0x20])
      || before.suffix(2).elementsEqual([0x20, 0x20])
    let dots = before.reversed().prefix { $0 == 0x2E || $0 == 0x20 || $0 == 0x09 }
    guard isSetOff || dots.count(where: { $0 == 0x2E }) >= 2 else { return (trimmed(title), false) }
    return (trimmed(words.dropLast().joined(separator: " ")), true)
  }

  /// "12", "F-3", "iv", "12-14".
  static func isPage(_ word: Substring) -> Bool {
    let bytes = word.utf8
    guard bytes.count <= 7 else { return false }
    let digits = bytes.count(where: \.isDigit)
    let others = bytes.filter { !$0.isDigit }
    if digits == 0 {
      return bytes.allSatisfy { $0 == 0x69 || $0 == 0x76 || $0 == 0x78 } && !bytes.isEmpty
    }
    return digits <= 6
      && others.allSatisfy { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "F") || $0 == 0x2A }
  }

  /// Whether a byte may be the last one of a page number.
  static func mayEnd(_ byte: UInt8) -> Bool {
    byte.isDigit || byte == 0x69 || byte == 0x76 || byte == 0x78 || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: "F") || byte == 0x2A
  }

  /// Without leaders and spaces at the end.
  private static func trimmed(_ title: String) -> String {
    guard let last = title.utf8.last, last == UInt8(ascii: ".") || last == 0x20 else {
      return title
    }
    var bytes = Array(title.utf8)
    while bytes.suffix(2) == [0x2E, 0x2E] || bytes.last == 0x20 || bytes.suffix(2) == [0x20, 0x2E] {
      bytes.removeLast()
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
