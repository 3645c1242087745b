/// Where the pages of a document end, and what stands at their edges.
///
/// Page numbers, running heads and links back to the contents are repeated from page to page, and
/// cut sentences in two. They are left out: numbers where at least half of the pages have one at
/// that edge, other lines where they stand at the edges of many pages, each but the first time.
struct HTMLPages {
  private var breaks: [(place: Int, isRule: Bool)] = []

  /// A document with fewer breaks is left as it is.
  private static let fewest = 4
  /// What heads so many pages one after another is a running head however long the document is.
  private static let shortestRun = 3
  /// So many lines are looked at on each side of a break.
  private static let depth = 4
  /// A longer line is no head or foot; in bytes.
  private static let longest = 160
  /// What stands behind more space is at no edge: many breaks may lie in one gap; in bytes.
  private static let widestGap = 500

  /// Notes a break; one that is only a rule may stand inside of a page, too.
  mutating func addBreak(at place: Int, isRule: Bool) {
    if let last = breaks.last, last.place == place {
      breaks[breaks.count - 1].isRule = last.isRule && isRule
    } else {
      breaks.append((place, isRule))
    }
  }

  /// A line at the edge of a page.
  private struct Line {
    var range: Range<Int>
    /// Nil where it can be no head or foot; 0 for a page number.
    var key: UInt64?
  }

  private struct Edges {
    var place: Int
    var before: [Line]
    var after: [Line]
  }

  /// - Complexity: O(n log n) in the number of breaks and blocks, O(n) in the text.
  func removeFurniture(from flow: inout Flow) {
    guard breaks.count >= Self.fewest else { return }
    let edges = pageEdges(of: flow)
    let counts = Counts(edges, Self.repeatedPages(between: edges, flow))
    let numbered = (
      before: edges.count { Self.hasNumber($0.before, counts) } * 2 >= edges.count - 2,
      after: edges.count { Self.hasNumber($0.after, counts) } * 2 >= edges.count - 2
    )
    var removed: [Range<Int>] = []
    for edge in edges {
      let before = Self.furniture(edge.before, counts, isNumbered: numbered.before)
      let after = Self.furniture(edge.after, counts, isNumbered: numbered.after)
      for line in before.reversed() + after
      where line.range.lowerBound >= removed.last?.upperBound ?? 0 && !counts.isFirst(line) {
        removed.append(line.range)
      }
    }
    Self.remove(removed, from: &flow)
  }

  /// The edges of the text and of its pages. Where styles break pages, a rule ends one only beside
  /// a page number: others stand above footnotes.
  private func pageEdges(of flow: Flow) -> [Edges] {
    let hasStyles = breaks.count { !$0.isRule } >= Self.fewest
    let inner = breaks.compactMap { item -> Edges? in
      let edges = self.edges(of: item.place, flow)
      let isPage = !item.isRule || edges.before.first?.key == 0 || edges.after.first?.key == 0
      return isPage || !hasStyles ? edges : nil
    }
    return [self.edges(of: 0, flow)] + inner + [self.edges(of: flow.text.count, flow)]
  }

  // MARK: What is repeated

  /// How often each line stands at an edge, and where first.
  private struct Counts {
    private var counts: [UInt64: (count: Int, first: Int, last: Int)] = [:]
    private let least: Int
    /// Lines that head pages one after another.
    private var inRuns: Set<UInt64> = []

    /// On a page that says the same as one beside it, a line is no head for being repeated.
    init(_ edges: [Edges], _ repeated: RepeatedPages) {
      // In a long document, what stands on few of its pages may be part of what it says.
      least = max(HTMLPages.fewest, edges.count / 5)
      for (page, edge) in edges.enumerated() {
        for line in edge.before.reversed() { add(line, isCounted: !repeated.contains(page - 1)) }
        for line in edge.after { add(line, isCounted: !repeated.contains(page)) }
      }
      findRuns(edges, repeated)
    }

    private mutating func findRuns(_ edges: [Edges], _ repeated: RepeatedPages) {
      var runs: [UInt64: Int] = [:]
      for (page, edge) in edges.enumerated() where !repeated.contains(page) {
        var next: [UInt64: Int] = [:]
        for key in edge.after.compactMap(\.key) where next[key] == nil {
          next[key] = runs[key, default: 0] + 1
          if next[key] == HTMLPages.shortestRun { inRuns.insert(key) }
        }
        runs = next
      }
    }

    /// One line may stand at the edges of two breaks.
    private mutating func add(_ line: Line, isCounted: Bool) {
      guard let key = line.key else { return }
      let place = line.range.lowerBound
      var known = counts[key] ?? (count: 0, first: place, last: -1)
      guard place > known.last else { return }
      if isCounted { known.count += 1 }
      known.last = place
      counts[key] = known
    }

