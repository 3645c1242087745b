/// What stands between operators: a word, a phrase, a zone or a group.
struct QueryOperand {
  enum Content {
    /// Only punctuation.
    case nothing
    case query(Query)
    /// Several clauses in parentheses; they join those around them unless something is said of the
    /// whole group.
    case group([Query.Clause])
    /// Zones that the group around is limited to, unless something is said of them.
    case zone(ZoneFilter)
  }

  var content: Content
  /// Whether it was quoted or has a `+`, so that nothing relaxes it.
  var isStrict: Bool
  /// Terms that it adds to the query.
  var termCount = 0
  /// The sign before it.
  var occur: Query.Occur?
  /// The byte where it begins.
  var place = 0

  var isNothing: Bool {
    if case .nothing = content { return true }
    return false
  }

  /// The zone that the group around is limited to, or nil.
  var limit: ZoneFilter? {
    guard case .zone(let filter) = content, occur != .mustNot else { return nil }
    return filter
  }

  /// The query without its sign; nil of nothing.
  func query() throws(QueryError) -> Query? {
    switch content {
    case .nothing: return nil
    case .query(let query): return query
    case .zone(let filter): return .zones([filter], nil)
    case .group(let clauses):
      guard clauses.contains(where: { $0.occur != .mustNot }) else {
        throw QueryError(QueryBuilder.onlyNegative, at: place)
      }
      return .boolean(clauses)
    }
  }
}

/// Puts the lexemes of a query together to its tree, without recursion.
struct QueryBuilder {
  enum Join: String {
    case or = "OR"
    case and = "AND"
  }

  static let onlyNegative =
    "nothing to search for: a query needs a word that must or may be there"

  /// Operands joined by `OR`; mostly one.
  private struct Chain {
    var operands: [QueryOperand]
    /// Whether `AND` stands on one of its sides.
    var isRequired: Bool
  }

  /// What is known of a group that is not closed yet, or of the whole query.
  private struct Frame {
    var place = 0
    var chains: [Chain] = []
    var join: (kind: Join, place: Int)?
    var sign: (occur: Query.Occur, place: Int)?
    var field: (id: FieldID, place: Int)?
    /// Whether a group around stands in a field.
    var isInField = false
  }

  private let schema: Schema
  private var frame = Frame()
  private var outer: [Frame] = []
  private var termCount = 0

  init(schema: Schema) { self.schema = schema }

  // MARK: Lexemes

  mutating func sign(_ occur: Query.Occur, at place: Int) throws(QueryError) {
    try refuseField()
    guard frame.sign == nil else { throw QueryError("one sign is enough here", at: place) }
    frame.sign = (occur, place)
  }

  mutating func field(_ id: FieldID, at place: Int) throws(QueryError) {
    guard !frame.isInField, frame.field == nil else {
      throw QueryError("a field inside another field: a word stands in one field only", at: place)
    }
    frame.field = (id, place)
  }

  mutating func join(_ join: Join, at place: Int) throws(QueryError) {
    try refuseField()
    try refuseSign()
    guard !frame.chains.isEmpty, frame.join == nil else {
      throw QueryError(
        "“\(join.rawValue)” needs a word before it; to find the word itself, write it small",
        at: place)
    }
    frame.join = (join, place)
  }

  mutating func open(at place: Int) throws(QueryError) {
    guard outer.count < QueryParser.maximumDepth else {
      throw QueryError(
        "parentheses are nested more than \(QueryParser.maximumDepth) deep", at: place)
    }
    let isInField = frame.isInField || frame.field != nil
    outer.append(frame)
    frame = Frame(place: place, isInField: isInField)
  }

  mutating func close() throws(QueryError) {
    let group = try group()
    guard let around = outer.popLast() else { return }
    let place = frame.place
    frame = around
    try add(group, at: place)
  }

  mutating func add(_ operand: QueryOperand, at place: Int) throws(QueryError) {
    var operand = operand
    operand.place = place
    operand.occur = frame.sign?.occur
    if let field = frame.field, let query = try operand.query() {
      if operand.limit != nil {
        throw QueryError("a zone stands beside a field, not in it", at: place)
      }
      operand.content = .query(.field(field.id, query))
    }
    termCount += operand.termCount
    guard termCount <= QueryParser.maximumTermCount else {
      throw QueryError("a query has at most \(QueryParser.maximumTermCount) words", at: place)
    }
    append(operand)
  }

  private mutating func append(_ operand: QueryOperand) {
    let last = frame.chains.count - 1
    switch frame.join?.kind {
    case .or: frame.chains[last].operands.append(operand)
    case .and:
      frame.chains[last].isRequired = true
      frame.chains.append(Chain(operands: [operand], isRequired: true))
    case nil: frame.chains.append(Chain(operands: [operand], isRequired: false))
    }
    frame.join = nil
    frame.sign = nil
    frame.field = nil
  }

