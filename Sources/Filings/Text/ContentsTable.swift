/// The table of contents of a form, and the headings that only stand in lists.
struct ContentsTable {
  /// From its heading, or its first entry, to the end of its last line.
  private(set) var range: Range<Int>?
  /// The places of the candidates in other lists of what follows, at the heads of parts.
  private(set) var lists: [Range<Int>] = []
  /// The table that says on which pages the items are, of a form that has no other headings with
  /// their numbers.
  private(set) var references: Range<Int>?

  /// Entries of a table of contents stand closer than this, in bytes from start to start.
  private static let widestEntry = 600
  /// Fewer lines are no table, but for one that is called so.
  private static let fewest = 4
  /// Fewer are no table of references.
  private static let fewestReferences = 6
  /// Lines that belong to the table before its first and after its last item.
  private static let nearby = 3000

  /// - Complexity: O(n) in the number of candidates and the length of the range.
  init(_ candidates: [ItemCandidate], _ flow: Flow, _ range: Range<Int>, form: ItemTitles.Form) {
    var last: [ItemNumber: Int] = [:]
    for (place, candidate) in candidates.enumerated() {
      last[candidate.heading.numbers[0]] = place
    }
    var start = 0
    while start < candidates.count, self.range == nil, references == nil {
      let end = Self.runEnd(candidates, start, form: form)
      let run = start..<end
      if Self.isTable(candidates, run, last, flow, range) {
        self.range = Self.extent(of: run, candidates, flow, range)
      } else if form != .other, Self.areReferences(candidates, run) {
        references = Self.extent(of: run, candidates, flow, range)
      }
      start = max(end, start + 1)
    }
    lists = Self.lists(candidates[start...], last)
    if self.range == nil { self.range = Self.byHeading(flow, range, outside: references) }
  }

  /// Whether the table or the references have the place.
  func contains(_ place: Int) -> Bool {
    range?.contains(place) ?? false || references?.contains(place) ?? false
  }

  private static func extent(
    of run: Range<Int>, _ candidates: [ItemCandidate], _ flow: Flow, _ range: Range<Int>
  ) -> Range<Int> {
    let first = candidates[run.lowerBound].range.lowerBound
    let last = candidates[run.upperBound - 1].range.upperBound
    return start(before: first, flow, range)..<end(after: last, candidates, run, flow, range)
  }

  /// Whether most entries name pages, and nothing stands between them.
  private static func areReferences(_ candidates: [ItemCandidate], _ run: Range<Int>) -> Bool {
    run.count >= fewestReferences && 3 * run.count { candidates[$0].isReference } >= 2 * run.count
      && middleContent(candidates, run) < longestRest
  }

  /// Items that stand directly below each other and all come again.
  private static func lists(
    _ candidates: ArraySlice<ItemCandidate>, _ last: [ItemNumber: Int]
  ) -> [Range<Int>] {
    var lists: [Range<Int>] = []
    var start = candidates.startIndex
    while start < candidates.endIndex {
      var end = start + 1
      while end < candidates.endIndex, areJoined(candidates[end - 1], candidates[end]) { end += 1 }
      let comeAgain = (start..<end).allSatisfy {
        last[candidates[$0].heading.numbers[0], default: 0] >= end
      }
      if end - start >= fewest, comeAgain { lists.append(start..<end) }
      start = end
    }
    return lists
  }

  private static func areJoined(_ a: ItemCandidate, _ b: ItemCandidate) -> Bool {
    b.range.lowerBound - a.range.upperBound <= 3 && a.heading.numbers[0] < b.heading.numbers[0]
  }

  private static func runEnd(
    _ candidates: [ItemCandidate], _ start: Int, form: ItemTitles.Form
  ) -> Int {
    var end = start + 1
    // A quarterly report has its numbers twice, once in each part.
    var restarts = form == .quarterly || form == .other ? 1 : 0
    while end < candidates.count {
      let previous = candidates[end - 1]
      let next = candidates[end]
      let isPaged = next.heading.hasPageNumber && previous.heading.hasPageNumber
      guard next.range.lowerBound - previous.range.lowerBound <= gap(form, isPaged: isPaged)
      else { break }
      if next.heading.numbers[0] <= previous.heading.numbers[0] {
        guard restarts > 0, next.heading.numbers[0].number <= 2,
          next.heading.hasPageNumber == previous.heading.hasPageNumber,
          // The first heading behind a short table is the first entry once more.
          form != .other || !isSame(next.heading, candidates[start].heading)
        else { break }
        restarts -= 1
      }
      end += 1
    }
    return end
  }

