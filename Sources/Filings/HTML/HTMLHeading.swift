/// Tells headings among lines.
enum HTMLHeading {
  /// Whether a short line is a heading: by its tag, all bold, all in capitals, or as it begins like
  /// "Item 1A." or "PART II".
  static func isHeading(
    _ text: borrowing HTMLBuffer, _ line: Range<Int>, isMarked: Bool, isBold: Bool
  ) -> Bool {
    var capitals = 0
    var smalls = 0
    var others = 0
    for place in line {
      let byte = text[place]
      if byte &- 0x41 < 26 {
        capitals &+= 1
      } else if byte &- 0x61 < 26 {
        smalls &+= 1
      } else if byte >= 0x80 {
        others &+= 1
      }
      // Most lines are no headings, and known as such by their first word.
      if smalls > 8, !isMarked, !isBold { break }
    }
    if isMarked || isBold { return capitals + smalls + others > 0 }
    return capitals >= 3 && smalls == 0 || isItem(text, line)
  }

  /// A line that goes on for longer is a sentence about an item.
  private static let longestItem = 160

  /// "Item 1A. Risk Factors", "PART II", "Part I - Financial Information".
  private static func isItem(_ text: borrowing HTMLBuffer, _ line: Range<Int>) -> Bool {
    guard line.count <= longestItem, line.count >= 6 else { return false }
    let first = text[line.lowerBound] | 0x20
    if first == UInt8(ascii: "i"), has(text, line, "item ") {
      return isItemNumber(text, line.lowerBound + 5..<line.upperBound)
    }
    if first == UInt8(ascii: "p"), has(text, line, "part ") {
      return isPartNumber(text, line.lowerBound + 5..<line.upperBound)
    }
    return false
  }

  private static func has(
    _ text: borrowing HTMLBuffer, _ line: Range<Int>, _ word: String
  ) -> Bool {
    var place = line.lowerBound
    for byte in word.utf8 {
      let found = text[place]
      guard found.lowered == byte || byte == 0x20 && found.isSpace else { return false }
      place += 1
    }
    return true
  }

  /// One or two digits, maybe a dot and two more, maybe a letter; then a stop, a space before a
  /// capital, or the end of the line.
  private static func isItemNumber(_ text: borrowing HTMLBuffer, _ rest: Range<Int>) -> Bool {
    var place = rest.lowerBound
    while place < rest.upperBound, text[place].isDigit { place += 1 }
    guard (1...2).contains(place - rest.lowerBound) else { return false }
    if place + 2 < rest.upperBound, text[place] == UInt8(ascii: "."), text[place + 1].isDigit {
      place += 3
    } else if place < rest.upperBound, text[place].isLetter {
      place += 1
    }
    return isEnd(text, place..<rest.upperBound)
  }

  /// Roman numerals up to "IV"; then as after the number of an item.
  private static func isPartNumber(_ text: borrowing HTMLBuffer, _ rest: Range<Int>) -> Bool {
    var place = rest.lowerBound
    while place < rest.upperBound, text[place] | 0x20 == UInt8(ascii: "i") { place += 1 }
    if place < rest.upperBound, text[place] | 0x20 == UInt8(ascii: "v") { place += 1 }
    guard (1...3).contains(place - rest.lowerBound) else { return false }
    return isEnd(text, place..<rest.upperBound)
  }

  /// Whether the number of a heading ends here, and no sentence goes on.
  private static func isEnd(_ text: borrowing HTMLBuffer, _ rest: Range<Int>) -> Bool {
    guard let first = rest.first else { return true }
    let byte = text[first]
    if byte.isSpace {
      guard first + 1 < rest.upperBound else { return true }
      let next = text[first + 1]
      return byte == 0x09 || !next.isLetter && next != UInt8(ascii: "(") || next &- 0x41 < 26
    }
    return !byte.isLetter && !byte.isDigit && byte != UInt8(ascii: ",") && byte != UInt8(ascii: ")")
      && byte != UInt8(ascii: ";")
  }
}
