import TextSearch

/// Makes queries for the documents of a corpus.
public struct RandomQuery<Generator: RandomNumberGenerator> {
  private let corpus: OracleCorpus
  /// Documents that have words.
  private let documents: [Int]
  public var random: Generator

  public init(_ corpus: OracleCorpus, _ random: Generator) {
    self.corpus = corpus
    self.random = random
    documents = corpus.documents.indices.filter { document in
      corpus.documents[document].runs.contains { !$0.terms.isEmpty }
    }
  }

  private mutating func chance(_ share: Double) -> Bool {
    Double.random(in: 0..<1, using: &random) < share
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  // MARK: Queries

  public mutating func query() -> Query {
    switch number(0...9) {
    case 0, 1: return clause(depth: 0)
    case 2, 3, 4: return .boolean((0..<number(2...5)).map { _ in .init(.bare, clause(depth: 0)) })
    case 5, 6: return .boolean((0..<number(1...6)).map { _ in .init(.should, clause(depth: 0)) })
    default: return wrapped(boolean(depth: 2))
    }
  }

  private mutating func boolean(depth: Int) -> Query {
    let occurs: [Query.Occur] = [.bare, .bare, .must, .should, .should, .mustNot]
    return .boolean(
      (0..<number(1...4)).map { _ in
        .init(occurs[number(0...(occurs.count - 1))], clause(depth: depth))
      })
  }

  private mutating func clause(depth: Int) -> Query {
    if depth > 0, chance(0.4) { return wrapped(boolean(depth: depth - 1)) }
    return wrapped(leaf())
  }

  /// The query, sometimes in a field, sometimes with a boost.
  private mutating func wrapped(_ query: Query) -> Query {
    var query = query
    if chance(0.12) {
      let field = number(0...(corpus.schema.fields.count - 1))
      query = .field(FieldID(rawValue: UInt8(field)), query)
    }
    if chance(0.1) { query = .boost([0.25, 2, 3.5][number(0...2)], query) }
    if chance(0.1) { query = .zones(filters(), chance(0.15) ? nil : query) }
    return query
  }

  private mutating func filters() -> [ZoneFilter] {
    let labels: [[String]] = [
      [], [], ["1a"], ["1"], ["7"], ["risk", "factors"], ["factors"], ["zone"], ["item"],
    ]
    return (0..<number(1...2)).map { _ in
      ZoneFilter(kind: UInt8(number(0...2)), label: labels[number(0...(labels.count - 1))])
    }
  }

  private mutating func leaf() -> Query {
    switch number(0...19) {
    case 0...8: .word(term())
    case 9...15: .phrase(phrase())
    case 16...18: .prefix(String(term().prefix(number(1...5))))
    default: .prefix("")
    }
  }

  // MARK: Terms

  private mutating func term() -> String {
    if documents.isEmpty || chance(0.04) { return ["nowhere", "zzz", "0"][number(0...2)] }
    // Half of the terms as frequent as in the text, half whatever they are.
    if chance(0.5) { return corpus.terms[number(0...(corpus.terms.count - 1))] }
    let run = run()
    return corpus.terms[run.terms[number(0...(run.terms.count - 1))]]
  }

  private mutating func run() -> OracleCorpus.Run {
    let document = corpus.documents[documents[number(0...(documents.count - 1))]]
    let runs = document.runs.filter { !$0.terms.isEmpty }
    return runs[number(0...(runs.count - 1))]
  }

  private mutating func phrase() -> [String] {
    switch number(0...9) {
    case 0: return (0..<number(1...3)).map { _ in term() }
    case 1:
      let term = term()
      return [String](repeating: term, count: number(2...4))
    case 2, 3: return planted()
    default: return documents.isEmpty ? [term()] : standing()
    }
  }

  private mutating func planted() -> [String] {
    let phrases = RandomCorpus<Generator>.planted
    let phrase = phrases[number(0...(phrases.count - 1))]
    return Array(phrase.dropLast(number(0...1)))
  }

  /// Terms that stand together, maybe with one of them changed, maybe across the end of a run.
  private mutating func standing() -> [String] {
    let document = corpus.documents[documents[number(0...(documents.count - 1))]]
    let acrossRuns = chance(0.1)
    let terms = acrossRuns ? document.runs.flatMap(\.terms) : run().terms
    let length = chance(0.02) ? number(7...600) : number(1...6)
    let start = number(0...max(0, terms.count - length))
    var phrase = terms.dropFirst(start).prefix(length).map { corpus.terms[$0] }
    if chance(0.1) { phrase[number(0...(phrase.count - 1))] = term() }
    return phrase
  }

  // MARK: Options

  public mutating func options() -> SearchOptions {
    var options = SearchOptions()
    options.limit = [0, 1, 3, 10, 10, 100, 100_000][number(0...6)]
    options.offset = chance(0.3) ? number(1...12) : 0
    options.grouping = chance(0.5) ? .group : .document
    options.bareWords = [.relaxable, .relaxable, .all, .any][number(0...3)]
    options.usesStems = chance(0.6)
    if chance(0.25) {
      options.order = .attribute(chance(0.5) ? "filed" : "period", descending: chance(0.5))
    }
    if chance(0.25) {
      options.boosts = corpus.schema.fields.map { _ in [0.1, 0.3, 1, 1, 2, 5.5][number(0...5)] }
    }
    if chance(0.3) { options.k1 = [0, 0.4, 0.9, 2, 10][number(0...4)] }
    if chance(0.3) { options.b = [0, 0.3, 0.5, 1][number(0...3)] }
    return options
  }
}
