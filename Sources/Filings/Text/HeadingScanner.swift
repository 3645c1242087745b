/// Reads the words and numbers of a heading.
struct HeadingScanner {
  private var text: Substring
  /// What has not been read yet.
  var rest: Substring { text }

  init(_ line: String) {
    text = Substring(line)
    skip("|•·*_[\u{2022}")
  }

  static let separators = ".:-–—―−|•·)]…"

  /// Skips spaces and the scalars of `set`; tells whether there were any of these.
  @discardableResult mutating func skip(_ set: String) -> Bool {
    let scalars = set.unicodeScalars
    var isSetOff = false
    while let first = text.unicodeScalars.first {
      if scalars.contains(first) {
        isSetOff = true
      } else if first != " ", first != "\t" {
        break
      }
      text.unicodeScalars.removeFirst()
    }
    return isSetOff
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

  /// "IV" where an item of that number has the title behind it, set off by a full stop or its like.
  mutating func romanNumber() -> ItemNumber? {
    var ahead = self
    ahead.skip("")
    let word = ahead.text.utf8.prefix { $0 == 0x49 || $0 == 0x56 || $0 == 0x58 }
    // "Item X." is a number of its own for what has none.
    guard let place = Self.romans.firstIndex(of: String(word) ?? ""), place != 9 else { return nil }
    ahead.text = ahead.text.dropFirst(word.count)
    let end = ahead
    let number = ItemNumber(number: place + 1)
    guard ahead.skip(Self.separators), ItemTitles.areAny(String(ahead.text), number)
    else { return nil }
    self = end
    return number
  }

  private static let romans = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV",
    "XVI",
  ]

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

  /// The number with the letter in brackets that follows it, where an item of that number has the
  /// title behind it: "7(a) Quantitative and …", "1 (A) Risk Factors"; else the letter names a
  /// paragraph.
  mutating func bracketedLetter(of number: ItemNumber) -> ItemNumber {
    var ahead = self
    ahead.skip(".")
    guard number.minor == 0, !number.isDecimal, ahead.text.utf8.first == UInt8(ascii: "("),
      let letter = ahead.text.utf8.dropFirst().first, letter.isLetter, letter.lowered < 0x6C,
      ahead.text.utf8.dropFirst(2).first == UInt8(ascii: ")")
    else { return number }
    ahead.text = ahead.text.dropFirst(3)
    ahead.skip(Self.separators)
    var lettered = number
    lettered.minor = Int(letter.lowered) - 0x60
    guard ItemTitles.areAny(String(ahead.text), lettered) else { return number }
    self = ahead
    return lettered
  }

  private mutating func itemNumber() -> ItemNumber? {
    skip(".:#-(")
    if text.utf8.first?.isLetter ?? false {
      for (place, word) in Self.words.enumerated() where take(word: word) {
        return ItemNumber(number: place + 1)
      }
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
