/// A line of text that waits to be written.
struct PlainLine {
  /// Where it begins in the bytes that were read.
  var source: Int
  /// Whether its text is in the buffer of cleaned lines, and not in the bytes that were read.
  var isCleaned: Bool
  /// Its text from column 0, and where its first word begins.
  var range: Range<Int>
  var first: Int
  var blanksBefore: Int
  var signs: LineSigns
  /// Whether it is a row of cells with tabs between them.
  var isTabRow: Bool

  var indent: Int { first - range.lowerBound }
  var words: Range<Int> { first..<range.upperBound }
  /// Whether it may be a row of a table that is made of spaces.
  var mayBeRow: Bool { signs.contains(.gap) || signs.contains(.leader) }
}
