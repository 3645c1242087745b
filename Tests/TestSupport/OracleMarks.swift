import TextSearch

extension SearchOracle {
  /// For each term of a run whether a part of the query that makes documents match finds it.
  public func marks(
    _ query: Query, usesStems: Bool, document: Int, in run: OracleCorpus.Run
  ) -> [Bool] {
    var marks = run.terms.map { _ in false }
    for leaf in leaves(query, nil, nil) where leaf.field == nil || leaf.field == run.field {
      let matcher = matcher(leaf.query, usesStems: usesStems)
      let own = matcher.marks(in: run.terms) { start in
        leaf.zones?.contains(document, run.start + start, count: matcher.length) ?? true
      }
      for (place, isMarked) in own.enumerated() where isMarked { marks[place] = true }
    }
    return marks
  }

  private typealias PlacedLeaf = (query: Query, field: Int?, zones: OracleZones?)

  /// The leaves outside of what must not match, each with its field and zones.
  private func leaves(_ query: Query, _ field: Int?, _ zones: OracleZones?) -> [PlacedLeaf] {
    switch query {
    case .word, .phrase, .prefix: [(query, field, zones)]
    case .field(let field, let inner): leaves(inner, Int(field.rawValue), zones)
    case .boost(_, let inner): leaves(inner, field, zones)
    case .zones(let filters, let inner):
      inner.map { leaves($0, field, OracleZones(corpus, filters, in: zones)) } ?? []
    case .boolean(let clauses):
      clauses.filter { $0.occur != .mustNot }.flatMap { leaves($0.query, field, zones) }
    }
  }
}