  private static func isSame(_ a: ItemHeading, _ b: ItemHeading) -> Bool {
    !a.title.isEmpty && a.numbers == b.numbers
      && a.title.trimmed(of: " .") == b.title.trimmed(of: " .")
  }

  /// Statements may be listed one by one below an item.
  private static func gap(_ form: ItemTitles.Form, isPaged: Bool) -> Int {
    form == .quarterly || isPaged ? 3 * widestEntry : widestEntry
  }

  /// - Parameter last: The last candidate of each number.
  private static func isTable(
    _ candidates: [ItemCandidate], _ run: Range<Int>, _ last: [ItemNumber: Int], _ flow: Flow,
    _ range: Range<Int>
  ) -> Bool {
    let numbers = Set(run.map { candidates[$0].heading.numbers[0] })
    let repeated = numbers.count { last[$0, default: 0] >= run.upperBound }
    guard run.count >= fewest else {
      let first = candidates[run.lowerBound].range.lowerBound
      return run.lowerBound == 0 && repeated == numbers.count && isNamed(before: first, flow, range)
    }
    let paged = run.count { candidates[$0].heading.hasPageNumber }
    let isPaged = 2 * paged >= run.count
    return isPaged && repeated > 0
      || 2 * repeated >= numbers.count && middleContent(candidates, run) < longestRest
  }

  /// What stands below most entries is not longer, in bytes: a page number, a line or two.
  private static let longestRest = 60

  /// The median of the bytes between an entry and the next.
  private static func middleContent(_ candidates: [ItemCandidate], _ run: Range<Int>) -> Int {
    let lengths = run.dropLast().map {
      candidates[$0 + 1].range.lowerBound - candidates[$0].range.upperBound
    }.sorted()
    return lengths.isEmpty ? 0 : lengths[lengths.count / 2]
  }

  private static let headings: Set<String> = [
    "table of contents", "contents", "index", "form 10-k index", "form 10-q index",
    "cross reference sheet", "cross-reference sheet", "table of content", "item number", "page",
  ]

  /// Words of the head of the table: "Item No.", "Page".
  private static let heads: Set<Substring> = [
    "item", "items", "no", "number", "page", "pages", "part", "description", "caption", "title",
  ]

  private static func isHeading(_ line: FlowLine) -> Bool {
    guard line.lower.utf8.count < 60 else { return false }
    if line.lower.place(of: "page") != nil {
      let words = line.lower.split { !$0.isLetter }
      if words.contains("page"), words.allSatisfy(heads.contains) { return true }
    }
    if line.lower.place(of: "cross") != nil, line.lower.place(of: "reference index") != nil {
      return true
    }
    return headings.contains(line.lower.trimmed(of: " :.*_\t<>/u"))
  }

  /// Whether a heading "Table of Contents" stands right before an entry.
  private static func isNamed(before first: Int, _ flow: Flow, _ range: Range<Int>) -> Bool {
    let from = max(range.lowerBound, first - farthestHead)
    return FlowLines(flow, from..<first).contains {
      $0.lower.place(of: "contents") != nil && isHeading($0)
    }
  }

  /// The last heading "Table of Contents" before the first entry, else the head of the table or the
  /// part before it, else it.
  private static func start(before first: Int, _ flow: Flow, _ range: Range<Int>) -> Int {
    let from = max(range.lowerBound, first - nearby)
    var start = first
    var isNamed = false
    for line in FlowLines(flow, from..<first) {
      let place = line.range.lowerBound
      if isHeading(line) {
        // The head of the columns goes with the name above it.
        let isName = line.lower.place(of: "contents") != nil
        if isName || !isNamed || place - start > farthestHead { (start, isNamed) = (place, isName) }
      } else if start == first, PartHeading(line)?.part == 1 {
        start = place
      }
    }
    return start
  }

  /// From the name of the table to the head of its columns, in bytes.
  private static let farthestHead = 400

