extension SegmentContent {
  /// The layout of all documents, encoded.
  ///
  /// Safety: the columns outlive the encoding, which is over when this returns.
  func layout() -> LayoutSections {
    let fields = schema.fields.count
    let marker = LayoutTerm(rank: 0, variantCount: 1, isNumber: false)
    var terms = [UInt8](repeating: marker.packed, count: fields)
    var shapes = [UInt8](repeating: .max, count: fields)
    for ordinal in vocabulary.ordinals[fields...] {
      let term = vocabulary.terms[Int(ordinal)]
      let spellings = vocabulary.spellings[Int(ordinal)]
      terms.append(LayoutTerm(rank: 0, spellings: spellings.count, of: term).packed)
      if shapes.count == LayoutPlan.maximumRank { continue }
      shapes.append(LayoutShape.pack(spellings.prefix(4).map { LayoutShape($0.form(of: term)) }))
    }
    return unsafe tokens.ranks.withUnsafeBufferPointer { ranks in
      unsafe tokens.variants.withUnsafeBufferPointer { variants in
        unsafe tokens.gaps.withUnsafeBufferPointer { gaps in
          unsafe LayoutEncoder.encode(
            LayoutInput(
              ranks: ranks, variants: variants, gaps: gaps, documentStarts: documentStarts,
              fieldCount: fields, terms: terms, shapes: shapes))
        }
      }
    }
  }
}
