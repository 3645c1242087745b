/// Bytes read as Unicode scalars with their classes; anything that is not UTF-8 is `.other`.
///
/// Safety: `bytes` outlives the value. Every access is at an index that was compared with `count`
/// in this file, except `subscript`, whose callers have done so.
@safe struct UTF8Text {
  private let bytes: UnsafeRawBufferPointer
  let count: Int
  private let tables = UnicodeLookup()

  /// A scalar, its class and its length in bytes (1 for a byte that is not UTF-8).
  struct Scalar {
    var value: UInt32
    var kind: ScalarClass
    var count: Int
  }

  init(_ bytes: UnsafeRawBufferPointer) {
    unsafe self.bytes = bytes
    count = bytes.count
  }

  /// The byte at `offset`, which must be less than `count`.
  @inline(__always)
  subscript(offset: Int) -> UInt8 { unsafe bytes[offset] }

  /// The scalar that begins at `offset`; past the end an `.other` of length 0.
  @inline(__always)
  func scalar(at offset: Int) -> Scalar {
    guard offset < count else { return Scalar(value: 0, kind: .other, count: 0) }
    let first = unsafe bytes[offset]
    if first < 0x80 {
      return Scalar(value: UInt32(first), kind: tables.asciiClass(first), count: 1)
    }
    return long(first, at: offset)
  }

  /// The scalar that ends at `end`; `.other` at the beginning of the text.
  func scalar(before end: Int) -> Scalar {
    var start = end - 1
    while start > 0, end - start < 4, unsafe bytes[start] & 0xC0 == 0x80 { start -= 1 }
    guard start >= 0 else { return Scalar(value: 0, kind: .other, count: 0) }
    let scalar = scalar(at: start)
    guard start + scalar.count == end else { return Scalar(value: 0, kind: .other, count: 1) }
    return scalar
  }

  /// Decodes two to four bytes by the table of well-formed sequences (Unicode, table 3-7).
  private func long(_ first: UInt8, at offset: Int) -> Scalar {
    let invalid = Scalar(value: 0xFFFD, kind: .other, count: 1)
    let length: Int
    var value: UInt32
    switch first {
    case 0xC2...0xDF: (length, value) = (2, UInt32(first & 0x1F))
    case 0xE0...0xEF: (length, value) = (3, UInt32(first & 0x0F))
    case 0xF0...0xF4: (length, value) = (4, UInt32(first & 0x07))
    default: return invalid
    }
    guard length <= count - offset else { return invalid }
    for place in 1..<length {
      let byte = unsafe bytes[offset + place]
      guard byte & 0xC0 == 0x80 else { return invalid }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard value >= least, value <= 0x10FFFF, value &- 0xD800 >= 0x800 else { return invalid }
    return Scalar(value: value, kind: tables.scalarClass(value), count: length)
  }
}
