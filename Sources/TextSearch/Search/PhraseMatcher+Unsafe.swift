/// Finds a phrase in the text of a segment: intersects lists, then searches the encoded phrase in
/// the code of the passages that are left.
///
/// Safety: text ranges come from `TextPlaces`, which checks them; a search reads at most 32 bytes
/// behind the place it looks at, which the slack of every section allows. A pattern has eight
/// readable bytes.
struct PhraseMatcher {
  private let plan: PhrasePlan
  private let segment: Segment
  private let boosts: [Float]
  private let fields: UInt8
  private let markerCount: UInt8
  private let stopperCount: UInt8
  /// The phrase's code with `wordSize` zeros behind it.
  private let pattern: [UInt8]
  /// The first bytes of the phrase's code, and which of them belong to it.
  private let head: UInt64
  private let headMask: UInt64

  /// Lists of more than this share of the documents are not worth a look for each candidate.
  private static let frequentShare = 0.5
  /// Documents whose places are found, and whose text is asked for, before it is searched.
  private static let batchSize = 32
  /// Bytes of text that are verified together, about.
  private static let windowSize = 1 << 15
  /// Cache lines of a document that are asked for; the processor sees by itself that more are read.
  private static let prefetchedLines = 4
  private static let wordSize = 8

  init(_ plan: PhrasePlan, _ segment: Segment, _ boosts: [Float], fields: UInt8) {
    self.plan = plan
    self.segment = segment
    self.boosts = boosts
    self.fields = fields
    markerCount = UInt8(boosts.count)
    stopperCount = UInt8(segment.code.stopperCount)
    pattern = plan.pattern + [UInt8](repeating: 0, count: Self.wordSize)
    let count = min(plan.pattern.count, Self.wordSize)
    headMask = count == Self.wordSize ? .max : 1 &<< UInt64(8 * count) &- 1
    head = pattern.prefix(Self.wordSize).reversed().reduce(0) { $0 &<< 8 | UInt64($1) }
  }

  /// All documents with the phrase, with its weighted frequency in each.
  func matches(_ context: ScoringContext, _ number: Int) throws(IndexError) -> MemoryList {
    let candidates = try candidates(context, number)
    var filter = try PassageFilter(plan, segment)
    var places = TextPlaces(segment)
    var list = MemoryList()
    var batch: [Candidate] = []
    batch.reserveCapacity(Self.batchSize)
    var start = 0
    while start < candidates.count {
      batch.removeAll(keepingCapacity: true)
      for document in candidates[start..<min(start + Self.batchSize, candidates.count)] {
        let passages = try places.passages(of: document)
        let text = try places.text(ofPassages: passages)
        segment.text.prefetch(text.lowerBound, lines: Self.prefetchedLines)
        batch.append(Candidate(document: document, passages: passages, text: text))
      }
      try search(batch, &filter, &list)
      start += batch.count
    }
    return list
  }

  private struct Candidate {
    var document: DocID
    var passages: Range<Int>
    var text: Range<Int>
  }

  /// Searches documents that may lie near each other, so that they are verified together.
  private func search(
    _ batch: [Candidate], _ filter: inout PassageFilter, _ list: inout MemoryList
  ) throws(IndexError) {
    var window = 0..<0
    var bytes = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    for (place, candidate) in batch.enumerated() where !candidate.passages.isEmpty {
      let text = candidate.text
      if text.upperBound > window.upperBound {
        let limit = text.lowerBound + Self.windowSize
        let last = batch[place...].last { $0.text.upperBound <= limit } ?? candidate
        window = text.lowerBound..<max(text.upperBound, last.text.upperBound)
        unsafe bytes = try segment.text.bytes(window)
      }
      let own = (text.lowerBound - window.lowerBound)..<(text.upperBound - window.lowerBound)
      let scan = unsafe DocumentScan(
        text: UnsafeRawBufferPointer(rebasing: bytes[own]), offset: text.lowerBound,
        passages: candidate.passages, markerCount: markerCount, stopperCount: stopperCount)
      let weight = try weight(scan, &filter)
      if weight > 0 { list.append(candidate.document, weight) }
    }
  }

  /// The documents that have all parts of the phrase but the most frequent ones.
  private func candidates(_ context: ScoringContext, _ number: Int) throws(IndexError) -> [DocID] {
    let limit = Int(Double(segment.info.documentCount) * Self.frequentShare)
    var cursors = [try context.cursor(plan.parts[0].entry, in: number)]
    for part in plan.parts.dropFirst() where part.entry.documentFrequency <= limit {
      cursors.append(try context.cursor(part.entry, in: number))
    }
    return try Intersection.documents(cursors, documentCount: segment.info.documentCount)
  }

  // MARK: One document

  @inline(__always)
  private func weight(_ scan: DocumentScan, _ filter: inout PassageFilter) throws(IndexError)
    -> Float
  {
    var counts = InlineArray<8, UInt32>(repeating: 0)
    let isFound =
      scan.passages.count <= Passage.mostInShortDocument
      ? unsafe try search(scan, 0..<scan.text.count, &counts)
      : try searchPassages(scan, &filter, &counts)
    if !isFound { return 0 }
    var weight: Float = 0
    for field in boosts.indices where fields & (1 &<< UInt8(field)) != 0 {
      weight += boosts[field] * Float(counts[field])
    }
    return weight
  }

