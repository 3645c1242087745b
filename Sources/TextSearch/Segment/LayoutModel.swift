/// The layout: which spelling of its term each token has, and which separator follows it.
///
///     model   = fieldCount varint, rankLimit varint, set of ranks, tree × 12,
///               weight × 5 · setCount, record × recordCount, cells
///     tree    = 0 varint, tree for bit 0, tree for bit 1 | leaf + 1 varint
///     weight  = i8, in 32nds
///     record  = candidate × 4, shapes u8, term u8
///     cells   = two to a byte, the first in the low half; each is its value + 8
///     stream  = offset table of the first document of each block, offset table of the start of
///               each block and the end of the last, the blocks' bytes
///
/// The separator numbers and spellings are coded by a binary range coder, question by question.
/// A question has four *cells*, numbers from -8 to 7 that each say how likely a 1 is, and a set of
/// five *weights*; the answer's probability is the squashed sum of the cells times their weights
/// (logistic mixing: Mahoney 2005, "Adaptive weighing of context models for lossless data
/// compression"). After the answer the weights move a little toward what would have been better.
/// At each block the weights start from those of the model. Cells do not change.
///
/// FORMAT.md says exactly which cells and weights a question has; `LayoutWalker` is that text as a
/// program.
extension LayoutTables {
  /// The bytes of the model section.
  func encoded() -> [UInt8] {
    var writer = ByteWriter(capacity: plan.cellCount)
    writer.varint(plan.fieldCount)
    writer.varint(rankLimit)
    for first in stride(from: 0, to: rankLimit, by: 8) {
      var bits: UInt8 = 0
      for place in 0..<8 where row(ofRank: first + place) != nil { bits |= 1 &<< UInt8(place) }
      writer.u8(bits)
    }
    trees.write(to: &writer)
    for place in 0..<(plan.setCount * LayoutPlan.inputs) {
      writer.u8(UInt8(bitPattern: weight(place)))
    }
    for row in 0..<plan.recordCount {
      for byte in 0..<6 { writer.u8(UInt8(truncatingIfNeeded: fact(row) &>> UInt64(8 * byte))) }
    }
    for number in stride(from: 0, to: plan.cellCount, by: 2) {
      let high = number + 1 < plan.cellCount ? cell(number + 1) : 0
      writer.u8(UInt8(cell(number) + 8) | (UInt8(high + 8) &<< 4))
    }
    return writer.bytes
  }

  /// Reads the model section.
  /// - Complexity: O(bytes); a model is less than 300 KB whatever the size of the segment.
  convenience init(_ section: Section) throws(IndexError) {
    var reader = try SectionReader(section, 0..<section.count)
    let fieldCount = try reader.varint(upTo: LayoutPlan.maximumFields)
    let rankLimit = try reader.varint(upTo: LayoutPlan.maximumRank)
    let known = try reader.raw((rankLimit + 7) / 8)
    let ranks = (0..<rankLimit).filter { (known[$0 / 8] &>> UInt8($0 % 8)) & 1 == 1 }
    let trees = try LayoutTrees(&reader, of: section)
    let plan = LayoutPlan(
      fieldCount: fieldCount, recordCount: ranks.count, nodeCount: trees.nodeCount)
    let weights = try reader.raw(plan.setCount * LayoutPlan.inputs)
    let records = try reader.raw(6 * ranks.count)
    let cells = try reader.raw((plan.cellCount + 1) / 2)
    guard reader.isAtEnd else { throw section.damaged(at: reader.offset, "bytes too many") }
    let facts = ranks.indices.map { (row: Int) -> UInt64 in
      var fact: UInt64 = 0
      for place in 0..<6 {
        let byte = UInt64(records[6 * row + place])
        fact |= byte &<< UInt64(8 * place)
      }
      return fact
    }
    self.init(fieldCount: fieldCount, trees: trees, ranks: ranks, facts: facts)
    set(weights: weights.map { Int8(bitPattern: $0) })
    set(
      cells: (0..<plan.cellCount).map { (number: Int) -> Int8 in
        let pair: UInt8 = cells[number / 2]
        let nibble: UInt8 = number % 2 == 0 ? pair & 15 : pair &>> 4
        return Int8(nibble) - 8
      })
  }
}
