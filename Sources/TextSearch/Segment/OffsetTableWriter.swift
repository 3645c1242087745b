extension OffsetTable {
  /// The bytes of a table of `values`, which must not fall and must be less than 2^48.
  /// - Complexity: O(n).
  static func encode(_ values: [Int]) -> [UInt8] {
    var writer = ByteWriter(capacity: values.count + 32)
    writer.varint(values.count)
    guard !values.isEmpty else { return writer.bytes }
    precondition(values[0] >= 0 && values[values.count - 1] < 1 << 48)
    let groups = stride(from: 0, to: values.count, by: groupSize).map { first in
      OffsetGroup(values[first..<min(first + groupSize, values.count)])
    }
    let total = groups.reduce(0) { $0 + $1.width }
    let widths = RecordWidths(
      base: groups.map { OffsetGroup.bytes(signed: $0.base) }.max() ?? 0,
      slope: groups.map { OffsetGroup.bytes($0.slope) }.max() ?? 0,
      start: OffsetGroup.bytes(total))
    for width in [widths.base, widths.slope, widths.start] { writer.u8(UInt8(width)) }
    writer.varint(total)
    var start = 0
    for group in groups {
      group.write(to: &writer, widths, start: start)
      start += group.width
    }
    for (number, group) in groups.enumerated() {
      let first = number * groupSize
      group.writeBits(values[first..<min(first + groupSize, values.count)], to: &writer)
    }
    return writer.bytes
  }
}

/// The line through a group of values, and how many bits the distances from it take.
private struct OffsetGroup {
  var base: Int
  var slope: Int
  var width: Int

  init(_ values: ArraySlice<Int>) {
    let first = values[values.startIndex]
    let last = values[values.endIndex - 1]
    slope = values.count > 1 ? (last - first) / (values.count - 1) : 0
    var least = 0
    var most = 0
    var line = first
    for index in values.indices {
      precondition(index == values.startIndex || values[index - 1] <= values[index])
      least = min(least, values[index] - line)
      most = max(most, values[index] - line)
      line += slope
    }
    base = first + least
    width = Int.bitWidth - (most - least).leadingZeroBitCount
  }

  func write(to writer: inout ByteWriter, _ widths: RecordWidths, start: Int) {
    for (value, count) in [(base, widths.base), (slope, widths.slope), (start, widths.start)] {
      for place in 0..<count { writer.u8(UInt8(truncatingIfNeeded: value >> (8 * place))) }
    }
    writer.u8(UInt8(width))
  }

  /// Writes `8 · width` bytes, whatever the number of values.
  func writeBits(_ values: ArraySlice<Int>, to writer: inout ByteWriter) {
    var pending: UInt64 = 0
    var held = 0
    var line = base
    for place in 0..<OffsetTable.groupSize {
      let index = values.startIndex + place
      let residual = index < values.endIndex ? values[index] - line : 0
      pending |= UInt64(residual) << UInt64(held)
      held += width
      line += slope
      while held >= 8 {
        writer.u8(UInt8(truncatingIfNeeded: pending))
        pending >>= 8
        held -= 8
      }
    }
  }

  static func bytes(_ value: Int) -> Int {
    (Int.bitWidth - value.leadingZeroBitCount + 7) / 8
  }

  static func bytes(signed value: Int) -> Int {
    value == 0 ? 0 : (Int.bitWidth - (value ^ (value >> 63)).leadingZeroBitCount) / 8 + 1
  }
}
