/// What a leaf of a query looks like in the code numbers of one segment.
struct LeafPattern: Sendable {
  private var words: Set<Int> = []
  /// A bit for the last six bits of each of the words: most other words are told by it alone.
  private var wordBits: UInt64 = 0
  private var phrase: [Int] = []
  private let fields: UInt8

  init(_ leaf: Leaf, _ segment: Segment) throws(IndexError) {
    fields = leaf.fields
    switch leaf.kind {
    case .word(let word, let stemmed):
      words = try segment.ranks(of: Array(word.utf8), stemmed: stemmed)
    case .prefix(let prefix):
      words = try segment.ranks(withPrefix: Array(prefix.utf8))
    case .phrase(let terms):
      for term in terms {
        guard let found = try segment.dictionary.surface(Array(term.utf8)) else { break }
        phrase.append(found.rank)
      }
      if phrase.count < terms.count { phrase = [] }
    }
    // A single word is faster compared than looked up.
    if words.count == 1 { (phrase, words) = (Array(words), []) }
    for word in words { wordBits |= 1 &<< UInt64(word & 63) }
  }

  /// Whether the segment has nothing of the leaf.
  var isEmpty: Bool { words.isEmpty && phrase.isEmpty }
  /// Words of an occurrence.
  var length: Int { max(phrase.count, 1) }

  /// Whether the leaf occurs in a stretch of a document's tokens, wholly in it.
  ///
  /// - Parameter field: That of the first token, unless it is a marker.
  func occurs(in ranks: ArraySlice<Int>, field: Int, markerCount: Int) -> Bool {
    var field = field
    for place in ranks.indices {
      if ranks[place] < markerCount { field = ranks[place] }
      if isOccurrence(at: place, in: ranks, field) { return true }
    }
    return false
  }

  @inline(__always)
  private func isOccurrence(at place: Int, in ranks: ArraySlice<Int>, _ field: Int) -> Bool {
    guard fields & (1 &<< UInt8(field & 7)) != 0 else { return false }
    if phrase.isEmpty {
      let rank = ranks[place]
      return wordBits &>> UInt64(rank & 63) & 1 != 0 && words.contains(rank)
    }
    return ranks[place] == phrase[0] && ranks[place...].starts(with: phrase)
  }

  /// Sets `bit` for every token of an occurrence in `range` of a document's tokens.
  func mark(
    _ bit: UInt64, in range: Range<Int>, of ranks: [Int], markerCount: Int,
    _ marks: inout [UInt64]
  ) {
    var field = ranks[..<range.lowerBound].last { $0 < markerCount } ?? 0
    let part = ranks[range]
    for place in range {
      if ranks[place] < markerCount { field = ranks[place] }
      guard isOccurrence(at: place, in: part, field) else { continue }
      for word in place..<(place + length) { marks[word] |= bit }
    }
  }
}
