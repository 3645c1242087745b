/// Reads everything that a segment holds and compares the parts with each other: the text with
/// the dictionary's counts and with every list, lists with their bounds, stems with their members,
/// norms with lengths.
struct SegmentCheck {
  private let segment: Segment
  private let markerCount: Int
  /// What the text has of each term, by code number.
  private var occurrences: [Occurrences]
  /// What the text has of each pair of frequent words: `frequent.count` · first + second.
  private var pairs: [Occurrences]
  /// By code number: the place among the frequent words, or nil.
  private let frequent: [Int?]
  private var fieldLengths: [Int]
  private var tokenCount = 0

  init(_ segment: Segment) {
    self.segment = segment
    markerCount = segment.info.schema.fields.count
    occurrences = [Occurrences](
      repeating: Occurrences(), count: markerCount + segment.dictionary.termCount)
    let ranks = segment.info.frequentRanks
    var frequent = [Int?](repeating: nil, count: 256)
    for (place, rank) in ranks.enumerated() { frequent[Int(rank)] = place }
    self.frequent = frequent
    pairs = [Occurrences](repeating: Occurrences(), count: ranks.count * ranks.count)
    fieldLengths = [Int](repeating: 0, count: markerCount)
  }

  /// - Throws: `IndexError.damaged` at the first rule that does not hold.
  /// - Complexity: O(bytes of the segment).
  mutating func run() throws(IndexError) {
    try segment.dictionary.check()
    try checkDocuments()
    try checkTerms()
    try checkStems()
    try checkAttributes()
  }

  // MARK: Text and norms

  private mutating func checkDocuments() throws(IndexError) {
    let norms = try segment.norms(nil)
    for document in 0..<DocID(segment.info.documentCount) {
      let lengths = try checkText(of: document)
      let fields = lengths.map { Quantizer.norm(of: Float($0)) }
      let combined = NormColumns.combined(fields, boosts: segment.info.schema.fields.map(\.boost))
      guard try segment.fieldNorms(of: document) == fields, norms[document] == combined else {
        throw segment.file.section(SectionName.norms).damaged(
          at: 0, "the norms of document \(document) are not those of its text")
      }
    }
    guard fieldLengths == segment.info.fieldLengths, tokenCount == segment.info.tokenCount,
      fieldLengths.reduce(0, +) == segment.info.wordCount
    else {
      throw segment.file.section(SectionName.info).damaged(
        at: 0, "lengths that are not those of the text")
    }
  }

  /// - Returns: The words of each field.
  private mutating func checkText(of document: DocID) throws(IndexError) -> [Int] {
    let passages = try segment.passageRange(of: document)
    var lengths = [Int](repeating: 0, count: markerCount)
    var field: Int?
    var before: Int?
    for passage in passages {
      let range = try segment.textRange(ofPassages: passage..<(passage + 1))
      let ranks = try segment.ranks(inText: range)
      let isLast = passage + 1 == passages.upperBound
      guard isLast ? (1...Passage.size).contains(ranks.count) : ranks.count == Passage.size else {
        throw segment.text.damaged(at: range.lowerBound, "a passage of \(ranks.count) tokens")
      }
      if ranks[0] < markerCount { field = ranks[0] }
      guard var current = field, try segment.startField(ofPassage: passage) == current else {
        throw segment.text.damaged(at: range.lowerBound, "a passage in no field or another one")
      }
      for rank in ranks {
        guard rank < occurrences.count else {
          throw segment.text.damaged(at: range.lowerBound, "a code for term \(rank)")
        }
        if rank < markerCount { current = rank } else { lengths[current] += 1 }
        occurrences[rank].add(1, in: document)
        let place = rank < frequent.count ? frequent[rank] : nil
        if let before, let place {
          pairs[before * segment.info.frequentRanks.count + place].add(1, in: document)
        }
        before = place
      }
      field = current
      tokenCount += ranks.count
    }
    for (number, length) in lengths.enumerated() { fieldLengths[number] += length }
    return lengths
  }

  // MARK: Lists

  private func checkTerms() throws(IndexError) {
    var cursor = try segment.dictionary.cursor()
    while try cursor.next(), cursor.kind == .surface {
      try checkLists(of: try cursor.entry(), cursor, occurrences[try cursor.rank()])
    }
    let ranks = segment.info.frequentRanks
    var seen = 0
    cursor = try segment.dictionary.cursor(kind: .pair)
    while try cursor.next() {
      let places = cursor.key.map { frequent[Int($0)] }
      guard places.count == 2, let first = places[0], let second = places[1] else {
        throw damaged(cursor, "a pair of words that are not both frequent")
      }
      let occurrences = pairs[first * ranks.count + second]
      try checkLists(of: try cursor.entry(), cursor, occurrences)
      seen += 1
    }
    guard seen == pairs.count(where: { $0.total > 0 }) else {
      throw segment.dictionary.section.damaged(
        at: 0, "\(seen) pairs where the text has \(pairs.count { $0.total > 0 })")
    }
  }

  /// The error for a dictionary entry, with the place of its block.
  private func damaged(_ cursor: TermCursor, _ reason: String) -> IndexError {
    let dictionary = segment.dictionary
    let block = dictionary.layout.firstBlock(of: cursor.kind) + cursor.number
    let range = try? dictionary.bytes(of: block)
    return dictionary.section.damaged(at: range?.lowerBound ?? 0, "block \(block): " + reason)
  }

