/// Says which tokens of a document of one segment a query matches.
struct Marker: Sendable {
  /// What one leaf of the query looks like in the code numbers of the segment.
  private struct Mark: Sendable {
    var words: Set<Int>
    var phrase: [Int]
    var fields: UInt8
    var weight: Float
  }

  private let marks: [Mark]

  /// - Parameter weights: The leaves and their weights; rarer words weigh more.
  init(_ leaves: [(leaf: Leaf, weight: Float)], _ segment: Segment) throws(IndexError) {
    var marks: [Mark] = []
    for (leaf, weight) in leaves {
      var mark = Mark(words: [], phrase: [], fields: leaf.fields, weight: weight)
      switch leaf.kind {
      case .word(let word, let stemmed):
        mark.words = try segment.ranks(of: Array(word.utf8), stemmed: stemmed)
      case .prefix(let prefix):
        mark.words = try segment.ranks(withPrefix: Array(prefix.utf8))
      case .phrase(let terms):
        for term in terms {
          guard let found = try segment.dictionary.surface(Array(term.utf8)) else { break }
          mark.phrase.append(found.rank)
        }
        if mark.phrase.count < terms.count { mark.phrase = [] }
      }
      if !mark.words.isEmpty || !mark.phrase.isEmpty { marks.append(mark) }
    }
    self.marks = marks
  }

  /// For each token the leaves that match there, a bit each (the 64th stands for all further).
  func marks(_ ranks: [Int], markerCount: Int) -> [UInt64] {
    var result = [UInt64](repeating: 0, count: ranks.count)
    for (number, mark) in marks.enumerated() {
      let bit = 1 &<< UInt64(min(number, 63))
      var field = 0
      for place in ranks.indices {
        if ranks[place] < markerCount { field = ranks[place] }
        guard mark.fields & (1 &<< UInt8(field & 7)) != 0 else { continue }
        if mark.phrase.isEmpty {
          if mark.words.contains(ranks[place]) { result[place] |= bit }
        } else if ranks[place...].starts(with: mark.phrase) {
          for word in place..<(place + mark.phrase.count) { result[word] |= bit }
        }
      }
    }
    return result
  }

  /// How much a set of leaves says about a passage.
  func weight(_ bits: UInt64) -> Float {
    var sum: Float = 0
    for (number, mark) in marks.enumerated() where bits & (1 &<< UInt64(min(number, 63))) != 0 {
      sum += mark.weight * Float(max(mark.phrase.count, 1))
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
