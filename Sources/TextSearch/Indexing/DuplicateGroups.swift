/// Finds live groups of the same id that are of different sources, where at least one is new.
struct DuplicateGroups {
  struct Place: Hashable {
    var segment: Int
    var group: Int
  }

  private struct HashedID {
    var hash: UInt64
    var group: Int
  }

  private let segments: [Segment]
  private let isLive: (Place) -> Bool
  /// By id: the places of its groups.
  private(set) var places: [[UInt8]: Set<Place>] = [:]
  /// By segment: the hashes of its ids, rising; made where many ids are looked for.
  private var hashes: [Int: [HashedID]] = [:]

  /// Of two segments with less than so many times the groups of the other in one, all ids are
  /// hashed; looking up an id costs about as much as hashing some tens.
  private static let lookUpFactor = 32

  /// - Parameters:
  ///   - segments: The new ones are behind the old ones.
  ///   - firstNew: The first segment that no commit has named before.
  /// - Complexity: For each pair of a new segment and another O(smaller · log larger) where the
  ///   sizes are far apart, else O(groups of both).
  init(_ segments: [Segment], firstNew: Int, isLive: @escaping (Place) -> Bool) throws(IndexError) {
    self.segments = segments
    self.isLive = isLive
    for new in firstNew..<segments.count {
      try findWithin(new)
      for other in 0..<new { try find(new, other) }
    }
  }

  private mutating func add(_ id: [UInt8], _ a: Place, _ b: Place) {
    if isLive(a), isLive(b) { places[id, default: []].formUnion([a, b]) }
  }

  /// Groups of one id are neighbours in a segment.
  private mutating func findWithin(_ number: Int) throws(IndexError) {
    let segment = segments[number]
    let column = try segment.sources()
    if column.range.count < 2 { return }
    var id: [UInt8] = []
    var run: [(place: Place, source: UInt32)] = []
    for group in 0..<segment.info.groupCount {
      let place = Place(segment: number, group: group)
      guard isLive(place) else { continue }
      let next = try segment.id(ofGroup: group)
      if next != id {
        add(id, run)
        run = []
        id = next
      }
      run.append((place, try column.number(of: group)))
    }
    add(id, run)
  }

  /// Adds all live groups of an id in one segment, where they are of several sources.
  private mutating func add(_ id: [UInt8], _ run: [(place: Place, source: UInt32)]) {
    guard let first = run.first, run.contains(where: { $0.source != first.source }) else { return }
    places[id, default: []].formUnion(run.map(\.place))
  }

  private mutating func find(_ a: Int, _ b: Int) throws(IndexError) {
    let (countA, countB) = (segments[a].info.groupCount, segments[b].info.groupCount)
    let (small, large) = countA <= countB ? (a, b) : (b, a)
    if min(countA, countB) * Self.lookUpFactor < max(countA, countB) {
      for group in 0..<segments[small].info.groupCount {
        let id = try segments[small].id(ofGroup: group)
        for other in try segments[large].groups(withID: id) {
          add(id, Place(segment: small, group: group), Place(segment: large, group: other))
        }
      }
    } else {
      try findByHash(a, b)
    }
  }

  private mutating func findByHash(_ a: Int, _ b: Int) throws(IndexError) {
    let (ownA, ownB) = (try hashedIDs(a), try hashedIDs(b))
    var start = 0
    for one in ownA {
      while start < ownB.count, ownB[start].hash < one.hash { start += 1 }
      for other in ownB[start...].prefix(while: { $0.hash == one.hash }) {
        let id = try segments[a].id(ofGroup: one.group)
        guard try segments[b].id(ofGroup: other.group) == id else { continue }
        add(id, Place(segment: a, group: one.group), Place(segment: b, group: other.group))
      }
    }
  }

  private mutating func hashedIDs(_ number: Int) throws(IndexError) -> [HashedID] {
    if let known = hashes[number] { return known }
    var made: [HashedID] = []
    made.reserveCapacity(segments[number].info.groupCount)
    for group in 0..<segments[number].info.groupCount {
      // FNV-1a (Fowler, Noll, Vo); equal hashes are looked at byte by byte.
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for byte in try segments[number].id(ofGroup: group) {
        hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
      }
      made.append(HashedID(hash: hash, group: group))
    }
    made.sort { $0.hash < $1.hash }
    hashes[number] = made
    return made
  }
}
