/// Finds the passages of long documents that can hold a phrase: those with the rarest part that
/// have the second rarest within reach.
struct PassageFilter {
  private let rarest: PostingCursor?
  private let second: PostingCursor?
  /// How many passages away another part of the phrase can be.
  private let reach: Int

  /// False where every passage may hold the phrase.
  var narrows: Bool { rarest != nil }

  init(_ plan: PhrasePlan, _ segment: Segment) throws(IndexError) {
    reach = 1 + plan.termCount / Passage.size
    var cursors: [PostingCursor] = []
    for part in plan.parts {
      if let cursor = try segment.passageCursor(part.entry) { cursors.append(cursor) }
    }
    cursors.sort { $0.cost < $1.cost }
    rarest = cursors.first
    second = cursors.dropFirst().first
  }

  /// The first passage from `start` on, below `end`; starts never fall.
  mutating func next(from start: Int, before end: Int) throws(IndexError) -> Int? {
    guard let rarest else { return nil }
    try rarest.advance(to: DocID(start))
    while rarest.doc < DocID(end) {
      guard let second else { return Int(rarest.doc) }
      try second.advance(to: rarest.doc &- min(rarest.doc, DocID(reach)))
      if second.doc == .end { return nil }
      if Int(second.doc) <= Int(rarest.doc) + reach { return Int(rarest.doc) }
      try rarest.advance(to: second.doc - DocID(reach))
    }
    return nil
  }
}

extension Segment {
  /// A cursor over the passages of long documents that a term occurs in, or nil where the
  /// dictionary keeps none as they are nearly all.
  func passageCursor(_ entry: TermEntry) throws(IndexError) -> PostingCursor? {
    switch entry.passages {
    case .none: return nil
    case .inline(let bytes): return try inlinePassages(bytes, entry)
    case .list(let offset, let count):
      var reader = try SectionReader(passages, offset..<(offset + count))
      let length = try reader.varint(upTo: info.passageCount)
      return try ListCursor(
        passages, reader.offset..<(offset + count), count: length, limit: info.passageCount,
        weights: nil, scale: BoundScale(schema: [1], query: [1]))
    }
  }

  private func inlinePassages(_ bytes: [UInt8], _ entry: TermEntry) throws(IndexError)
    -> PostingCursor
  {
    guard case .inline(let postings) = entry.postings else {
      throw dictionary.section.damaged(at: 0, "passages without postings")
    }
    let totals = try frequencies().totals(of: postings, count: entry.documentFrequency)
    var list = MemoryList()
    var reader = ByteReader(bytes)
    for (document, total) in totals {
      guard document < info.documentCount else {
        throw dictionary.section.damaged(at: 0, "document \(document)")
      }
      let own = try passageRange(of: DocID(document))
      if own.count <= Passage.mostInShortDocument { continue }
      let count = total > 1 ? reader.varint(upTo: own.count - 1).map { $0 + 1 } : 1
      var before = own.lowerBound - 1
      for _ in 0..<(count ?? 0) {
        guard let gap = reader.varint(upTo: own.upperBound - before - 2) else {
          throw dictionary.section.damaged(at: 0, "passages that are not well formed")
        }
        before += gap + 1
        list.append(DocID(before), 1)
      }
    }
    return MemoryCursor(list)
  }
}

extension FrequencyTable {
  /// Documents and occurrences of a list that stands in the dictionary; stops where it is not
  /// well formed.
  func totals(of postings: [UInt8], count: Int) -> [(document: Int, total: Int)] {
    var reader = ByteReader(postings)
    var result: [(Int, Int)] = []
    var before = -1
    for _ in 0..<count {
      guard let gap = reader.varint(upTo: 1 << 32), let code = reader.varint(upTo: self.count - 1)
      else { break }
      before += gap + 1
      let own = frequencies[(code * fieldCount)..<((code + 1) * fieldCount)]
      result.append((before, own.reduce(0) { $0 + Int($1) }))
    }
    return result
  }
}
