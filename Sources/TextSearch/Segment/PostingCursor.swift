/// Moves over the documents of a list in rising order.
///
/// A new cursor stands before the first document and its `doc` means nothing until `advance(to:)`
/// was called. `advance(to:)` goes to the first document that is not below the target: a target at
/// or below `doc` leaves the cursor where it is. Behind the last document `doc` is `DocID.end`, and
/// stays so. Every kind of list has one subclass; a virtual call a document or, in bulk, a block
/// is all it costs.
class PostingCursor {
  /// The current document, or `DocID.end`.
  final var doc: DocID = 0

  /// How many documents the list has, about; cursors with fewer are asked first.
  var cost: Int { 0 }

  func advance(to target: DocID) throws(IndexError) { doc = .end }

  /// The weighted frequency Σ boost(f)·tf(f) in the current document; greater than 0.
  func weight() throws(IndexError) -> Float { 0 }

  /// Bounds for the documents from `target` up to the end of the block that `target` falls in.
  ///
  /// Targets never fall. The cursor itself does not move.
  func bound(from target: DocID) throws(IndexError) -> BlockBound { .end }

  /// Inserts all documents into a set of the segment; only for a new cursor, which is used up.
  func insert(into set: inout DocumentSet) throws(IndexError) {
    try advance(to: 0)
    while doc != .end {
      set.insert(doc)
      try next()
    }
  }

  /// Calls of `next()` come after an `advance(to:)` that found a document.
  final func next() throws(IndexError) { try advance(to: doc &+ 1) }
}

/// What the postings of a block can have at most.
struct BlockBound {
  /// A weighted frequency that is not reached, and a norm that is not undercut, together.
  struct Point {
    var weight: Float
    var norm: UInt8
  }

  /// Every posting of the block lies under one of the two.
  var low: Point
  var high: Point
  /// The last document that the bound holds for.
  var last: DocID

  /// Behind the last document.
  static let end = BlockBound(
    low: Point(weight: 0, norm: 255), high: Point(weight: 0, norm: 255), last: .end)
}

/// Documents with their weighted frequencies, made by a query: phrases, prefixes, single fields.
struct MemoryList: Sendable {
  var documents: [DocID] = []
  var weights: [Float] = []

  mutating func append(_ document: DocID, _ weight: Float) {
    documents.append(document)
    weights.append(weight)
  }
}

/// Moves over a list in memory.
final class MemoryCursor: PostingCursor {
  private let list: MemoryList
  private var place = 0
  private let bound: BlockBound

  init(_ list: MemoryList) {
    self.list = list
    let point = BlockBound.Point(weight: list.weights.max() ?? 0, norm: 0)
    bound = BlockBound(low: point, high: point, last: list.documents.last ?? .end)
  }

  override var cost: Int { list.documents.count }

  override func advance(to target: DocID) throws(IndexError) {
    let documents = list.documents
    var step = 1
    while place + step < documents.count, documents[place + step] < target {
      place += step
      step *= 2
    }
    while place < documents.count, documents[place] < target { place += 1 }
    doc = place < documents.count ? documents[place] : .end
  }

  override func weight() throws(IndexError) -> Float { list.weights[place] }

  override func bound(from target: DocID) throws(IndexError) -> BlockBound {
    target <= bound.last ? bound : .end
  }
}

/// Several lists as one, their weighted frequencies added: a word and its inflections.
final class UnionCursor: PostingCursor {
  private let members: [PostingCursor]

  init(_ members: [PostingCursor]) { self.members = members }

  override var cost: Int { members.reduce(0) { $0 + $1.cost } }

  override func advance(to target: DocID) throws(IndexError) {
    var least = DocID.end
    for member in members {
      if member.doc < target || target == 0 { try member.advance(to: target) }
      least = min(least, member.doc)
    }
    doc = least
  }

  override func insert(into set: inout DocumentSet) throws(IndexError) {
    for member in members { try member.insert(into: &set) }
    doc = .end
  }

  override func weight() throws(IndexError) -> Float {
    var sum: Float = 0
    for member in members where member.doc == doc { sum += try member.weight() }
    return sum
  }

  override func bound(from target: DocID) throws(IndexError) -> BlockBound {
    var weight: Float = 0
    var norm = UInt8.max
    var last = DocID.end
    for member in members {
      let bound = try member.bound(from: target)
      weight += max(bound.low.weight, bound.high.weight)
      norm = min(norm, bound.low.norm, bound.high.norm)
      last = min(last, bound.last)
    }
    let point = BlockBound.Point(weight: weight, norm: norm)
    return BlockBound(low: point, high: point, last: last)
  }
}
