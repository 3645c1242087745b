/// Codes the layout of a segment.
///
/// Four walks: what follows what (for the gap codes and the candidates), how often each context
/// sees a 1, what weights mix them best, and the coding itself. Of a large segment the first
/// three look at some of the blocks only, evenly spread.
enum LayoutEncoder {
  /// Terms seen less often have no row of their own: a record and its row cost eleven bytes.
  private static let minimumCount: UInt32 = 60
  private static let countedTokens = 1 << 20
  private static let trainedTokens = 1 << 18

  /// The bytes of the layout sections; the same for the same input.
  /// - Complexity: O(tokens).
  static func encode(_ input: LayoutInput) -> LayoutSections {
    precondition(input.fieldCount <= LayoutPlan.maximumFields)
    let tokens = input.tokens
    precondition(unsafe input.variants.count == tokens && input.gaps.count == tokens)
    precondition((input.documentStarts.last ?? 0) == tokens)
    let walk = LayoutWalk(input)
    let blocks = LayoutBlock.blocks(of: input.documentStarts)
    let tables = model(input, walk, blocks)
    return stream(walk, blocks, tables)
  }

  private static func some(_ blocks: [LayoutBlock], of tokens: Int, limit: Int) -> [LayoutBlock] {
    let step = max(1, tokens / limit)
    return stride(from: 0, to: blocks.count, by: step).map { blocks[$0] }
  }

  private static func model(_ input: LayoutInput, _ walk: LayoutWalk, _ blocks: [LayoutBlock])
    -> LayoutTables
  {
    let counted = some(blocks, of: input.tokens, limit: countedTokens)
    let census = LayoutCensus(walk, counted)
    let ranks = census.ranks(atLeast: minimumCount)
    let facts = ranks.map { rank in
      census.candidates(rank) | UInt64(input.shapes[rank]) &<< 32
        | UInt64(input.terms[rank]) &<< 40
    }
    let tables = LayoutTables(
      fieldCount: input.fieldCount, trees: LayoutTrees(leaves: census.leaves()), ranks: ranks,
      facts: facts)
    var counter = LayoutCounter(cellCount: tables.plan.cellCount)
    for block in counted { walk.code(block, tables, &counter) }
    tables.set(cells: counter.cells())
    var trainer = LayoutTrainer(tables)
    for block in some(blocks, of: input.tokens, limit: trainedTokens) {
      walk.code(block, tables, &trainer)
      trainer.finishBlock()
    }
    if !blocks.isEmpty { tables.set(weights: trainer.weights()) }
    return tables
  }

  private static func stream(
    _ walk: LayoutWalk, _ blocks: [LayoutBlock], _ tables: LayoutTables
  ) -> LayoutSections {
    var coder = LayoutRangeEncoder(tables)
    coder.reserve(walk.tokens / 4)
    var offsets = [0]
    for block in blocks {
      walk.code(block, tables, &coder)
      coder.finishBlock()
      offsets.append(coder.bytes.count)
    }
    let head = OffsetTable.encode(blocks.map(\.document)) + OffsetTable.encode(offsets)
    return LayoutSections(model: tables.encoded(), stream: head + coder.bytes)
  }
}

/// Takes a coder or a counter over the tokens of blocks.
///
/// Safety: the three buffers have `tokens` entries and live through the encoding; blocks lie in
/// `0..<tokens`. A rank beyond the tables by rank stops the program at the array's own check.
@safe struct LayoutWalk {
  let tokens: Int
  private let input: LayoutInput
  private let terms: [UInt8]

  init(_ input: LayoutInput) {
    self.input = input
    tokens = input.tokens
    terms = input.terms
  }

  var termCount: Int { terms.count }

  @inline(__always)
  private func point(_ walker: borrowing LayoutWalker, _ token: Int) -> LayoutPoint {
    let rank = Int(unsafe input.ranks[token])
    let term = terms[rank]
    return walker.point(rank, variantCount: Int(term & 0x7F), isNumber: term >= 0x80)
  }

  func code<Coder: LayoutDecisions & ~Copyable>(
    _ block: LayoutBlock, _ tables: LayoutTables, _ coder: inout Coder
  ) {
    var walker = LayoutWalker(tables)
    var document = block.document
    var token = block.start
    if block.isInner {
      let field = fieldBefore(block)
      _ = coder.plain(field >> 1)
      _ = coder.plain(field & 1)
      walker.start(field: field)
    } else {
      walker.start(field: 0)
    }
    while token < block.end {
      let end = min(input.documentStarts[document + 1], block.end)
      let isLast = end == input.documentStarts[document + 1]
      code(token..<end, isLast: isLast, &walker, &coder)
      token = end
      document += 1
      walker.start(field: 0)
    }
  }

  /// Codes tokens of one document; the one after them is in the same document unless `isLast`.
  private func code<Coder: LayoutDecisions & ~Copyable>(
    _ range: Range<Int>, isLast: Bool, _ walker: inout LayoutWalker, _ coder: inout Coder
  ) {
    guard !range.isEmpty else { return }
    var this = point(walker, range.lowerBound)
    for token in range {
      let ends = isLast && token + 1 == range.upperBound
      let next = ends ? walker.end : point(walker, token + 1)
      _ = walker.code(
        &coder, this, next, variant: Int(unsafe input.variants[token]),
        gap: Int(unsafe input.gaps[token]))
      this = next
    }
  }

  /// The last field marker before an inner block.
  private func fieldBefore(_ block: LayoutBlock) -> Int {
    var token = block.start - 1
    while token >= input.documentStarts[block.document] {
      let rank = Int(unsafe input.ranks[token])
      if rank < input.fieldCount { return min(rank, 3) }
      token -= 1
    }
    return 0
  }

  /// Calls `see` with rank, gap and kinds (0 word, 1 number, 2 marker) of every token and with
  /// the rank of the next one (-1 at the end of a document).
  @inline(__always)
  func forEachPair(
    in block: LayoutBlock, _ see: (_ rank: Int, _ next: Int, _ pair: Int, _ gap: Int) -> Void
  ) {
    var document = block.document
    for token in block.start..<block.end {
      while input.documentStarts[document + 1] <= token { document += 1 }
      let rank = Int(unsafe input.ranks[token])
      var next = -1
      if token + 1 < input.documentStarts[document + 1] {
        next = Int(unsafe input.ranks[token + 1])
      }
      see(
        rank, next, kind(rank) * 4 + (next < 0 ? 3 : kind(next)), Int(unsafe input.gaps[token]))
    }
  }

  @inline(__always)
  private func kind(_ rank: Int) -> Int {
    rank < input.fieldCount ? 2 : terms[rank] >= 0x80 ? 1 : 0
  }
}
