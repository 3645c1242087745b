/// Finds the lists of leaves in all segments, and counts the documents that match.
struct LeafPlanner {
  let segments: [Segment]
  let context: ScoringContext

  func plan(_ leaf: Leaf, boost: Float) throws(IndexError) -> PlannedLeaf {
    var sources: [PlannedLeaf.Source] = []
    var counts: [Int] = []
    for segment in segments.indices {
      let (source, count) = try live(resolve(leaf, in: segment), segment)
      sources.append(source)
      counts.append(count)
    }
    let documentFrequency = counts.reduce(0, +)
    return PlannedLeaf(
      leaf: leaf, sources: sources, counts: counts, documentFrequency: documentFrequency,
      boost: boost,
      weight: context.bm25.weight(documentFrequency: documentFrequency, boost: boost))
  }

  /// The leaf with only the documents that have it in zones of `scope`.
  ///
  /// Its weight and the frequencies are those of the leaf without the limit, so that a document
  /// scores the same with and without it.
  /// - Complexity: O(tokens in the zones of documents that have the leaf).
  func limited(_ leaf: PlannedLeaf, to scope: ZoneScope) throws(IndexError) -> PlannedLeaf {
    var limited = leaf
    limited.scope = scope
    for number in segments.indices {
      guard let cursor = try leaf.cursor(in: number, context) else { continue }
      let list = try documents(of: cursor, leaf.leaf, in: number, scope.places[number])
      limited.sources[number] = list.documents.isEmpty ? .none : .memory(list)
      limited.counts[number] = list.documents.count
    }
    return limited
  }

  private func documents(
    of cursor: PostingCursor, _ leaf: Leaf, in number: Int, _ places: ZoneScope.Places
  ) throws(IndexError) -> MemoryList {
    let segment = segments[number]
    let pattern = try LeafPattern(leaf, segment)
    let markerCount = segment.info.schema.fields.count
    var list = MemoryList()
    for (place, document) in places.documents.enumerated() {
      try cursor.advance(to: document)
      if cursor.doc == .end { break }
      if cursor.doc != document { continue }
      for range in places.ranges[place] {
        let (ranks, field) = try segment.ranks(of: document, tokens: range)
        if pattern.occurs(in: ranks, field: field, markerCount: markerCount) {
          list.append(document, try cursor.weight())
          break
        }
      }
    }
    return list
  }

  private typealias Resolved = (source: PlannedLeaf.Source, count: Int)

  /// The same without deleted documents: lists in memory lose them, of the others the count does.
  /// - Complexity: O(deleted documents), each a step of a cursor.
  private func live(_ found: Resolved, _ number: Int) throws(IndexError) -> Resolved {
    guard let deleted = segments[number].deletedDocuments, found.count > 0 else { return found }
    switch found.source {
    case .none: return found
    case .memory(let list):
      var live = MemoryList()
      for (document, weight) in zip(list.documents, list.weights)
      where !deleted.contains(document) { live.append(document, weight) }
      return live.documents.isEmpty ? (.none, 0) : (.memory(live), live.documents.count)
    case .entries(let entries):
      let cursor = try PlannedLeaf.cursor(entries, in: number, context)
      var count = found.count
      for document in deleted.documents() {
        try cursor.advance(to: document)
        if cursor.doc == document { count -= 1 }
        if cursor.doc == .end { break }
      }
      return count == 0 ? (.none, 0) : (found.source, count)
    }
  }

  private func resolve(_ leaf: Leaf, in segment: Int) throws(IndexError) -> Resolved {
    switch leaf.kind {
    case .word(let word, let stemmed):
      let term = Array(word.utf8)
      let found =
        stemmed
        ? try segments[segment].inflections(of: term)
        : try segments[segment].dictionary.surface(term).map {
          (entries: [$0.entry], documentFrequency: $0.entry.documentFrequency)
        }
      guard let found else { return (.none, 0) }
      if leaf.fields == .max { return (.entries(found.entries), found.documentFrequency) }
      return try merged(found.entries, leaf, in: segment)
    case .prefix(let prefix):
      let entries = try segments[segment].entries(withPrefix: Array(prefix.utf8))
      if entries.count == 1, leaf.fields == .max {
        return (.entries(entries), entries[0].documentFrequency)
      }
      return try merged(entries, leaf, in: segment)
    case .phrase(let terms):
      return try phrase(terms.map { Array($0.utf8) }, leaf, in: segment)
    }
  }

  private func phrase(_ terms: [[UInt8]], _ leaf: Leaf, in segment: Int) throws(IndexError)
    -> Resolved
  {
    guard let plan = try PhrasePlan(terms, in: segments[segment]) else { return (.none, 0) }
    if let entry = plan.wholeEntry {
      if leaf.fields == .max { return (.entries([entry]), entry.documentFrequency) }
      return try merged([entry], leaf, in: segment)
    }
    let list = try PhraseMatcher(plan, segments[segment], context.boosts, fields: leaf.fields)
      .matches(context, segment)
    return list.documents.isEmpty ? (.none, 0) : (.memory(list), list.documents.count)
  }

  /// All postings of the entries as one list in memory, with only the leaf's fields.
  private func merged(_ entries: [TermEntry], _ leaf: Leaf, in segment: Int) throws(IndexError)
    -> Resolved
  {
    var sums = [Float](repeating: 0, count: segments[segment].info.documentCount)
    for entry in entries {
      let cursor = try context.cursor(entry, in: segment, fields: leaf.fields)
      try cursor.advance(to: 0)
      while cursor.doc != .end {
        sums[Int(cursor.doc)] += try cursor.weight()
        try cursor.next()
      }
    }
    var list = MemoryList()
    for (document, sum) in sums.enumerated() where sum > 0 { list.append(DocID(document), sum) }
    return list.documents.isEmpty ? (.none, 0) : (.memory(list), list.documents.count)
  }
}

extension Segment {
  /// The terms that have the same stem as `term`, and how many documents have any of them.
  func inflections(of term: [UInt8]) throws(IndexError) -> (
    entries: [TermEntry], documentFrequency: Int
  )? {
    let stem = Stemmer.stem(term)
    if let found = try dictionary.stem(stem) {
      var entries: [TermEntry] = []
      for member in found.members { entries.append(try dictionary.term(ordinal: member).entry) }
      return (entries, found.documentFrequency)
    }
    // Without an entry of its own a stem has one term at most: the one that is spelled like it.
    guard Stemmer.stem(stem) == stem, let found = try dictionary.surface(stem) else { return nil }
    return ([found.entry], found.entry.documentFrequency)
  }

  func entries(withPrefix prefix: [UInt8]) throws(IndexError) -> [TermEntry] {
    var entries: [TermEntry] = []
    var cursor = try dictionary.cursor(from: prefix)
    while try cursor.next(), cursor.kind == .surface, cursor.hasPrefix(prefix) {
      entries.append(try cursor.entry())
    }
    return entries
  }
}
