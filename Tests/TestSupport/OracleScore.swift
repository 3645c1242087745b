import TextSearch

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The numbers of the combined-field BM25, written down from its formula.
struct OracleScore {
  private let documentCount: Int
  private let k1: Double
  /// k1·(1 − b + b·len/avglen) by document.
  private let saturations: [Double]

  /// The lengths that can be stored in a byte: whole numbers of at most five significant bits.
  private static let lengths: [Float] = {
    var lengths = (0..<32).map { Float($0) }
    for shift in 1...14 { lengths += (16..<32).map { Float($0 << shift) } }
    return lengths
  }()

  init(_ corpus: OracleCorpus, boosts: [Float], k1: Float, b: Float) {
    documentCount = corpus.documents.count
    self.k1 = Double(k1)
    var total = 0.0
    for document in corpus.documents {
      for (words, boost) in zip(document.lengths, boosts) { total += Double(words) * Double(boost) }
    }
    let average = total / Double(max(documentCount, 1))
    let (k1, b) = (Double(k1), Double(b))
    saturations = corpus.documents.map { document in
      var length: Float = 0
      for (words, boost) in zip(document.lengths, boosts) {
        length += boost * Self.stored(Float(words))
      }
      return k1 * (1 - b + b * Double(Self.stored(length)) / max(average, 1e-30))
    }
  }

  /// The largest length that can be stored and is not above `length`.
  private static func stored(_ length: Float) -> Float {
    var low = 0
    var high = lengths.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lengths[middle] <= length { low = middle } else { high = middle }
    }
    return lengths[low]
  }

  /// The most that a clause can add: idf · (k1 + 1) · boost.
  func weight(documentFrequency: Int, boost: Double) -> Double {
    let (n, df) = (Double(documentCount), Double(documentFrequency))
    return log(1 + (n - df + 0.5) / (df + 0.5)) * (k1 + 1) * boost
  }

  func score(_ document: Int, frequency: Float, weight: Double) -> Double {
    weight * Double(frequency) / (Double(frequency) + saturations[document])
  }
}
