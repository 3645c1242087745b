/// Finds the documents that several lists have in common.
///
/// Where a list has not many times the documents of the shortest one, it is read block by block
/// into a set of bits, which costs about a nanosecond a document; otherwise it is asked only for
/// the documents that are left.
enum Intersection {
  /// A list of more than so many times the documents of the shortest is asked, not read.
  private static let askedFactor = 16
  /// A set of bits is not worth its words where only one document in so many can be in it.
  private static let sparseFactor = 256

  /// The documents that all of the `cursors`, which are new, have; none where there are no cursors.
  static func documents(_ cursors: [PostingCursor], documentCount: Int) throws(IndexError)
    -> [DocID]
  {
    let sorted = cursors.sorted { $0.cost < $1.cost }
    guard let shortest = sorted.first else { return [] }
    let isSparse = shortest.cost * sparseFactor < documentCount
    let readCount = isSparse ? 1 : sorted.prefix { $0.cost <= shortest.cost * askedFactor }.count
    var asked = Array(sorted.dropFirst(readCount))
    if isSparse { return try asking([shortest] + asked) }
    var set = DocumentSet(documentCount: documentCount)
    try shortest.insert(into: &set)
    for cursor in sorted[1..<max(readCount, 1)] {
      var other = DocumentSet(documentCount: documentCount)
      try cursor.insert(into: &other)
      set.formIntersection(other)
    }
    let documents = set.documents()
    if asked.isEmpty { return documents }
    asked.insert(MemoryCursor(MemoryList(documents: documents, weights: [])), at: 0)
    return try asking(asked)
  }

  /// Moves from each document of the first cursor to the same one of the others.
  private static func asking(_ cursors: [PostingCursor]) throws(IndexError) -> [DocID] {
    var documents: [DocID] = []
    let first = cursors[0]
    try first.advance(to: 0)
    outer: while first.doc != .end {
      for other in cursors.dropFirst() {
        try other.advance(to: first.doc)
        if other.doc == .end { return documents }
        if other.doc > first.doc {
          try first.advance(to: other.doc)
          continue outer
        }
      }
      documents.append(first.doc)
      try first.next()
    }
    return documents
  }
}
