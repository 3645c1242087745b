/// Finds the best documents of "any of these leaves" without scoring all of them: MaxScore over
/// windows of documents.
///
/// In each window the leaves whose bounds together can't reach the threshold are left out; the
/// others add their scores document by document into an array; then the left-out ones are asked
/// only for documents that can still make it (Turtle & Flood, "Query evaluation: strategies and
/// optimizations", 1995; windows as in Lucene's MaxScoreBulkScorer). What is kept equals what an
/// exhaustive scan would keep: bounds are never below scores, and sums are exact.
///
/// Safety: a window's arrays have room for `windowSize` documents, and places are taken from
/// documents of the window.
@safe struct Disjunction: ~Copyable {
  private static let windowSize = 4096

  private let leaves: [LeafScorer]
  private let documentCount: Int
  private let scores: UnsafeMutablePointer<Double>
  private let found: UnsafeMutablePointer<UInt64>

  init(_ leaves: [LeafScorer], documentCount: Int) {
    self.leaves = leaves
    self.documentCount = documentCount
    unsafe scores = .allocate(capacity: Self.windowSize)
    unsafe scores.initialize(repeating: 0, count: Self.windowSize)
    unsafe found = .allocate(capacity: Self.windowSize / 64)
    unsafe found.initialize(repeating: 0, count: Self.windowSize / 64)
  }

  deinit {
    unsafe scores.deallocate()
    unsafe found.deallocate()
  }

  func collect(into collector: inout Collector) throws(IndexError) {
    for leaf in leaves { try leaf.advance(to: 0) }
    var start = 0
    while start < documentCount {
      // Jump over windows that no leaf has documents in.
      let next = leaves.reduce(DocID.end) { min($0, $1.cursor.doc) }
      if next == .end { return }
      start = max(start, Int(next) / Self.windowSize * Self.windowSize)
      let end = min(start + Self.windowSize, documentCount)
      try collect(start, end, &collector)
      start = end
    }
  }

  private func collect(_ start: Int, _ end: Int, _ collector: inout Collector) throws(IndexError) {
    var bounded: [(leaf: LeafScorer, bound: Double)] = []
    for leaf in leaves {
      let bound = try bound(of: leaf, DocID(start), DocID(end))
      if bound > 0 || leaf.cursor.doc < DocID(end) { bounded.append((leaf, bound)) }
    }
    bounded.sort { $0.bound < $1.bound }
    var sum = 0.0
    var sums: [Double] = []
    for leaf in bounded {
      sum += leaf.bound
      sums.append(sum)
    }
    let threshold = collector.threshold
    let optional = sums.prefix { $0 <= threshold }.count
    if optional < bounded.count {
      for leaf in bounded[optional...] { try accumulate(leaf.leaf, start, end) }
      try offer(bounded[..<optional], sums, start, end, &collector)
    }
    for leaf in bounded where leaf.leaf.cursor.doc < DocID(end) {
      try leaf.leaf.advance(to: DocID(end))
    }
  }

  private func bound(of leaf: LeafScorer, _ start: DocID, _ end: DocID) throws(IndexError) -> Double
  {
    var most: Float = 0
    var target = max(start, leaf.cursor.doc)
    while target < end {
      let bound = try leaf.bound(from: target)
      most = max(most, bound.score)
      if bound.last >= end - 1 { break }
      target = bound.last + 1
    }
    return Double(most)
  }

  private func accumulate(_ leaf: LeafScorer, _ start: Int, _ end: Int) throws(IndexError) {
    let cursor = leaf.cursor
    if cursor.doc < DocID(start) { try cursor.advance(to: DocID(start)) }
    while cursor.doc < DocID(end) {
      let place = Int(cursor.doc) &- start
      unsafe scores[place] += Double(try leaf.contribution())
      unsafe found[place &>> 6] |= 1 &<< UInt64(place & 63)
      try cursor.next()
    }
  }

  private func offer(
    _ others: ArraySlice<(leaf: LeafScorer, bound: Double)>, _ sums: [Double], _ start: Int,
    _ end: Int, _ collector: inout Collector
  ) throws(IndexError) {
    for word in 0..<((end - start + 63) / 64) {
      var bits = unsafe found[word]
      unsafe found[word] = 0
      while bits != 0 {
        let place = word &* 64 &+ bits.trailingZeroBitCount
        bits &= bits &- 1
        let score = unsafe scores[place]
        unsafe scores[place] = 0
        let document = DocID(start &+ place)
        if let total = try complete(score, document, others, sums, collector.threshold) {
          try collector.collect(document, total)
        }
      }
    }
  }

  /// Adds the scores of the leaves that were left out, the strongest first.
  /// - Returns: The whole score, or nil as soon as it can't pass the threshold.
  private func complete(
    _ score: Double, _ document: DocID,
    _ others: ArraySlice<(leaf: LeafScorer, bound: Double)>, _ sums: [Double],
    _ threshold: Double
  ) throws(IndexError) -> Double? {
    var total = score
    for place in others.indices.reversed() {
      if total + sums[place] <= threshold { return nil }
      let leaf = others[place].leaf
      if leaf.cursor.doc < document { try leaf.cursor.advance(to: document) }
      if leaf.cursor.doc == document { total += Double(try leaf.contribution()) }
    }
    return total > threshold ? total : nil
  }
}
