/// Where the pages of a document end, and what stands at their edges.
///
/// Page numbers, running heads and links back to the contents are repeated from page to page, and
/// cut sentences in two. They are left out: numbers where at least half of the pages have one at
/// that edge, other lines where they stand at the edges of many pages, each but the first time.
struct HTMLPages {
  private var breaks: [Int] = []

  /// A document with fewer breaks is left as it is.
  private static let fewest = 4
  /// So many lines are looked at on each side of a break.
  private static let depth = 4
  /// A longer line is no head or foot; in bytes.
  private static let longest = 160
  /// What stands behind more space is at no edge: many breaks may lie in one gap; in bytes.
  private static let widestGap = 500

  mutating func addBreak(at place: Int) {
    if breaks.last != place { breaks.append(place) }
  }

  /// A line at the edge of a page.
  private struct Line {
    var range: Range<Int>
    /// Nil where it can be no head or foot; 0 for a page number.
    var key: UInt64?
  }

  private struct Edges {
    var before: [Line]
    var after: [Line]
  }

  /// - Complexity: O(n log n) in the number of breaks and blocks, O(n) in the text.
  func removeFurniture(from flow: inout Flow) {
    guard breaks.count >= Self.fewest else { return }
    let edges = ([0] + breaks + [flow.text.count]).map { self.edges(of: $0, flow) }
    let counts = Counts(edges.flatMap { [$0.before.reversed(), $0.after] })
    let numbered = (
      before: edges.count { Self.hasNumber($0.before, counts) } * 2 >= breaks.count,
      after: edges.count { Self.hasNumber($0.after, counts) } * 2 >= breaks.count
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

  // MARK: What is repeated

  /// How often each line stands at an edge, and where first.
  private struct Counts {
    private var counts: [UInt64: (count: Int, first: Int, last: Int)] = [:]
    private let least: Int

    /// The sides of the breaks in the order of the text.
    init(_ sides: [[Line]]) {
      // In a long document, what stands on few of its pages may be part of what it says.
      least = max(HTMLPages.fewest, sides.count / 10)
      for line in sides.joined() { add(line) }
    }

    /// One line may stand at the edges of two breaks.
    private mutating func add(_ line: Line) {
      guard let key = line.key else { return }
      let place = line.range.lowerBound
      guard let known = counts[key] else {
        counts[key] = (1, place, place)
        return
      }
      if place > known.last { counts[key] = (known.count + 1, known.first, place) }
    }

    func isRepeated(_ key: UInt64) -> Bool { counts[key].map { $0.count >= least } ?? false }

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

  // MARK: Lines

  private func edges(of place: Int, _ flow: Flow) -> Edges {
    var edges = Edges(before: [], after: [])
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
    var end = start
    while end < flow.text.count, end - start <= longest, flow.text[end] != 0x0A { end += 1 }
    return line(start..<end, flow)
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
  private static func key(_ line: ArraySlice<UInt8>) -> UInt64 {
    if isPageNumber(line) { return 0 }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in withoutNumber(line) where !byte.isSpace {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return hash == 0 ? 1 : hash
  }

  /// "12", "- 12 -", "F-12", "Page 12 of 90", "xiv".
  private static func isPageNumber(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.count <= 24,
      !line.contains(where: { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "%") })
    else { return false }
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
