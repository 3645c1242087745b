import TextSearch

/// What a leaf of a query finds in each document, by looking at every word.
struct OracleLeaf {
  /// By document: Σ boost(f)·tf(f), 0 where it does not match.
  let weights: [Float]
  /// By document: whether an occurrence is wholly in the zones, where there are some.
  let isInside: [Bool]
  let documentFrequency: Int

  /// Counts occurrences in the fields that `isCounted` says.
  init(
    _ corpus: OracleCorpus, _ matcher: OracleMatcher, boosts: [Float], isCounted: [Bool],
    zones: OracleZones? = nil
  ) {
    isInside = corpus.documents.enumerated().map { number, document in
      guard let zones else { return true }
      return document.runs.contains { run in
        guard isCounted[run.field] else { return false }
        return matcher.starts(in: run.terms).contains {
          zones.contains(number, run.start + $0, count: matcher.length)
        }
      }
    }
    weights = corpus.documents.map { document in
      var counts = [Int](repeating: 0, count: boosts.count)
      for run in document.runs where isCounted[run.field] {
        counts[run.field] += matcher.occurrences(in: run.terms)
      }
      var weight: Float = 0
      for (count, boost) in zip(counts, boosts) where count > 0 { weight += boost * Float(count) }
      return weight
    }
    documentFrequency = weights.count { $0 > 0 }
  }
}

/// Counts the occurrences of a word, a prefix or a phrase in a run.
enum OracleMatcher {
  /// Any of the terms whose place is true.
  case anyOf([Bool])
  /// These terms one after the other; overlapping occurrences all count.
  case sequence([Int])
  case nothing

  func occurrences(in terms: [Int]) -> Int { starts(in: terms).count }

  /// Words of an occurrence.
  var length: Int {
    if case .sequence(let phrase) = self { return phrase.count }
    return 1
  }

  /// Where in a run the occurrences begin.
  func starts(in terms: [Int]) -> [Int] {
    switch self {
    case .nothing: []
    case .anyOf(let wanted): terms.indices.filter { wanted[terms[$0]] }
    case .sequence(let phrase):
      terms.indices.filter { start in
        guard terms[start] == phrase[0], start + phrase.count <= terms.count else { return false }
        return terms[start..<(start + phrase.count)].elementsEqual(phrase)
      }
    }
  }

  /// For each term of a run whether it is part of an occurrence that `isCounted` by its start.
  func marks(in terms: [Int], where isCounted: (Int) -> Bool = { _ in true }) -> [Bool] {
    var marks = terms.map { _ in false }
    for start in starts(in: terms) where isCounted(start) {
      for place in start..<(start + length) { marks[place] = true }
    }
    return marks
  }
}
