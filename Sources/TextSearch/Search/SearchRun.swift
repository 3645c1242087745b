/// One search over the segments of a snapshot.
struct SearchRun {
  let segments: [Segment]
  let context: ScoringContext
  let options: SearchOptions
  private let sortKeys: [SortKeys?]

  init(_ segments: [Segment], schema: Schema, _ options: SearchOptions) throws(IndexError) {
    try options.check(schema)
    self.segments = segments
    self.options = options
    context = try ScoringContext(segments, schema: schema, options)
    var keys: [SortKeys?] = []
    for segment in segments { keys.append(try SortKeys(options.order, segment)) }
    sortKeys = keys
  }

  var planner: LeafPlanner { LeafPlanner(segments: segments, context: context) }

  func result(of query: Query) throws(IndexError) -> SearchResult {
    let plan = try QueryPlan(query, planner, options)
    let found = try run(plan, ranksByClauses: false)
    if found.total > 0 || options.bareWords != .relaxable || !QueryPlan.isRelaxable(query) {
      return try finish(found, plan, isRelaxed: false)
    }
    let relaxed = try QueryPlan(query, planner, options, relaxesRoot: true)
    // Hits in the order of a date stay so: who asks for the newest wants them first.
    let ranksByClauses = options.order == .relevance && !relaxed.matchesOneLeafAtMost
    let most = try run(relaxed, ranksByClauses: ranksByClauses)
    return try finish(most, relaxed, isRelaxed: most.total > 0)
  }

  /// What the segments looked at so far have: the best hits, best first, and the number of all.
  private struct Found {
    let limit: Int
    var best: [TopK.Item] = []
    var total = 0
    /// Whether hits are ordered by their score before all else.
    var isByScore = true
  }

  private func run(_ plan: QueryPlan, ranksByClauses: Bool) throws(IndexError) -> Found {
    let wanted = options.limit.addingReportingOverflow(options.offset)
    var found = Found(limit: wanted.overflow ? .max : wanted.partialValue)
    found.isByScore = !ranksByClauses && options.order == .relevance
    for number in segments.indices {
      if !found.isByScore {
        try runTree(plan, number, ranksByClauses, &found)
      } else if let leaves = plan.disjunction {
        try runDisjunction(leaves, number, &found)
      } else if let leaves = plan.conjunction {
        try runConjunction(leaves, number, &found)
      } else {
        try runTree(plan, number, ranksByClauses, &found)
      }
    }
    return found
  }

  /// A collector for the best hits of one segment; a hit that ties with the worst one found before
  /// may still come before it.
  private func collector(_ number: Int, _ found: Found) -> Collector {
    var floor = -Double.infinity
    if found.isByScore, let worst = found.best.last, found.best.count == found.limit {
      floor = worst.score.nextDown
    }
    return Collector(
      TopK(limit: found.limit, floor: floor), segment: number,
      groups: isGrouped(number) ? segments[number].groups : nil,
      deleted: segments[number].deletedDocuments)
  }

  private func runTree(
    _ plan: QueryPlan, _ number: Int, _ ranksByClauses: Bool, _ found: inout Found
  ) throws(IndexError) {
    guard let scorer = try plan.scorer(in: number, context) else { return }
    var collector = collector(number, found)
    try scorer.advance(to: 0)
    while scorer.doc != .end {
      let score = found.limit > 0 ? try scorer.score() : 0
      let rank =
        ranksByClauses
        ? scorer.matchingClauses() : try sortKeys[number]?.key(of: scorer.doc) ?? 0
      try collector.collect(scorer.doc, score, rank: rank)
      try scorer.advance(to: scorer.doc + 1)
    }
    collector.finishGroup()
    found.total += collector.total
    try take(collector.top, &found)
  }

  private func runDisjunction(_ leaves: [PlannedLeaf], _ number: Int, _ found: inout Found)
    throws(IndexError)
  {
    found.total += try count(leaves, number)
    guard found.limit > 0 else { return }
    var scorers: [LeafScorer] = []
    for leaf in leaves {
      if let scorer = try leaf.scorer(in: number, context) { scorers.append(scorer) }
    }
    if scorers.isEmpty { return }
    var collector = collector(number, found)
    let documentCount = segments[number].info.documentCount
    try Disjunction(scorers, documentCount: documentCount).collect(into: &collector)
    collector.finishGroup()
    try take(collector.top, &found)
  }

