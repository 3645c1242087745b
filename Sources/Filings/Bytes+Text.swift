/// Searches in bytes.
enum ByteScan {
  /// The place of the next line feed at or after `start`, else the end of the bytes.
  static func lineEnd(_ bytes: [UInt8], _ start: Int) -> Int {
    var offset = start
    while offset < bytes.count, bytes[offset] != 0x0A { offset &+= 1 }
    return offset
  }

  /// How many line feeds there are.
  static func lineCount(_ bytes: [UInt8]) -> Int {
    var count = 0
    for byte in bytes where byte == 0x0A { count &+= 1 }
    return count
  }
}

extension UInt8 {
  var isDigit: Bool { self &- 0x30 < 10 }
  var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
  /// An ASCII letter, as a small one; other bytes as they are.
  var lowered: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
  /// Space, tab, line feed, vertical tab, form feed, carriage return.
  var isSpace: Bool { self == 0x20 || self &- 0x09 < 5 }
}

extension StringProtocol {
  /// Without the ASCII spaces at both ends.
  var trimmed: String {
    let bytes = Array(utf8)
    guard let first = bytes.firstIndex(where: { !$0.isSpace }),
      let last = bytes.lastIndex(where: { !$0.isSpace })
    else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }
}
