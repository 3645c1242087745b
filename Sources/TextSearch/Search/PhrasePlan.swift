/// How a phrase is looked for in one segment.
struct PhrasePlan {
  /// A list that every document with the phrase is in: a word's, or that of two frequent words.
  struct Part {
    var entry: TermEntry
  }

  /// The lists to intersect, the shortest first; those of the rarest words narrow most.
  let parts: [Part]
  /// The encoded phrase.
  let pattern: [UInt8]
  let termCount: Int
  /// The list that is the phrase's own: of a single word, or of two frequent ones.
  let wholeEntry: TermEntry?

  /// Nil where the segment can't have the phrase.
  init?(_ terms: [[UInt8]], in segment: Segment) throws(IndexError) {
    var found: [TermDictionary.Found] = []
    for term in terms {
      guard let entry = try segment.dictionary.surface(term) else { return nil }
      found.append(entry)
    }
    termCount = terms.count
    var pattern: [UInt8] = []
    for entry in found { segment.code.append(entry.rank, to: &pattern) }
    self.pattern = pattern
    guard let parts = try Self.parts(found, segment) else { return nil }
    self.parts = parts.sorted { $0.entry.documentFrequency < $1.entry.documentFrequency }
    let isWhole = terms.count == 1 || terms.count == 2 && parts.count == 1
    wholeEntry = isWhole ? parts[0].entry : nil
  }

  /// Takes neighbours that are both frequent as a pair, and other words for themselves.
  private static func parts(_ found: [TermDictionary.Found], _ segment: Segment)
    throws(IndexError) -> [Part]?
  {
    let isFrequent = found.map { entry in
      entry.rank < 256 && segment.info.frequentRanks.contains(UInt8(entry.rank))
    }
    var parts: [Part] = []
    for place in found.indices {
      if place > 0, isFrequent[place - 1], isFrequent[place] {
        // The ranks are below 256, as both are frequent.
        let pair = try segment.dictionary.pair(
          UInt8(found[place - 1].rank), UInt8(found[place].rank))
        guard let pair else { return nil }
        parts.append(Part(entry: pair))
      }
      let isInPair =
        isFrequent[place]
        && (place > 0 && isFrequent[place - 1]
          || place + 1 < found.count && isFrequent[place + 1])
      if !isInPair { parts.append(Part(entry: found[place].entry)) }
    }
    return parts
  }
}
