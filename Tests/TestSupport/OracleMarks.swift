import TextSearch

extension SearchOracle {
  /// For each term of a run whether a part of the query that makes documents match finds it.
  public func marks(_ query: Query, usesStems: Bool, in run: OracleCorpus.Run) -> [Bool] {
    var marks = run.terms.map { _ in false }
    for (leaf, field) in Self.leaves(query, nil) where field == nil || field == run.field {
      let own = matcher(leaf, usesStems: usesStems).marks(in: run.terms)
      for (place, isMarked) in own.enumerated() where isMarked { marks[place] = true }
    }
    return marks
  }

  /// The leaves outside of what must not match, each with its field.
  private static func leaves(_ query: Query, _ field: Int?) -> [(query: Query, field: Int?)] {
    switch query {
    case .word, .phrase, .prefix: [(query, field)]
    case .field(let field, let inner): leaves(inner, Int(field.rawValue))
    case .boost(_, let inner): leaves(inner, field)
    case .boolean(let clauses):
      clauses.filter { $0.occur != .mustNot }.flatMap { leaves($0.query, field) }
    }
  }
}
