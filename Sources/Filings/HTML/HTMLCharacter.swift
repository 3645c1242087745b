/// What a character beyond the plain ones is in running text.
enum HTMLCharacter {
  case space
  /// Takes no room and is no part of a word's spelling: soft hyphens, zero-width spaces, marks of
  /// direction.
  case nothing
  case visible

  static func of(_ code: UInt32) -> HTMLCharacter {
    switch code {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
      0x3000:
      .space
    case 0xAD, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x2064, 0xFEFF: .nothing
    default: code < 0x20 || code == 0x7F ? .nothing : .visible
    }
  }

  /// What a letter of the fonts called Wingdings shows: boxes, ticks and crosses by themselves, every
  /// other sign as a bullet.
  static func sign(_ code: UInt32) -> UInt32 {
    switch code & 0xFF {
    case 0x6F, 0x70, 0x71, 0x72, 0xA3, 0xA8: 0x2610
    case 0x52, 0xFE: 0x2611
    case 0x78, 0x53, 0xFD, 0x54: 0x2612
    case 0x50, 0xFC: 0x2713
    case 0x4F, 0xFB: 0x2717
    default: 0x2022
    }
  }

  /// The character at `place` of UTF-8 text and its length; nil where the bytes are no UTF-8.
  static func decode(_ bytes: HTMLBytes, _ place: Int) -> (code: UInt32, length: Int)? {
    let first = UInt32(bytes[place])
    let length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0
    guard length > 0 else { return nil }
    var code = first & (0xFF >> UInt32(length + 1))
    for offset in 1..<length {
      let byte = UInt32(bytes[place &+ offset])
      guard byte & 0xC0 == 0x80 else { return nil }
      code = code << 6 | byte & 0x3F
    }
    let lowest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    return code < lowest || UnicodeScalar(code) == nil ? nil : (code, length)
  }
}
