/// Turns the bytes of JSON strings into the text they stand for.
enum JSONText {
  /// Appends the text of a string value; numbers and literals as they are written.
  static func append(_ value: JSONScanner.Value, of bytes: [UInt8], to text: inout [UInt8]) {
    guard value.isEscaped else {
      text.append(contentsOf: bytes[value.range])
      return
    }
    let end = value.range.upperBound
    var offset = value.range.lowerBound
    while offset < end {
      let stop = ByteScan.stringStop(bytes.span, offset, end)
      text.append(contentsOf: bytes[offset..<stop])
      if stop == end { return }
      offset = appendEscape(bytes, stop, end, &text)
    }
  }

  static func string(_ value: JSONScanner.Value, of bytes: [UInt8]) -> String {
    if !value.isEscaped { return String(decoding: bytes[value.range], as: UTF8.self) }
    var text: [UInt8] = []
    append(value, of: bytes, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// The place after the escape at `offset`, which the scanner has found to be whole.
  private static func appendEscape(
    _ bytes: [UInt8], _ offset: Int, _ end: Int, _ text: inout [UInt8]
  ) -> Int {
    switch bytes[offset + 1] {
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "u"): return appendUnicode(bytes, offset, end, &text)
    case let same: text.append(same)
    }
    return offset + 2
  }

  /// `\uXXXX`, or two of them where they are a surrogate pair; a lone surrogate gives U+FFFD.
  private static func appendUnicode(
    _ bytes: [UInt8], _ offset: Int, _ end: Int, _ text: inout [UInt8]
  ) -> Int {
    let first = JSONScanner.hex(bytes, offset + 2) ?? 0xFFFD
    if 0xD800..<0xDC00 ~= first, offset + 12 <= end, bytes[offset + 6] == UInt8(ascii: "\\"),
      bytes[offset + 7] == UInt8(ascii: "u"),
      let second = JSONScanner.hex(bytes, offset + 8), 0xDC00..<0xE000 ~= second
    {
      text.append(scalar: 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      return offset + 12
    }
    text.append(scalar: first)
    return offset + 6
  }
}

extension [UInt8] {
  /// Appends the UTF-8 of a code point; U+FFFD where there is no such scalar.
  mutating func append(scalar code: UInt32) {
    if code < 0x80 { return append(UInt8(code)) }
    append(contentsOf: (UnicodeScalar(code) ?? "\u{FFFD}").utf8)
  }
}
