/// Reads many values of a table, mostly in rising order.
///
/// Keeps the group of the last value open, so that a further value of it costs a few instructions.
///
/// Safety: `bits` are the verified bytes of the open group, eight for each bit of width. A value
/// begins at bit 63 · width of them at the latest, and the load of eight bytes from there ends in
/// the slack of the section.
@safe struct OffsetCursor {
  private let table: OffsetTable
  private var number = -1
  private var group = OffsetTable.Group(base: 0, slope: 0, start: 0, width: 0)
  private var bits: UnsafeRawPointer?

  init(_ table: OffsetTable) { self.table = table }

  /// Value number `index`, which must be in `0..<table.count`.
  /// - Throws: `IndexError.damaged` as `OffsetTable.value(at:)` does.
  @inline(__always)
  mutating func value(at index: Int) throws(IndexError) -> Int {
    if index &>> 6 != number { try open(index) }
    let place = index & (OffsetTable.groupSize - 1)
    var value = group.base &+ group.slope &* place
    if let bits = unsafe bits {
      let bit = place &* group.width
      let word = unsafe bits.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self)
      let mask = (1 as UInt64) &<< UInt64(group.width) &- 1
      let rest = (UInt64(littleEndian: word) &>> UInt64(bit & 7)) & mask
      value = value &+ Int(truncatingIfNeeded: rest)
    }
    if value < 0 { throw table.negative(index) }
    return value
  }

  private mutating func open(_ index: Int) throws(IndexError) {
    precondition(index >= 0 && index < table.count)
    number = -1
    let next = index / OffsetTable.groupSize
    group = try table.group(next)
    unsafe bits = nil
    if group.width > 0 { unsafe bits = try table.residuals(of: group).baseAddress }
    number = next
  }
}

extension OffsetTable {
  /// The bytes that the residuals of a group take, eight for each bit of width.
  fileprivate func residuals(of group: Group) throws(IndexError) -> UnsafeRawBufferPointer {
    let start = bits &+ 8 &* group.start
    return unsafe try section.bytes(start..<(start &+ 8 &* group.width))
  }
}
