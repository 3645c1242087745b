/// The order of the groups of a segment, by the bytes of their ids, and where their tokens go.
///
/// As numbers of documents rise with ids, documents of equal score come in the same order however
/// an index is cut into segments, and an id is found by halving. Groups of one id stay in the
/// order in which they came.
struct GroupOrder: Sendable {
  /// Tokens of a batch, one run after the other, that go to one place.
  struct Move: Sendable, Equatable {
    var count: Int
    var destination: Int
  }

  private(set) var groups: [AnalyzedBatch.Group] = []
  /// The first document of each group, and the number of all.
  private(set) var groupStarts: [Int] = [0]
  private(set) var documents: [AnalyzedBatch.Entry] = []
  /// The first token of each document, and the number of all.
  private(set) var documentStarts: [Int] = []
  /// By batch: where its tokens go, from its first to its last.
  private(set) var moves: [[Move]]

  /// The part of a group that one batch has.
  private struct Piece {
    var batch: Int
    var documents: Range<Int>
    var tokens: Range<Int>
  }

  /// - Complexity: O(groups · log groups) where they do not come in order.
  init(_ batches: [AnalyzedBatch]) {
    moves = [[Move]](repeating: [], count: batches.count)
    var arrived: [AnalyzedBatch.Group] = []
    var pieces: [Piece] = []
    var firstPieces: [Int] = []
    for (number, batch) in batches.enumerated() {
      var first = 0
      for group in batch.groups {
        let documents = first..<(first + group.documentCount)
        // Parts of one group that came in two batches become one again.
        if let last = arrived.last, last.source == group.source,
          last.id.utf8.elementsEqual(group.id.utf8)
        {
          arrived[arrived.count - 1].documentCount += group.documentCount
        } else {
          firstPieces.append(pieces.count)
          arrived.append(group)
        }
        pieces.append(
          Piece(batch: number, documents: documents, tokens: batch.tokens(of: documents)))
        first = documents.upperBound
      }
    }
    firstPieces.append(pieces.count)
    var destinations = [Int](repeating: 0, count: pieces.count)
    place(arrived, pieces, firstPieces, batches, &destinations)
    for (piece, destination) in zip(pieces, destinations) {
      add(Move(count: piece.tokens.count, destination: destination), of: piece.batch)
    }
  }

  private mutating func place(
    _ arrived: [AnalyzedBatch.Group], _ pieces: [Piece], _ firstPieces: [Int],
    _ batches: [AnalyzedBatch], _ destinations: inout [Int]
  ) {
    groups.reserveCapacity(arrived.count)
    var token = 0
    for number in Self.sorted(arrived.map(\.id)) {
      groups.append(arrived[number])
      groupStarts.append(groupStarts[groupStarts.count - 1] + arrived[number].documentCount)
      for place in firstPieces[number]..<firstPieces[number + 1] {
        let piece = pieces[place]
        destinations[place] = token
        for document in batches[piece.batch].documents[piece.documents] {
          documentStarts.append(token + document.firstToken - piece.tokens.lowerBound)
          documents.append(document)
        }
        token += piece.tokens.count
      }
    }
    documentStarts.append(token)
  }

  private mutating func add(_ move: Move, of batch: Int) {
    if let last = moves[batch].last, last.destination + last.count == move.destination {
      moves[batch][moves[batch].count - 1].count += move.count
    } else {
      moves[batch].append(move)
    }
  }

  /// The numbers of `ids` in the order of the ids' bytes; equal ones stay in order.
  ///
  /// Compares eight bytes behind what all ids begin with as a number, and the rest only between
  /// equals.
  static func sorted(_ ids: [String]) -> [Int] {
    let isSorted = zip(ids, ids.dropFirst()).allSatisfy { !precedes($1, $0) }
    if isSorted { return Array(ids.indices) }
    let shared = ids.reduce(ids[0].utf8.count) { shared, id in
      min(shared, zip(id.utf8, ids[0].utf8).prefix { $0 == $1 }.count)
    }
    let keys = ids.enumerated().map { number, id in
      var key: UInt64 = 0
      var shift: UInt64 = 64
      for byte in id.utf8.dropFirst(shared).prefix(8) {
        shift -= 8
        key |= UInt64(byte) &<< shift
      }
      return (key: key, number: number)
    }
    return keys.sorted { a, b in
      if a.key != b.key { return a.key < b.key }
      if precedes(ids[a.number], ids[b.number]) { return true }
      return a.number < b.number && !precedes(ids[b.number], ids[a.number])
    }.map(\.number)
  }

  /// Whether the bytes of `a` come before those of `b`.
  static func precedes(_ a: String, _ b: String) -> Bool {
    a.utf8.lexicographicallyPrecedes(b.utf8)
  }
}

extension AnalyzedBatch {
  /// The tokens of adjacent documents.
  func tokens(of documents: Range<Int>) -> Range<Int> {
    func start(_ document: Int) -> Int {
      document < self.documents.count ? self.documents[document].firstToken : tokens.count
    }
    return start(documents.lowerBound)..<start(documents.upperBound)
  }
}
