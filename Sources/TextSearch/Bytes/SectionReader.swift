/// A checked walk over bytes of one section.
///
/// Reading past the end, or a varint of more than ten bytes, throws `IndexError.damaged` with the
/// place; nothing traps.
struct SectionReader {
  private let bytes: RawSpanSource
  private(set) var offset: Int
  let end: Int

  /// - Parameter range: The part of `section` to read; it is checked against the section's length.
  init(_ section: Section, _ range: Range<Int>) throws(IndexError) {
    bytes = try RawSpanSource(section, range)
    offset = range.lowerBound
    end = range.upperBound
  }

  var isAtEnd: Bool { offset >= end }

  private func need(_ count: Int) throws(IndexError) {
    guard count >= 0, count <= end - offset else {
      throw bytes.section.damaged(at: offset, "\(count) more bytes expected, \(end - offset) left")
    }
  }

  mutating func u8() throws(IndexError) -> UInt8 {
    try need(1)
    defer { offset += 1 }
    return bytes[offset]
  }

  mutating func u16() throws(IndexError) -> UInt16 { try fixed() }
  mutating func u32() throws(IndexError) -> UInt32 { try fixed() }
  mutating func u64() throws(IndexError) -> UInt64 { try fixed() }

  private mutating func fixed<Number: FixedWidthInteger>() throws(IndexError) -> Number {
    let count = Number.bitWidth / 8
    try need(count)
    var value: Number = 0
    for place in 0..<count {
      value |= Number(truncatingIfNeeded: bytes[offset + place]) &<< Number(8 * place)
    }
    offset += count
    return value
  }

  mutating func varint() throws(IndexError) -> UInt64 {
    let start = offset
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try u8()
      value |= UInt64(byte & 0x7F) &<< shift
      if byte < 0x80 { return value }
      shift += 7
      guard shift < 64 else { throw bytes.section.damaged(at: start, "a varint without an end") }
    }
  }

  /// A varint that must be less than or equal to `limit`.
  mutating func varint(upTo limit: Int) throws(IndexError) -> Int {
    let start = offset
    let value = try varint()
    guard value <= UInt64(limit) else {
      throw bytes.section.damaged(at: start, "\(value) where at most \(limit) is possible")
    }
    return Int(value)
  }

  mutating func raw(_ count: Int) throws(IndexError) -> [UInt8] {
    try need(count)
    defer { offset += count }
    return bytes.copy(offset..<(offset + count))
  }

  /// What `ByteWriter.string` wrote.
  mutating func string() throws(IndexError) -> [UInt8] {
    try raw(try varint(upTo: end - offset))
  }

  mutating func skip(_ count: Int) throws(IndexError) {
    try need(count)
    offset += count
  }
}