  /// Weighs the last operand.
  mutating func boost(_ boost: Float) throws(QueryError) {
    guard var chain = frame.chains.popLast(), var operand = chain.operands.popLast() else { return }
    if operand.limit != nil {
      throw QueryError("a zone cannot weigh more or less; weigh the words in it", at: operand.place)
    }
    if let query = try operand.query(), boost != 1 {
      operand.content = .query(.boost(boost, query))
    }
    chain.operands.append(operand)
    frame.chains.append(chain)
  }

  /// The whole query.
  mutating func finish(isBlank: Bool) throws(QueryError) -> Query {
    while !outer.isEmpty { try close() }
    let group = try group()
    guard let query = try group.query() else {
      throw QueryError(
        isBlank
          ? "the query is empty: give a word, or a \"phrase in quotes\""
          : "nothing to search for: there is no letter and no digit in the query", at: 0)
    }
    return query
  }

  // MARK: Groups

  /// What the frame holds, as one operand.
  private func group() throws(QueryError) -> QueryOperand {
    try refuseField()
    try refuseSign()
    if let join = frame.join {
      throw QueryError(
        "“\(join.kind.rawValue)” needs a word after it; to find the word itself, write it small",
        at: join.place)
    }
    var clauses: [Query.Clause] = []
    var zones: [[ZoneFilter]] = []
    for chain in frame.chains {
      if let filters = limits(chain) {
        zones.append(filters)
      } else {
        try clauses.append(contentsOf: self.clauses(chain))
      }
    }
    if !zones.isEmpty { return limited(clauses, zones) }
    guard let first = clauses.first else {
      return QueryOperand(content: .nothing, isStrict: false)
    }
    if clauses.count == 1, first.occur != .mustNot {
      return QueryOperand(content: .query(first.query), isStrict: first.occur == .must)
    }
    return QueryOperand(content: .group(clauses), isStrict: false, place: frame.place)
  }

  /// The zones of a chain of nothing but zones, or nil.
  private func limits(_ chain: Chain) -> [ZoneFilter]? {
    let operands = chain.operands.filter { !$0.isNothing }
    let filters = operands.compactMap(\.limit)
    return filters.isEmpty || filters.count < operands.count ? nil : filters
  }

  /// The clauses of a group in its zones, the first outermost.
  private func limited(_ clauses: [Query.Clause], _ zones: [[ZoneFilter]]) -> QueryOperand {
    var query: Query?
    if clauses.count == 1, clauses[0].occur != .mustNot {
      query = clauses[0].query
    } else if !clauses.isEmpty {
      query = .boolean(clauses)
    }
    for filters in zones.reversed() { query = .zones(filters, query) }
    let content = query.map { QueryOperand.Content.query($0) }
    return QueryOperand(content: content ?? .nothing, isStrict: false)
  }

  private func clauses(_ chain: Chain) throws(QueryError) -> [Query.Clause] {
    // Of `a OR &` only `a` is left, and stands there as if alone.
    let operands = chain.operands.filter { !$0.isNothing }
    guard let operand = operands.first else { return [] }
    if operands.count > 1 { return try alternatives(operands, isRequired: chain.isRequired) }
    if case .group(let clauses) = operand.content, operand.occur == nil { return clauses }
    guard let query = try operand.query() else { return [] }
    let isRequired = chain.isRequired || operand.isStrict
    return [Query.Clause(operand.occur ?? (isRequired ? .must : .bare), query)]
  }

  /// The clause of several operands joined by `OR`.
  private func alternatives(
    _ operands: [QueryOperand], isRequired: Bool
  ) throws(QueryError) -> [Query.Clause] {
    var alternatives: [Query.Clause] = []
    var areStrict = true
    for operand in operands {
      guard let query = try operand.query() else { continue }
      guard operand.occur != .mustNot else {
        throw QueryError(
          "“OR” cannot join what must not be there; put it outside: (a OR b) -c",
          at: operand.place)
      }
      areStrict = areStrict && (operand.isStrict || operand.occur == .must)
      alternatives.append(contentsOf: query.alternatives ?? [Query.Clause(.should, query)])
    }
    return [Query.Clause(isRequired || areStrict ? .must : .bare, .boolean(alternatives))]
  }

  // MARK: What is missing

  private func refuseField() throws(QueryError) {
    guard let field = frame.field else { return }
    let name = schema.fields[Int(field.id.rawValue)].name
    throw QueryError(
      "“\(name):” needs a word, a \"phrase\" or a (group) after it", at: field.place)
  }

  private func refuseSign() throws(QueryError) {
    guard let sign = frame.sign else { return }
    throw QueryError(
      "“NOT” needs a word after it; to find the word itself, write it small", at: sign.place)
  }
}

extension Query {
  /// The clauses of a query that is nothing but alternatives, or nil.
  var alternatives: [Clause]? {
    if case .boolean(let clauses) = self, clauses.allSatisfy({ $0.occur == .should }) {
      return clauses
    }
    return nil
  }
}