    func isRepeated(_ key: UInt64) -> Bool {
      inRuns.contains(key) || counts[key].map { $0.count >= least } ?? false
    }

    /// Whether a line is the first of those like it, which stays; page numbers all go.
    func isFirst(_ line: Line) -> Bool {
      guard let key = line.key, key != 0 else { return line.key == nil }
      return counts[key]?.first == line.range.lowerBound
    }
  }

  private static func hasNumber(_ lines: [Line], _ counts: Counts) -> Bool {
    furniture(lines, counts, isNumbered: true).contains { $0.key == 0 }
  }

  /// The lines from the edge inwards up to the first that says something.
  private static func furniture(
    _ lines: [Line], _ counts: Counts, isNumbered: Bool
  ) -> [Line] {
    var numbers = 0
    return Array(
      lines.prefix { line in
        guard let key = line.key else { return false }
        if key == 0 { numbers += 1 }
        return key == 0 ? isNumbered && numbers == 1 : counts.isRepeated(key)
      })
  }

  /// A page is compared with the next one up to here, in bytes.
  private static let comparedByteCount = 6000

  private static func repeatedPages(between edges: [Edges], _ flow: Flow) -> RepeatedPages {
    var pages = RepeatedPages(fewestShared: 2, shortest: 100)
    for (edge, next) in zip(edges, edges.dropFirst()) {
      let end = min(next.place, edge.place + comparedByteCount)
      var start = edge.place
      while start < end, !pages.isFull {
        let stop = ByteScan.find(0x0A, in: flow.text.span, start, end)
        pages.add(start..<stop, flow.text)
        start = stop + 1
      }
      pages.endPage(flow.text)
    }
    return pages
  }

  // MARK: Lines

  private func edges(of place: Int, _ flow: Flow) -> Edges {
    var edges = Edges(place: place, before: [], after: [])
    var end = place
    while edges.before.count < Self.depth, let line = Self.line(endingAt: end, flow) {
      edges.before.append(line)
      if line.key == nil { break }
      end = line.range.lowerBound
    }
    var start = place
    while edges.after.count < Self.depth, let line = Self.line(startingAt: start, flow) {
      edges.after.append(line)
      if line.key == nil { break }
      start = line.range.upperBound
    }
    return edges
  }

  private static func line(endingAt end: Int, _ flow: Flow) -> Line? {
    let lowest = max(0, end - widestGap)
    var end = end
    while end > lowest, flow.text[end - 1].isSpace { end -= 1 }
    guard end > lowest else { return nil }
    var start = end
    while start > 0, end - start <= longest, flow.text[start - 1] != 0x0A { start -= 1 }
    return line(start..<end, flow)
  }

  private static func line(startingAt start: Int, _ flow: Flow) -> Line? {
    let highest = min(flow.text.count, start + widestGap)
    var start = start
    while start < highest, flow.text[start].isSpace { start += 1 }
    guard start < highest else { return nil }
    let limit = min(flow.text.count, start + longest + 1)
    return line(start..<ByteScan.find(0x0A, in: flow.text.span, start, limit), flow)
  }

  private static func line(_ range: Range<Int>, _ flow: Flow) -> Line {
    guard range.count <= longest, !isSentence(flow.text[range]), !isInTable(range, flow) else {
      return Line(range: range)
    }
    return Line(range: range, key: key(flow.text[range]))
  }

  /// Whether a line ends as a sentence or a part of one does, gives something a name, as "Title:
  /// Director" on pages of signatures, adds to a heading, as "(Unaudited)", or answers an item.
  private static func isSentence(_ line: ArraySlice<UInt8>) -> Bool {
    guard let last = line.last(where: { !$0.isSpace }) else { return false }
    return ".;,".utf8.contains(last) || line.contains(UInt8(ascii: ":"))
      || line.first == UInt8(ascii: "(") || ShortAnswer.isOne(line)
  }

