/// Finds the groups that a commit deletes, and writes what is deleted of each segment.
struct GroupDeleter {
  private let segments: [Segment]
  /// The first segment that no commit has named before.
  private let firstNew: Int
  /// By segment: groups to delete that were not deleted before.
  private var doomed: [Set<Int>]

  init(_ segments: [Segment], firstNew: Int) {
    self.segments = segments
    self.firstNew = firstNew
    doomed = [Set<Int>](repeating: [], count: segments.count)
  }

  mutating func delete(_ group: Int, in segment: Int) {
    if isLive(group, segment) { doomed[segment].insert(group) }
  }

  /// Groups to delete so far.
  var count: Int { doomed.reduce(0) { $0 + $1.count } }

  private func isLive(_ group: Int, _ segment: Int) -> Bool {
    segments[segment].deletions?.contains(group) != true && !doomed[segment].contains(group)
  }

  /// Deletes all groups of the sources.
  /// - Complexity: O(groups of the segments that can have some).
  mutating func delete(sources: Set<UInt32>) throws(IndexError) {
    if sources.isEmpty { return }
    for number in segments.indices {
      let column = try segments[number].sources()
      guard sources.contains(where: { column.range.contains($0) }) else { continue }
      for (group, source) in try column.numbers().enumerated() where sources.contains(source) {
        delete(group, in: number)
      }
    }
  }

  // MARK: Duplicates

  private struct Place: Hashable {
    var segment: Int
    var group: Int
  }

  /// Leaves one source the groups of each id that several sources have.
  /// - Complexity: O(smaller · log larger) for each pair of a new segment and another.
  mutating func resolveDuplicates(_ table: SourceTable, _ changes: inout SourceChanges)
    throws(IndexError)
  {
    var rivals: [[UInt8]: Set<Place>] = [:]
    for new in firstNew..<segments.count {
      try collectWithin(new, &rivals)
      for other in 0..<new { try collect(new, other, &rivals) }
    }
    if rivals.isEmpty { return }
    var numbers: Set<UInt32> = []
    for place in rivals.values.joined() { numbers.insert(try source(of: place)) }
    let sources = try changes.sources(numbers, in: table)
    for id in rivals.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      try resolve(rivals[id] ?? [], sources, &changes)
    }
  }

  private func source(of place: Place) throws(IndexError) -> UInt32 {
    try segments[place.segment].sources().number(of: place.group)
  }

  private func collectWithin(_ number: Int, _ rivals: inout [[UInt8]: Set<Place>])
    throws(IndexError)
  {
    let segment = segments[number]
    let column = try segment.sources()
    if column.range.count < 2 { return }
    var before: (id: [UInt8], source: UInt32)?
    for group in 0..<segment.info.groupCount {
      let (id, source) = (try segment.id(ofGroup: group), try column.number(of: group))
      if let before, before.id == id, before.source != source {
        rivals[id, default: []].formUnion([
          Place(segment: number, group: group - 1), Place(segment: number, group: group),
        ])
      }
      before = (id, source)
    }
  }

  private func collect(_ a: Int, _ b: Int, _ rivals: inout [[UInt8]: Set<Place>])
    throws(IndexError)
  {
    let isSmaller = segments[a].info.groupCount <= segments[b].info.groupCount
    let (small, large) = isSmaller ? (a, b) : (b, a)
    for group in 0..<segments[small].info.groupCount where isLive(group, small) {
      let id = try segments[small].id(ofGroup: group)
      for other in try segments[large].groups(withID: id) where isLive(other, large) {
        rivals[id, default: []].formUnion([
          Place(segment: small, group: group), Place(segment: large, group: other),
        ])
      }
    }
  }

  private mutating func resolve(
    _ places: Set<Place>, _ known: [UInt32: Source], _ changes: inout SourceChanges
  ) throws(IndexError) {
    var groups: [UInt32: [Place]] = [:]
    for place in places where isLive(place.group, place.segment) {
      groups[try source(of: place), default: []].append(place)
    }
    let sources = groups.keys.sorted().compactMap { known[$0] }
    guard sources.count > 1, let winner = Source.preferred(sources) else { return }
    for loser in sources where loser.number != winner.number {
      for place in groups[loser.number] ?? [] { doomed[place.segment].insert(place.group) }
      changes.beat(loser, by: winner, keepsOthers: try hasLiveGroups(loser.number))
    }
  }

  private func hasLiveGroups(_ source: UInt32) throws(IndexError) -> Bool {
    for number in segments.indices {
      let column = try segments[number].sources()
      guard column.range.contains(source) else { continue }
      for group in 0..<segments[number].info.groupCount
      where try column.number(of: group) == source && isLive(group, number) { return true }
    }
    return false
  }

  // MARK: Files

  /// Writes the deletions of each segment that loses groups, and names them in the manifest. A
  /// segment that has nothing left goes.
  func write(into manifest: inout Manifest, folder: String, generation: UInt64)
    throws(IndexError)
  {
    var empty: Set<String> = []
    for (number, groups) in doomed.enumerated() where !groups.isEmpty {
      let segment = segments[number]
      var deletions =
        segment.deletions
        ?? Deletions(
          segmentGroupCount: segment.info.groupCount,
          fieldCount: segment.info.schema.fields.count)
      let sorted = groups.sorted()
      let (documents, lengths) = try segment.lengths(ofGroups: sorted)
      deletions.insert(sorted, documentCount: documents, fieldLengths: lengths)
      if deletions.groupCount == segment.info.groupCount {
        empty.insert(segment.name)
        continue
      }
      let name = "\(generation)-\(number + 1)\(Deletions.suffix)"
      let file = try OutputFile(path: folder + "/" + name)
      let bytes = deletions.bytes()
      try file.write(bytes)
      try file.finish()
      manifest.segments[number].deletions = Manifest.File(name: name, byteCount: bytes.count)
      manifest.segments[number].deletedCount = deletions.documentCount
    }
    manifest.segments.removeAll { empty.contains($0.name) }
  }
}

