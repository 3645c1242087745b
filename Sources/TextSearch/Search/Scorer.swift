/// Moves over the documents that a part of a query matches, and scores them.
///
/// The contract of moving is that of `PostingCursor`. Scores are sums of 32-bit numbers in 64-bit
/// ones: they are exact, so they do not depend on the order of addition, nor on how an index is
/// cut into segments.
class Scorer {
  final var doc: DocID = 0

  var cost: Int { 0 }

  func advance(to target: DocID) throws(IndexError) { doc = .end }

  /// The score of the current document.
  func score() throws(IndexError) -> Double { 0 }

  /// How many clauses of the outermost query match the current document.
  func matchingClauses() -> Int { 1 }
}

/// Scores the documents of one leaf.
final class LeafScorer: Scorer {
  let cursor: PostingCursor
  let weight: Float
  let inverseSaturation: [Float]
  let norms: Norms

  init(_ cursor: PostingCursor, weight: Float, _ bm25: BM25F, _ norms: Norms) {
    self.cursor = cursor
    self.weight = weight
    self.norms = norms
    inverseSaturation = bm25.inverseSaturation
  }

  override var cost: Int { cursor.cost }

  override func advance(to target: DocID) throws(IndexError) {
    try cursor.advance(to: target)
    doc = cursor.doc
  }

  override func score() throws(IndexError) -> Double { Double(try contribution()) }

  @inline(__always)
  func contribution() throws(IndexError) -> Float {
    BM25F.score(weight, try cursor.weight(), inverseSaturation[Int(norms[cursor.doc])])
  }

  /// The most that a document from `target` up to the bound's last can score.
  func bound(from target: DocID) throws(IndexError) -> (score: Float, last: DocID) {
    let bound = try cursor.bound(from: target)
    return (max(score(bound.low), score(bound.high)), bound.last)
  }

  @inline(__always)
  private func score(_ point: BlockBound.Point) -> Float {
    if point.weight == 0 { return 0 }
    return BM25F.score(weight, point.weight, inverseSaturation[Int(point.norm)])
  }
}

/// Documents that match all required parts, or any optional part where none is required, and no
/// excluded part. Matching optional parts add to the score.
final class BooleanScorer: Scorer {
  /// Fewest documents first.
  private let required: [Scorer]
  private let optional: [Scorer]
  private let excluded: [Scorer]

  init(required: [Scorer], optional: [Scorer], excluded: [Scorer]) {
    self.required = required.sorted { $0.cost < $1.cost }
    self.optional = optional
    self.excluded = excluded
  }

  override var cost: Int {
    required.first?.cost ?? optional.reduce(0) { $0 + $1.cost }
  }

  override func advance(to target: DocID) throws(IndexError) {
    var target = target
    while true {
      doc = required.isEmpty ? try nextOptional(target) : try nextRequired(target)
      if doc == .end { return }
      if try !isExcluded() { return }
      target = doc + 1
    }
  }

  private func nextOptional(_ target: DocID) throws(IndexError) -> DocID {
    var least = DocID.end
    for part in optional {
      if part.doc < target || target == 0 { try part.advance(to: target) }
      least = min(least, part.doc)
    }
    return least
  }

  /// The first document from `target` on that all required parts have: each part in turn jumps to
  /// where the ones before it stand.
  private func nextRequired(_ target: DocID) throws(IndexError) -> DocID {
    var target = target
    var place = 0
    while place < required.count {
      let part = required[place]
      if part.doc < target || target == 0 { try part.advance(to: target) }
      if part.doc == .end { return .end }
      if part.doc > target, place > 0 {
        target = part.doc
        place = 0
      } else {
        target = part.doc
        place += 1
      }
    }
    return target
  }

  private func isExcluded() throws(IndexError) -> Bool {
    for part in excluded {
      if part.doc < doc || doc == 0 { try part.advance(to: doc) }
      if part.doc == doc { return true }
    }
    return false
  }

  override func score() throws(IndexError) -> Double {
    var sum = 0.0
    for part in required { sum += try part.score() }
    for part in optional {
      if part.doc < doc || doc == 0 { try part.advance(to: doc) }
      if part.doc == doc { sum += try part.score() }
    }
    return sum
  }

  override func matchingClauses() -> Int {
    required.count + optional.reduce(0) { $0 + ($1.doc == doc ? 1 : 0) }
  }
}
