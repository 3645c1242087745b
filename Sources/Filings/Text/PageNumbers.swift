/// Lines that say nothing but which page it is.
enum PageNumbers {
  /// The number of a line `12`, `- 12 -`, `Page 12`, `F-3`, `Page 2 of 7`; nil where it has more
  /// on it than that.
  static func number(_ line: ArraySlice<UInt8>) -> Int? {
    guard line.count <= 64 else { return nil }
    let words = line.drop { $0.isSpace }
    guard words.count <= 16 else { return nil }
    var letters: UInt64 = 0
    var number: Int?
    var isAfterNumber = false
    for byte in words {
      if byte.isLetter {
        guard letters >> 56 == 0 else { return nil }
        letters = letters << 8 | UInt64(byte.lowered)
      } else if byte.isDigit {
        if !isAfterNumber { number = (number ?? 0) * 10 + Int(byte - 0x30) }
        continue
      } else if byte == UInt8(ascii: "$") || byte == UInt8(ascii: ",") || byte >= 0x80 {
        return nil
      }
      isAfterNumber = number != nil
    }
    return known.contains(letters) ? number : nil
  }

  private static let known: [UInt64] = ["", "page", "pageof", "f", "i", "s", "of"].map {
    $0.utf8.reduce(0) { $0 << 8 | UInt64($1) }
  }
}
