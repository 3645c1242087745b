/// Shows the numbers behind the score of a document.
struct Explainer {
  private let run: SearchRun

  init(_ run: SearchRun) { self.run = run }

  func explain(_ query: Query, _ address: DocAddress) throws(IndexError) -> Explanation? {
    let options = run.options
    let plan = try QueryPlan(query, run.planner, options)
    if let explanation = try explain(plan, address) { return explanation }
    guard options.bareWords == .relaxable, QueryPlan.isRelaxable(query) else { return nil }
    let relaxed = try QueryPlan(query, run.planner, options, relaxesRoot: true)
    return try explain(relaxed, address)
  }

  private func explain(_ plan: QueryPlan, _ address: DocAddress) throws(IndexError) -> Explanation?
  {
    guard let scorer = try plan.scorer(in: address.segment, run.context) else { return nil }
    try scorer.advance(to: address.document)
    guard scorer.doc == address.document else { return nil }
    var parts: [Explanation] = []
    for leaf in plan.leaves {
      if let part = try explain(leaf, address) { parts.append(part) }
    }
    return Explanation(
      value: try scorer.score(), text: "score: the sum of the clauses that match", parts: parts)
  }

  private func explain(_ leaf: PlannedLeaf, _ address: DocAddress) throws(IndexError)
    -> Explanation?
  {
    let context = run.context
    guard let scorer = try leaf.scorer(in: address.segment, context) else { return nil }
    try scorer.advance(to: address.document)
    guard scorer.doc == address.document else { return nil }
    let bm25 = context.bm25
    let idf = bm25.idf(documentFrequency: leaf.documentFrequency)
    return Explanation(
      value: try scorer.score(),
      text:
        "\(leaf.leaf)\(inZones(leaf.scope)): boost · idf · (k1 + 1) · wtf / (wtf + k1 · (1 − b + b · len / avglen))",
      parts: [
        Explanation(value: Double(shortest: leaf.boost), text: "boost of the clause"),
        Explanation(
          value: Double(idf),
          text: "idf: ln(1 + (N − df + 0.5) / (df + 0.5)), df = \(leaf.documentFrequency) of "
            + "N = \(bm25.documentCount) documents"),
        try weightedFrequency(leaf, address, Double(try scorer.cursor.weight())),
        Explanation(value: Double(shortest: bm25.k1), text: "k1"),
        Explanation(value: Double(shortest: bm25.b), text: "b"),
        try length(scorer, address),
        Explanation(value: Double(bm25.averageLength), text: "avglen: average weighted length"),
      ])
  }

  private func inZones(_ scope: ZoneScope?) -> String {
    guard let scope else { return "" }
    let schema = run.segments[0].info.schema
    return inZones(scope.outer) + ", found inside "
      + Query.zones(scope.filters, nil).printed(in: schema)
  }

  /// The weighted frequency, field by field: the leaf is looked for in each field alone.
  private func weightedFrequency(_ leaf: PlannedLeaf, _ address: DocAddress, _ value: Double)
    throws(IndexError) -> Explanation
  {
    var parts: [Explanation] = []
    for (number, field) in run.segments[address.segment].info.schema.fields.enumerated() {
      let mask = leaf.leaf.fields & (1 &<< UInt8(number))
      if mask == 0 { continue }
      let single = Leaf(kind: leaf.leaf.kind, fields: mask)
      let cursor = try run.planner.plan(single, boost: 1).cursor(in: address.segment, run.context)
      try cursor?.advance(to: address.document)
      guard let cursor, cursor.doc == address.document else { continue }
      let boost = run.context.boosts[number]
      let weight = try cursor.weight()
      parts.append(
        Explanation(
          value: Double(weight),
          text: "\(field.name): \(Self.times(weight / boost)), boost \(boost)"))
    }
    return Explanation(value: value, text: "wtf: weighted term frequency", parts: parts)
  }

  private static func times(_ count: Float) -> String {
    count.rounded() == 1 ? "once" : "\(Int(count.rounded())) times"
  }

  private func length(_ scorer: LeafScorer, _ address: DocAddress) throws(IndexError) -> Explanation
  {
    let segment = run.segments[address.segment]
    let norms = try segment.fieldNorms(of: address.document)
    var parts: [Explanation] = []
    for (number, field) in segment.info.schema.fields.enumerated() where norms[number] > 0 {
      let length = Quantizer.lengths[Int(norms[number])]
      parts.append(
        Explanation(
          value: Double(run.context.boosts[number] * length),
          text:
            "\(field.name): length \(Int(length)), which is its words rounded down likewise, boost "
            + "\(run.context.boosts[number])"))
    }
    let sum = Explanation(
      value: parts.reduce(0) { $0 + $1.value }, text: "sum over the fields of boost · length",
      parts: parts)
    return Explanation(
      value: Double(Quantizer.lengths[Int(scorer.norms[address.document])]),
      text: "len: this sum, rounded down to a length that the index can keep", parts: [sum])
  }
}

extension Leaf: CustomStringConvertible {
  var description: String {
    switch kind {
    case .word(let word, let stemmed): stemmed ? "\(word) and its inflections" : word
    case .phrase(let terms): "\"\(terms.joined(separator: " "))\""
    case .prefix(let prefix): "\(prefix)*"
    }
  }
}

extension Double {
  /// The number with the digits that a 32-bit number prints with: 1.2, not 1.2000000476837158.
  init(shortest value: Float) { self = Double(value.description) ?? Double(value) }
}
