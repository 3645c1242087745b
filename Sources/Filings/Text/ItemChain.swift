/// A line that may be the heading of an item.
struct ItemCandidate {
  var heading: ItemHeading
  /// Bytes of the flow, with a title on lines of its own and what the heading goes on with.
  var range: Range<Int>
  /// Whether all of it is bold, marked as a heading or in capitals.
  var isMarked: Bool
  var isAfterBlank: Bool
  /// Whether running text follows on the same line.
  var isRunIn: Bool
  /// The part whose heading stands last before it.
  var openPart: Int?
  /// Bytes to the next candidate of another number.
  var content = 0
  /// Whether it stands in a table of contents, or repeats a heading at the head of a page.
  var isListed = false
  /// Whether the line says on which pages the item is.
  var isReference = false
  /// Whether it has the title of the item and not the word "Item".
  var isTitled = false
  /// Whether no sentence seems to go on in it.
  var standsAlone = false
}

/// Chooses among the lines that may be headings of items those that are.
///
/// A form has its items in order, so the true headings are an increasing chain. Of all such chains
/// the one is taken whose lines look most like headings: with the item's own title, marked, with
/// text behind them and without a page number. A mention of an item in running text, a line of a
/// table of contents or a running head loses against the true heading of the same item.
struct ItemChain {
  struct Link: Equatable {
    /// Its place among the candidates.
    var candidate: Int
    /// Of a quarterly report 1 or 2; else 0.
    var part: Int
  }

  let form: ItemTitles.Form

  /// More text below a heading says no more for it, in bytes.
  static let fullContent = 400

  /// The chain in the order of the text.
  ///
  /// - Complexity: O(n log n) for n candidates, but for moves of a short list.
  func links(_ candidates: [ItemCandidate]) -> [Link] {
    var nodes: [(link: Link, score: Int, previous: Int?)] = []
    var best = Frontier()
    for (place, candidate) in candidates.enumerated() where !candidate.isListed {
      let first = candidate.heading.numbers[0]
      let last = Self.last(candidate.heading)
      var added: [(key: Int, node: Int)] = []
      for part in form == .quarterly ? [1, 2] : [0] {
        let value = score(candidate, part: part)
        guard value > 0 else { continue }
        let previous = best.node(below: Self.key(first, part))
        let total = value + (previous.map { nodes[$0].score } ?? 0)
        nodes.append((Link(candidate: place, part: part), total, previous))
        added.append((Self.key(last, part), nodes.count - 1))
      }
      for (key, node) in added { best.add(key, node, score: nodes[node].score) }
    }
    var node = best.last
    var links: [Link] = []
    while let place = node {
      links.append(nodes[place].link)
      node = nodes[place].previous
    }
    return links.reversed()
  }

  /// The number behind which the chain goes on: behind "Items 1 and 2" may come Item 1A.
  private static func last(_ heading: ItemHeading) -> ItemNumber {
    let (first, last) = (heading.numbers[0], heading.numbers.last ?? heading.numbers[0])
    return heading.numbers.count == 2 && last.number == first.number + 1 ? first : last
  }

  static func key(_ number: ItemNumber, _ part: Int) -> Int {
    (part * 100 + number.number) * 100 + number.minor
  }

  /// How much a candidate looks like a heading of an item of the form.
  func score(_ candidate: ItemCandidate, part: Int) -> Int {
    let heading = candidate.heading
    // The first part of a quarterly report has four items.
    if part == 1, heading.numbers[0].number > 4, heading.part != 1 { return 0 }
    let matches = ItemTitles.matches(heading.title, heading.numbers[0], part: part, form: form)
    if candidate.isRunIn, !matches, form != .other { return 0 }
    var score = 20 + min(candidate.content, Self.fullContent) / 4
    if matches { score += 60 }
    if candidate.isMarked { score += 20 }
    if candidate.isAfterBlank { score += 10 }
    if candidate.isRunIn { score -= 20 }
    if heading.title.isEmpty { score -= 10 }
    if heading.hasPageNumber { score -= 60 }
    if part > 0, let named = heading.part ?? candidate.openPart {
      score += named == part ? 30 : -30
    }
    return score
  }
}

/// The chains that no other one beats with a lower last number and a higher score.
private struct Frontier {
  private var entries: [(key: Int, node: Int, score: Int)] = []

  /// The best chain of all.
  var last: Int? { entries.last?.node }

  /// The best chain whose last number is lower.
  func node(below key: Int) -> Int? {
    let place = place(of: key)
    return place > 0 ? entries[place - 1].node : nil
  }

  /// Adds a chain; of two that are as good the one that was there first stays.
  mutating func add(_ key: Int, _ node: Int, score: Int) {
    let place = place(of: key + 1)
    if place > 0, entries[place - 1].score >= score { return }
    var end = place
    while end < entries.count, entries[end].score <= score { end += 1 }
    let start = place > 0 && entries[place - 1].key == key ? place - 1 : place
    entries.replaceSubrange(start..<end, with: [(key: key, node: node, score: score)])
  }

  /// The number of chains with a lower last number.
  private func place(of key: Int) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
