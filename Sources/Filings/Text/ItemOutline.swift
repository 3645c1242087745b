/// The items and parts of a form in a flow, and its table of contents.
struct ItemOutline {
  struct Section: Equatable {
    /// "Item 1A. Risk Factors", "Part II".
    var label: String
    /// Of an item.
    var number: ItemNumber?
    var range: Range<Int>
  }

  private(set) var items: [Section] = []
  private(set) var parts: [Section] = []
  private(set) var contents: Range<Int>?

  /// - Parameters:
  ///   - form: The name of the form; where it is unknown the titles of the items tell it.
  ///   - ends: Where the signature pages and lists of exhibits begin, in order.
  /// - Complexity: O(n) in the length of the range.
  init(_ flow: Flow, _ range: Range<Int>, form name: String?, outline: Outline) {
    var lines = ItemLines(flow, range)
    lines.read(outline.itemLines)
    var candidates = lines.candidates
    let form = ItemTitles.form(named: name) ?? Self.likelyForm(candidates)
    let listed = ContentsTable.find(candidates, flow, range, form: form)
    contents = listed
    if let listed {
      for place in candidates.indices where listed.contains(candidates[place].range.lowerBound) {
        candidates[place].isListed = true
      }
    }
    var inner: InnerItems?
    if form == .foreignAnnual {
      inner = InnerItems(&candidates, ItemLines(flow, range), outside: listed)
    }
    Self.measure(&candidates, end: range.upperBound)
    let heads = lines.parts.filter { !(listed?.contains($0.range.lowerBound) ?? false) }
    let chain = ItemChain(form: form)
    var links = chain.links(candidates)
    links += Self.strays(candidates, links, chain)
    links.sort { $0.candidate < $1.candidate }
    let builder = SectionBuilder(
      candidates: candidates, links: links, heads: heads, end: range.upperBound, outline: outline)
    items = builder.items()
    if let inner { items += items.flatMap(inner.sections) }
    parts = builder.parts()
  }

  /// The table of contents, the parts and the items as zones.
  var zones: [(kind: FilingZone, range: Range<Int>, label: String)] {
    var zones: [(kind: FilingZone, range: Range<Int>, label: String)] = []
    if let contents { zones.append((.contents, contents, "")) }
    zones += parts.map { (.part, $0.range, $0.label) }
    zones += items.map { (.item, $0.range, $0.label) }
    return zones
  }

  /// The form under whose titles most candidates have theirs.
  private static func likelyForm(_ candidates: [ItemCandidate]) -> ItemTitles.Form {
    var best = (form: ItemTitles.Form.other, count: 2)
    for form in ItemTitles.Form.allCases where form != .other {
      let matching = candidates.filter { candidate in
        let number = candidate.heading.numbers[0]
        return (form == .quarterly ? [1, 2] : [0]).contains {
          ItemTitles.matches(candidate.heading.title, number, part: $0, form: form)
        }
      }
      let count = Set(matching.map { $0.heading.numbers[0].text + $0.heading.title.prefix(9) })
        .count
      if count > best.count { best = (form, count) }
    }
    return best.form
  }

  /// Sets how much text follows each candidate before one of another number.
  static func measure(_ candidates: inout [ItemCandidate], end: Int) {
    var next = end
    var following: ItemCandidate?
    for place in candidates.indices.reversed() where !candidates[place].isListed {
      let current = candidates[place]
      if let following, following.heading.numbers != current.heading.numbers {
        next = following.range.lowerBound
      }
      candidates[place].content = max(0, next - current.range.upperBound)
      following = current
    }
  }

  /// True headings that are not in the order of the form: of numbers that the chain does not have.
  private static func strays(
    _ candidates: [ItemCandidate], _ links: [ItemChain.Link], _ chain: ItemChain
  ) -> [ItemChain.Link] {
    guard chain.form != .quarterly, let first = links.first else { return [] }
    var seen = Set(links.flatMap { candidates[$0.candidate].heading.numbers })
    var strays: [ItemChain.Link] = []
    for place in candidates.indices where place > first.candidate {
      let candidate = candidates[place]
      let heading = candidate.heading
      guard !candidate.isListed, !heading.hasPageNumber, !heading.title.isEmpty, !candidate.isRunIn,
        candidate.isMarked, seen.isDisjoint(with: heading.numbers),
        chain.form == .other
          || ItemTitles.matches(heading.title, heading.numbers[0], part: 0, form: chain.form)
      else { continue }
      seen.formUnion(heading.numbers)
      strays.append(.init(candidate: place, part: 0))
    }
    return strays
  }
}

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
      } else if let heading = ItemHeading(clean), !heading.isContinued {
        add(heading, clean, line)
      }
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

  /// Whether the first letters of the line are "item" or "part", whatever stands between them.
  private func begins(_ line: Range<Int>) -> Bool {
    let letters = flow.letters(4, in: line.lowerBound..<min(line.lowerBound + 24, line.upperBound))
    return letters == Self.item || letters == Self.part
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
  private static let part = Flow.packed("part")

  private static let longestHeading = 260
  private static let longestTitle = 200

  private mutating func add(_ heading: ItemHeading, _ line: FlowLine, _ raw: RawLines.Line) {
    var candidate = ItemCandidate(
      heading: heading, range: line.range,
      isMarked: line.isMarked || Self.isCapitals(heading.title),
      isAfterBlank: raw.blanksBefore > 0 || raw.range.lowerBound == range.lowerBound,
      isRunIn: line.text.utf8.count > Self.longestHeading || Self.hasSentence(heading.title),
      openPart: heading.part ?? parts.last?.heading.part)
    if !candidate.isRunIn, !heading.hasPageNumber { takeFollowing(&candidate) }
    guard !candidate.heading.isContinued else { return }
    // Of a running head and the heading right below it the heading counts.
    if let last = candidates.last, last.heading.numbers == candidate.heading.numbers,
      raw.range.lowerBound - last.range.upperBound <= 3
    {
      candidates.removeLast()
    }
    candidates.append(candidate)
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
      next.range.lowerBound - candidate.range.upperBound <= 2
    else { return false }
    let isClosed = end == UInt8(ascii: ".") || end == UInt8(ascii: ":") || end == UInt8(ascii: "]")
    guard !isClosed, candidate.range.count >= 40 || end == UInt8(ascii: ",") else { return false }
    if Self.isCapitals(title) { return Self.isCapitals(next.text) }
    let small = next.text.utf8.first.map { $0 &- 0x61 < 26 } ?? false
    return next.text.utf8.count < 60 && (small || !Self.isCapitals(next.text))
      && next.text.utf8.last != UInt8(ascii: ".")
  }

  private static func isCapitals(_ text: String) -> Bool {
    text.utf8.count { $0 &- 0x41 < 26 } >= 4 && !text.utf8.contains { $0 &- 0x61 < 26 }
  }

  /// Whether a sentence follows the title on its line: "Legal Proceedings. There are none."
  private static func hasSentence(_ title: String) -> Bool {
    let bytes = Array(title.utf8)
    guard bytes.count > 30 else { return false }
    return bytes.indices.dropLast(3).contains { place in
      bytes[place] == UInt8(ascii: ".") && bytes[place + 1] == 0x20 && bytes[place + 2] < 0x5B
        && place >= 8
    }
  }
}
