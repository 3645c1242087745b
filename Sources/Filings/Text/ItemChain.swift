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
  /// Whether it stands in a table of contents.
  var isListed = false
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

  /// The chain in the order of the text.
  ///
  /// - Complexity: O(n·k) for n candidates with k different numbers.
  func links(_ candidates: [ItemCandidate]) -> [Link] {
    var nodes: [(link: Link, key: Int, score: Int, previous: Int?)] = []
    // For every key the best chain that ends with it.
    var best: [Int: Int] = [:]
    for (place, candidate) in candidates.enumerated() where !candidate.isListed {
      var added: [(key: Int, node: Int)] = []
      for part in form == .quarterly ? [1, 2] : [0] {
        let value = score(candidate, part: part)
        let key = Self.key(candidate.heading.numbers[0], part)
        guard value > 0 else { continue }
        let previous = best.lazy.filter { $0.key < key }
          .max { (nodes[$0.value].score, -$0.value) < (nodes[$1.value].score, -$1.value) }?.value
        let total = value + (previous.map { nodes[$0].score } ?? 0)
        nodes.append((Link(candidate: place, part: part), key, total, previous))
        let last = candidate.heading.numbers.last ?? candidate.heading.numbers[0]
        added.append((Self.key(last, part), nodes.count - 1))
      }
      for (key, node) in added where best[key].map({ nodes[$0].score < nodes[node].score }) ?? true
      {
        best[key] = node
      }
    }
    var node = best.values.max { (nodes[$0].score, -$0) < (nodes[$1].score, -$1) }
    var links: [Link] = []
    while let place = node {
      links.append(nodes[place].link)
      node = nodes[place].previous
    }
    return links.reversed()
  }

  private static func key(_ number: ItemNumber, _ part: Int) -> Int {
    (part * 100 + number.number) * 100 + number.minor
  }

  /// How much a candidate looks like a heading of an item of the form.
  func score(_ candidate: ItemCandidate, part: Int) -> Int {
    let heading = candidate.heading
    let matches = ItemTitles.matches(heading.title, heading.numbers[0], part: part, form: form)
    if candidate.isRunIn, !matches, form != .other { return 0 }
    var score = 20 + min(candidate.content, 400) / 4
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