  /// The end of the last entry with the lines after it that belong to the table.
  private static func end(
    after last: Int, _ candidates: [ItemCandidate], _ entries: Range<Int>, _ flow: Flow,
    _ range: Range<Int>
  ) -> Int {
    let next = candidates.dropFirst(entries.upperBound).first?.range.lowerBound ?? range.upperBound
    let limit = min(next, min(range.upperBound, last + nearby))
    var end = last
    guard last < limit else { return last }
    var unsure = 0
    for line in FlowLines(flow, last..<limit) {
      let isFirstPart = PartHeading(line)?.part == 1
      guard line.text.utf8.count < 200, !isFirstPart, unsure < 3 else { break }
      let text = Substring(line.text)
      if isEntry(text) || isTail(line) {
        end = line.range.upperBound
        unsure = 0
      } else {
        unsure += 1
      }
    }
    return end
  }

  private static func isEntry(_ text: Substring) -> Bool {
    // Most lines end with a letter that no number ends with, which costs least to see.
    let last = text.utf8.last { $0 != 0x20 && $0 != 0x09 } ?? 0
    return PageNumber.mayEnd(last) && PageNumber.cut(from: text).hasPageNumber
  }

  private static func isTail(_ line: FlowLine) -> Bool {
    let lower = line.lower
    return lower.utf8.count < 40
      && (lower.hasPrefix("signature") || lower.hasPrefix("exhibit index")
        || lower.hasPrefix("index to exhibits"))
  }

  // MARK: Tables without the word "Item"

  /// The first letters of the headings.
  private static let openings = [
    "tableofc", "contents", "index", "formkind", "formqind", "crossref", "itemnumb", "page",
  ].map(Flow.packed)
  /// Of the words of the head that one begins with, and of the headings of parts.
  private static let firstWords = ["item", "page", "part", "capt", "titl"].map(Flow.packed)
  private static let part = Flow.packed("part")

  /// Whether a line may be a heading by its first letters; a head of columns has the word "page".
  private static func mayBeHeading(_ line: Range<Int>, _ flow: Flow) -> Bool {
    let letters = flow.letters(8, in: line)
    if openings.contains(letters) { return true }
    let start = flow.letters(4, in: line)
    guard firstWords.contains(start) else { return false }
    return start == part && !flow.isWord(longerThan: 4, in: line) || hasPage(flow.text[line])
  }

  private static func hasPage(_ line: ArraySlice<UInt8>) -> Bool {
    line.indices.dropLast(3).contains { place in
      line[place].lowered == UInt8(ascii: "p") && line[place + 1].lowered == UInt8(ascii: "a")
        && line[place + 2].lowered == UInt8(ascii: "g")
        && line[place + 3].lowered == UInt8(ascii: "e")
    }
  }

  /// A table of contents begins no farther from the start, in bytes.
  private static let farthest = 40_000

  /// The lines after a heading "Table of Contents" of which most end with a page number.
  private static func byHeading(
    _ flow: Flow, _ range: Range<Int>, outside references: Range<Int>?
  ) -> Range<Int>? {
    let end = min(range.upperBound, range.lowerBound + farthest)
    for raw in RawLines(flow.text, range.lowerBound..<end)
    where raw.mayBeContents && mayBeHeading(raw.range, flow)
      && !(references?.contains(raw.range.lowerBound) ?? false)
    {
      var lines = FlowLines(flow, raw.range)
      guard let line = lines.next(), isHeading(line) || PartHeading(line)?.part == 1
      else { continue }
      if let last = lastEntry(flow, raw.range.upperBound..<range.upperBound) {
        return raw.range.lowerBound..<last
      }
    }
    return nil
  }

  /// The end of the last line of a table that begins the range; nil where none does.
  private static func lastEntry(_ flow: Flow, _ range: Range<Int>) -> Int? {
    var last: Int?
    var count = 0
    var others = 0
    var page = 0
    for line in FlowLines(flow, range) {
      if line.text.utf8.count < 300, isEntry(Substring(line.text)), let next = Self.page(line),
        next >= page
      {
        count += 1
        (last, others, page) = (line.range.upperBound, 0, next)
      } else {
        others += 1
        if line.text.utf8.count >= 300 || others > 4 { break }
      }
    }
    return count >= 5 ? last : nil
  }

  /// The page that a line names; nil for rows of numbers, which statements have.
  private static func page(_ line: FlowLine) -> Int? {
    let cells = line.cells
    // The first cell may be the number of an item.
    let titles = cells.count > 2 ? cells.dropFirst().dropLast() : cells.dropLast()
    guard titles.allSatisfy({ $0.utf8.contains(where: \.isLetter) }) else { return nil }
    let digits = line.text.utf8.reversed().drop { !$0.isDigit }.prefix { $0.isDigit }
    return Int(String(decoding: digits.reversed(), as: UTF8.self)) ?? 0
  }
}
