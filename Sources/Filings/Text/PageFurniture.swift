/// Finds the lines that belong to a page and not to the text: page numbers and running heads.
///
/// A page ends at a form feed or a `<PAGE>`. A number by itself at the top or the bottom of a page
/// is its number. A line at the top or the bottom of three pages in a row, or of every other one, or
/// of many, is a running head, unless these pages say the same; it stays where it stands first.
/// Where a text has no page ends, numbers by themselves that count on are page numbers.
struct PageFurniture {
  /// A running head stands on so many pages one after another, or on every other one.
  private static let fewestPages = 3
  /// Between two page numbers are so many lines at least.
  private static let shortestPage = 15
  /// So many lines of each page are compared with those of the next.
  private static let comparedLines = 20
  /// More entries are not noted: a bound for hostile files.
  private static let mostEntries = 100_000

  private var dropped: [Int] = []
  private var heads: [(start: Int, mark: UInt64, page: Int)] = []
  private var repeated = RepeatedPages(fewestShared: 3, shortest: 40)
  private var numbers: [(start: Int, number: Int, line: Int)] = []
  private var pageCount = 0
  private var lineCount = 0
  /// Lines with words since the last end of a page.
  private var linesOnPage = 0
  private var latest: RawLine?
  private var beforeLatest: RawLine?

  /// Takes the next line of a text.
  mutating func take(_ line: RawLine, _ bytes: [UInt8], afterBlank: Bool) {
    lineCount &+= 1
    let isMarked = line.signs.contains(.markup)
    if isMarked, Self.hasPageTag(line, bytes) { return endPage(bytes) }
    let isTag = isMarked && bytes[line.first] == UInt8(ascii: "<")
    if !line.isBlank, !isTag { takeWords(line, bytes, afterBlank) }
    if line.signs.contains(.formFeed) { endPage(bytes) }
  }

  private mutating func takeWords(_ line: RawLine, _ bytes: [UInt8], _ afterBlank: Bool) {
    linesOnPage &+= 1
    if linesOnPage <= Self.comparedLines { repeated.add(line.first..<line.end, bytes) }
    if linesOnPage == 1, pageCount > 0, Self.isNumber(line, bytes) {
      drop(line)
    } else if linesOnPage <= 2 {
      note(line, bytes)
    }
    if line.end &- line.first <= 16, afterBlank, linesOnPage > 2 || pageCount == 0,
      numbers.count < Self.mostEntries, bytes[line.first] != UInt8(ascii: "("),
      let number = Self.number(line, bytes)
    {
      numbers.append((line.start, number, lineCount))
    }
    beforeLatest = latest
    latest = line
  }

  private mutating func endPage(_ bytes: [UInt8]) {
    pageCount &+= 1
    defer { linesOnPage = 0 }
    guard linesOnPage > 0, let latest else { return }
    if Self.isNumber(latest, bytes) {
      drop(latest)
      if linesOnPage > 1, let beforeLatest { note(beforeLatest, bytes) }
    } else {
      note(latest, bytes)
    }
    repeated.endPage(bytes)
  }

  private mutating func drop(_ line: RawLine) {
    if dropped.count < Self.mostEntries { dropped.append(line.start) }
  }

  private mutating func note(_ line: RawLine, _ bytes: [UInt8]) {
    guard heads.count < Self.mostEntries, let mark = Self.mark(bytes[line.first..<line.end]) else {
      return
    }
    heads.append((line.start, mark, repeated.page))
  }

  /// Where the lines begin that are to be left out, in order.
  ///
  /// - Complexity: O(n log n) in the number of pages.
  consuming func finish(_ bytes: [UInt8]) -> [Int] {
    repeated.endPage(bytes)
    let marks = runningHeads()
    var seen: Set<UInt64> = []
    for head in heads where marks.contains(head.mark) {
      if !seen.insert(head.mark).inserted { dropped.append(head.start) }
    }
    if pageCount < Self.fewestPages { dropCounted() }
    dropped.sort()
    return dropped
  }

  /// The marks of the lines that are running heads.
  private func runningHeads() -> Set<UInt64> {
    // In a long text, what stands on few of its pages may be part of what it says.
    let least = max(Self.fewestPages, repeated.page / 5)
    var found: Set<UInt64> = []
    var pages: [UInt64: (count: Int, run: Int, last: Int)] = [:]
    for head in heads where !repeated.contains(head.page) {
      var known = pages[head.mark] ?? (count: 0, run: 0, last: -9)
      guard head.page > known.last else { continue }
      known.count += 1
      known.run = head.page - known.last <= 2 ? known.run + 1 : 1
      known.last = head.page
      pages[head.mark] = known
      if known.run >= Self.fewestPages || known.count >= least { found.insert(head.mark) }
    }
    return found
  }

  /// Drops the numbers that count on from the one before, a page apart: three in a row, or two where
  /// there are few others. Years do so, too.
  private mutating func dropCounted() {
    var start = 0
    for end in numbers.indices.map({ $0 + 1 }) {
      if end < numbers.count, follows(numbers[end], numbers[end - 1]) { continue }
      let run = numbers[start..<end]
      start = end
      if run.count >= 3 || run.count == 2 && numbers.count <= 4 { dropped += run.map(\.start) }
    }
  }

