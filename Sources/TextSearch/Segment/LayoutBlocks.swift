/// A run of tokens that is decoded from its start.
///
/// A block begins at a document or, inside a long document, at a multiple of `documentSpacing`
/// tokens. A document of more than `documentSpacing` tokens begins a block; any other does when
/// the block before it has `anchorSpacing` tokens or more. Short documents share a block because
/// a block costs about four bytes.
struct LayoutBlock: Equatable {
  /// The document of the first token.
  var document: Int
  /// The first token, counted in the segment.
  var start: Int
  /// The end of the last token, counted in the segment.
  var end: Int
  /// Whether the block begins inside its document.
  var isInner: Bool

  /// Whether a walk over a document from `start`, where a block begins, comes at `token` to the
  /// next block, which needs a decoder of its own.
  static func begins(at token: Int, after start: Int) -> Bool {
    token > start && token % LayoutPlan.documentSpacing == 0
  }

  static func blocks(of documentStarts: [Int]) -> [LayoutBlock] {
    var blocks: [LayoutBlock] = []
    for document in 0..<max(0, documentStarts.count - 1) {
      let (start, end) = (documentStarts[document], documentStarts[document + 1])
      if start == end { continue }
      let isLong = end - start > LayoutPlan.documentSpacing
      if let last = blocks.last, !isLong, last.end - last.start < LayoutPlan.anchorSpacing {
        blocks[blocks.count - 1].end = end
        continue
      }
      for first in stride(from: start, to: end, by: LayoutPlan.documentSpacing) {
        blocks.append(
          LayoutBlock(
            document: document, start: first, end: min(first + LayoutPlan.documentSpacing, end),
            isInner: first > start))
      }
    }
    return blocks
  }
}