extension Source {
  /// Which of several sources with the same groups is shown: of those with the content that was
  /// modified last, the one whose path comes first.
  static func preferred(_ sources: [Source]) -> Source? {
    let newest = sources.max { a, b in
      a.modified != b.modified
        ? a.modified < b.modified : PathOrder.precedes(b.path, a.path)
    }
    return sources.filter { $0.fingerprint == newest?.fingerprint }
      .min { PathOrder.precedes($0.path, $1.path) }
  }
}

extension Segment {
  /// The bytes of a group's id.
  func id(ofGroup group: Int) throws(IndexError) -> [UInt8] {
    Array((try display().groupIDs.value(group) ?? "").utf8)
  }

  /// The groups of that id, deleted or not.
  /// - Complexity: O(log groups).
  func groups(withID id: [UInt8]) throws(IndexError) -> Range<Int> {
    var low = 0
    var high = info.groupCount
    while low < high {
      let middle = (low + high) / 2
      if try self.id(ofGroup: middle).lexicographicallyPrecedes(id) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    var end = low
    while end < info.groupCount, try self.id(ofGroup: end) == id { end += 1 }
    return low..<end
  }

  /// How many documents the groups have, and how many words in each field.
  /// - Complexity: O(tokens of the groups).
  func lengths(ofGroups groups: [Int]) throws(IndexError) -> (documents: Int, words: [Int]) {
    var words = [Int](repeating: 0, count: info.schema.fields.count)
    var documents = 0
    for group in groups {
      for document in try self.documents(ofGroup: group) {
        documents += 1
        var field = 0
        for rank in try ranks(inText: textRange(ofPassages: passageRange(of: document))) {
          if rank < words.count { field = rank } else { words[field] += 1 }
        }
      }
    }
    return (documents, words)
  }
}