  private func runConjunction(_ leaves: [PlannedLeaf], _ number: Int, _ found: inout Found)
    throws(IndexError)
  {
    var scorers: [LeafScorer] = []
    var cursors: [PostingCursor] = []
    for leaf in leaves {
      guard let scorer = try leaf.scorer(in: number, context),
        let cursor = try leaf.cursor(in: number, context)
      else { return }
      scorers.append(scorer)
      cursors.append(cursor)
    }
    let segment = segments[number]
    var documents = try Intersection.documents(cursors, documentCount: segment.info.documentCount)
    if let deleted = segment.deletedDocuments { documents.removeAll { deleted.contains($0) } }
    found.total += try count(documents, number)
    guard found.limit > 0 else { return }
    var collector = collector(number, found)
    try Conjunction(scorers).collect(documents, into: &collector)
    collector.finishGroup()
    try take(collector.top, &found)
  }

  /// Merges the best hits of one more segment into those found.
  private func take(_ top: TopK, _ found: inout Found) throws(IndexError) {
    let others = top.sorted()
    if found.best.isEmpty || others.isEmpty {
      found.best += others
      return
    }
    var merged: [TopK.Item] = []
    var order = TieOrder(segments)
    var (a, b) = (found.best[...], others[...])
    while merged.count < found.limit, let first = a.first, let second = b.first {
      let takesSecond = try order.precedes(second, first)
      merged.append(takesSecond ? second : first)
      if takesSecond { b.removeFirst() } else { a.removeFirst() }
    }
    merged += a.prefix(found.limit - merged.count)
    merged += b.prefix(found.limit - merged.count)
    found.best = merged
  }

  /// How many documents or groups of a segment have any of the leaves.
  private func count(_ leaves: [PlannedLeaf], _ number: Int) throws(IndexError) -> Int {
    let matching = leaves.filter { $0.counts[number] > 0 }
    if !isGrouped(number), matching.count < 2 { return matching.first?.counts[number] ?? 0 }
    var set = DocumentSet(documentCount: segments[number].info.documentCount)
    for leaf in matching { try leaf.cursor(in: number, context)?.insert(into: &set) }
    if let deleted = segments[number].deletedDocuments { set.subtract(deleted) }
    return isGrouped(number) ? try count(set.documents(), number) : set.count
  }

  /// How many hits the `documents` of a segment, which rise, are.
  private func count(_ documents: [DocID], _ number: Int) throws(IndexError) -> Int {
    isGrouped(number) ? try documents.groupCount(segments[number].groups) : documents.count
  }

  /// Whether hits of a segment are groups that differ from its documents.
  private func isGrouped(_ number: Int) -> Bool {
    let info = segments[number].info
    return options.grouping == .group && info.groupCount < info.documentCount
  }

  // MARK: Hits

  private func finish(_ found: Found, _ plan: QueryPlan, isRelaxed: Bool) throws(IndexError)
    -> SearchResult
  {
    var hits = found.best.dropFirst(options.offset).map { item in
      Hit(address: item.address, score: item.score)
    }
    for number in segments.indices where isGrouped(number) {
      try addOthers(&hits, number, plan)
    }
    return SearchResult(total: found.total, isRelaxed: isRelaxed, hits: hits)
  }

  /// Names the other matching documents of the groups of all hits in one segment, in one pass.
  private func addOthers(_ hits: inout [Hit], _ number: Int, _ plan: QueryPlan)
    throws(IndexError)
  {
    let segment = segments[number]
    let places = hits.indices.filter { hits[$0].address.segment == number }
      .sorted { hits[$0].address < hits[$1].address }
    var scorer: Scorer?
    for place in places {
      let own = hits[place].address.document
      let group = try segment.documents(ofGroup: try segment.group(of: own))
      if group.count < 2 { continue }
      if scorer == nil { scorer = try plan.scorer(in: number, context) }
      guard let scorer else { return }
      // Two hits are of two groups, and groups rise with their documents.
      try scorer.advance(to: group.lowerBound)
      while scorer.doc < group.upperBound {
        if scorer.doc != own {
          hits[place].others.append(DocAddress(segment: number, document: scorer.doc))
        }
        try scorer.advance(to: scorer.doc + 1)
      }
    }
  }
}