  /// Whether a line is one of several of a table.
  private static func isInTable(_ line: Range<Int>, _ flow: Flow) -> Bool {
    var low = 0
    var high = flow.blocks.count
    while low < high {
      let middle = (low + high) / 2
      if flow.blocks[middle].range.lowerBound <= line.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low > 0, flow.blocks[low - 1].kind == .table else { return false }
    let table = flow.blocks[low - 1].range
    return table.contains(line.lowerBound)
      && (table.lowerBound < line.lowerBound || table.upperBound > line.upperBound)
  }

  /// The same for lines that differ in nothing but a page number at one end; 0 for a page number.
  private static func key(_ line: ArraySlice<UInt8>) -> UInt64? {
    if isPageNumber(line) { return 0 }
    // A bullet may stand by itself.
    guard line.contains(where: { $0.isLetter || $0.isDigit }) else { return nil }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in withoutNumber(line) where !byte.isSpace {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return hash == 0 ? 1 : hash
  }

  /// A page number with its words is not longer; in bytes.
  private static let longestNumber = 24

  /// "12", "- 12 -", "F-12", "Page 12 of 90", "xiv".
  private static func isPageNumber(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.count <= longestNumber else { return false }
    var letters = 0
    for byte in line {
      if byte == UInt8(ascii: "$") || byte == UInt8(ascii: "%") { return false }
      if byte.isLetter { letters += 1 }
    }
    // "Page" and "of"; Roman numerals are not longer.
    guard letters <= 6 else { return false }
    let words = line.split { !$0.isLetter && !$0.isDigit }
    guard let last = words.last else { return false }
    if words.count == 1 {
      let isPlain = line.allSatisfy {
        $0.isDigit || $0.isSpace || $0 == UInt8(ascii: "-") || $0 >= 0x80
      }
      return isNumber(last) && (isPlain || line.count <= 8) || isRoman(last)
    }
    let lead = words[0].map(\.lowered)
    let isSection = lead.count == 1 && lead[0].isLetter
    if words.count == 2 { return isNumber(last) && (isSection || lead == page) }
    return words.count == 4 && lead == page && isNumber(words[1]) && isNumber(last)
  }

  private static let page = Array("page".utf8)

  private static func isNumber(_ word: ArraySlice<UInt8>) -> Bool {
    word.count <= 3 && word.allSatisfy(\.isDigit)
  }

  private static func isRoman(_ word: ArraySlice<UInt8>) -> Bool {
    word.count <= 6 && word.allSatisfy { "ivx".utf8.contains($0.lowered) }
  }

  /// Without a number in the first or last cell of a line, or after a dash, a bar or "page".
  private static func withoutNumber(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var end = line.endIndex
    while end > line.startIndex, line[end - 1].isDigit { end -= 1 }
    if end < line.endIndex, line.endIndex - end <= 4, isSetApart(line[..<end]) {
      return line[..<end]
    }
    let rest = line.drop(while: \.isDigit)
    if rest.count < line.count, line.count - rest.count <= 4, let next = rest.first {
      if next == 0x09 || next == UInt8(ascii: "|") { return rest }
      if next == 0x20, let mark = rest.dropFirst().first, !mark.isLetter, !mark.isDigit {
        return rest
      }
    }
    return line
  }

  private static func isSetApart(_ line: ArraySlice<UInt8>) -> Bool {
    guard let last = line.last else { return false }
    if last == 0x09 || last == UInt8(ascii: "-") { return true }
    let words = line.reversed().drop(while: \.isSpace)
    guard words.count < line.count, let mark = words.first else { return false }
    return mark == UInt8(ascii: "|") || mark == UInt8(ascii: "-") || mark >= 0x80
      || words.prefix(4).map(\.lowered).elementsEqual("egap".utf8)
  }

  // MARK: Taking out

  /// Takes the ranges, which are in order, out of the text, each with the line ends after it.
  private static func remove(_ removed: [Range<Int>], from flow: inout Flow) {
    guard !removed.isEmpty else { return }
    var text: [UInt8] = []
    text.reserveCapacity(flow.text.count)
    var kept = PlaceShift()
    var offset = 0
    for range in removed {
      text.append(contentsOf: flow.text[offset..<range.lowerBound])
      offset = range.upperBound
      while offset < flow.text.count, flow.text[offset] == 0x0A { offset += 1 }
      kept.add(range.lowerBound..<offset)
    }
    text.append(contentsOf: flow.text[offset...])
    flow.text = text
    flow.blocks = flow.blocks.compactMap { block in
      let range = kept.place(block.range.lowerBound)..<kept.place(block.range.upperBound)
      return range.isEmpty ? nil : Flow.Block(kind: block.kind, range: range)
    }
  }
}

/// Where places go when ranges are taken out of a text; places are asked for in any order.
private struct PlaceShift {
  private var removed: [(range: Range<Int>, before: Int)] = []

  mutating func add(_ range: Range<Int>) {
    let before = removed.last.map { $0.before + $0.range.count } ?? 0
    removed.append((range, before))
  }

  func place(_ source: Int) -> Int {
    var low = 0
    var high = removed.count
    while low < high {
      let middle = (low + high) / 2
      if removed[middle].range.lowerBound < source { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return source }
    let (range, before) = removed[low - 1]
    return source - before - min(source - range.lowerBound, range.count)
  }
}
