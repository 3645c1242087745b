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
  /// A table that says on which pages the items are.
  private(set) var references: Range<Int>?

  /// - Parameters:
  ///   - form: The name of the form; where it is unknown the titles of the items tell it.
  ///   - ends: Where the signature pages and lists of exhibits begin, in order.
  /// - Complexity: O(n) in the length of the range.
  init(_ flow: Flow, _ range: Range<Int>, form name: String?, outline: Outline) {
    var lines = ItemLines(flow, range)
    lines.read(outline.itemLines)
    var candidates = lines.candidates
    let form = ItemTitles.form(named: name) ?? Self.likelyForm(candidates)
    let table = ContentsTable(candidates, flow, range, form: form)
    contents = table.range.map { Self.withoutSignatures($0, outline) }
    references = table.references.map { Self.withoutSignatures($0, outline) }
    Self.list(&candidates, table)
    let stops = stops(candidates, table, lines)
    var inner: InnerItems?
    if form == .foreignAnnual {
      inner = InnerItems(&candidates, ItemLines(flow, range), outside: table.range)
    }
    Self.measure(&candidates, end: range.upperBound)
    Self.passOverRepeats(&candidates)
    let links = links(&candidates, flow, range, table, ItemChain(form: form))
    let heads = lines.parts.filter { !(contents?.contains($0.range.lowerBound) ?? false) }
    let builder = SectionBuilder(
      candidates: candidates, links: links, heads: heads, end: range.upperBound, outline: outline,
      stops: stops, references: references)
    items = builder.items(of: flow, form: form)
    if let inner { items += items.flatMap(inner.sections) }
    parts = builder.parts()
  }

  /// The true headings, in the order of the text; those without numbers are added to the candidates.
  private func links(
    _ candidates: inout [ItemCandidate], _ flow: Flow, _ range: Range<Int>, _ table: ContentsTable,
    _ chain: ItemChain
  ) -> [ItemChain.Link] {
    var links = chain.links(candidates)
    if TitledHeadings.mayHelp(candidates, links, form: chain.form) {
      let headings = TitledHeadings(candidates, links, form: chain.form)
      let titled = headings.find(in: flow, range, table)
      if references != nil { return Self.unordered(titled, &candidates, links, chain.form) }
      if !titled.isEmpty {
        candidates = (candidates + titled).sorted { $0.range.lowerBound < $1.range.lowerBound }
        Self.measure(&candidates, end: range.upperBound)
        links = chain.links(candidates)
      }
    }
    links += Self.strays(candidates, links, chain)
    return links.sorted { $0.candidate < $1.candidate }
  }

  /// Marks the candidates in tables and lists.
  private static func list(_ candidates: inout [ItemCandidate], _ table: ContentsTable) {
    for list in table.lists { for place in list { candidates[place].isListed = true } }
    for place in candidates.indices where table.contains(candidates[place].range.lowerBound) {
      candidates[place].isListed = true
    }
  }

  /// Where items end that are followed by a list or stand in a table of references.
  private func stops(
    _ candidates: [ItemCandidate], _ table: ContentsTable, _ lines: ItemLines
  ) -> [Int] {
    var stops = table.lists.map { candidates[$0.lowerBound].range.lowerBound }
    if let references {
      stops += [references.lowerBound, references.upperBound]
      stops += candidates.filter(\.isListed).map(\.range.lowerBound)
      stops += lines.parts.map(\.range.lowerBound).filter(references.contains)
    }
    return stops.sorted()
  }

  /// The table of contents, the parts and the items as zones.
  var zones: [(kind: FilingZone, range: Range<Int>, label: String)] {
    var zones: [(kind: FilingZone, range: Range<Int>, label: String)] = []
    for table in [contents, references] { if let table { zones.append((.contents, table, "")) } }
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

  /// The table without the signature page behind it, whose heading may be its last line.
  private static func withoutSignatures(_ table: Range<Int>, _ outline: Outline) -> Range<Int> {
    let signature = outline.signatures.first { $0.lowerBound > table.lowerBound }?.lowerBound
    return table.lowerBound..<min(table.upperBound, signature ?? table.upperBound)
  }

  /// Lists headings that stand once more at the heads of the pages of their items.
  private static func passOverRepeats(_ candidates: inout [ItemCandidate]) {
    var first: [ItemNumber: ItemCandidate] = [:]
    for place in candidates.indices where !candidates[place].isListed {
      let candidate = candidates[place]
      if let known = first[candidate.heading.numbers[0]], known.openPart == candidate.openPart,
        known.heading.isSame(as: candidate.heading)
      {
        candidates[place].isListed = true
      } else if candidate.standsAlone, !candidate.isRunIn, !candidate.heading.hasPageNumber,
        !candidate.heading.title.isEmpty, candidate.content >= ItemChain.fullContent
      {
        first[candidate.heading.numbers[0]] = candidate
      }
    }
  }

  /// True headings that are not in the order of the form: of numbers that the chain does not have.
  private static func strays(
    _ candidates: [ItemCandidate], _ links: [ItemChain.Link], _ chain: ItemChain
  ) -> [ItemChain.Link] {
    guard let first = links.first else { return [] }
    func keys(_ candidate: ItemCandidate, _ part: Int) -> [Int] {
      candidate.heading.numbers.map { ItemChain.key($0, part) }
    }
    var seen = Set(links.flatMap { keys(candidates[$0.candidate], $0.part) })
    var strays: [ItemChain.Link] = []
    for place in candidates.indices {
      let candidate = candidates[place]
      let heading = candidate.heading
      let part = chain.form == .quarterly ? candidate.openPart ?? 0 : 0
      guard !candidate.isListed, !heading.hasPageNumber, !heading.title.isEmpty, !candidate.isRunIn,
        candidate.isMarked, seen.isDisjoint(with: keys(candidate, part)),
        // Before the first heading may stand a list of some.
        place > first.candidate || candidate.content >= ItemChain.fullContent,
        chain.form == .other
          || ItemTitles.matches(heading.title, heading.numbers[0], part: part, form: chain.form)
      else { continue }
      seen.formUnion(keys(candidate, part))
      strays.append(.init(candidate: place, part: part))
    }
    return strays
  }

  /// Of a form whose table says where the items are: the headings that have their numbers or their
  /// titles, as they stand, and the rows of the table for other items.
  private static func unordered(
    _ titled: [ItemCandidate], _ candidates: inout [ItemCandidate], _ links: [ItemChain.Link],
    _ form: ItemTitles.Form
  ) -> [ItemChain.Link] {
    func key(_ candidate: ItemCandidate) -> Int {
      let part = form == .quarterly ? candidate.openPart ?? 1 : 0
      return ItemChain.key(candidate.heading.numbers[0], part)
    }
    var best: [Int: ItemCandidate] = [:]
    var titled = titled
    measure(&titled, end: .max)
    for candidate in titled {
      if let known = best[key(candidate)],
        known.content >= ItemChain.fullContent || candidate.content < ItemChain.fullContent
      {
        continue
      }
      best[key(candidate)] = candidate
    }
    for link in links { best[key(candidates[link.candidate])] = candidates[link.candidate] }
    let rows = candidates.filter { $0.isListed && best[key($0)] == nil }
    candidates = (rows + best.values).sorted { $0.range.lowerBound < $1.range.lowerBound }
    return candidates.indices.map { .init(candidate: $0, part: 0) }
  }
}
