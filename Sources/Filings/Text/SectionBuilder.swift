/// Makes stretches of text of the headings that were found.
struct SectionBuilder {
  let candidates: [ItemCandidate]
  /// The true headings in the order of the text.
  let links: [ItemChain.Link]
  let heads: [(heading: PartHeading, range: Range<Int>)]
  let end: Int
  let outline: Outline
  /// Other places at which items end, in order.
  let stops: [Int]
  /// The table that says where the items of the form are, if it has one: parts end there, too, and
  /// what stands behind a titled item need not be another item.
  let references: Range<Int>?

  /// From each item's heading to the next heading of an item or a part, the signature page or,
  /// behind items that are not the one of the exhibits, the list of exhibits.
  func items(of flow: Flow, form: ItemTitles.Form) -> [ItemOutline.Section] {
    var sections: [ItemOutline.Section] = []
    let starts = partStarts().map(\.start)
    for (place, link) in links.enumerated() {
      let candidate = candidates[link.candidate]
      let next = place + 1 < links.count ? start(place + 1) : end
      let start = candidate.range.lowerBound
      var stop = starts.first { $0 > start && $0 <= next } ?? next
      stop = min(stop, stopper(of: candidate, isLast: place + 1 == links.count, before: stop))
      stop = Self.withoutSectionHead(flow.text, start..<stop)
      if form == .annual, candidate.heading.numbers[0].number == 16 {
        stop = Self.shortAnswerEnd(flow, candidate.range.upperBound..<stop) ?? stop
      }
      if references != nil, candidate.isTitled, !isLong(candidate.heading.numbers[0], form) {
        stop = Self.nextHeading(flow, candidate.range.upperBound..<stop) ?? stop
      }
      for number in candidate.heading.numbers where start < stop {
        let label = Self.label(number, candidate.heading)
        sections.append(.init(label: label, number: number, range: start..<stop))
      }
    }
    return sections
  }

  private func start(_ place: Int) -> Int { candidates[links[place].candidate].range.lowerBound }

  /// "Item 1A. Risk Factors".
  static func label(_ number: ItemNumber, _ heading: ItemHeading) -> String {
    let title = heading.shortTitle.trimmed(of: "*_ ")
    return "Item \(number.text)." + (title.isEmpty ? "" : " " + title)
  }

  /// The end without a last line such as "Section 9 – Financial Statements and Exhibits", which
  /// belongs to the item below it.
  private static func withoutSectionHead(_ text: [UInt8], _ item: Range<Int>) -> Int {
    var end = item.upperBound
    while end > item.lowerBound, text[end - 1].isSpace { end -= 1 }
    var start = end
    while start > item.lowerBound, end - start < longestSectionHead, text[start - 1] != 0x0A {
      start -= 1
    }
    guard start > item.lowerBound, end - start < longestSectionHead else { return item.upperBound }
    let letters = text[start..<end].lazy.filter { $0.isLetter || $0.isDigit }.map(\.lowered)
    guard letters.starts(with: "section".utf8), letters.dropFirst(7).first?.isDigit ?? false
    else { return item.upperBound }
    return start
  }

  private static let longestSectionHead = 120

  /// The end of an item that begins with the answer "None" or its like where something follows: the
  /// statements of an annual report may stand behind its last item.
  private static func shortAnswerEnd(_ flow: Flow, _ range: Range<Int>) -> Int? {
    var lines = RawLines(flow.text, range)
    guard range.count > longestAnswer, let line = lines.next(),
      ShortAnswer.isOne(flow.text[line.range])
    else { return nil }
    return lines.next()?.range.lowerBound
  }

  /// Notes may stand below such an answer, in bytes.
  private static let longestAnswer = 2000

  /// The first heading in capitals, of an item that is longer than such items are.
  private static func nextHeading(_ flow: Flow, _ range: Range<Int>) -> Int? {
    guard range.count > longestShort else { return nil }
    let headings = flow.blocks(in: range).lazy.filter { $0.kind == .heading }.map(\.range)
    return headings.first { heading in
      heading.lowerBound - range.lowerBound >= ItemChain.fullContent
        && ItemLines.isCapitals(String(decoding: flow.text[heading], as: UTF8.self))
    }?.lowerBound
  }

  /// In bytes.
  private static let longestShort = 10_000

  /// Whether an item is long and has headings in capitals of its own.
  private func isLong(_ number: ItemNumber, _ form: ItemTitles.Form) -> Bool {
    let long = form == .quarterly ? ["1", "1A", "2"] : ["1", "1A", "7", "8"]
    return long.contains(number.text)
  }

  /// Where a signature page or a list of exhibits begins that ends an item.
  private func stopper(of candidate: ItemCandidate, isLast: Bool, before stop: Int) -> Int {
    let start = candidate.range.upperBound
    let signature = min(
      outline.signatures.first { $0.lowerBound >= start }?.lowerBound ?? stop,
      stops.first { $0 >= start } ?? stop)
    let title = String(decoding: candidate.heading.title.utf8.map(\.lowered), as: UTF8.self)
    guard isLast, title.place(of: "exhibit") == nil else { return signature }
    let index = outline.indexes.first { $0.lowerBound >= start }?.lowerBound ?? stop
    return min(signature, index)
  }

  // MARK: Parts

  /// From each part's heading to the next or the signature page.
  func parts() -> [ItemOutline.Section] {
    let starts = partStarts()
    guard let last = starts.last else { return [] }
    let signature = outline.signatures.first { $0.lowerBound > last.start }?.lowerBound ?? end
    return starts.enumerated().map { place, part in
      var stop = place + 1 < starts.count ? starts[place + 1].start : signature
      if let references, part.start < references.upperBound {
        let bound =
          part.start < references.lowerBound ? references.lowerBound : references.upperBound
        stop = min(stop, bound)
      }
      return .init(label: part.label, range: part.start..<stop)
    }
  }

  /// The headings of parts with a higher number than the one before that stand last before an item;
  /// where a quarterly report has none, its items tell the parts.
  private func partStarts() -> [(label: String, start: Int)] {
    var starts: [(label: String, start: Int)] = []
    var open = 0
    var from = 0
    var head = 0
    for (place, link) in links.enumerated() {
      let item = start(place)
      var found: (label: String, start: Int)?
      while head < heads.count, heads[head].range.lowerBound < item {
        let (heading, range) = heads[head]
        head += 1
        guard range.lowerBound >= from, heading.part > open else { continue }
        if link.part > 0, heading.part != link.part { continue }
        found = (heading.label, range.lowerBound)
      }
      let named = candidates[link.candidate].heading.part ?? link.part
      if let found {
        starts.append(found)
        open = max(open + 1, heads[head - 1].heading.part, named)
      } else if named > open {
        starts.append(("Part \(PartHeading.romans[min(named, 6) - 1])", item))
        open = named
      }
      from = item
    }
    return starts
  }
}
