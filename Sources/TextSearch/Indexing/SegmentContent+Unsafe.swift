extension SegmentContent {
  /// The layout of all documents, encoded.
  ///
  /// Safety: the columns outlive the encoding, which is over when this returns.
  func layout() -> LayoutSections {
    let fields = schema.fields.count
    var counts = [UInt16](repeating: 1, count: fields)
    var isNumber = [Bool](repeating: false, count: fields)
    var shapes = [UInt8](repeating: .max, count: fields)
    for ordinal in vocabulary.ordinals[fields...] {
      let term = vocabulary.terms[Int(ordinal)]
      let spellings = vocabulary.spellings[Int(ordinal)]
      counts.append(UInt16(spellings.count))
      isNumber.append(LayoutTerm.isNumber(term))
      shapes.append(LayoutShape.pack(spellings.prefix(4).map { LayoutShape($0.form(of: term)) }))
    }
    return unsafe tokens.ranks.withUnsafeBufferPointer { ranks in
      unsafe tokens.variants.withUnsafeBufferPointer { variants in
        unsafe tokens.gaps.withUnsafeBufferPointer { gaps in
          unsafe LayoutEncoder.encode(
            LayoutInput(
              ranks: ranks, variants: variants, gaps: gaps, documentStarts: documentStarts,
              fieldCount: fields, variantCounts: counts, isNumber: isNumber, shapes: shapes,
              gapCount: separators.strings.count))
        }
      }
    }
  }
}
