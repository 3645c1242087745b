/// Takes bits off bytes, the lowest of each byte first.
struct BitSource {
  let bytes: [UInt8]
  let end: Int
  /// The next byte to load.
  private(set) var offset: Int
  /// What is loaded; bits beyond `count` are not to be relied on.
  private(set) var bits: UInt64 = 0
  private(set) var count = 0

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    self.bytes = bytes
    offset = range.lowerBound
    end = range.upperBound
  }

  /// Loads at least 56 bits, or all there are.
  @inline(__always) mutating func refill() {
    if offset &+ 8 <= end {
      // `offset + 8 <= end <= count` keeps the load inside the array.
      let word = UInt64(
        littleEndian: unsafe bytes.span.bytes.unsafeLoadUnaligned(
          fromByteOffset: offset, as: UInt64.self))
      bits |= word &<< UInt64(count)
      let taken = (63 &- count) &>> 3
      offset &+= taken
      count &+= taken &* 8
    } else {
      refillSlowly()
    }
  }

  private mutating func refillSlowly() {
    // Bits beyond the count may be left from a load of eight bytes.
    bits &= count < 64 ? (1 << UInt64(count)) - 1 : .max
    while count <= 56, offset < end {
      bits |= UInt64(bytes[offset]) << UInt64(count)
      offset += 1
      count += 8
    }
  }

  /// Drops bits that are loaded.
  @inline(__always) mutating func drop(_ number: Int) throws(ArchiveError) {
    guard number <= count else { throw .cutOff("data") }
    bits &>>= UInt64(number)
    count &-= number
  }

  /// The next bits as a number; at most 32 of them.
  mutating func take(_ number: Int) throws(ArchiveError) -> Int {
    refill()
    let value = Int(bits & ((1 << UInt64(number)) - 1))
    try drop(number)
    return value
  }

  /// Gives back whole bytes that are loaded, and drops the rest of a started one.
  mutating func alignToByte() {
    offset -= count / 8
    bits = 0
    count = 0
  }

  /// Passes bytes; the source must be aligned.
  mutating func skip(_ number: Int) { offset += number }
}
