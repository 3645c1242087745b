/// Lines that say nothing but which page it is.
enum PageNumbers {
  /// The number of a line `12`, `- 12 -`, `(12)`, `Page 12`, `F-3`, `Page 2 of 7`; nil where it has
  /// more on it than that, or is the number of a section (`1.2`, `3.`, `4)`) or a share (`5%`).
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
      } else if notInNumbers.contains(byte) || byte >= 0x80 {
        return nil
      }
      isAfterNumber = number != nil
    }
    if words.last == UInt8(ascii: ")"), words.first != UInt8(ascii: "(") { return nil }
    return known.contains(letters) ? number : nil
  }

  private static let notInNumbers = Array("$,.%".utf8)

  /// Whether a line is a small Roman numeral, `xiv` or `- iv -`, as the pages before the first have.
  static func isRoman(_ line: ArraySlice<UInt8>) -> Bool {
    let words = line.split { $0 == UInt8(ascii: "-") || $0.isSpace }
    guard words.count == 1, let word = words.first else { return false }
    return word.count <= 6 && word.allSatisfy { "ivxl".utf8.contains($0) }
  }

  private static let known: [UInt64] = ["", "page", "pageof", "f", "i", "s", "of"].map {
    $0.utf8.reduce(0) { $0 << 8 | UInt64($1) }
  }
}
