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

extension StringProtocol where SubSequence == Substring {
  /// What stands between bytes of ASCII, without what is empty.
  func parts(between separator: UInt8) -> [Substring] {
    Substring(self).utf8.split(separator: separator).map { Substring($0) }
  }
}

extension StringProtocol {
  /// Without the characters of `set` at both ends.
  func trimmed(of set: String) -> String {
    let set = set.unicodeScalars
    var rest = Substring(self).unicodeScalars
    while let first = rest.first, set.contains(first) { rest.removeFirst() }
    while let last = rest.last, set.contains(last) { rest.removeLast() }
    return String(rest)
  }
}

extension String {
  /// Whether the text begins with one of the words, byte by byte.
  func begins(withAny words: [String]) -> Bool {
    guard let first = utf8.first else { return false }
    return words.contains { $0.utf8.first == first && utf8.starts(with: $0.utf8) }
  }

  /// Where `words` stand first, in bytes from the start.
  ///
  /// - Complexity: O(n·m); for short lines.
  func place(of words: String) -> Int? {
    let text = utf8.span
    let words = words.utf8.span
    guard words.count > 0, words.count <= text.count else { return nil }
    let last = text.count - words.count
    var start = 0
    while true {
      start = ByteScan.find(words[0], in: text, start, last + 1)
      if start > last { return nil }
      var length = 1
      while length < words.count, text[start + length] == words[length] { length += 1 }
      if length == words.count { return start }
      start += 1
    }
  }
}
