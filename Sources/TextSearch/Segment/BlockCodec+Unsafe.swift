/// Packs up to 128 numbers into few bytes: patched frame of reference.
///
/// ```
/// column     := header packed exception*
/// header     := u8 (width | 0x40 where exceptions follow), [u8 exception count]
/// packed     := the low `width` bits of each number, low bits first, filled up to whole bytes
/// exception  := u8 place, varint of the number's bits above `width`
/// ```
/// `width` is 0...32. The writer chooses the width with the fewest bytes (Zukowski, Héman, Nes &
/// Boncz, "Super-scalar RAM-CPU cache compression", 2006; exceptions as in Lucene's ForUtil).
enum BlockCodec {
  /// Numbers in a full block.
  static let blockSize = 128
  private static let hasExceptions: UInt8 = 0x40

  // MARK: Writing

  static func append(_ values: ArraySlice<UInt32>, to bytes: inout [UInt8]) {
    unsafe values.withUnsafeBufferPointer { unsafe append($0, to: &bytes) }
  }

  /// Appends the column of at most `blockSize` numbers.
  static func append(_ values: UnsafeBufferPointer<UInt32>, to bytes: inout [UInt8]) {
    precondition(values.count <= blockSize)
    let (width, exceptionCount) = unsafe bestWidth(values)
    let mask = width == 32 ? UInt32.max : (1 &<< UInt32(width)) - 1
    bytes.append(UInt8(width) | (exceptionCount == 0 ? 0 : hasExceptions))
    if exceptionCount > 0 { bytes.append(UInt8(exceptionCount)) }
    unsafe pack(values, width, mask, to: &bytes)
    if exceptionCount == 0 { return }
    for place in values.indices where unsafe values[place] > mask {
      bytes.append(UInt8(place))
      var rest = unsafe values[place] &>> UInt32(width)
      while rest >= 0x80 {
        bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
        rest = rest &>> 7
      }
      bytes.append(UInt8(rest))
    }
  }

