/// Reads character references: `&amp;`, `&nbsp`, `&#8217;`, `&#x2019;`.
enum HTMLReference {
  /// The code point of the reference at `offset` and where it ends; nil where there is none.
  ///
  /// The semicolon may be missing. The numbers 128 to 159 mean characters of windows-1252, as in
  /// all browsers.
  static func read(_ bytes: [UInt8], _ offset: Int) -> (code: UInt32, end: Int)? {
    var place = offset + 1
    guard place < bytes.count else { return nil }
    if bytes[place] == UInt8(ascii: "#") { return number(bytes, place + 1) }
    var key: UInt64 = 0
    let start = place
    while place < bytes.count, place - start < 8, bytes[place].isLetter || bytes[place].isDigit {
      key = key << 8 | UInt64(bytes[place])
      place += 1
    }
    guard place > start, let code = codes[key] else { return nil }
    return (code, passSemicolon(bytes, place))
  }

  private static func passSemicolon(_ bytes: [UInt8], _ place: Int) -> Int {
    place < bytes.count && bytes[place] == UInt8(ascii: ";") ? place + 1 : place
  }

  private static func number(_ bytes: [UInt8], _ start: Int) -> (code: UInt32, end: Int)? {
    var place = start
    let isHex = place < bytes.count && bytes[place].lowered == UInt8(ascii: "x")
    if isHex { place += 1 }
    let digits = place
    var code: UInt32 = 0
    while place < bytes.count, let digit = UnicodeScalar(bytes[place]).hexDigit,
      isHex || digit < 10
    {
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

  private static let codes: [UInt64: UInt32] = {
    var codes: [UInt64: UInt32] = [:]
    for entry in HTMLReferenceNames.text.split(whereSeparator: \.isWhitespace) {
      let parts = entry.split(separator: "=")
      codes[parts[0].utf8.reduce(0) { $0 << 8 | UInt64($1) }] = UInt32(parts[1], radix: 16)
    }
    return codes
  }()
}
