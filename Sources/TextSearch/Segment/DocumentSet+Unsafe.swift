/// A set of documents of one segment, a bit each.
///
/// Safety: the words have a bit for every document of the segment, and documents that cursors give
/// are below its count.
struct DocumentSet {
  private var words: [UInt64]

  init(documentCount: Int) {
    words = [UInt64](repeating: 0, count: (documentCount + 63) / 64)
  }

  /// - Precondition: `document` is below the count given to `init`.
  mutating func insert(_ document: DocID) {
    words[Int(document &>> 6)] |= 1 &<< UInt64(document & 63)
  }

  /// Inserts many documents, each of them below the count given to `init`.
  mutating func insert(_ documents: UnsafeBufferPointer<DocID>) {
    unsafe words.withUnsafeMutableBufferPointer { words in
      for place in 0..<documents.count {
        let document = unsafe documents[place]
        unsafe words[Int(document &>> 6)] |= 1 &<< UInt64(document & 63)
      }
    }
  }

  /// - Precondition: As above.
  mutating func insert(_ documents: Range<DocID>) {
    for document in documents { insert(document) }
  }

  func contains(_ document: DocID) -> Bool {
    words[Int(document &>> 6)] & (1 &<< UInt64(document & 63)) != 0
  }

  /// Keeps the documents that are in `other`, a set of the same segment, too.
  mutating func formIntersection(_ other: DocumentSet) {
    for place in words.indices { words[place] &= other.words[place] }
  }

  /// Takes out the documents that are in `other`, a set of the same segment.
  mutating func subtract(_ other: DocumentSet) {
    for place in words.indices { words[place] &= ~other.words[place] }
  }

  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// The documents in rising order.
  func documents() -> [DocID] {
    unsafe [DocID](unsafeUninitializedCapacity: count) { documents, count in
      for (place, word) in words.enumerated() {
        var bits = word
        while bits != 0 {
          unsafe documents[count] = DocID(place &* 64 &+ bits.trailingZeroBitCount)
          bits &= bits &- 1
          count &+= 1
        }
      }
    }
  }
}
