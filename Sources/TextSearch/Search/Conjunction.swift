/// Finds the best documents of "all of these leaves" among those that have them all.
///
/// Scores only documents of blocks whose bounds together can reach the threshold; what is kept
/// equals what scoring every document would keep.
struct Conjunction {
  private let leaves: [LeafScorer]

  init(_ leaves: [LeafScorer]) { self.leaves = leaves }

  /// - Parameter documents: Those that all leaves match, rising.
  func collect(_ documents: [DocID], into collector: inout Collector) throws(IndexError) {
    var last: DocID?
    var bound = 0.0
    for document in documents {
      if last.map({ document > $0 }) ?? true {
        (bound, last) = try self.bound(from: document)
      }
      if bound <= collector.threshold { continue }
      var score = 0.0
      for leaf in leaves {
        try leaf.cursor.advance(to: document)
        score += Double(try leaf.contribution())
      }
      try collector.collect(document, score)
    }
  }

  private func bound(from document: DocID) throws(IndexError) -> (sum: Double, last: DocID) {
    var sum = 0.0
    var last = DocID.end
    for leaf in leaves {
      let bound = try leaf.bound(from: document)
      sum += Double(bound.score)
      last = min(last, bound.last)
    }
    return (sum, last)
  }
}
