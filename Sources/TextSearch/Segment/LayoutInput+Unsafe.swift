/// What the layout of a segment is coded from: for each token the spelling it has among those of
/// its term, and the separator that follows it.
///
/// Tokens of all documents stand back to back.
///
/// Safety: the three buffers belong to the caller, who keeps them alive through the encoding;
/// `LayoutEncoder` checks that they have one length.
@safe struct LayoutInput {
  /// The term of each token; ranks below `fieldCount` are field markers.
  var ranks: UnsafeBufferPointer<UInt32>
  /// Which spelling of its term each token has; 0 is the most frequent.
  var variants: UnsafeBufferPointer<UInt16>
  /// The separator after each token; 0 is the most frequent.
  var gaps: UnsafeBufferPointer<UInt32>
  /// The first token of each document, then the number of all tokens.
  var documentStarts: [Int]
  var fieldCount: Int
  /// By rank: what the decoder will know of a term, as `LayoutTerm.packed` gives it.
  var terms: [UInt8]
  /// By rank: the shapes of a term's first four spellings, as `LayoutShape.pack` gives them.
  var shapes: [UInt8]

  /// How many tokens the segment has.
  var tokens: Int { unsafe ranks.count }
}
