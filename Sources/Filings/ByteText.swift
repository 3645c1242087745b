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

extension StringProtocol {
  /// Without the characters of `set` at both ends.
  func trimmed(of set: String) -> String {
    let set = set.unicodeScalars
    var rest = unicodeScalars[...]
    while let first = rest.first, set.contains(first) { rest.removeFirst() }
    while let last = rest.last, set.contains(last) { rest.removeLast() }
    return String(String.UnicodeScalarView(rest))
  }

  /// Where `words` stand first, byte by byte.
  ///
  /// - Complexity: O(n·m); for short lines.
  func range(of words: String) -> Range<Index>? {
    var start = startIndex
    let end = utf8.endIndex
    while start < end {
      if utf8[start...].starts(with: words.utf8) {
        return start..<utf8.index(start, offsetBy: words.utf8.count)
      }
      start = utf8.index(after: start)
    }
    return nil
  }
}
