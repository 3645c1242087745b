/// The layout of a segment: decodes spellings and separators from any anchor on.
struct LayoutReader: Sendable {
  private let tables: LayoutTables
  private let stream: Section
  private let data: Int
  private let documents: OffsetTable
  private let offsets: OffsetTable
  private let gapCount: Int

  /// Where decoding can start.
  struct Anchor: Equatable, Sendable {
    var block: Int
    var document: Int
    /// The token of `document` that is decoded first.
    var token: Int
  }

  /// Opens the layout and unpacks its model.
  /// - Parameter gapCount: Numbers of separators that the segment has.
  /// - Complexity: O(bytes of the model).
  init(model: Section, stream: Section, gapCount: Int) throws(IndexError) {
    tables = try LayoutTables(model)
    self.stream = stream
    self.gapCount = gapCount
    documents = try OffsetTable(stream, at: 0)
    offsets = try OffsetTable(stream, at: documents.byteCount)
    data = documents.byteCount + offsets.byteCount
    guard offsets.count == documents.count + 1 else {
      throw stream.damaged(at: 0, "\(documents.count) blocks, \(offsets.count) offsets")
    }
  }

  /// What the model knows of a term, or nil when the dictionary has to be asked.
  ///
  /// It knows the frequent terms, which most tokens are.
  func term(rank: Int) -> LayoutTerm? {
    guard let row = tables.row(ofRank: rank) else { return nil }
    return LayoutTerm(rank: rank, packed: UInt8(truncatingIfNeeded: tables.fact(row) &>> 40))
  }

  /// Where decoding has to start to reach token `token` of `document`, or nil when no block
  /// begins at or before it.
  ///
  /// From the anchor on the caller walks all tokens, those of the documents in between too.
  /// - Complexity: O(log blocks).
  func anchor(document: Int, token: Int) throws(IndexError) -> Anchor? {
    guard let last = try documents.lastIndex(notAbove: document) else { return nil }
    let start = try documents.value(at: last)
    var first = 0
    if start > 0, let before = try documents.lastIndex(notAbove: start - 1) { first = before + 1 }
    var block = last
    if start == document { block = min(last, first + token / LayoutPlan.documentSpacing) }
    return Anchor(
      block: block, document: start, token: (block - first) * LayoutPlan.documentSpacing)
  }

  /// The error for a token that no block reaches.
  func missing(document: Int, token: Int) -> IndexError {
    stream.damaged(at: 0, "no block reaches token \(token) of document \(document)")
  }

  /// How many blocks there are.
  var blockCount: Int { documents.count }

  /// The documents of the first tokens of blocks, for a walk over many of them.
  var blockDocuments: OffsetCursor { OffsetCursor(documents) }

  /// A decoder whose first token is that of `anchor`.
  func decoder(at anchor: Anchor) throws(IndexError) -> LayoutDecoder {
    let part = try offsets.range(at: anchor.block)
    guard part.upperBound <= stream.count - data else {
      throw stream.damaged(at: data, "block \(anchor.block) ends at \(part.upperBound)")
    }
    let coder = try LayoutRangeDecoder(
      tables, stream, (data + part.lowerBound)..<(data + part.upperBound))
    return LayoutDecoder(
      coder, LayoutWalker(tables), stream, gapCount: gapCount, isInner: anchor.token > 0)
  }
}

/// Decodes the tokens of one block in order.
struct LayoutDecoder: ~Copyable {
  private var coder: LayoutRangeDecoder
  private var walker: LayoutWalker
  private let section: Section
  private let gapCount: Int

  init(
    _ coder: consuming LayoutRangeDecoder, _ walker: LayoutWalker, _ section: Section,
    gapCount: Int, isInner: Bool
  ) {
    self.coder = coder
    self.walker = walker
    self.section = section
    self.gapCount = gapCount
    var field = 0
    if isInner { field = self.coder.plain(0) * 2 + self.coder.plain(0) }
    self.walker.start(field: field)
  }

  /// Decodes the next token.
  ///
  /// A token whose `next` is nil ends its document; the token after it belongs to the next
  /// document that has tokens. Only tokens of the anchor's block may be asked for: after that the
  /// answers have no meaning, and they are still in range.
  /// - Parameters:
  ///   - term: What the dictionary says of the token's term.
  ///   - next: The same of the token after it in the document, or nil at the document's end.
  /// - Throws: `IndexError.damaged` when the stream holds a number out of range.
  mutating func next(_ term: LayoutTerm, next: LayoutTerm?) throws(IndexError)
    -> (variant: Int, gap: Int)
  {
    let this = point(term)
    let result = walker.code(
      &coder, this, next.map { point($0) } ?? walker.end, variant: 0, gap: 0)
    if next == nil { walker.start(field: 0) }
    let isMany = term.variantCount >= LayoutTerm.manyVariants
    guard result.gap < gapCount, isMany || result.variant < term.variantCount else {
      throw section.damaged(
        at: 0, "variant \(result.variant) of \(term.variantCount), gap \(result.gap)")
    }
    return result
  }

  /// Decodes a part of a document's tokens into `tokens`, which has room for them.
  ///
  /// What holds for `next` holds here, token by token.
  /// - Parameter terms: What the dictionary says of terms, packed, by rank.
  mutating func decode(_ part: Range<Int>, of tokens: inout DocumentTokens, terms: [UInt8])
    throws(IndexError)
  {
    guard !part.isEmpty else { return }
    let count = tokens.ranks.count
    var this = point(tokens.ranks[part.lowerBound], terms)
    for place in part {
      let next = place &+ 1 < count ? point(tokens.ranks[place &+ 1], terms) : walker.end
      let (variant, gap) = walker.code(&coder, this, next, variant: 0, gap: 0)
      let isMany = this.variantCount >= LayoutTerm.manyVariants
      guard gap < gapCount, isMany || variant < this.variantCount else {
        throw section.damaged(at: 0, "variant \(variant) of \(this.variantCount), gap \(gap)")
      }
      tokens.variants[place] = UInt32(truncatingIfNeeded: variant)
      tokens.gaps[place] = UInt32(truncatingIfNeeded: gap)
      this = next
    }
    if part.upperBound == count { walker.start(field: 0) }
  }

  @inline(__always)
  private func point(_ rank: UInt32, _ terms: [UInt8]) -> LayoutPoint {
    let term = terms[Int(rank)]
    return walker.point(Int(rank), variantCount: Int(term & 0x7F), isNumber: term >= 0x80)
  }

  private func point(_ term: LayoutTerm) -> LayoutPoint {
    walker.point(max(0, term.rank), variantCount: term.variantCount, isNumber: term.isNumber)
  }
}
