/// What the scorers of one query share: boosts, statistics, and the norms of each segment.
struct ScoringContext {
  let boosts: [Float]
  let bm25: BM25F
  private let segments: [Segment]
  private let isDefault: Bool
  private let scale: BoundScale
  private let norms: [Norms]

  /// - Precondition: The options are checked.
  init(_ segments: [Segment], schema: Schema, _ options: SearchOptions) throws(IndexError) {
    let schemaBoosts = schema.fields.map(\.boost)
    boosts = options.boosts ?? schemaBoosts
    self.segments = segments
    isDefault = boosts == schemaBoosts
    scale = BoundScale(schema: schemaBoosts, query: boosts)
    let documentCount = segments.reduce(0) { $0 + $1.liveDocumentCount }
    let lengths = segments.map(\.liveFieldLengths)
    var length: Float = 0
    for (field, boost) in boosts.enumerated() {
      length += boost * Float(lengths.reduce(0) { $0 + $1[field] })
    }
    bm25 = BM25F(
      k1: options.k1, b: options.b, averageLength: length / Float(max(documentCount, 1)),
      documentCount: documentCount)
    var norms: [Norms] = []
    for segment in segments { norms.append(try segment.norms(isDefault ? nil : boosts)) }
    self.norms = norms
  }

  func norms(of segment: Int) -> Norms { norms[segment] }

  /// A cursor over the postings of a dictionary entry, with only the fields of `mask`.
  func cursor(_ entry: TermEntry, in segment: Int, fields mask: UInt8 = .max) throws(IndexError)
    -> PostingCursor
  {
    let segment = segments[segment]
    let weights = try segment.weights(boosts, fields: mask, isDefault: isDefault)
    let section = segment.postings
    switch entry.postings {
    case .none:
      return MemoryCursor(MemoryList())
    case .inline(let bytes):
      return MemoryCursor(try segment.inlinePostings(bytes, entry, weights))
    case .list(let offset, let count):
      return try ListCursor(
        section, offset..<(offset + count), count: entry.documentFrequency,
        limit: segment.info.documentCount, weights: weights, scale: scale)
    }
  }
}

extension Segment {
  /// The weighted frequency of each entry of the frequency table; fields out of `mask` count 0.
  func weights(_ boosts: [Float], fields mask: UInt8, isDefault: Bool) throws(IndexError)
    -> [Float]
  {
    if isDefault, mask == .max { return try defaultWeights() }
    let masked = boosts.enumerated().map { field, boost in
      mask & (1 &<< UInt8(field)) != 0 ? boost : 0
    }
    return try frequencies().weights(masked)
  }

  /// The postings of a list that stands in the dictionary.
  func inlinePostings(_ bytes: [UInt8], _ entry: TermEntry, _ weights: [Float])
    throws(IndexError) -> MemoryList
  {
    var list = MemoryList()
    var reader = ByteReader(bytes)
    var before = -1
    for _ in 0..<entry.documentFrequency {
      guard let gap = reader.varint(upTo: info.documentCount - before - 2),
        let code = reader.varint(upTo: weights.count - 1)
      else { throw dictionary.section.damaged(at: 0, "postings that are not well formed") }
      before += gap + 1
      list.append(DocID(before), weights[code])
    }
    return list
  }
}
