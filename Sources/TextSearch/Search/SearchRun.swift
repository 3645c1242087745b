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

  private typealias Found = (top: TopK, total: Int)

  private func run(_ plan: QueryPlan, ranksByClauses: Bool) throws(IndexError) -> Found {
    let wanted = options.limit.addingReportingOverflow(options.offset)
    var found: Found = (TopK(limit: wanted.overflow ? .max : wanted.partialValue), 0)
    for number in segments.indices {
      if ranksByClauses || sortKeys[number] != nil {
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

  private func collector(_ number: Int, _ top: TopK) -> Collector {
    Collector(top, segment: number, groups: isGrouped(number) ? segments[number].groups : nil)
  }

  private func runTree(
    _ plan: QueryPlan, _ number: Int, _ ranksByClauses: Bool, _ found: inout Found
  ) throws(IndexError) {
    guard let scorer = try plan.scorer(in: number, context) else { return }
    var collector = collector(number, found.top)
    try scorer.advance(to: 0)
    while scorer.doc != .end {
      let score = found.top.limit > 0 ? try scorer.score() : 0
      let rank =
        ranksByClauses
        ? scorer.matchingClauses() : try sortKeys[number]?.key(of: scorer.doc) ?? 0
      try collector.collect(scorer.doc, score, rank: rank)
      try scorer.advance(to: scorer.doc + 1)
    }
    collector.finishGroup()
    found.top = collector.top
    found.total += collector.total
  }

  private func runDisjunction(_ leaves: [PlannedLeaf], _ number: Int, _ found: inout Found)
    throws(IndexError)
  {
    found.total += try count(leaves, number)
    guard found.top.limit > 0 else { return }
    var scorers: [LeafScorer] = []
    for leaf in leaves {
      if let scorer = try leaf.scorer(in: number, context) { scorers.append(scorer) }
    }
    if scorers.isEmpty { return }
    var collector = collector(number, found.top)
    let documentCount = segments[number].info.documentCount
    try Disjunction(scorers, documentCount: documentCount).collect(into: &collector)
    collector.finishGroup()
    found.top = collector.top
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
    let documents = try Intersection.documents(
      cursors, documentCount: segments[number].info.documentCount)
    found.total += try count(documents, number)
    guard found.top.limit > 0 else { return }
    var collector = collector(number, found.top)
    try Conjunction(scorers).collect(documents, into: &collector)
    collector.finishGroup()
    found.top = collector.top
  }

  /// How many documents or groups of a segment have any of the leaves.
  private func count(_ leaves: [PlannedLeaf], _ number: Int) throws(IndexError) -> Int {
    let matching = leaves.filter { $0.counts[number] > 0 }
    if !isGrouped(number), matching.count < 2 { return matching.first?.counts[number] ?? 0 }
    var set = DocumentSet(documentCount: segments[number].info.documentCount)
    for leaf in matching { try leaf.cursor(in: number, context)?.insert(into: &set) }
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
    var hits = found.top.sorted().dropFirst(options.offset).map { item in
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
