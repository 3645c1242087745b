/// Finds the lines of a flow that may be headings of items and parts.
struct ItemLines {
  private let flow: Flow
  private let range: Range<Int>
  private(set) var candidates: [ItemCandidate] = []
  private(set) var parts: [(heading: PartHeading, range: Range<Int>)] = []

  /// Candidates and lines beyond so many are not looked at: a bound for hostile files.
  private static let most = 2000
  private static let mostLines = 20_000

  init(_ flow: Flow, _ range: Range<Int>) {
    self.flow = flow
    self.range = range
  }

  /// Takes the lines of the range that are headings.
  mutating func read(_ lines: [RawLines.Line]) {
    var looked = 0
    for line in lines where range.contains(line.range.lowerBound) && begins(line.range) {
      looked += 1
      guard candidates.count < Self.most, parts.count < Self.most, looked < Self.mostLines
      else { return }
      var lines = FlowLines(flow, line.range)
      guard let first = lines.next() else { continue }
      let clean = joined(first)
      if let part = PartHeading(clean) {
        parts.append((part, line.range))
        continue
      }
      let row = ReferenceRow(clean)
      guard var heading = ItemHeading(row?.line ?? clean), !heading.isContinued else { continue }
      if row?.hasPageNumber ?? false { heading.hasPageNumber = true }
      add(heading, clean, line, isReference: row != nil)
    }
  }

  /// Finds headings without the word "Item" that stand apart, as `ItemHeading(bare:)` reads them.
  mutating func readBare(outside listed: Range<Int>?) {
    for line in RawLines(flow.text, range)
    where line.range.count < Self.longestHeading && Self.mayBeBare(line.initial)
      && !(listed?.contains(line.range.lowerBound) ?? false)
    {
      guard candidates.count < Self.most else { return }
      var lines = FlowLines(flow, line.range)
      guard let clean = lines.next(), clean.isMarked || line.blanksBefore > 0,
        let heading = ItemHeading(bare: clean), !heading.isContinued
      else { continue }
      add(heading, clean, line)
    }
  }

  private static func mayBeBare(_ initial: UInt8) -> Bool {
    initial.isDigit || initial &- 0x61 < 12 || initial == UInt8(ascii: "(")
  }

  /// Whether the first word of the line is "item", "items" or "part", whatever stands between its
  /// letters.
  private func begins(_ line: Range<Int>) -> Bool {
    // Headings of plain text stand in the middle of the page.
    let first = ByteScan.spacesEnd(in: flow.text.span, line.lowerBound, line.upperBound)
    let letters = flow.letters(5, in: first..<min(first + 24, line.upperBound))
    if letters == Self.items || letters == Self.item || letters == Self.part { return true }
    guard letters >> 8 == Self.item || letters >> 8 == Self.part else { return false }
    return !flow.isWord(longerThan: 4, in: line)
  }

  /// A line that is no more than "Item" goes with the next, which has the number.
  private func joined(_ line: FlowLine) -> FlowLine {
    guard line.lower == "item" || line.lower == "items" else { return line }
    let limit = min(range.upperBound, line.range.upperBound + Self.longestHeading)
    guard let next = FlowLines(flow, line.range.upperBound..<limit).first(where: { _ in true }),
      next.text.utf8.first?.isDigit ?? false
    else { return line }
    var joined = line
    joined.text += " " + next.text
    joined.lower += " " + next.lower
    joined.range = line.range.lowerBound..<next.range.upperBound
    return joined
  }

  private static let item = Flow.packed("item")
  private static let items = Flow.packed("items")
  private static let part = Flow.packed("part")

  private static let longestHeading = 260
  private static let longestTitle = 200

