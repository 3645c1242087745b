/// A set of documents of one segment, a bit each.
struct DocumentSet {
  private var words: [UInt64]

  init(documentCount: Int) {
    words = [UInt64](repeating: 0, count: (documentCount + 63) / 64)
  }

  /// - Precondition: `document` is below the count given to `init`.
  mutating func insert(_ document: DocID) {
    words[Int(document &>> 6)] |= 1 &<< UInt64(document & 63)
  }

  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// How many groups have documents in the set.
  func groupCount(_ groups: OffsetTable) throws(IndexError) -> Int {
    var count = 0
    var groupEnd: DocID = 0
    for (place, word) in words.enumerated() {
      var bits = word
      while bits != 0 {
        let document = DocID(place * 64 + bits.trailingZeroBitCount)
        bits &= bits &- 1
        if document < groupEnd { continue }
        groupEnd = try Collector.end(ofGroupWith: document, groups)
        count += 1
      }
    }
    return count
  }
}
