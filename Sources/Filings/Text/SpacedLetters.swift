/// Puts words together that are printed with a space behind every letter: `A N N U A L`.
enum SpacedLetters {
  /// Without wider spaces between words, more letters than these are several words.
  private static let longestWord = 16

  /// Appends a line with its spaced words put together; false, and nothing appended, where it has
  /// none of four letters or more.
  ///
  /// - Complexity: O(n).
  static func append(_ line: ArraySlice<UInt8>, to text: inout [UInt8]) -> Bool {
    var place = line.startIndex
    var copied = line.startIndex
    var isChanged = false
    while place < line.endIndex {
      guard place == line.startIndex || line[place - 1] == 0x20,
        let run = run(line, place)
      else {
        place += 1
        continue
      }
      if run.isSpaced {
        text.append(contentsOf: line[copied..<place])
        write(line[place..<run.end], to: &text)
        copied = run.end
        isChanged = true
      }
      place = run.end
    }
    if isChanged { text.append(contentsOf: line[copied...]) }
    return isChanged
  }

  /// A run of single letters that begins at `start`; nil where there is none.
  private static func run(
    _ line: ArraySlice<UInt8>, _ start: Int
  ) -> (end: Int, isSpaced: Bool)? {
    var place = start
    var end = start
    var letters = 0
    var longest = 0
    var hasOthers = false
    while place < line.endIndex, isLetter(line, place) {
      letters += 1
      longest = max(longest, letters)
      if line[place] != line[start] { hasOthers = true }
      end = place + 1
      place = end
      var spaces = 0
      while place < line.endIndex, line[place] == 0x20 {
        spaces += 1
        place += 1
      }
      if spaces > 1 { letters = 0 }
      // More than a few spaces are another column.
      if spaces > 4 { break }
    }
    guard end > start else { return nil }
    // The same letter all along marks what applies: `X X X X`.
    return (end, hasOthers && (4...longestWord).contains(longest))
  }

  /// A letter by itself; a punctuation mark may stand behind it.
  private static func isLetter(_ line: ArraySlice<UInt8>, _ place: Int) -> Bool {
    guard line[place].isLetter || line[place] == UInt8(ascii: "&") else { return false }
    let next = place + 1 < line.endIndex ? line[place + 1] : 0x20
    return next == 0x20
      || !next.isLetter && !next.isDigit && next < 0x80 && next != UInt8(ascii: "'")
        && next != UInt8(ascii: ".") && next != UInt8(ascii: "-")
  }

  private static func write(_ run: ArraySlice<UInt8>, to text: inout [UInt8]) {
    var spaces = 0
    for byte in run {
      if byte == 0x20 {
        spaces += 1
        continue
      }
      if spaces > 1 { text.append(0x20) }
      spaces = 0
      text.append(byte)
    }
  }
}
