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
    guard scanner.take(word: "items") || scanner.take(word: "item"),
      let numbers = scanner.itemNumbers(),
      scanner.isAtHeadingEnd || numbers[0].isDecimal && scanner.isAtGluedTitle
    else { return nil }
    self.numbers = numbers
    scanner.skip(HeadingScanner.separators)
    let rest = scanner.rest
    guard Self.beginsTitle(rest) else { return nil }
    let lower = line.lower
    isContinued = Self.continuations.contains { lower.place(of: $0) != nil }
    (title, hasPageNumber) = PageNumber.cut(from: rest)
  }

  /// Of a line without the word "Item": "3.D Risk Factors", "4A. Unresolved Staff Comments",
  /// "D. Risk Factors", which has 0 for its number; nil for all other lines.
  init?(bare line: FlowLine) {
    var scanner = HeadingScanner(line.text)
    guard let number = scanner.letteredNumber() else { return nil }
    numbers = [number]
    scanner.skip(HeadingScanner.separators)
    let rest = scanner.rest
    guard Self.beginsTitle(rest), rest.utf8.first.map({ !$0.isDigit }) ?? true else { return nil }
    isContinued = Self.continuations.contains { line.lower.place(of: $0) != nil }
    (title, hasPageNumber) = PageNumber.cut(from: rest)
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
    var bytes = Array(title.utf8)
    while bytes.suffix(2) == [0x2E, 0x2E] || bytes.last == 0x20 || bytes.suffix(2) == [0x20, 0x2E] {
      bytes.removeLast()
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Reads the words and numbers of a heading.
struct HeadingScanner {
  private var text: Substring
  /// What has not been read yet.
  var rest: Substring { text }

  init(_ line: String) {
    text = Substring(line)
    skip("|•·*_\u{2022}")
  }

  static let separators = ".:-–—―−|•·)…"

  /// Skips spaces and the scalars of `set`.
  mutating func skip(_ set: String) {
    let scalars = set.unicodeScalars
    while let first = text.unicodeScalars.first,
      first == " " || first == "\t" || scalars.contains(first)
    {
      text.unicodeScalars.removeFirst()
    }
  }

  /// Takes an ASCII word in any case, also where tags have put spaces between its letters.
  mutating func take(word: String) -> Bool {
    var bytes = text.utf8
    for letter in word.utf8 {
      if letter != word.utf8.first { bytes = bytes.drop { $0 == 0x20 } }
      guard bytes.first?.lowered == letter else { return false }
      bytes.removeFirst()
    }
    // "itemised" and "partner" begin otherwise.
    if let next = bytes.first, next.isLetter { return false }
    text = Substring(bytes)
    return true
  }

  /// Whether the number just read ends a heading's number and not a word or an amount.
  var isAtHeadingEnd: Bool {
    guard let next = text.utf8.first else { return true }
    return !next.isLetter && !next.isDigit && next != UInt8(ascii: ",")
      && next != UInt8(ascii: "'") && next != UInt8(ascii: ";") && next != UInt8(ascii: "\"")
  }

  /// Whether a title follows without a space: "3.01Notice of Delisting".
  var isAtGluedTitle: Bool {
    let next = text.utf8.prefix(2)
    return next.count == 2 && next.first.map { $0 &- 0x41 < 26 } ?? false
      && next.last.map { $0 &- 0x61 < 26 } ?? false
  }

  /// A Roman or Arabic number of a part, 1 to 6.
  mutating func roman() -> Int? {
    skip("")
    let word = text.prefix { $0 == "I" || $0 == "V" || $0 == "i" || $0 == "v" || $0.isNumber }
    let name = String(decoding: word.utf8.map { $0.isLetter ? $0 & 0xDF : $0 }, as: UTF8.self)
    guard let part = PartHeading.romans.firstIndex(of: name).map({ $0 + 1 }) ?? Int(name),
      (1...6).contains(part)
    else { return nil }
    text = text.dropFirst(word.count)
    if let next = text.utf8.first, next.isLetter || next.isDigit { return nil }
    return part
  }

  /// "1A", "1 and 2", "10, 11, 12 and 13", "1 through 5".
  mutating func itemNumbers() -> [ItemNumber]? {
    guard let first = itemNumber() else { return nil }
    var numbers = [first]
    while numbers.count < 20 {
      var ahead = self
      let isRange = ahead.takeJoint()
      guard let isRange, let next = ahead.itemNumber(), numbers.last.map({ $0 < next }) ?? false
      else { break }
      if isRange, let last = numbers.last, next.number - last.number <= 20,
        last.number < next.number
      {
        numbers += (last.number + 1..<next.number).map { ItemNumber(number: $0) }
      }
      numbers.append(next)
      self = ahead
    }
    return numbers
  }

  /// Takes what joins two numbers of items; tells whether all between them are meant.
  private mutating func takeJoint() -> Bool? {
    let before = text
    // "Item 1. and 2."
    skip(".")
    if text.utf8.first == UInt8(ascii: ",") || text.utf8.first == UInt8(ascii: "&") {
      text.removeFirst()
      skip("")
      if take(word: "and") || take(word: "items") || take(word: "item") { skip("") }
      return false
    }
    if take(word: "and") {
      skip("")
      if take(word: "items") || take(word: "item") { skip("") }
      return false
    }
    if take(word: "through") || take(word: "to") { return true }
    if before.utf8.first == UInt8(ascii: "-"), before.utf8.dropFirst().first?.isDigit ?? false {
      text = before.dropFirst()
      return true
    }
    text = before
    return nil
  }

  private static let words = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
  ]

  /// "3.D", "3D", "4A." or "D."; the number is 0 where there is none.
  mutating func letteredNumber() -> ItemNumber? {
    skip("(")
    let digits = text.utf8.prefix { $0.isDigit }
    guard digits.count <= 2 else { return nil }
    var rest = text.utf8.dropFirst(digits.count)
    if !digits.isEmpty {
      rest = rest.drop { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "(") || $0 == 0x20 }
      if text.utf8.count - rest.count - digits.count > 2 { return nil }
    }
    guard let letter = rest.first, letter &- 0x41 < 12,
      rest.dropFirst().first.map(Self.endsLetter) ?? true
    else { return nil }
    text = Substring(rest.dropFirst())
    return ItemNumber(
      number: Int(String(digits) ?? "") ?? 0, minor: Int(letter) - 0x40, isInner: true)
  }

  private static func endsLetter(_ byte: UInt8) -> Bool {
    byte.isSpace || byte >= 0x80 || ".):-".utf8.contains(byte)
  }

  private mutating func itemNumber() -> ItemNumber? {
    skip(".:#-")
    for (place, word) in Self.words.enumerated() where take(word: word) {
      return ItemNumber(number: place + 1)
    }
    let digits = text.utf8.prefix { $0.isDigit }
    guard (1...2).contains(digits.count), let value = Int(String(digits) ?? "") else { return nil }
    var rest = text.utf8.dropFirst(digits.count)
    var number = ItemNumber(number: value)
    if rest.first == UInt8(ascii: "."), rest.dropFirst().prefix(3).count(where: \.isDigit) == 2,
      let minor = Int(String(rest.dropFirst().prefix(2)) ?? "")
    {
      (number.minor, number.isDecimal) = (minor, true)
      rest = Self.dropParagraphs(rest.dropFirst(3))
    } else {
      rest = Self.takeLetter(rest, &number)
    }
    text = Substring(rest)
    return number
  }

  /// Without the paragraphs named behind the number: "5.02(b), (c) and (e) Departure of Directors".
  private static func dropParagraphs(_ text: Substring.UTF8View) -> Substring.UTF8View {
    var rest = text
    while true {
      var next = rest.drop { $0 == 0x20 || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "&") }
      if next.starts(with: "and ".utf8) { next = next.dropFirst(4) }
      guard next.first == UInt8(ascii: "("),
        let end = next.prefix(4).firstIndex(of: UInt8(ascii: ")")),
        next.dropFirst().first.map({ $0 &- 0x61 < 26 }) ?? false
      else { return rest }
      rest = next[end...].dropFirst()
    }
  }

  /// "A", ".A", " A" or "(A)" behind a number, and "(T)" or "(I)" behind it.
  private static func takeLetter(
    _ text: Substring.UTF8View, _ number: inout ItemNumber
  ) -> Substring.UTF8View {
    let bare = text.drop { $0 == UInt8(ascii: ".") || $0 == 0x20 || $0 == UInt8(ascii: "(") }
    let gap = text.count - bare.count
    guard let letter = bare.first, letter.isLetter, letter & 0xDF < 0x4D, gap <= 1,
      bare.dropFirst().first.map({ !$0.isLetter && !$0.isDigit && $0 != UInt8(ascii: "'") }) ?? true
    else { return text }
    // A lone small letter in brackets is a paragraph: "Item 14(d)".
    if gap == 1, letter.lowered == letter { return text }
    number.minor = Int(letter & 0xDF) - 0x40
    var rest = bare.dropFirst()
    if text.first == UInt8(ascii: "("), rest.first == UInt8(ascii: ")") { rest = rest.dropFirst() }
    if rest.first == UInt8(ascii: "("), let end = rest.firstIndex(of: UInt8(ascii: ")")),
      rest[..<end].count <= 3
    {
      rest = rest[end...].dropFirst()
    }
    return rest
  }
}
