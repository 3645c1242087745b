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

  private typealias Place = DuplicateGroups.Place

  /// Leaves one source the groups of each id that several sources have.
  mutating func resolveDuplicates(_ table: SourceTable, _ changes: inout SourceChanges)
    throws(IndexError)
  {
    let duplicates = try DuplicateGroups(segments, firstNew: firstNew) { [self] place in
      isLive(place.group, place.segment)
    }
    if duplicates.places.isEmpty { return }
    var numbers: Set<UInt32> = []
    for place in duplicates.places.values.joined() { numbers.insert(try source(of: place)) }
    let sources = try changes.sources(numbers, in: table)
    var counts = try liveCounts(of: numbers)
    for id in duplicates.places.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      try resolve(duplicates.places[id] ?? [], sources, &counts, &changes)
    }
  }

  private func source(of place: Place) throws(IndexError) -> UInt32 {
    try segments[place.segment].sources().number(of: place.group)
  }

  /// How many live groups each of the sources has.
  private func liveCounts(of numbers: Set<UInt32>) throws(IndexError) -> [UInt32: Int] {
    var counts: [UInt32: Int] = [:]
    for number in segments.indices {
      let column = try segments[number].sources()
      guard numbers.contains(where: { column.range.contains($0) }) else { continue }
      for (group, source) in try column.numbers().enumerated()
      where numbers.contains(source) && isLive(group, number) { counts[source, default: 0] += 1 }
    }
    return counts
  }

  private mutating func resolve(
    _ places: Set<Place>, _ known: [UInt32: Source], _ counts: inout [UInt32: Int],
    _ changes: inout SourceChanges
  ) throws(IndexError) {
    var groups: [UInt32: [Place]] = [:]
    for place in places { groups[try source(of: place), default: []].append(place) }
    let sources = groups.keys.sorted().compactMap { known[$0] }
    guard sources.count > 1, let winner = Source.preferred(sources) else { return }
    for loser in sources where loser.number != winner.number {
      let lost = groups[loser.number] ?? []
      for place in lost { doomed[place.segment].insert(place.group) }
      counts[loser.number, default: 0] -= lost.count
      changes.beat(
        loser, by: winner, in: lost.count, keepsOthers: counts[loser.number, default: 0] > 0)
    }
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
  /// Which of several sources with the same groups is shown: the one that was modified last, and of
  /// those the one whose path comes first.
  ///
  /// An order of all sources, so that the last of them does not depend on which were compared first.
  static func preferred(_ sources: [Source]) -> Source? {
    sources.max { a, b in
      a.modified != b.modified ? a.modified < b.modified : PathOrder.precedes(b.path, a.path)
    }
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
