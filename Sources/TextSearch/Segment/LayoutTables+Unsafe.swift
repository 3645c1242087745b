/// The model of a segment's layout, ready for use: what the model section says, unpacked.
///
/// Safety: every buffer is allocated here with the length that `plan` gives and lives as long as
/// the object; nothing writes to one after `init`, except the encoder to `weights` and `cells`
/// before any mixer reads them.
@safe final class LayoutTables: @unchecked Sendable {
  /// Entries of `weights` for a set, of which `LayoutPlan.inputs` are used.
  static let setStride = 8

  let plan: LayoutPlan
  let trees: LayoutTrees
  let cells: UnsafeMutablePointer<Int8>
  let weights: UnsafeMutablePointer<Int32>
  let probabilities: UnsafeMutablePointer<UInt16>
  /// By row: four candidate bytes (two for the gap after, two for the gap before), then the
  /// shapes of the first four spellings, then `LayoutTerm.packed`.
  let facts: UnsafeMutablePointer<UInt64>
  /// By rank, below `rankLimit`: the row, or `noRow`.
  let rows: UnsafeMutablePointer<UInt16>
  let rankLimit: Int
  static let noRow = UInt16.max
  let children: UnsafeMutablePointer<Int32>
  let codes: UnsafeMutablePointer<UInt64>

  /// - Parameters:
  ///   - ranks: The ranks that have a record, rising.
  ///   - records: The facts of each.
  init(fieldCount: Int, trees: LayoutTrees, ranks: [Int], facts records: [UInt64]) {
    precondition(ranks.count == records.count)
    let plan = LayoutPlan(
      fieldCount: fieldCount, recordCount: records.count, nodeCount: trees.nodeCount)
    rankLimit = (ranks.last ?? -1) + 1
    precondition(rankLimit <= LayoutPlan.maximumRank)
    var rowOfRank = [UInt16](repeating: Self.noRow, count: rankLimit)
    for (row, rank) in ranks.enumerated() { rowOfRank[rank] = UInt16(row) }
    unsafe rows = Self.copy(rowOfRank)
    self.plan = plan
    self.trees = trees
    unsafe cells = .allocate(capacity: plan.cellCount)
    unsafe cells.initialize(repeating: 0, count: plan.cellCount)
    unsafe weights = .allocate(capacity: plan.setCount * Self.setStride)
    unsafe weights.initialize(repeating: 0, count: plan.setCount * Self.setStride)
    unsafe probabilities = Self.copy(LayoutMix.probabilities)
    let spare = [UInt64](repeating: 0xFF_0000_0000, count: LayoutPlan.spareRows)
    unsafe facts = Self.copy(records + spare)
    unsafe children = Self.copy(trees.children)
    unsafe codes = Self.copy(trees.codes)
    set(weights: Self.startWeights(plan))
  }

  deinit {
    unsafe cells.deallocate()
    unsafe weights.deallocate()
    unsafe probabilities.deallocate()
    unsafe facts.deallocate()
    unsafe rows.deallocate()
    unsafe children.deallocate()
    unsafe codes.deallocate()
  }

  private static func copy<Value>(_ values: [Value]) -> UnsafeMutablePointer<Value> {
    let copy = UnsafeMutablePointer<Value>.allocate(capacity: values.count)
    for (place, value) in values.enumerated() { unsafe (copy + place).initialize(to: value) }
    return unsafe copy
  }

  /// What the weights are before anything is known: 0.35 for every cell, nothing for the bias.
  static func startWeights(_ plan: LayoutPlan) -> [Int8] {
    (0..<(plan.setCount * LayoutPlan.inputs)).map { $0 % LayoutPlan.inputs == 4 ? 0 : 11 }
  }

  func set(cells values: [Int8]) {
    precondition(values.count == plan.cellCount)
    for (place, value) in values.enumerated() { unsafe cells[place] = value }
  }

  func set(weights values: [Int8]) {
    precondition(values.count == plan.setCount * LayoutPlan.inputs)
    for (place, value) in values.enumerated() {
      unsafe weights[Self.place(place)] = Int32(value) &<< LayoutMix.weightShift
    }
  }

  func cell(_ number: Int) -> Int8 {
    precondition(number >= 0 && number < plan.cellCount)
    return unsafe cells[number]
  }

  private static func place(_ number: Int) -> Int {
    number / LayoutPlan.inputs * setStride + number % LayoutPlan.inputs
  }

  /// A weight as it is stored.
  func weight(_ place: Int) -> Int8 {
    precondition(place >= 0 && place < plan.setCount * LayoutPlan.inputs)
    return Int8(truncatingIfNeeded: unsafe weights[Self.place(place)] &>> LayoutMix.weightShift)
  }

  /// The row of the record of a rank, or nil when it has none.
  func row(ofRank rank: Int) -> Int? {
    guard rank >= 0, rank < rankLimit, unsafe rows[rank] != Self.noRow else { return nil }
    return Int(unsafe rows[rank])
  }

  func fact(_ row: Int) -> UInt64 {
    precondition(row >= 0 && row < plan.rows)
    return unsafe facts[row]
  }
}
