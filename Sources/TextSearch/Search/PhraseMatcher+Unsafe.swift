/// Finds a phrase in the text of a segment: intersects lists, then searches the encoded phrase in
/// the code of the passages that are left.
///
/// Safety: text ranges come from `Segment.textRange`, which checks them; a search reads at most 32
/// bytes behind the place it looks at, which the slack of every section allows.
struct PhraseMatcher {
  private let plan: PhrasePlan
  private let segment: Segment
  private let boosts: [Float]
  private let fields: UInt8
  private let markerCount: UInt8
  private let stopperCount: UInt8

  /// Lists of more than this share of the documents are not worth a look for each candidate.
  private static let frequentShare = 0.5

  init(_ plan: PhrasePlan, _ segment: Segment, _ boosts: [Float], fields: UInt8) {
    self.plan = plan
    self.segment = segment
    self.boosts = boosts
    self.fields = fields
    markerCount = UInt8(boosts.count)
    stopperCount = UInt8(segment.code.stopperCount)
  }

  /// All documents with the phrase, with its weighted frequency in each.
  func matches(_ context: ScoringContext, _ number: Int) throws(IndexError) -> MemoryList {
    let candidates = try candidates(context, number)
    var passages = try PassageFilter(plan, segment)
    var list = MemoryList()
    for document in candidates {
      let weight = try weight(in: document, &passages)
      if weight > 0 { list.append(document, weight) }
    }
    return list
  }

  private func candidates(_ context: ScoringContext, _ number: Int) throws(IndexError) -> [DocID] {
    var others: [PostingCursor] = []
    let rarest = try context.cursor(plan.parts[0].entry, in: number)
    let limit = Int(Double(segment.info.documentCount) * Self.frequentShare)
    for (place, part) in plan.parts.enumerated().dropFirst()
    where place == 1 || part.entry.documentFrequency <= limit {
      others.append(try context.cursor(part.entry, in: number))
    }
    var candidates: [DocID] = []
    try rarest.advance(to: 0)
    outer: while rarest.doc != .end {
      for other in others {
        try other.advance(to: rarest.doc)
        if other.doc == .end { break outer }
        if other.doc > rarest.doc {
          try rarest.advance(to: other.doc)
          continue outer
        }
      }
      candidates.append(rarest.doc)
      try rarest.next()
    }
    return candidates
  }

  // MARK: One document

  private func weight(in document: DocID, _ filter: inout PassageFilter) throws(IndexError) -> Float
  {
    let passages = try segment.passageRange(of: document)
    guard !passages.isEmpty else { return 0 }
    let range = try segment.textRange(ofPassages: passages)
    let text = unsafe try segment.text.bytes(range)
    var counts = InlineArray<8, UInt32>(repeating: 0)
    let scan = unsafe DocumentScan(
      text: text, offset: range.lowerBound, passages: passages, segment: segment,
      markerCount: markerCount)
    if passages.count <= Passage.mostInShortDocument {
      try search(scan, 0..<text.count, &counts)
    } else {
      try searchPassages(scan, &filter, &counts)
    }
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
  ) throws(IndexError) {
    guard filter.narrows else { return unsafe try search(scan, 0..<scan.text.count, &counts) }
    let margin = 4 * (plan.termCount - 1)
    var done = 0
    var from = scan.passages.lowerBound
    while let passage = try filter.next(from: from, before: scan.passages.upperBound) {
      let own = try segment.textRange(ofPassages: passage..<(passage + 1))
      let start = max(own.lowerBound - scan.offset - margin, done)
      let end = unsafe min(own.upperBound - scan.offset + margin, scan.text.count)
      try search(scan, start..<max(start, end), &counts)
      done = max(done, end - plan.pattern.count + 1)
      from = passage + 1
    }
  }

  /// Counts the places in `range` where the phrase stands.
  ///
  /// Compares the first and the last byte of the phrase at 32 places at once, then the rest. A
  /// place counts only where a code begins: at the document's start or behind a stopper.
  private func search(
    _ scan: DocumentScan, _ range: Range<Int>, _ counts: inout InlineArray<8, UInt32>
  ) throws(IndexError) {
    let count = plan.pattern.count
    let last = range.upperBound - count
    guard last >= range.lowerBound, let base = unsafe scan.text.baseAddress else { return }
    let firstByte = plan.pattern[0]
    let lastByte = plan.pattern[count - 1]
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
        if unsafe isMatch(scan.text, found) {
          let field = try scan.field(at: found)
          counts[Int(field)] &+= 1
        }
      }
      place &+= 32
    }
  }

  @inline(__always)
  private func isMatch(_ text: UnsafeRawBufferPointer, _ place: Int) -> Bool {
    if place > 0, unsafe text[place - 1] >= stopperCount { return false }
    var index = 1
    while index < plan.pattern.count - 1 {
      if unsafe text[place &+ index] != plan.pattern[index] { return false }
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
  let segment: Segment
  let markerCount: UInt8

  /// The field of the token whose code begins at `place`: that of the last marker before it, or
  /// the one noted for the passage.
  func field(at place: Int) throws(IndexError) -> UInt8 {
    let passage = try passage(at: place)
    let start = try segment.anchors.value(at: passage) - offset
    var current = place - 1
    while current >= start {
      let byte = unsafe text[current]
      if byte < markerCount,
        unsafe current == 0 || text[current - 1] < UInt8(segment.code.stopperCount)
      {
        return byte
      }
      current -= 1
    }
    return try segment.startField(ofPassage: passage)
  }

  private func passage(at place: Int) throws(IndexError) -> Int {
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

extension Segment {
  /// The field that a passage begins in.
  func startField(ofPassage passage: Int) throws(IndexError) -> UInt8 {
    let byte = unsafe try passageFields.bytes((passage / 2)..<(passage / 2 + 1))[0]
    let field = byte &>> UInt8(4 * (passage % 2)) & 15
    guard Int(field) < info.schema.fields.count else {
      throw passageFields.damaged(at: passage / 2, "field \(field)")
    }
    return field
  }
}
