/// A query with its leaves planned and its occurrences decided.
struct QueryPlan {
  enum Occur { case required, optional, excluded }

  indirect enum Node {
    case leaf(PlannedLeaf)
    /// Documents that have such zones; adds nothing to a score.
    case zones(ZoneScope)
    case boolean([(occur: Occur, node: Node)])
  }

  let root: Node
  /// The first zones that the query, or a part of it, is limited to.
  let firstScope: ZoneScope?

  /// - Parameter relaxesRoot: Whether the bare clauses of the outermost level are optional.
  init(
    _ query: Query, _ planner: LeafPlanner, _ options: SearchOptions, relaxesRoot: Bool = false
  ) throws(IndexError) {
    var builder = Builder(planner: planner, options: options)
    root = try builder.node(query, .init(), relaxes: relaxesRoot)
    firstScope = builder.firstScope
  }

  /// Whether leaving out some bare words could give a query more documents.
  static func isRelaxable(_ query: Query) -> Bool {
    switch query {
    case .field(_, let query), .boost(_, let query), .zones(_, let query?): isRelaxable(query)
    case .boolean(let clauses):
      clauses.contains { $0.occur == .bare } && clauses.count { $0.occur != .mustNot } > 1
    default: false
    }
  }

  /// The leaves of "any of these", or nil where the query is something else.
  var disjunction: [PlannedLeaf]? {
    switch root {
    case .leaf(let leaf): return [leaf]
    case .zones: return nil
    case .boolean(let clauses):
      var leaves: [PlannedLeaf] = []
      for clause in clauses {
        guard clause.occur == .optional, case .leaf(let leaf) = clause.node else { return nil }
        leaves.append(leaf)
      }
      return leaves
    }
  }

  /// Whether all but one of the alternatives are words that no document has, so that every match
  /// is of equally many clauses.
  var matchesOneLeafAtMost: Bool {
    guard let leaves = disjunction else { return false }
    return leaves.count { $0.documentFrequency > 0 } < 2
  }

  /// The leaves of "all of these", or nil where the query is something else.
  var conjunction: [PlannedLeaf]? {
    guard case .boolean(let clauses) = root else { return nil }
    var leaves: [PlannedLeaf] = []
    for clause in clauses {
      guard clause.occur == .required, case .leaf(let leaf) = clause.node else { return nil }
      leaves.append(leaf)
    }
    return leaves
  }

  /// All leaves that make documents match, in the order of the query.
  var leaves: [PlannedLeaf] {
    var leaves: [PlannedLeaf] = []
    Self.collect(root, &leaves)
    return leaves
  }

  private static func collect(_ node: Node, _ leaves: inout [PlannedLeaf]) {
    switch node {
    case .leaf(let leaf): leaves.append(leaf)
    case .zones: break
    case .boolean(let clauses):
      for clause in clauses where clause.occur != .excluded { collect(clause.node, &leaves) }
    }
  }

  /// Walks the tree of a query; its depth is limited by the parser.
  private struct Builder {
    /// What holds for a part of the tree.
    struct Place {
      var fields: UInt8 = .max
      var boost: Float = 1
      var scope: ZoneScope?
    }

    let planner: LeafPlanner
    let options: SearchOptions
    var firstScope: ZoneScope?

    mutating func node(_ query: Query, _ place: Place, relaxes: Bool) throws(IndexError) -> Node {
      var place = place
      switch query {
      case .word(let word): return try leaf(.word(word, stemmed: options.usesStems), place)
      case .phrase(let terms):
        guard !terms.isEmpty else { throw .invalid(reason: "a phrase without words") }
        return try leaf(.phrase(terms), place)
      case .prefix(let prefix): return try leaf(.prefix(prefix), place)
      case .field(let field, let inner):
        guard field.rawValue < planner.context.boosts.count else {
          throw .invalid(reason: "there is no field \(field.rawValue)")
        }
        place.fields = 1 &<< field.rawValue
        return try node(inner, place, relaxes: relaxes)
      case .boost(let factor, let inner):
        place.boost *= factor
        try SearchOptions.check(boost: place.boost)
        return try node(inner, place, relaxes: relaxes)
      case .zones(let filters, let inner):
        return try limited(inner, filters, place, relaxes: relaxes)
      case .boolean(let clauses):
        var parts: [(occur: Occur, node: Node)] = []
        for clause in clauses {
          let part = try node(clause.query, place, relaxes: false)
          parts.append((occur(clause.occur, relaxes), part))
        }
        return .boolean(parts)
      }
    }

    private mutating func limited(
      _ query: Query?, _ filters: [ZoneFilter], _ place: Place, relaxes: Bool
    ) throws(IndexError) -> Node {
      let scope = try ZoneScope(filters, in: place.scope, planner.segments)
      if firstScope == nil { firstScope = scope }
      guard let query else { return .zones(scope) }
      var place = place
      place.scope = scope
      let inner = try node(query, place, relaxes: relaxes)
      // Where nothing must be there, the zones themselves must.
      guard case .boolean(let parts) = inner, parts.allSatisfy({ $0.occur == .excluded }) else {
        return inner
      }
      return .boolean(parts + [(.required, .zones(scope))])
    }

    private func leaf(_ kind: Leaf.Kind, _ place: Place) throws(IndexError) -> Node {
      let leaf = try planner.plan(Leaf(kind: kind, fields: place.fields), boost: place.boost)
      guard let scope = place.scope else { return .leaf(leaf) }
      return .leaf(try planner.limited(leaf, to: scope))
    }

    private func occur(_ occur: Query.Occur, _ relaxes: Bool) -> Occur {
      switch occur {
      case .bare: options.bareWords == .any || relaxes ? .optional : .required
      case .must: .required
      case .should: .optional
      case .mustNot: .excluded
      }
    }
  }

  /// The scorer of the query in one segment, or nil where nothing there can match.
  func scorer(in segment: Int, _ context: ScoringContext) throws(IndexError) -> Scorer? {
    try Self.scorer(root, segment, context)
  }

  private static func scorer(_ node: Node, _ segment: Int, _ context: ScoringContext)
    throws(IndexError) -> Scorer?
  {
    switch node {
    case .leaf(let leaf): return try leaf.scorer(in: segment, context)
    case .zones(let scope):
      let documents = scope.places[segment].documents
      let list = MemoryList(
        documents: documents, weights: [Float](repeating: 1, count: documents.count))
      return LeafScorer(MemoryCursor(list), weight: 0, context.bm25, context.norms(of: segment))
    case .boolean(let clauses):
      var parts: [Occur: [Scorer]] = [:]
      for clause in clauses {
        let scorer = try scorer(clause.node, segment, context)
        if scorer == nil, clause.occur == .required { return nil }
        if let scorer { parts[clause.occur, default: []].append(scorer) }
      }
      let required = parts[.required] ?? []
      let optional = parts[.optional] ?? []
      if required.isEmpty, optional.isEmpty { return nil }
      return BooleanScorer(
        required: required, optional: optional, excluded: parts[.excluded] ?? [])
    }
  }
}
