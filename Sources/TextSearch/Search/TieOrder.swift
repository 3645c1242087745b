/// The order of hits of different segments: by rank and score, and where these are equal by the
/// ids of their groups, as within a segment.
///
/// So the order of hits does not depend on how an index is cut into segments.
struct TieOrder {
  private let segments: [Segment]
  /// The ids asked for last; a hit is compared with several others.
  private var known: [(address: DocAddress, id: [UInt8])] = []

  init(_ segments: [Segment]) { self.segments = segments }

  /// Whether hit `a` comes before hit `b`, which is of a segment before that of `a`.
  mutating func precedes(_ a: TopK.Item, _ b: TopK.Item) throws(IndexError) -> Bool {
    if a.rank != b.rank { return a.rank > b.rank }
    if a.score != b.score { return a.score > b.score }
    return try id(of: a.address).lexicographicallyPrecedes(id(of: b.address))
  }

  private mutating func id(of address: DocAddress) throws(IndexError) -> [UInt8] {
    if let hit = known.first(where: { $0.address == address }) { return hit.id }
    let segment = segments[address.segment]
    let group = try segment.group(of: address.document)
    let id = Array((try segment.display().groupIDs.value(group) ?? "").utf8)
    if known.count == 2 { known.removeFirst() }
    known.append((address, id))
    return id
  }
}