  /// Searches the passages that have the rarest parts, and what of a phrase may stand before and
  /// behind them.
  private func searchPassages(
    _ scan: DocumentScan, _ filter: inout PassageFilter,
    _ counts: inout InlineArray<8, UInt32>
  ) throws(IndexError) -> Bool {
    guard filter.narrows else { return unsafe try search(scan, 0..<scan.text.count, &counts) }
    let margin = 4 * (plan.termCount - 1)
    var done = 0
    var from = scan.passages.lowerBound
    var isFound = false
    while let passage = try filter.next(from: from, before: scan.passages.upperBound) {
      let own = try segment.textRange(ofPassages: passage..<(passage + 1))
      let start = max(own.lowerBound - scan.offset - margin, done)
      let end = unsafe min(own.upperBound - scan.offset + margin, scan.text.count)
      if try search(scan, start..<max(start, end), &counts) { isFound = true }
      done = max(done, end - plan.pattern.count + 1)
      from = passage + 1
    }
    return isFound
  }

  /// Counts the places in `range` where the phrase stands.
  ///
  /// Compares the first and the last byte of the phrase at 32 places at once, then the rest. A
  /// place counts only where a code begins: at the document's start or behind a stopper.
  /// - Returns: Whether there is one.
  private func search(
    _ scan: DocumentScan, _ range: Range<Int>, _ counts: inout InlineArray<8, UInt32>
  ) throws(IndexError) -> Bool {
    let count = plan.pattern.count
    let last = range.upperBound - count
    guard last >= range.lowerBound, let base = unsafe scan.text.baseAddress else { return false }
    let firstByte = pattern[0]
    let lastByte = pattern[count - 1]
    var isFound = false
    var place = range.lowerBound
    while place <= last {
      var mask =
        unsafe Vector.equalMask(base + place, firstByte)
        & Vector.equalMask(base + (place &+ count &- 1), lastByte)
      let rest = last &- place
      if rest < 31 { mask &= (2 &<< UInt32(rest)) &- 1 }
      while mask != 0 {
        let found = place &+ mask.trailingZeroBitCount
        mask &= mask &- 1
        if unsafe isMatch(base, found) {
          counts[Int(try scan.field(at: found, in: segment))] &+= 1
          isFound = true
        }
      }
      place &+= 32
    }
    return isFound
  }

  @inline(__always)
  private func isMatch(_ text: UnsafeRawPointer, _ place: Int) -> Bool {
    let word = unsafe text.loadUnaligned(fromByteOffset: place, as: UInt64.self)
    if (UInt64(littleEndian: word) ^ head) & headMask != 0 { return false }
    if place > 0, unsafe text.load(fromByteOffset: place &- 1, as: UInt8.self) >= stopperCount {
      return false
    }
    var index = Self.wordSize
    while index < plan.pattern.count {
      if unsafe text.load(fromByteOffset: place &+ index, as: UInt8.self) != pattern[index] {
        return false
      }
      index &+= 1
    }
    return true
  }
}

/// The code of one document, for finding out what lies where.
@safe private struct DocumentScan {
  let text: UnsafeRawBufferPointer
  /// Where in the text section the document begins.
  let offset: Int
  let passages: Range<Int>
  let markerCount: UInt8
  let stopperCount: UInt8

  /// The field of the token whose code begins at `place`: that of the last marker before it, or
  /// the one noted for the passage.
  func field(at place: Int, in segment: Segment) throws(IndexError) -> UInt8 {
    let passage = try passage(at: place, in: segment)
    let isFirst = passage == passages.lowerBound
    let start = isFirst ? 0 : try segment.anchors.value(at: passage) - offset
    if let field = lastMarker(in: start..<max(start, place)) { return field }
    return try segment.startField(ofPassage: passage)
  }

  /// The last marker among the codes of `range`, which begins with a code; 32 bytes at once.
  private func lastMarker(in range: Range<Int>) -> UInt8? {
    guard let base = unsafe text.baseAddress else { return nil }
    var end = range.upperBound
    while end > range.lowerBound {
      let start = max(end - 32, range.lowerBound)
      var mask = unsafe Vector.lessMask(base + start, markerCount)
      if end - start < 32 { mask &= 1 &<< UInt32(end - start) &- 1 }
      while mask != 0 {
        let place = start + 31 - mask.leadingZeroBitCount
        if unsafe place == 0 || text[place - 1] < stopperCount { return unsafe text[place] }
        mask &= ~(1 &<< UInt32(place - start))
      }
      end = start
    }
    return nil
  }

  private func passage(at place: Int, in segment: Segment) throws(IndexError) -> Int {
    var low = passages.lowerBound
    var high = passages.upperBound
    while high - low > 1 {
      let middle = (low + high) / 2
      if try segment.anchors.value(at: middle) - offset <= place {
        low = middle
      } else {
        high = middle
      }
    }
    return low
  }
}
