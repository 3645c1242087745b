/// Reads everything that a segment holds and compares the parts with each other: the text with
/// the dictionary's counts, lists with their bounds, norms with lengths.
struct SegmentCheck {
  private let segment: Segment
  private let markerCount: Int
  /// Occurrences in the text, by code number.
  private var occurrences: [Int]
  private var fieldLengths: [Int]
  private var tokenCount = 0

  init(_ segment: Segment) {
    self.segment = segment
    markerCount = segment.info.schema.fields.count
    occurrences = [Int](repeating: 0, count: markerCount + segment.dictionary.termCount)
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
        occurrences[rank] += 1
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
      let entry = try cursor.entry()
      guard occurrences[try cursor.rank()] == entry.collectionFrequency else {
        throw segment.dictionary.section.damaged(
          at: 0,
          "a term that occurs \(occurrences[try cursor.rank()]) times in the text and "
            + "\(entry.collectionFrequency) times here")
      }
      try checkLists(of: entry)
    }
    cursor = try segment.dictionary.cursor(kind: .pair)
    while try cursor.next() { try checkLists(of: try cursor.entry()) }
  }

  private func checkLists(of entry: TermEntry) throws(IndexError) {
    try checkPostings(of: entry)
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

  private func checkPostings(of entry: TermEntry) throws(IndexError) {
    let frequencies = try segment.frequencies()
    var documents = 0
    var total = 0
    switch entry.postings {
    case .none: break
    case .inline(let bytes):
      for posting in frequencies.totals(of: bytes, count: entry.documentFrequency) {
        guard posting.document < segment.info.documentCount else { break }
        documents += 1
        total += posting.total
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
        documents += 1
        total += totals[try cursor.frequencyEntry()]
        try checkBound(cursor, offset)
        try cursor.next()
      }
    }
    guard documents == entry.documentFrequency, total == entry.collectionFrequency else {
      throw segment.postings.damaged(
        at: 0,
        "a list of \(documents) documents and \(total) occurrences where the dictionary "
          + "says \(entry.documentFrequency) and \(entry.collectionFrequency)")
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

  private func checkStems() throws(IndexError) {
    var cursor = try segment.dictionary.cursor(kind: .stem)
    while try cursor.next(), cursor.kind == .stem {
      for member in try cursor.stem().members {
        let term = try segment.dictionary.term(ordinal: member).bytes
        guard Stemmer.stem(term) == cursor.key else {
          throw segment.dictionary.section.damaged(at: 0, "a member of a stem that is not its own")
        }
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
