/// Scores of one query on one snapshot, by the combined-field form of BM25.
///
/// Weighted frequencies are added before they saturate: with wtf = Σ boost(f)·tf(f) and
/// len = Σ boost(f)·length(f), a clause adds idf · wtf·(k1 + 1) / (wtf + k1·(1 − b + b·len/avglen))
/// (Robertson, Zaragoza & Taylor, "Simple BM25 extension to multiple weighted fields", 2004;
/// Robertson & Zaragoza, "The probabilistic relevance framework: BM25 and beyond", 2009).
struct BM25F: Sendable {
  let k1: Float
  let b: Float
  let averageLength: Float
  let documentCount: Int
  /// 1 / (k1·(1 − b + b·len/avglen)) by norm.
  let inverseSaturation: [Float]

  init(k1: Float, b: Float, averageLength: Float, documentCount: Int) {
    self.k1 = k1
    self.b = b
    self.averageLength = averageLength
    self.documentCount = documentCount
    let average = max(averageLength, .leastNormalMagnitude)
    inverseSaturation = Quantizer.lengths.map { length in
      1 / (k1 * (1 - b + b * length / average))
    }
  }

  /// ln(1 + (N − df + 0.5) / (df + 0.5)): never negative, as in Lucene.
  func idf(documentFrequency: Int) -> Float {
    let rest = Double(max(documentCount - documentFrequency, 0))
    return Float(Platform.logarithm(1 + (rest + 0.5) / (Double(documentFrequency) + 0.5)))
  }

  /// The largest score of a clause: what `score` comes near to for many occurrences.
  func weight(documentFrequency: Int, boost: Float) -> Float {
    boost * (idf(documentFrequency: documentFrequency) * (k1 + 1))
  }

  /// The score of a clause of that weight.
  ///
  /// Written so that in floating point, too, it never falls when `frequency` rises or the norm
  /// falls; only then are block bounds safe (the form is Lucene's, BM25Similarity.doScore).
  @inline(__always)
  static func score(_ weight: Float, _ frequency: Float, _ inverseSaturation: Float) -> Float {
    weight - weight / (1 + frequency * inverseSaturation)
  }
}
