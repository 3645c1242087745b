/// A query with its leaves planned and its occurrences decided.
struct QueryPlan {
  enum Occur { case required, optional, excluded }

  indirect enum Node {
    case leaf(PlannedLeaf)
    case boolean([(occur: Occur, node: Node)])
  }

  let root: Node

  /// - Parameter relaxesRoot: Whether the bare clauses of the outermost level are optional.
  init(
    _ query: Query, _ planner: LeafPlanner, _ options: SearchOptions, relaxesRoot: Bool = false
  ) throws(IndexError) {
    var builder = Builder(planner: planner, options: options)
    root = try builder.node(query, fields: .max, boost: 1, relaxes: relaxesRoot)
  }

  /// Whether leaving out some bare words could give a query more documents.
  static func isRelaxable(_ query: Query) -> Bool {
    switch query {
    case .field(_, let query), .boost(_, let query): isRelaxable(query)
    case .boolean(let clauses):
      clauses.contains { $0.occur == .bare } && clauses.count { $0.occur != .mustNot } > 1
    default: false
    }
  }

  /// The leaves of "any of these", or nil where the query is something else.
  var disjunction: [PlannedLeaf]? {
    switch root {
    case .leaf(let leaf): return [leaf]
    case .boolean(let clauses):
      var leaves: [PlannedLeaf] = []
      for clause in clauses {
        guard clause.occur == .optional, case .leaf(let leaf) = clause.node else { return nil }
        leaves.append(leaf)
      }
      return leaves
    }
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
    case .boolean(let clauses):
      for clause in clauses where clause.occur != .excluded { collect(clause.node, &leaves) }
    }
  }

  /// Walks the tree of a query; its depth is limited by the parser.
  private struct Builder {
    let planner: LeafPlanner
    let options: SearchOptions

    mutating func node(_ query: Query, fields: UInt8, boost: Float, relaxes: Bool)
      throws(IndexError) -> Node
    {
      switch query {
      case .word(let word):
        return try leaf(.word(word, stemmed: options.usesStems), fields, boost)
      case .phrase(let terms): return try leaf(.phrase(terms), fields, boost)
      case .prefix(let prefix): return try leaf(.prefix(prefix), fields, boost)
      case .field(let field, let inner):
        let mask = 1 &<< UInt8(field.rawValue & 7)
        return try node(inner, fields: UInt8(mask), boost: boost, relaxes: relaxes)
      case .boost(let factor, let inner):
        return try node(inner, fields: fields, boost: boost * factor, relaxes: relaxes)
      case .boolean(let clauses):
        var parts: [(occur: Occur, node: Node)] = []
        for clause in clauses {
          let part = try node(clause.query, fields: fields, boost: boost, relaxes: false)
          parts.append((occur(clause.occur, relaxes), part))
        }
        return .boolean(parts)
      }
    }

    private func leaf(_ kind: Leaf.Kind, _ fields: UInt8, _ boost: Float) throws(IndexError) -> Node
    {
      .leaf(try planner.plan(Leaf(kind: kind, fields: fields), boost: boost))
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
