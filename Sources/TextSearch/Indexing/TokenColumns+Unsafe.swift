/// The tokens of a segment as three columns, numbered as the segment numbers them.
struct TokenColumns: Sendable {
  /// Code numbers.
  private(set) var ranks: [UInt32]
  /// Which spelling of its term each token has.
  private(set) var variants: [UInt16]
  /// The separator behind each token.
  private(set) var gaps: [UInt32]

  /// Translates the batches' own numbers, each batch into its part of the columns.
  ///
  /// Safety: a batch's numbers are below the counts of its tables; the parts of the columns that
  /// the batches fill follow each other and end at the sum of their counts.
  init(_ batches: [NumberedBatch], _ vocabulary: Vocabulary, _ separators: SeparatorTable) {
    let count = batches.reduce(0) { $0 + $1.batch.tokens.count }
    gaps = unsafe [UInt32](unsafeUninitializedCapacity: count) { buffer, filled in
      for batch in batches {
        let numbers = batch.separators.map { separators.numbers[Int($0)] }
        for gap in batch.batch.gaps {
          unsafe buffer[filled] = numbers[Int(gap)]
          filled &+= 1
        }
      }
    }
    var variants: [UInt16] = []
    ranks = unsafe [UInt32](unsafeUninitializedCapacity: count) { ranks, filled in
      variants = unsafe [UInt16](unsafeUninitializedCapacity: count) { variants, filledVariants in
        for batch in batches {
          unsafe Self.translate(batch, vocabulary, &filled, ranks, variants)
        }
        filledVariants = filled
      }
    }
    self.variants = variants
  }

  private static func translate(
    _ batch: NumberedBatch, _ vocabulary: Vocabulary, _ filled: inout Int,
    _ ranks: UnsafeMutableBufferPointer<UInt32>, _ variants: UnsafeMutableBufferPointer<UInt16>
  ) {
    let markers = Schema.maximumFieldCount
    // Markers keep their numbers.
    let own =
      (0..<markers).map { (rank: UInt32($0), variant: UInt16(0)) }
      + batch.forms.map {
        (rank: vocabulary.rankOfForm[Int($0)], variant: vocabulary.variantOfForm[Int($0)])
      }
    var place = filled
    for token in batch.batch.tokens {
      let (rank, variant) = own[Int(token)]
      unsafe ranks[place] = rank
      unsafe variants[place] = variant
      place &+= 1
    }
    filled = place
  }
}
