import Synchronization

extension IndexWriter {
  /// Merges segments that the policy says are too many or have too much deleted, and commits.
  ///
  /// Documents are taken from the segments, not from what they were read from; answers stay as they
  /// are. What was appended and is not committed is not touched.
  /// - Parameter count: So many segments are left at most; nil leaves it to the policy.
  /// - Returns: How many segments were written.
  public func merge(leaving count: Int? = nil) throws(IndexError) -> Int {
    var written = 0
    while true {
      // A group counts as a word more: one that is deleted goes though it has no words.
      let sizes = segments.map { segment in
        MergePolicy.Size(
          live: segment.liveWordCount + segment.liveGroupCount,
          all: segment.info.wordCount + segment.info.groupCount)
      }
      let sets =
        count.map { MergePolicy.merges(of: sizes, leaving: $0) }
        ?? MergePolicy(limit: options.memoryLimitInBytes / SegmentBuilder.bytesPerToken)
        .merges(of: sizes)
      if sets.isEmpty { return written }
      try orFail { () throws(IndexError) in try merge(sets) }
      written += sets.count
      // The next round could only write the same again.
      if count != nil { return written }
    }
  }

  /// Makes one segment of each set of places, in one commit.
  private func merge(_ sets: [[Int]]) throws(IndexError) {
    var next = manifest
    next.generation = nextGeneration
    var entries = manifest.segments.map { Optional($0) }
    for (number, set) in sets.enumerated() {
      let merged = try merged(set, name: Manifest.segmentName(nextGeneration, number + 1))
      for place in set { entries[place] = nil }
      // Older segments stay before newer ones.
      entries[set[0]] = merged
    }
    next.segments = entries.compactMap { $0 }
    try put(next)
  }

  /// Writes one segment of the live groups of others.
  /// - Returns: Nil where nothing is live and other segments are left.
  private func merged(_ places: [Int], name: String) throws(IndexError) -> Manifest.Entry? {
    let builder = SegmentBuilder(schema: schema)
    for place in places {
      let segment = segments[place]
      let decoder = try SegmentDecoder(segment)
      let parts = try decoder.parts(ofTokens: Self.tokensOfPart)
      var start = 0
      while start < parts.count {
        let end = min(start + options.threadCount, parts.count)
        for batch in try batches(parts[start..<end], decoder, segment) { builder.append(batch) }
        start = end
      }
    }
    if builder.isEmpty, places.count < segments.count { return nil }
    let summary = try builder.write(to: path + "/" + name, threads: options.threadCount)
    return Manifest.Entry(
      name: name, byteCount: summary.byteCount, documentCount: summary.info.documentCount,
      isMerged: true)
  }

  /// Chosen: enough that a thread is worth starting, little beside what the builder holds.
  private static let tokensOfPart = 1 << 20

  /// The batches of parts of a segment, made on as many threads.
  private func batches(
    _ parts: ArraySlice<Range<Int>>, _ decoder: SegmentDecoder, _ segment: Segment
  ) throws(IndexError) -> [AnalyzedBatch] {
    typealias Outcome = Result<AnalyzedBatch, IndexError>
    let parts = Array(parts)
    let outcomes = Mutex([Outcome?](repeating: nil, count: parts.count))
    let deletions = segment.deletions
    Platform.concurrently(parts.count, threads: parts.count) { number in
      let outcome: Outcome
      do throws(IndexError) {
        outcome = .success(
          try decoder.batch(parts[number]) { deletions?.contains($0) != true })
      } catch {
        outcome = .failure(error)
      }
      outcomes.withLock { $0[number] = outcome }
    }
    var batches: [AnalyzedBatch] = []
    for outcome in outcomes.withLock({ $0 }) {
      // All parts have run: `concurrently` waits for them.
      if let outcome { batches.append(try outcome.get()) }
    }
    return batches
  }
}