  /// Safety: the buffer has room for 128 numbers of 32 bits and a last store of 8 bytes; each
  /// store begins where the bits before it end.
  private static func pack(
    _ values: UnsafeBufferPointer<UInt32>, _ width: Int, _ mask: UInt32, to bytes: inout [UInt8]
  ) {
    unsafe withUnsafeTemporaryAllocation(byteCount: 4 * blockSize + 8, alignment: 8) { packed in
      // The buffer is not empty, so it has a base.
      let base = packed.baseAddress!
      var pending: UInt64 = 0
      var count: UInt64 = 0
      var end = 0
      for place in 0..<values.count {
        pending |= UInt64(unsafe values[place] & mask) &<< count
        count &+= UInt64(width)
        if count >= 32 {
          unsafe base.storeBytes(
            of: UInt32(truncatingIfNeeded: pending).littleEndian,
            toByteOffset: end, as: UInt32.self)
          pending = pending &>> 32
          count &-= 32
          end &+= 4
        }
      }
      unsafe base.storeBytes(of: pending.littleEndian, toByteOffset: end, as: UInt64.self)
      let byteCount = (values.count * width + 7) / 8
      unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: base, count: byteCount))
    }
  }

  /// The width with the smallest column; the larger of two equal ones, as it decodes faster.
  private static func bestWidth(
    _ values: UnsafeBufferPointer<UInt32>
  ) -> (width: Int, exceptionCount: Int) {
    // Twice as many counters as widths, so that no check is needed at the ends.
    var withBits = InlineArray<34, Int>(repeating: 0)
    var most = 0
    for place in 0..<values.count {
      let bits = unsafe 32 &- values[place].leadingZeroBitCount
      withBits[bits] &+= 1
      if bits > most { most = bits }
    }
    var best = (width: most, exceptionCount: 0)
    var bestCost = (values.count &* most &+ 7) &>> 3
    var width = most &- 1
    var exceptionCount = 0
    while width >= 0 {
      exceptionCount &+= withBits[width &+ 1]
      // Each exception takes two bytes at least, and a narrower width has no fewer of them.
      if 2 &* exceptionCount >= bestCost { break }
      var cost = 1 &+ (values.count &* width &+ 7) &>> 3
      var bits = width &+ 1
      while bits <= most {
        cost &+= withBits[bits] &* (1 &+ (bits &- width &+ 6) / 7)
        bits &+= 1
      }
      if cost < bestCost {
        bestCost = cost
        best = (width, exceptionCount)
      }
      width &-= 1
    }
    return best
  }

  // MARK: Reading

  /// Decodes a column of `count` numbers at `offset`.
  ///
  /// Safety: the column's length is checked against the end of `bytes`; behind the end there are
  /// at least 8 readable bytes (the slack of every section), which the last loads may touch.
  /// `values` has room for `blockSize` numbers.
  /// - Returns: The offset behind the column, or nil where it is not well formed.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, count: Int,
    into values: UnsafeMutablePointer<UInt32>
  ) -> Int? {
    guard count <= blockSize, offset < bytes.count, let base = bytes.baseAddress else {
      return nil
    }
    let header = unsafe bytes[offset]
    let width = Int(header & 0x3F)
    var start = offset + 1
    var exceptionCount = 0
    if header & hasExceptions != 0 {
      guard start < bytes.count else { return nil }
      exceptionCount = Int(unsafe bytes[start])
      start += 1
    }
    let end = start + (count * width + 7) / 8
    guard width <= 32, end <= bytes.count else { return nil }
    unsafe unpack(base + start, width, count, into: values)
    return unsafe patch(bytes, at: end, width, exceptionCount, count, values)
  }

  @inline(__always)
  private static func unpack(
    _ source: UnsafeRawPointer, _ width: Int, _ count: Int,
    into values: UnsafeMutablePointer<UInt32>
  ) {
    let mask = (1 as UInt64) &<< UInt64(width) &- 1
    var bit = 0
    var place = 0
    while place < count {
      let word = unsafe source.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self)
      unsafe values[place] = UInt32(
        truncatingIfNeeded: (UInt64(littleEndian: word) &>> UInt64(bit & 7)) & mask)
      bit &+= width
      place &+= 1
    }
  }

  private static func patch(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, _ width: Int, _ exceptionCount: Int,
    _ count: Int, _ values: UnsafeMutablePointer<UInt32>
  ) -> Int? {
    var offset = offset
    for _ in 0..<exceptionCount {
      guard offset < bytes.count else { return nil }
      let place = Int(unsafe bytes[offset])
      guard place < count else { return nil }
      offset += 1
      var high: UInt64 = 0
      var shift: UInt64 = 0
      while true {
        guard offset < bytes.count, shift < 35 else { return nil }
        let byte = unsafe bytes[offset]
        offset += 1
        high |= UInt64(byte & 0x7F) &<< shift
        shift += 7
        if byte < 0x80 { break }
      }
      guard width < 32, high <= UInt64(UInt32.max) &>> UInt64(width) else { return nil }
      unsafe values[place] |= UInt32(high) &<< UInt32(width)
    }
    return offset
  }

  /// Turns gaps (each number less the one before it, less 1) into the numbers themselves.
  ///
  /// - Parameter base: The number before the first, or -1.
  /// - Returns: False where they would pass `limit`; then nothing may be believed.
  @inline(__always)
  static func sum(
    _ values: UnsafeMutablePointer<UInt32>, _ count: Int, after base: Int, limit: Int
  ) -> Bool {
    var current = UInt64(bitPattern: Int64(base))
    var place = 0
    // In 64 bits 128 gaps of 32 bits can't overflow, so the last number tells of all.
    while place < count {
      current &+= UInt64(unsafe values[place]) &+ 1
      unsafe values[place] = UInt32(truncatingIfNeeded: current)
      place &+= 1
    }
    return Int(bitPattern: UInt(current)) < limit || count == 0
  }
}
