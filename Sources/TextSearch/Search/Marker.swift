/// Says which tokens of a document of one segment a query matches.
struct Marker: Sendable {
  private struct Mark: Sendable {
    var pattern: LeafPattern
    var weight: Float
    /// The only tokens that count, by document, or nil.
    var places: ZoneScope.Places?
  }

  private let marks: [Mark]
  /// Where the query is limited to zones, those of its first limit.
  private let places: ZoneScope.Places?

  /// - Parameter plan: Of its leaves the rarer ones weigh more.
  init(_ plan: QueryPlan, _ number: Int, _ segment: Segment) throws(IndexError) {
    var marks: [Mark] = []
    for leaf in plan.leaves {
      let pattern = try LeafPattern(leaf.leaf, segment)
      if pattern.isEmpty { continue }
      marks.append(
        Mark(pattern: pattern, weight: leaf.weight, places: leaf.scope?.places[number]))
    }
    self.marks = marks
    places = plan.firstScope?.places[number]
  }

  /// For each token of a document the leaves that match there, a bit each (the 64th stands for all
  /// further).
  func marks(_ document: DocID, _ ranks: [Int], markerCount: Int) -> [UInt64] {
    var result = [UInt64](repeating: 0, count: ranks.count)
    for (number, mark) in marks.enumerated() {
      let bit = 1 &<< UInt64(min(number, 63))
      for range in mark.places?.ranges(of: document) ?? [0..<ranks.count] {
        mark.pattern.mark(
          bit, in: range.clamped(to: 0..<ranks.count), of: ranks, markerCount: markerCount, &result)
      }
    }
    return result
  }

  /// The token to show where none is marked: the first of the zones that the query is limited to.
  func start(_ document: DocID) -> Int {
    places?.ranges(of: document).first?.lowerBound ?? 0
  }

  /// How much a set of leaves says about a passage.
  func weight(_ bits: UInt64) -> Float {
    var sum: Float = 0
    for (number, mark) in marks.enumerated() where bits & (1 &<< UInt64(min(number, 63))) != 0 {
      sum += mark.weight * Float(mark.pattern.length)
    }
    return sum
  }
}

extension Segment {
  /// The code numbers of a word and, if asked, of its inflections.
  func ranks(of term: [UInt8], stemmed: Bool) throws(IndexError) -> Set<Int> {
    var ranks: Set<Int> = []
    let stem = Stemmer.stem(term)
    if stemmed, let found = try dictionary.stem(stem) {
      for member in found.members { ranks.insert(try dictionary.rank(ordinal: member)) }
      return ranks
    }
    let isOwnStem = stemmed && Stemmer.stem(stem) == stem
    if let found = try dictionary.surface(isOwnStem ? stem : term) { ranks.insert(found.rank) }
    return ranks
  }

  func ranks(withPrefix prefix: [UInt8]) throws(IndexError) -> Set<Int> {
    var ranks: Set<Int> = []
    var cursor = try dictionary.cursor(from: prefix)
    while try cursor.next(), cursor.kind == .surface, cursor.hasPrefix(prefix) {
      ranks.insert(try cursor.rank())
    }
    return ranks
  }
}
