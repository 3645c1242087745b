/// Looks scalars up in the generated tables as they lie in the program; nothing is decoded first.
///
/// Safety: the pointers are those of string literals, which live as long as the program. Each
/// access is inside its table by the way the generator writes it: the index has a number for each
/// block of scalars below `UnicodeTables.end` and each number is that of a whole block of classes;
/// the ASCII scalars' blocks come first, in order; each record of the foldings has seven digits.
/// The tests look up every scalar there is.
@safe struct UnicodeLookup {
  private let index = unsafe UnicodeTables.index.utf8Start
  private let classes = unsafe UnicodeTables.classes.utf8Start
  private let records = unsafe FoldingTables.records.utf8Start
  private let sequences = unsafe FoldingTables.sequences.utf8Start

  @inline(__always)
  func asciiClass(_ byte: UInt8) -> ScalarClass {
    unsafe Self.scalarClass(classes[Int(byte & 0x7F)])
  }

  /// The class of a scalar. O(1).
  @inline(__always)
  func scalarClass(_ scalar: UInt32) -> ScalarClass {
    guard scalar < UnicodeTables.end else {
      // Tags and variation selectors; unassigned and for private use besides.
      return (0xE0000...0xE0FFF).contains(scalar) ? .ignorable : .other
    }
    let block = unsafe number(index, Int(scalar >> UnicodeTables.blockShift) &* 2, digits: 2)
    let place = Int(scalar & (1 &<< UnicodeTables.blockShift &- 1))
    return unsafe Self.scalarClass(classes[block << Int(UnicodeTables.blockShift) | place])
  }

  @inline(__always)
  private static func scalarClass(_ digit: UInt8) -> ScalarClass {
    ScalarClass(rawValue: digit &- 0x30) ?? .other
  }

  @inline(__always)
  private func number(_ table: UnsafePointer<UInt8>, _ place: Int, digits: Int) -> Int {
    var number = 0
    for digit in 0..<digits {
      number = unsafe number << 6 | Int(table[place + digit] &- 0x30)
    }
    return number
  }

  /// Calls `emit` with each scalar of the folding of `scalar`: itself if it has none.
  /// O(log of the table).
  func fold(_ scalar: UInt32, _ emit: (UInt32) -> Void) {
    let record = lastRecord(notAfter: Int(scalar)) * 7
    let first = record < 0 ? 0 : unsafe number(records, record, digits: 3)
    let length = record < 0 ? 0 : unsafe number(records, record + 3, digits: 1)
    guard record >= 0, Int(scalar) - first < max(length, 1) else { return emit(scalar) }
    let target = unsafe number(records, record + 4, digits: 3)
    if length > 0 { return emit(UInt32(target + Int(scalar) - first)) }
    let count = unsafe number(sequences, target, digits: 1)
    for place in 0..<count {
      emit(UInt32(unsafe number(sequences, target + 1 + place * 3, digits: 3)))
    }
  }

  /// The last record whose first scalar is at most `scalar`, or -1.
  private func lastRecord(notAfter scalar: Int) -> Int {
    var (low, high) = (0, FoldingTables.count)
    while low < high {
      let middle = (low + high) / 2
      if unsafe number(records, middle * 7, digits: 3) <= scalar {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low - 1
  }
}
