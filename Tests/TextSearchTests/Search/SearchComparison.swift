import TestSupport

@testable import TextSearch

/// Says how the answer of a searcher differs from that of the oracle.
struct SearchComparison {
  let searcher: Searcher
  let oracle: SearchOracle
  /// The number of the first document of each segment.
  private let bases: [Int]

  init(_ searcher: Searcher, _ oracle: SearchOracle) {
    self.searcher = searcher
    self.oracle = oracle
    var bases = [0]
    for segment in searcher.segments {
      bases.append(bases[bases.count - 1] + segment.info.documentCount)
    }
    self.bases = bases
  }

  func document(_ address: DocAddress) -> Int { bases[address.segment] + Int(address.document) }

  func address(_ document: Int) -> DocAddress {
    let segment = (bases.firstIndex { $0 > document } ?? bases.count) - 1
    return DocAddress(segment: segment, document: DocID(document - bases[segment]))
  }

  /// What is wrong with `result`; empty where it is right.
  func problems(
    _ result: SearchResult, _ answer: SearchOracle.Answer, _ options: SearchOptions
  ) -> [String] {
    var problems: [String] = []
    if result.total != answer.hits.count {
      problems.append("total \(result.total), not \(answer.hits.count)")
    }
    if result.isRelaxed != answer.isRelaxed { problems.append("relaxed: \(result.isRelaxed)") }
    let expected = answer.hits.dropFirst(options.offset).prefix(options.limit)
    guard result.hits.count == expected.count else {
      return problems + ["\(result.hits.count) hits, not \(expected.count)"]
    }
    var known = [SearchOracle.Hit?](repeating: nil, count: bases[bases.count - 1])
    for hit in answer.documents { known[hit.document] = hit }
    for (rank, (hit, wanted)) in zip(result.hits, expected).enumerated() {
      let own = known[document(hit.address)]
      problems += self.problems(hit, own, wanted, answer).map { "hit \(rank): \($0)" }
      if options.grouping == .group, others(of: hit, known) != hit.others.map(document) {
        problems.append("hit \(rank): others \(hit.others.map(document))")
      }
    }
    return problems + disorder(result.hits, known)
  }

  /// - Parameters:
  ///   - own: What the oracle says of the document of the hit.
  ///   - wanted: The oracle's hit at the same place.
  private func problems(
    _ hit: Hit, _ own: SearchOracle.Hit?, _ wanted: SearchOracle.Hit, _ answer: SearchOracle.Answer
  ) -> [String] {
    let number = document(hit.address)
    guard let own else { return ["document \(number) does not match"] }
    var problems: [String] = []
    if !Self.isNear(hit.score, own.score, answer.scale, 1e-5) {
      problems.append("document \(number) scores \(hit.score), not \(own.score)")
    }
    if own.rank != wanted.rank {
      problems.append("rank \(own.rank), not \(wanted.rank)")
    }
    if number != wanted.document, !Self.isNear(own.score, wanted.score, answer.scale, 1e-6) {
      problems.append(
        "document \(number) of \(own.score), not \(wanted.document) of \(wanted.score)")
    }
    return problems
  }

  /// Whether two scores differ only by rounding: the engine's numbers have 24 bits, and a score
  /// far below its clauses' largest is a small difference of large numbers.
  private static func isNear(_ a: Double, _ b: Double, _ scale: Double, _ tolerance: Double) -> Bool
  {
    abs(a - b) <= tolerance * max(abs(a), abs(b)) + 5e-7 * scale
  }

  private func others(of hit: Hit, _ known: [SearchOracle.Hit?]) -> [Int] {
    let number = document(hit.address)
    let group = oracle.corpus.groups[oracle.corpus.documents[number].group]
    return group.filter { $0 != number && known[$0] != nil }
  }

  /// Hits that stand behind worse ones, and equal ones out of the order of documents.
  private func disorder(_ hits: [Hit], _ known: [SearchOracle.Hit?]) -> [String] {
    zip(hits, hits.dropFirst()).compactMap { a, b in
      if known[document(a.address)]?.rank != known[document(b.address)]?.rank { return nil }
      if a.score > b.score || a.score == b.score && a.address < b.address { return nil }
      return "documents \(document(a.address)) and \(document(b.address)) are out of order"
    }
  }
}
