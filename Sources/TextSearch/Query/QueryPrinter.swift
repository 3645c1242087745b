extension Query {
  /// The query in the query language, without ambiguity.
  ///
  /// What `QueryParser` made of a text is the same again when its print is parsed. A tree made by a
  /// program can hold what the language has no words for (a field in a field, `should` beside
  /// `must`); it is printed as near as can be.
  /// - Complexity: O(length); the depth of calls is that of the tree.
  public func printed(in schema: Schema) -> String {
    QueryPrinter(schema: schema).group(self)
  }

  /// Whether the parser takes the print of this query for one that nothing relaxes.
  fileprivate var isStrict: Bool {
    switch self {
    case .phrase: true
    case .field(_, let query), .boost(_, let query): query.isStrict
    case .boolean: alternatives?.allSatisfy { $0.query.isStrict } ?? false
    case .word, .prefix, .zones: false
    }
  }
}

private struct QueryPrinter {
  let schema: Schema
  /// Whether phrases of several terms are printed as the bare words they were: `10-k`.
  var hyphenates = false

  /// The query without parentheses around it.
  func group(_ query: Query) -> String {
    switch query {
    case .boolean(let clauses): return self.clauses(clauses)
    case .zones(let filters, let inner):
      let zones = filters.map(zone).joined(separator: " OR ")
      guard let inner else { return zones }
      return zones + " " + group(inner)
    default: return atom(query)
    }
  }

  private func zone(_ filter: ZoneFilter) -> String {
    let name = schema.name(ofZoneKind: filter.kind) ?? "zone\(filter.kind)"
    switch filter.label.count {
    case 0: return name + ":*"
    case 1: return name + ":" + filter.label[0]
    default: return name + ":\"" + filter.label.joined(separator: " ") + "\""
    }
  }

  private func clauses(_ clauses: [Query.Clause]) -> String {
    let isAlternatives = clauses.allSatisfy { $0.occur == .should }
    return clauses.map(clause).joined(separator: isAlternatives ? " OR " : " ")
  }

  private func clause(_ clause: Query.Clause) -> String {
    switch clause.occur {
    case .should: return atom(clause.query)
    case .mustNot: return "-" + atom(clause.query)
    case .must: return (clause.query.isStrict ? "" : "+") + atom(clause.query)
    case .bare:
      let printer = QueryPrinter(schema: schema, hyphenates: hyphenates || clause.query.isStrict)
      return printer.atom(clause.query)
    }
  }

  func atom(_ query: Query) -> String {
    switch query {
    case .word(let term): return term
    case .prefix(let term): return term + "*"
    case .phrase(let terms):
      if hyphenates, terms.count > 1 { return terms.joined(separator: "-") }
      return "\"" + terms.joined(separator: " ") + "\""
    case .boolean, .zones: return "(" + group(query) + ")"
    case .field(let id, let query): return name(id) + ":" + operand(query)
    case .boost(let boost, let query):
      if case .field = query { return atom(query) + number(boost) }
      return operand(query) + number(boost)
    }
  }

  /// In parentheses where a name or a number beside it would be misread.
  private func operand(_ query: Query) -> String {
    switch query {
    case .boost, .field: "(" + atom(query) + ")"
    default: atom(query)
    }
  }

  private func name(_ id: FieldID) -> String {
    let number = Int(id.rawValue)
    return number < schema.fields.count ? schema.fields[number].name : "field\(number)"
  }

  private func number(_ boost: Float) -> String {
    let text = "\(boost)"
    return "^" + (text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
  }
}
