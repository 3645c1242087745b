/// What one clause of a query without clauses of its own looks for.
struct Leaf: Hashable {
  enum Kind: Hashable {
    /// A word, with its inflections or without.
    case word(String, stemmed: Bool)
    case phrase([String])
    case prefix(String)
  }

  var kind: Kind
  /// The fields that count, a bit each.
  var fields: UInt8
}

/// A leaf with its lists in each segment and its statistics over the snapshot.
struct PlannedLeaf {
  /// Where the postings of a leaf come from in one segment.
  enum Source {
    case none
    case entries([TermEntry])
    case memory(MemoryList)
  }

  let leaf: Leaf
  /// The zones that it is limited to.
  var scope: ZoneScope?
  var sources: [Source]
  /// Documents that match, by segment.
  var counts: [Int]
  /// Documents of the snapshot that match, in zones or not.
  let documentFrequency: Int
  let boost: Float
  /// idf · (k1 + 1) · boost.
  let weight: Float

  func cursor(in segment: Int, _ context: ScoringContext) throws(IndexError) -> PostingCursor? {
    switch sources[segment] {
    case .none: return nil
    case .memory(let list): return MemoryCursor(list)
    case .entries(let entries): return try Self.cursor(entries, in: segment, context)
    }
  }

  /// A cursor over the postings of all `entries` as one list.
  static func cursor(_ entries: [TermEntry], in segment: Int, _ context: ScoringContext)
    throws(IndexError) -> PostingCursor
  {
    if entries.count == 1 { return try context.cursor(entries[0], in: segment) }
    var members: [PostingCursor] = []
    for entry in entries { members.append(try context.cursor(entry, in: segment)) }
    return UnionCursor(members)
  }

  func scorer(in segment: Int, _ context: ScoringContext) throws(IndexError) -> LeafScorer? {
    guard let cursor = try cursor(in: segment, context) else { return nil }
    return LeafScorer(cursor, weight: weight, context.bm25, context.norms(of: segment))
  }
}
