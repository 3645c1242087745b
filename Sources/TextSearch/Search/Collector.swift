/// Takes matching documents in order and keeps the best, as documents or as groups.
///
/// Of a group, the best document counts; groups are neighbours, so one look at the current group's
/// end is enough.
struct Collector {
  private(set) var top: TopK
  private let groups: OffsetTable?
  private let segment: Int
  private let deleted: DocumentSet?
  private var groupEnd: DocID = 0
  private var best: TopK.Item?
  /// Matching documents or groups.
  private(set) var total = 0

  /// - Parameters:
  ///   - top: Takes the hits of this segment.
  ///   - groups: The segment's groups, or nil where documents are hits of their own.
  ///   - deleted: Documents that are passed over.
  init(_ top: TopK, segment: Int, groups: OffsetTable?, deleted: DocumentSet?) {
    self.top = top
    self.segment = segment
    self.groups = groups
    self.deleted = deleted
  }

  var threshold: Double { top.threshold }

  mutating func collect(_ document: DocID, _ score: Double, rank: Int = 0) throws(IndexError) {
    if let deleted, deleted.contains(document) { return }
    let item = TopK.Item(
      rank: rank, score: score, address: DocAddress(segment: segment, document: document))
    guard let groups else {
      total += 1
      top.offer(item)
      return
    }
    if document >= groupEnd {
      finishGroup()
      total += 1
      groupEnd = try Self.end(ofGroupWith: document, groups)
    }
    if let best, (best.rank, best.score) >= (rank, score) { return }
    best = item
  }

  /// Offers the last group; nothing may be collected after it.
  mutating func finishGroup() {
    if let best { top.offer(best) }
    best = nil
  }

  static func end(ofGroupWith document: DocID, _ groups: OffsetTable) throws(IndexError) -> DocID {
    guard let group = try groups.lastIndex(notAbove: Int(document)), group + 1 < groups.count else {
      return .end
    }
    return DocID(try groups.value(at: group + 1))
  }
}

extension [DocID] {
  /// How many groups have documents in the list, which rises.
  func groupCount(_ groups: OffsetTable) throws(IndexError) -> Int {
    var count = 0
    var groupEnd: DocID = 0
    for document in self where document >= groupEnd {
      groupEnd = try Collector.end(ofGroupWith: document, groups)
      count += 1
    }
    return count
  }
}
