/// Makes stretches of text of the headings that were found.
struct SectionBuilder {
  let candidates: [ItemCandidate]
  /// The true headings in the order of the text.
  let links: [ItemChain.Link]
  let heads: [(heading: PartHeading, range: Range<Int>)]
  let end: Int
  let outline: Outline

  /// From each item's heading to the next heading of an item or a part, the signature page or,
  /// behind items that are not the one of the exhibits, the list of exhibits.
  func items() -> [ItemOutline.Section] {
    var sections: [ItemOutline.Section] = []
    let starts = partStarts().map(\.start)
    for (place, link) in links.enumerated() {
      let candidate = candidates[link.candidate]
      let next = place + 1 < links.count ? start(place + 1) : end
      let start = candidate.range.lowerBound
      var stop = starts.first { $0 > start && $0 <= next } ?? next
      stop = min(stop, stopper(of: candidate, isLast: place + 1 == links.count, before: stop))
      for number in candidate.heading.numbers where start < stop {
        let label = Self.label(number, candidate.heading)
        sections.append(.init(label: label, number: number, range: start..<stop))
      }
    }
    return sections
  }

  private func start(_ place: Int) -> Int { candidates[links[place].candidate].range.lowerBound }

  /// The longest title of the SEC's has some 170 letters.
  private static let longestTitle = 200

  /// "Item 1A. Risk Factors".
  static func label(_ number: ItemNumber, _ heading: ItemHeading) -> String {
    var title = heading.title
    if title.utf8.count > longestTitle {
      title = title.split(separator: ". ", maxSplits: 1).first.map(String.init) ?? title
      title = String(title.prefix(longestTitle))
    }
    return "Item \(number.text)." + (title.isEmpty ? "" : " " + title)
  }

  /// Where a signature page or a list of exhibits begins that ends an item.
  private func stopper(of candidate: ItemCandidate, isLast: Bool, before stop: Int) -> Int {
    let start = candidate.range.upperBound
    let signature = outline.signatures.first { $0.lowerBound >= start }?.lowerBound ?? stop
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
      let stop = place + 1 < starts.count ? starts[place + 1].start : signature
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
