/// The tokens of a segment as three columns, numbered as the segment numbers them.
struct TokenColumns: Sendable {
  /// Code numbers.
  private(set) var ranks: [UInt32]
  /// Which spelling of its term each token has.
  private(set) var variants: [UInt16] = []
  /// The separator behind each token.
  let gaps: [UInt32]

  /// The columns of words, each batch in its part of them.
  ///
  /// - Parameter gaps: What `gaps(_:_:)` gave.
  /// Safety: a batch's numbers are below the counts of its tables; the parts of the columns that
  /// the batches fill follow each other and end at the sum of their counts.
  init(_ batches: [NumberedBatch], _ vocabulary: Vocabulary, gaps: [UInt32], threads: Int) {
    self.gaps = gaps
    let starts = Self.starts(batches)
    let count = starts[batches.count]
    var variants: [UInt16] = []
    ranks = unsafe [UInt32](unsafeUninitializedCapacity: count) { ranks, filled in
      variants = unsafe [UInt16](unsafeUninitializedCapacity: count) { variants, filledVariants in
        nonisolated(unsafe) let columns = unsafe (ranks: ranks, variants: variants)
        // Each thread writes to the parts of its own batches.
        Platform.concurrently(batches.count, threads: threads) { number in
          unsafe Self.translate(
            batches[number], vocabulary, from: starts[number], columns.ranks, columns.variants)
        }
        filledVariants = count
      }
      filled = count
    }
    self.variants = variants
  }

  /// The separators behind the tokens of all batches.
  ///
  /// Safety: as above.
  static func gaps(_ batches: [NumberedBatch], _ separators: SeparatorTable) -> [UInt32] {
    unsafe [UInt32](unsafeUninitializedCapacity: starts(batches)[batches.count]) { gaps, filled in
      for batch in batches {
        let numbers = batch.separators.map { separators.numbers[Int($0)] }
        for gap in batch.batch.gaps {
          unsafe gaps[filled] = numbers[Int(gap)]
          filled &+= 1
        }
      }
    }
  }

  /// The first token of each batch, and the number of all.
  private static func starts(_ batches: [NumberedBatch]) -> [Int] {
    batches.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.batch.tokens.count) }
  }

  private static func translate(
    _ batch: NumberedBatch, _ vocabulary: Vocabulary, from start: Int,
    _ ranks: UnsafeMutableBufferPointer<UInt32>, _ variants: UnsafeMutableBufferPointer<UInt16>
  ) {
    let markers = Schema.maximumFieldCount
    // Markers keep their numbers.
    let own =
      (0..<markers).map { (rank: UInt32($0), variant: UInt16(0)) }
      + batch.forms.map {
        (rank: vocabulary.rankOfForm[Int($0)], variant: vocabulary.variantOfForm[Int($0)])
      }
    var place = start
    for token in batch.batch.tokens {
      let (rank, variant) = own[Int(token)]
      unsafe ranks[place] = rank
      unsafe variants[place] = variant
      place &+= 1
    }
  }
}
