import TextSearch

/// What a leaf of a query finds in each document, by looking at every word.
struct OracleLeaf {
  /// By document: Σ boost(f)·tf(f), 0 where it does not match.
  let weights: [Float]
  let documentFrequency: Int

  /// Counts occurrences in the fields that `isCounted` says.
  init(
    _ corpus: OracleCorpus, _ matcher: OracleMatcher, boosts: [Float], isCounted: [Bool]
  ) {
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

  func occurrences(in terms: [Int]) -> Int {
    switch self {
    case .nothing: return 0
    case .anyOf(let wanted): return terms.count { wanted[$0] }
    case .sequence(let phrase):
      var count = 0
      for start in terms.indices where terms[start] == phrase[0] {
        let end = start + phrase.count
        if end <= terms.count, terms[start..<end].elementsEqual(phrase) { count += 1 }
      }
      return count
    }
  }
  /// For each term of a run whether it is part of an occurrence.
  func marks(in terms: [Int]) -> [Bool] {
    switch self {
    case .nothing: return terms.map { _ in false }
    case .anyOf(let wanted): return terms.map { wanted[$0] }
    case .sequence(let phrase):
      var marks = terms.map { _ in false }
      for start in terms.indices where terms[start...].starts(with: phrase) {
        for place in phrase.indices { marks[start + place] = true }
      }
      return marks
    }
  }
}
