/// The separators of a segment in falling order of use.
struct SeparatorTable {
  private(set) var strings: [[UInt8]] = []
  /// By number of first sight: the place in `strings`.
  private(set) var numbers: [UInt32]

  init(_ table: StringTable, counts: [Int]) {
    let order = (0..<table.count).sorted { a, b in
      counts[a] != counts[b] ? counts[a] > counts[b] : table[a].lexicographicallyPrecedes(table[b])
    }
    numbers = [UInt32](repeating: 0, count: table.count)
    strings.reserveCapacity(table.count)
    for (place, number) in order.enumerated() {
      numbers[number] = UInt32(place)
      strings.append(Array(table[number]))
    }
  }
}
