/// The lines of a cover page, read as far as they are asked for.
///
/// Words that stand alone at the start of a paragraph are put before what follows them, as some
/// renditions break every paragraph behind its first word; so are the marks of boxes, which others
/// put in lines of their own.
struct CoverLines {
  private var rest: FlowLines
  private var lines: [FlowLine] = []
  private var readCount = 0
  /// Whether the last line is such a word, with which the next one goes on.
  private var isOpen = false
  /// Whether the last line is the mark of a box.
  private var isMark = false

  private static let mostBytes = 24_000
  private static let mostLines = 150

  init(_ flow: Flow, _ range: Range<Int>) {
    let limit = min(range.upperBound, range.lowerBound + Self.mostBytes)
    rest = FlowLines(flow, range.lowerBound..<limit)
  }

  /// The first lines; fewer than `count` where the cover has no more.
  mutating func first(_ count: Int) -> [FlowLine] {
    read(count)
    return Array(lines.prefix(count))
  }

  /// The line at a place; nil behind the last one.
  mutating func line(_ place: Int) -> FlowLine? {
    read(place + 1)
    return place < lines.count ? lines[place] : nil
  }

  private mutating func read(_ count: Int) {
    // One more is read, as the last one may go on.
    while lines.count <= count, readCount < Self.mostLines, let line = rest.next() {
      readCount += 1
      add(line)
    }
  }

  private mutating func add(_ line: FlowLine) {
    let isNext = isMark || line.blanksBefore == 0 && (isOpen || goesOn(line))
    isMark = CheckMark.isOne(line.lower)
    if isNext, !isMark, !line.text.utf8.contains(0x09), let last = lines.last {
      lines[lines.count - 1].text = last.text + " " + line.text
      lines[lines.count - 1].lower = last.lower + " " + line.lower
      isOpen = Self.isWord(line.text) && line.text.first?.isLowercase ?? false
    } else {
      isOpen = line.blanksBefore > 0 && Self.isWord(line.text)
      lines.append(line)
    }
  }

  /// Whether the last line is the first of a caption in brackets that ends in this one.
  private func goesOn(_ line: FlowLine) -> Bool {
    guard let last = lines.last, last.text.utf8.first == UInt8(ascii: "("),
      last.text.utf8.count < Self.longestCaption, line.text.utf8.count < Self.longestCaption
    else { return false }
    return last.text.utf8.filter(Self.isBracket).count == 1
      && Array(line.text.utf8.filter(Self.isBracket)) == [UInt8(ascii: ")")]
  }

  /// Of a line: captions are not wider than pages.
  private static let longestCaption = 100

  private static func isBracket(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")") || byte == 0x09
  }

  private static func isWord(_ text: String) -> Bool {
    text.utf8.allSatisfy {
      $0.isLetter || $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "'") || $0 >= 0x80
    }
  }
}
