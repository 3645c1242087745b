/// Text in UTF-16, as some programs save web pages.
enum UTF16Text {
  /// So many bytes at the start tell whether it is text.
  private static let headByteCount = 2048

  /// UTF-8 of a text in UTF-16, which begins with a byte order mark or with a tag; all else as it is.
  ///
  /// - Complexity: O(n) for such a text, else O(1).
  static func utf8(_ bytes: consuming [UInt8]) -> [UInt8] {
    guard let high = highByte(of: bytes) else { return bytes }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count / 2 + bytes.count / 16)
    var units = Units(bytes: bytes, high: high)
    while let unit = units.next() {
      if unit == 0xFEFF, text.isEmpty { continue }
      if unit & 0xF800 != 0xD800 {
        text.append(scalar: unit)
      } else if unit & 0xFC00 == 0xD800, let low = units.lowHalf() {
        text.append(scalar: 0x10000 + (unit & 0x3FF) << 10 + low)
      } else {
        // Half of a pair by itself is no character.
        text.append(scalar: 0xFFFD)
      }
    }
    return text
  }

  /// Which byte of two is the high one, 0 or 1; nil where the bytes are no text in UTF-16.
  private static func highByte(of bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    let high: Int
    switch (bytes[0], bytes[1], bytes[2], bytes[3]) {
    // Without a mark, what begins with a tag is known by it.
    case (0xFF, 0xFE, _, _), (0x3C, 0, _, 0): high = 1
    case (0xFE, 0xFF, _, _), (0, 0x3C, 0, _): high = 0
    default: return nil
    }
    // Half of it is ASCII at least, if only for spaces and tags.
    let head = bytes.prefix(headByteCount)
    let plain = stride(from: 0, to: head.count - 1, by: 2).count {
      let low = head[$0 + 1 - high]
      return head[$0 + high] == 0 && (low >= 0x20 && low < 0x7F || low.isSpace)
    }
    return plain * 4 >= head.count - 1 ? high : nil
  }

  private struct Units {
    let bytes: [UInt8]
    let high: Int
    private var place = 0

    init(bytes: [UInt8], high: Int) {
      self.bytes = bytes
      self.high = high
    }

    mutating func next() -> UInt32? {
      guard place + 1 < bytes.count else { return nil }
      defer { place += 2 }
      return UInt32(bytes[place + high]) << 8 | UInt32(bytes[place + 1 - high])
    }

    /// The ten bits of the next unit where it is the second half of a pair, which is passed.
    mutating func lowHalf() -> UInt32? {
      let start = place
      guard let unit = next(), unit & 0xFC00 == 0xDC00 else {
        place = start
        return nil
      }
      return unit & 0x3FF
    }
  }
}
