/// Reads character references: `&amp;`, `&nbsp`, `&#8217;`, `&#x2019;`.
enum HTMLReference {
  /// The code point of the reference at `offset` and where it ends; nil where there is none.
  ///
  /// The semicolon may be missing. The numbers 128 to 159 mean characters of windows-1252, as in
  /// all browsers. What was escaped twice (`&amp;nbsp;`) means what it meant before.
  static func read(_ bytes: HTMLBytes, _ offset: Int) -> (code: UInt32, end: Int)? {
    guard let first = readOnce(bytes, offset) else { return nil }
    guard first.code == ampersand, bytes[first.end - 1] == UInt8(ascii: ";") else { return first }
    // At the semicolon, the second reference begins as one does at an ampersand.
    guard let second = readOnce(bytes, first.end - 1), bytes[second.end - 1] == UInt8(ascii: ";"),
      second.end > first.end
    else { return first }
    return second
  }

  private static let ampersand = UInt32(UInt8(ascii: "&"))

  private static func readOnce(_ bytes: HTMLBytes, _ offset: Int) -> (code: UInt32, end: Int)? {
    let start = offset + 1
    if bytes[start] == UInt8(ascii: "#") { return number(bytes, start + 1) }
    // "nbsp;" is nearly half of all.
    if bytes.word(start) & 0xFF_FFFF_FFFF == 0x3B_7073_626E { return (0xA0, start + 5) }
    var key: UInt64 = 0
    var place = start
    while place - start < 8, bytes[place].isLetter || bytes[place].isDigit {
      key = key << 8 | UInt64(bytes[place])
      place += 1
    }
    if place - start == 8, bytes[place].isLetter, let long = longName(bytes, start) { return long }
    if let code = codes[key] { return (code, passSemicolon(bytes, place)) }
    return prefix(key, start, place)
  }

  /// Names of more than eight letters end with a semicolon.
  private static func longName(_ bytes: HTMLBytes, _ start: Int) -> (code: UInt32, end: Int)? {
    var name: [UInt8] = []
    while name.count < longestName, bytes[start + name.count].isLetter {
      name.append(bytes[start + name.count])
    }
    let end = start + name.count
    guard bytes[end] == UInt8(ascii: ";"), let code = longCodes[name] else { return nil }
    return (code, end + 1)
  }

  private static let longestName = 32

  /// The longest of the old names that the letters begin with: they end without a semicolon, too.
  private static func prefix(
    _ key: UInt64, _ start: Int, _ end: Int
  ) -> (code: UInt32, end: Int)? {
    var key = key
    var end = end
    while end > start + 2 {
      key >>= 8
      end -= 1
      if let code = codes[key], code < 0x100 { return (code, end) }
    }
    return nil
  }

  private static func passSemicolon(_ bytes: HTMLBytes, _ place: Int) -> Int {
    bytes[place] == UInt8(ascii: ";") ? place + 1 : place
  }

  private static func number(_ bytes: HTMLBytes, _ start: Int) -> (code: UInt32, end: Int)? {
    var place = start
    let isHex = bytes[place].lowered == UInt8(ascii: "x")
    if isHex { place += 1 }
    let digits = place
    var code: UInt32 = 0
    while let digit = UnicodeScalar(bytes[place]).hexDigit, isHex || digit < 10 {
      // Larger numbers are no characters; the value stops growing there.
      if code <= 0x10FFFF { code = code * (isHex ? 16 : 10) + digit }
      place += 1
    }
    guard place > digits else { return nil }
    return (character(code), passSemicolon(bytes, place))
  }

  private static func character(_ code: UInt32) -> UInt32 {
    if 0x80..<0xA0 ~= code { return Windows1252.high[Int(code - 0x80)] }
    let isControl = code < 0x20 && code != 9 && code != 10 && code != 13
    return isControl || code == 0x7F || UnicodeScalar(code) == nil ? 0xFFFD : code
  }

  private static let codes = Dictionary(
    uniqueKeysWithValues: HTMLReferenceNames.pairs(HTMLReferenceNames.text).map { name, code in
      (name.reduce(0) { $0 << 8 | UInt64($1) }, code)
    })

  private static let longCodes = Dictionary(
    uniqueKeysWithValues: HTMLReferenceNames.pairs(HTMLReferenceNames.long))
}
