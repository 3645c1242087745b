/// Bytes that grow at the end, with the number encodings of the format.
///
/// All fixed-width numbers are little-endian. A varint holds seven bits a byte, low bits first; the
/// last byte has its high bit clear.
public struct ByteWriter: Sendable {
  public private(set) var bytes: [UInt8] = []

  public init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  public var count: Int { bytes.count }

  public mutating func u8(_ value: UInt8) { bytes.append(value) }

  public mutating func u16(_ value: UInt16) { fixed(value.littleEndian) }
  public mutating func u32(_ value: UInt32) { fixed(value.littleEndian) }
  public mutating func u64(_ value: UInt64) { fixed(value.littleEndian) }

  private mutating func fixed<Number: FixedWidthInteger>(_ value: Number) {
    var rest = value
    for _ in 0..<(Number.bitWidth / 8) {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest = rest &>> 8
    }
  }

  public mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest = rest &>> 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  public mutating func varint(_ value: Int) { varint(UInt64(value)) }

  public mutating func raw(_ content: some Sequence<UInt8>) { bytes.append(contentsOf: content) }

  /// A varint of the length, then the bytes.
  public mutating func string(_ content: [UInt8]) {
    varint(content.count)
    raw(content)
  }

  public mutating func string(_ content: String) {
    varint(content.utf8.count)
    raw(content.utf8)
  }
}