  /// The numbers of so many pages less one may be missing between two.
  private static let mostPages = 3
  /// No text without page ends has so many pages.
  private static let firstYear = 1900

  private func follows(
    _ later: (start: Int, number: Int, line: Int), _ earlier: (start: Int, number: Int, line: Int)
  ) -> Bool {
    let pages = later.number - earlier.number
    return (1...Self.mostPages).contains(pages) && later.number < Self.firstYear
      && later.line - earlier.line >= pages * Self.shortestPage
  }

  // MARK: Lines

  private static func number(_ line: RawLine, _ bytes: [UInt8]) -> Int? {
    line.end &- line.first <= 16 ? PageNumbers.number(bytes[line.first..<line.end]) : nil
  }

  private static func isNumber(_ line: RawLine, _ bytes: [UInt8]) -> Bool {
    number(line, bytes) != nil
      || line.end &- line.first <= 16 && PageNumbers.isRoman(bytes[line.first..<line.end])
  }

  /// Whether a line has a `<PAGE>` on it.
  static func hasPageTag(_ line: RawLine, _ bytes: [UInt8]) -> Bool {
    var place = line.first
    while true {
      place = ByteScan.find(UInt8(ascii: "<"), in: bytes.span, place, line.end)
      guard place + 5 < line.end else { return false }
      if bytes[place + 1].lowered == 0x70, bytes[place + 2].lowered == 0x61,
        bytes[place + 3].lowered == 0x67, bytes[place + 4].lowered == 0x65,
        bytes[place + 5] == UInt8(ascii: ">")
      {
        return true
      }
      place += 1
    }
  }

  /// A running head is not longer; in bytes.
  private static let longestHead = 120

  /// Headings that differ only in their number are different headings.
  private static let numbered = [
    "exhibit", "item", "part", "section", "article", "schedule", "appendix", "annex", "note",
    "form", "series", "chapter", "exh", "sch", "table", "figure",
  ].map { Array($0.utf8) }

  /// What makes two lines the same running head: their words, without a page number at one end.
  /// Nil for lines that have no words, answer an item, give something a name, as "Title: Director"
  /// on pages of signatures, or are the start of a line to be filled in.
  private static func mark(_ line: ArraySlice<UInt8>) -> UInt64? {
    guard line.count <= longestHead, line.count(where: \.isLetter) >= 3,
      !line.contains(UInt8(ascii: ":")), line.last != UInt8(ascii: "_"), !ShortAnswer.isOne(line),
      !isProse(line)
    else { return nil }
    var words = line
    let opening = line.prefix(8).map(\.lowered)
    if !numbered.contains(where: { opening.starts(with: $0) }) {
      if isPageNumber(words.suffix(while: { !$0.isSpace })) {
        let rest = words.dropLast(while: { !$0.isSpace })
        if isSetApart(rest) { words = rest }
      }
      if isPageNumber(words.prefix { !$0.isSpace }) { words = words.drop { !$0.isSpace } }
    }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in words where !byte.isSpace {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
    return hash
  }

  /// What a sentence or a part of one ends with.
  private static let ends = Array(".;,".utf8)

  /// Whether most words of a line begin small, or it is the end of a sentence: it may stand on many
  /// pages where forms repeat.
  static func isProse(_ line: ArraySlice<UInt8>) -> Bool {
    var (words, small) = (0, 0)
    var last: UInt8 = 0x20
    for byte in line {
      if last.isSpace, byte.isLetter {
        words += 1
        if byte &- 0x61 < 26 { small += 1 }
      }
      last = byte
    }
    if line.first.map({ $0 &- 0x61 < 26 }) ?? false, line.last.map(ends.contains) ?? false {
      return true
    }
    return words >= 4 && small * 2 > words
  }

  /// Whether a number that follows is that of the page and not the line's own.
  private static func isSetApart(_ line: ArraySlice<UInt8>) -> Bool {
    let words = line.dropLast(while: \.isSpace).suffix(while: { !$0.isSpace })
    return line.suffix(while: \.isSpace).count > 1 || words.last == UInt8(ascii: "-")
      || words.last == UInt8(ascii: "|") || words.map(\.lowered).elementsEqual("page".utf8)
  }

  /// `12`, `-12-`, `(12)`: up to four digits, and no amount.
  private static func isPageNumber(_ word: ArraySlice<UInt8>) -> Bool {
    word.count <= 8 && (1...4).contains(word.count(where: \.isDigit))
      && word.allSatisfy {
        $0.isDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: ")")
          || $0 == UInt8(ascii: ".")
      }
  }
}

extension ArraySlice<UInt8> {
  /// The longest end whose bytes all satisfy `test`.
  fileprivate func suffix(while test: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    self[(lastIndex { !test($0) }.map { $0 + 1 } ?? startIndex)...]
  }

  /// What stands before the longest end whose bytes all satisfy `test`.
  fileprivate func dropLast(while test: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    self[..<(lastIndex { !test($0) }.map { $0 + 1 } ?? startIndex)]
  }
}
