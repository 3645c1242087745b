import TextSearch

/// Answers queries by looking at every word of every document; knows nothing of an index.
public struct SearchOracle: Sendable {
  public let corpus: OracleCorpus
  /// By term number: the stem.
  private let stems: [String]
  private let stem: @Sendable (String) -> String

  /// A document, or a group by its best document, that matches.
  public struct Hit: Sendable, Equatable {
    /// The document's number in the corpus.
    public var document: Int
    public var score: Double
    /// What is compared before scores: the clauses of the outermost level that match where a search
    /// is relaxed, a number of the date where hits are sorted by one, else 0.
    public var rank: Int
    /// The other matching documents of its group, in order.
    public var others: [Int]
  }

  public struct Answer: Sendable {
    /// All hits, best first.
    public var hits: [Hit]
    /// Every matching document on its own, in order.
    public var documents: [Hit]
    public var isRelaxed: Bool
    /// The sum of the most that each clause can add: what rounding errors are measured by.
    public var scale: Double
  }

  public init(_ corpus: OracleCorpus, stem: @escaping @Sendable (String) -> String) {
    self.corpus = corpus
    self.stem = stem
    stems = corpus.terms.map(stem)
  }

  public func answer(_ query: Query, _ options: SearchOptions) -> Answer {
    var scan = Scan(self, options)
    var matches = scan.matches(query)
    var isRelaxed = false
    if options.bareWords == .relaxable, Self.hasBareClauses(query),
      matches.allSatisfy({ $0 == nil })
    {
      scan = Scan(self, options)
      matches = scan.matches(query, relaxes: true)
      isRelaxed = matches.contains { $0 != nil }
    }
    var documents: [Hit] = []
    for (document, match) in matches.enumerated() {
      guard let match else { continue }
      documents.append(
        Hit(
          document: document, score: match.score,
          rank: isRelaxed && options.order == .relevance
            ? match.clauses : corpus.rank(of: document, options.order), others: []))
    }
    return Answer(
      hits: ranked(documents, options.grouping), documents: documents, isRelaxed: isRelaxed,
      scale: scan.scale)
  }

  private static func hasBareClauses(_ query: Query) -> Bool {
    switch query {
    case .boolean(let clauses): clauses.contains { $0.occur == .bare }
    case .field(_, let inner), .boost(_, let inner), .zones(_, let inner?): hasBareClauses(inner)
    case .word, .phrase, .prefix, .zones: false
    }
  }

  private func ranked(_ documents: [Hit], _ grouping: SearchOptions.Grouping) -> [Hit] {
    if grouping == .document { return documents.sorted(by: Self.isBetter) }
    let groups = Dictionary(grouping: documents) { corpus.documents[$0.document].group }
    let best = groups.values.map { members in
      var best = members.sorted(by: Self.isBetter)[0]
      best.others = members.map(\.document).filter { $0 != best.document }.sorted()
      return best
    }
    return best.sorted(by: Self.isBetter)
  }

  private static func isBetter(_ a: Hit, _ b: Hit) -> Bool {
    if a.rank != b.rank { return a.rank > b.rank }
    if a.score != b.score { return a.score > b.score }
    return a.document < b.document
  }

  func matcher(_ query: Query, usesStems: Bool) -> OracleMatcher {
    switch query {
    case .word(let word) where usesStems:
      let stem = stem(word)
      return .anyOf(stems.map { $0 == stem })
    case .word(let word):
      return .anyOf(corpus.terms.map { $0 == word })
    case .prefix(let prefix):
      let start = Array(prefix.utf8)
      return .anyOf(corpus.terms.map { $0.utf8.starts(with: start) })
    case .phrase(let terms):
      let numbers = terms.compactMap(corpus.number(of:))
      return numbers.count == terms.count ? .sequence(numbers) : .nothing
    case .boolean, .field, .boost, .zones:
      return .nothing
    }
  }
}

