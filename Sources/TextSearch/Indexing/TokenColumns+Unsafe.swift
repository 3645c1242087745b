/// The tokens of a segment as three columns, numbered as the segment numbers them.
struct TokenColumns: Sendable {
  /// Code numbers.
  private(set) var ranks: [UInt32]
  /// Which spelling of its term each token has.
  private(set) var variants: [UInt16] = []
  /// The separator behind each token.
  let gaps: [UInt32]

  /// The columns of words, the tokens of each group in its place.
  ///
  /// - Parameter gaps: What `gaps(_:_:_:)` gave.
  /// Safety: a batch's numbers are below the counts of its tables; the moves of `order` cover the
  /// tokens of each batch and, together, every place of the columns once.
  init(
    _ batches: [NumberedBatch], _ order: GroupOrder, _ vocabulary: Vocabulary, gaps: [UInt32],
    threads: Int
  ) {
    self.gaps = gaps
    let count = gaps.count
    var variants: [UInt16] = []
    ranks = unsafe [UInt32](unsafeUninitializedCapacity: count) { ranks, filled in
      variants = unsafe [UInt16](unsafeUninitializedCapacity: count) { variants, filledVariants in
        nonisolated(unsafe) let columns = unsafe (ranks: ranks, variants: variants)
        // Each thread writes to the places of its own batches.
        Platform.concurrently(batches.count, threads: threads) { number in
          unsafe Self.translate(
            batches[number], vocabulary, order.moves[number], columns.ranks, columns.variants)
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
  static func gaps(
    _ batches: [NumberedBatch], _ order: GroupOrder, _ separators: SeparatorTable
  ) -> [UInt32] {
    let count = batches.reduce(0) { $0 + $1.batch.gaps.count }
    return unsafe [UInt32](unsafeUninitializedCapacity: count) { gaps, filled in
      for (batch, moves) in zip(batches, order.moves) {
        let numbers = batch.separators.map { separators.numbers[Int($0)] }
        var source = 0
        for move in moves {
          var place = move.destination
          for gap in batch.batch.gaps[source..<(source + move.count)] {
            unsafe gaps[place] = numbers[Int(gap)]
            place &+= 1
          }
          source += move.count
        }
      }
      filled = count
    }
  }

  private static func translate(
    _ batch: NumberedBatch, _ vocabulary: Vocabulary, _ moves: [GroupOrder.Move],
    _ ranks: UnsafeMutableBufferPointer<UInt32>, _ variants: UnsafeMutableBufferPointer<UInt16>
  ) {
    let markers = Schema.maximumFieldCount
    // Markers keep their numbers.
    let own =
      (0..<markers).map { (rank: UInt32($0), variant: UInt16(0)) }
      + batch.forms.map {
        (rank: vocabulary.rankOfForm[Int($0)], variant: vocabulary.variantOfForm[Int($0)])
      }
    var source = 0
    for move in moves {
      var place = move.destination
      for token in batch.batch.tokens[source..<(source + move.count)] {
        let (rank, variant) = own[Int(token)]
        unsafe ranks[place] = rank
        unsafe variants[place] = variant
        place &+= 1
      }
      source += move.count
    }
  }
}