  private mutating func add(
    _ heading: ItemHeading, _ line: FlowLine, _ raw: RawLines.Line, isReference: Bool = false
  ) {
    var candidate = ItemCandidate(
      heading: heading, range: line.range,
      isMarked: line.isMarked || Self.isCapitals(heading.title),
      isAfterBlank: raw.blanksBefore > 0 || raw.range.lowerBound == range.lowerBound,
      isRunIn: line.text.utf8.count > Self.longestHeading
        || ItemHeading.sentenceEnd(heading.title) != nil,
      openPart: heading.part ?? parts.last?.heading.part)
    candidate.isReference = isReference || heading.hasPageNumber
    candidate.standsAlone =
      candidate.isAfterBlank || candidate.isMarked || !Self.isInSentence(raw, flow, range)
    if !candidate.isRunIn, !candidate.isReference { takeFollowing(&candidate) }
    guard !candidate.heading.isContinued else { return }
    // Of a running head and the heading right below it the heading counts.
    if let last = candidates.last, last.heading.numbers == candidate.heading.numbers,
      raw.range.lowerBound - last.range.upperBound <= 3
    {
      candidates.removeLast()
      if last.heading.isSame(as: candidate.heading) {
        candidate.isMarked = candidate.isMarked || last.isMarked
        candidate.isAfterBlank = candidate.isAfterBlank || last.isAfterBlank
        candidate.standsAlone = candidate.standsAlone || last.standsAlone
      }
    }
    candidates.append(candidate)
  }

  /// Whether the text before a line seems to go on in it.
  static func isInSentence(_ line: RawLines.Line, _ flow: Flow, _ range: Range<Int>) -> Bool {
    var place = line.range.lowerBound
    while place > range.lowerBound, flow.text[place - 1].isSpace { place -= 1 }
    guard place > range.lowerBound else { return false }
    let last = flow.text[place - 1]
    return last &- 0x61 < 26 || last == UInt8(ascii: ",")
  }

  /// Takes the title from the next line where the number stands alone, and the rest of a title
  /// that is broken over lines.
  private func takeFollowing(_ candidate: inout ItemCandidate) {
    let limit = min(range.upperBound, candidate.range.upperBound + 2 * Self.longestHeading)
    guard candidate.range.upperBound + 1 < limit else { return }
    for next in FlowLines(flow, candidate.range.upperBound + 1..<limit).prefix(2) {
      let title = candidate.heading.title
      guard next.text.utf8.count <= Self.longestTitle, next.range.upperBound <= limit,
        ItemHeading(next) == nil, PartHeading(next) == nil
      else { return }
      if title.isEmpty {
        let (text, hasPage) = PageNumber.cut(from: Substring(next.text))
        candidate.heading.title = text
        candidate.heading.hasPageNumber = hasPage
        candidate.isMarked = candidate.isMarked || next.isMarked || Self.isCapitals(text)
        candidate.range = candidate.range.lowerBound..<next.range.upperBound
        if hasPage || text.isEmpty { return }
      } else if goesOn(candidate, next) {
        if next.lower.place(of: "(continued") != nil { candidate.heading.isContinued = true }
        let (text, hasPage) = PageNumber.cut(from: Substring(next.text))
        candidate.heading.title += " " + text
        candidate.heading.hasPageNumber = hasPage
        candidate.range = candidate.range.lowerBound..<next.range.upperBound
      } else {
        // "Item 1." / "Business" / "3" of a table of contents whose cells are lines.
        if PageNumber.isPage(Substring(next.text)) { candidate.heading.hasPageNumber = true }
        return
      }
    }
  }

  /// Whether a line is the second half of a title: directly below, in the same capitals.
  private func goesOn(_ candidate: ItemCandidate, _ next: FlowLine) -> Bool {
    let title = candidate.heading.title
    guard let end = title.utf8.last, next.blanksBefore == 0,
      next.range.lowerBound - candidate.range.upperBound <= 2, !Self.isParagraph(next.text)
    else { return false }
    let isClosed = end == UInt8(ascii: ".") || end == UInt8(ascii: ":") || end == UInt8(ascii: "]")
    guard !isClosed, candidate.range.count >= 40 || end == UInt8(ascii: ",") else { return false }
    if Self.isCapitals(title) { return Self.isCapitals(next.text) }
    let small = next.text.utf8.first.map { $0 &- 0x61 < 26 } ?? false
    return next.text.utf8.count < 60 && (small || !Self.isCapitals(next.text))
      && next.text.utf8.last != UInt8(ascii: ".")
  }

  /// "(d) Exhibits" begins what stands below a title.
  private static func isParagraph(_ text: String) -> Bool {
    let start = text.utf8.prefix(3).map { $0 }
    return start.count == 3 && start[0] == UInt8(ascii: "(") && start[2] == UInt8(ascii: ")")
  }

  static func isCapitals(_ text: String) -> Bool {
    text.utf8.count { $0 &- 0x41 < 26 } >= 4 && !text.utf8.contains { $0 &- 0x61 < 26 }
  }
}