/// One walk over a query.
private struct Scan {
  struct Match {
    var score: Double
    var clauses = 1
  }

  private let oracle: SearchOracle
  private let options: SearchOptions
  private let boosts: [Float]
  private let formula: OracleScore
  private(set) var scale = 0.0

  init(_ oracle: SearchOracle, _ options: SearchOptions) {
    self.oracle = oracle
    self.options = options
    boosts = options.boosts ?? oracle.corpus.schema.fields.map(\.boost)
    formula = OracleScore(oracle.corpus, boosts: boosts, k1: options.k1, b: options.b)
  }

  /// What holds for a part of a query.
  private struct Place {
    var field: FieldID?
    var boost = 1.0
    var zones: OracleZones?
  }

  /// By document: nil where the query does not match.
  mutating func matches(_ query: Query, relaxes: Bool = false) -> [Match?] {
    matches(query, Place(), relaxes: relaxes)
  }

  private mutating func matches(_ query: Query, _ place: Place, relaxes: Bool) -> [Match?] {
    var place = place
    switch query {
    case .field(let field, let inner):
      place.field = field
      return matches(inner, place, relaxes: relaxes)
    case .boost(let factor, let inner):
      place.boost *= Double(factor)
      return matches(inner, place, relaxes: relaxes)
    case .zones(let filters, let inner):
      let zones = OracleZones(oracle.corpus, filters, in: place.zones)
      place.zones = zones
      return matches(inner, in: zones, place, relaxes: relaxes)
    case .boolean(let clauses):
      let parts = clauses.map { clause in
        (clause.occur, matches(clause.query, place, relaxes: false))
      }
      return oracle.corpus.documents.indices.map { document in
        Self.combined(parts.map { ($0, $1[document]) }, options.bareWords == .any || relaxes)
      }
    case .word, .phrase, .prefix:
      return leaf(query, place)
    }
  }

  /// Where nothing in the zones must or may be there, having the zones is enough.
  private mutating func matches(
    _ query: Query?, in zones: OracleZones, _ place: Place, relaxes: Bool
  ) -> [Match?] {
    let hasZones: [Match?] = zones.ranges.map { $0.isEmpty ? nil : Match(score: 0) }
    guard let query else { return hasZones }
    guard case .boolean(let clauses) = query, clauses.allSatisfy({ $0.occur == .mustNot }) else {
      return matches(query, place, relaxes: relaxes)
    }
    let excluded = clauses.map { matches($0.query, place, relaxes: false) }
    return hasZones.enumerated().map { document, match in
      excluded.contains { $0[document] != nil } ? nil : match
    }
  }

  private mutating func leaf(_ query: Query, _ place: Place) -> [Match?] {
    let isCounted = boosts.indices.map { place.field.map(\.rawValue) ?? UInt8($0) == $0 }
    let leaf = OracleLeaf(
      oracle.corpus, oracle.matcher(query, usesStems: options.usesStems), boosts: boosts,
      isCounted: isCounted, zones: place.zones)
    let weight = formula.weight(documentFrequency: leaf.documentFrequency, boost: place.boost)
    scale += weight
    return leaf.weights.enumerated().map { document, frequency in
      guard frequency > 0, leaf.isInside[document] else { return nil }
      return Match(score: formula.score(document, frequency: frequency, weight: weight))
    }
  }

  /// What the clauses of one level say of one document.
  private static func combined(_ parts: [(Query.Occur, Match?)], _ bareIsOptional: Bool) -> Match? {
    var isRequired = false
    var match = Match(score: 0, clauses: 0)
    for (occur, part) in parts {
      if occur == .mustNot {
        if part != nil { return nil }
        continue
      }
      if occur == .must || occur == .bare && !bareIsOptional {
        isRequired = true
        if part == nil { return nil }
      }
      guard let part else { continue }
      match.score += part.score
      match.clauses += 1
    }
    return isRequired || match.clauses > 0 ? match : nil
  }
}