  private func checkLists(of entry: TermEntry, _ cursor: TermCursor, _ expected: Occurrences)
    throws(IndexError)
  {
    let found = try postings(of: entry)
    guard found == expected, entry.documentFrequency == expected.documents,
      entry.collectionFrequency == expected.total
    else {
      throw damaged(
        cursor,
        "an entry of \(entry.documentFrequency) documents and \(entry.collectionFrequency) "
          + "occurrences, with a list of \(found.documents) and \(found.total), where the text has "
          + "\(expected.documents) and \(expected.total), or in other documents")
    }
    guard let passages = try segment.passageCursor(entry) else { return }
    try passages.advance(to: 0)
    var count = 0
    while passages.doc != .end {
      count += 1
      try passages.next()
    }
    guard count == passages.cost else {
      throw segment.passages.damaged(
        at: 0, "\(count) passages where there should be \(passages.cost)")
    }
  }

  /// What the list of an entry says; its bounds are checked by the way.
  private func postings(of entry: TermEntry) throws(IndexError) -> Occurrences {
    var found = Occurrences()
    try forEachPosting(of: entry) { found.add($1, in: $0) }
    return found
  }

  /// Calls `body` with the document and the occurrences of each posting.
  private func forEachPosting(of entry: TermEntry, _ body: (DocID, Int) -> Void)
    throws(IndexError)
  {
    let frequencies = try segment.frequencies()
    switch entry.postings {
    case .none: break
    case .inline(let bytes):
      for posting in frequencies.totals(of: bytes, count: entry.documentFrequency)
      where posting.document < segment.info.documentCount {
        body(DocID(posting.document), posting.total)
      }
    case .list(let offset, let count):
      let totals = frequencies.totals()
      let boosts = segment.info.schema.fields.map(\.boost)
      let cursor = try ListCursor(
        segment.postings, offset..<(offset + count), count: entry.documentFrequency,
        limit: segment.info.documentCount, weights: try segment.defaultWeights(),
        scale: BoundScale(schema: boosts, query: boosts))
      try cursor.advance(to: 0)
      while cursor.doc != .end {
        body(cursor.doc, totals[try cursor.frequencyEntry()])
        try checkBound(cursor, offset)
        try cursor.next()
      }
    }
  }

  private func checkBound(_ cursor: ListCursor, _ offset: Int) throws(IndexError) {
    let bound = try cursor.bound(from: cursor.doc)
    let weight = try cursor.weight()
    let norm = try segment.norms(nil)[cursor.doc]
    let isUnder = [bound.low, bound.high].contains { weight <= $0.weight && norm >= $0.norm }
    guard isUnder, cursor.doc <= bound.last else {
      throw segment.postings.damaged(at: offset, "a posting above the bound of its block")
    }
  }

  /// - Complexity: O(postings of all members).
  private func checkStems() throws(IndexError) {
    var cursor = try segment.dictionary.cursor(kind: .stem)
    // By document: the number of the last stem that it was counted for.
    var counted = [Int](repeating: 0, count: segment.info.documentCount)
    var number = 0
    while try cursor.next(), cursor.kind == .stem {
      number += 1
      let stem = try cursor.stem()
      var documents = 0
      for member in stem.members {
        let term = try segment.dictionary.term(ordinal: member)
        guard Stemmer.stem(term.bytes) == cursor.key else {
          throw damaged(cursor, "a member of a stem that is not its own")
        }
        try forEachPosting(of: term.entry) { document, _ in
          if counted[Int(document)] != number { documents += 1 }
          counted[Int(document)] = number
        }
      }
      guard documents == stem.documentFrequency else {
        throw damaged(
          cursor,
          "a stem in \(stem.documentFrequency) documents, its members in \(documents)")
      }
    }
  }

  // MARK: What is shown

  private func checkAttributes() throws(IndexError) {
    let display = try segment.display()
    let text = StoredText(segment)
    for document in 0..<DocID(segment.info.documentCount) {
      _ = try display.values(of: .document, row: Int(document))
      _ = try segment.group(of: document)
      guard try display.documentIDs.value(Int(document)) != nil else {
        throw segment.file.section(SectionName.documentIDs).damaged(
          at: 0, "document \(document) has no id")
      }
      let count = try text.ranks(of: document).count
      for zone in try display.zones.zones(of: document) where zone.range.upperBound > count {
        throw segment.file.section(SectionName.zones).damaged(
          at: 0, "a zone of document \(document) that ends behind it")
      }
      _ = try text.runs(of: document, nil)
    }
    for group in 0..<segment.info.groupCount {
      _ = try segment.documents(ofGroup: group)
      _ = try display.values(of: .group, row: group)
    }
  }
}

/// Where and how often something occurs.
private struct Occurrences: Equatable {
  private(set) var documents = 0
  private(set) var total = 0
  /// A sum over occurrences of a number made of the document: it differs where they differ.
  private var sum: UInt64 = 0
  private var last: DocID = .end

  /// Documents must not fall.
  mutating func add(_ count: Int, in document: DocID) {
    if document != last { documents += 1 }
    last = document
    total &+= count
    let (high, low) = (UInt64(document) &+ 1).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    sum &+= (high ^ low) &* UInt64(truncatingIfNeeded: count)
  }
}
