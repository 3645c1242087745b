/// What has to be known of a whole text before it can be read line by line.
struct TextSurvey {
  /// Where the lines begin that belong to pages and not to the text, in order.
  let dropped: [Int]
  /// The words that line ends break, in order.
  let joins: [BrokenWords.Join]

  /// - Complexity: O(n).
  init(_ text: SourceText) {
    let bytes = text.bytes
    var furniture = PageFurniture()
    var words = BrokenWords()
    var scanner = LineScanner(from: text.range.lowerBound, onlyMarkup: true)
    var afterBlank = true
    while let line = scanner.next(bytes.span.extracting(first: text.range.upperBound)) {
      furniture.take(line, bytes, afterBlank: afterBlank)
      words.take(line, bytes)
      afterBlank = line.isBlank
    }
    dropped = furniture.finish(bytes)
    joins = words.finish(text)
  }
}
