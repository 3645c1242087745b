/// CRC-32 of gzip and ZIP (reflected polynomial 0xEDB88320; RFC 1952), eight bytes at a time.
struct CRC32 {
  private var state: UInt32 = 0xFFFF_FFFF

  var value: UInt32 { ~state }

  static func of(_ bytes: [UInt8]) -> UInt32 {
    var crc = CRC32()
    crc.add(bytes, 0..<bytes.count)
    return crc.value
  }

  /// Goes on with the bytes in the range.
  mutating func add(_ bytes: [UInt8], _ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    let span = bytes.span
    let raw = unsafe span.bytes
    let tables = Self.tables.span
    var crc = state
    var offset = range.lowerBound
    // `offset + 8 <= upperBound <= count` keeps the load inside the array.
    while offset &+ 8 <= range.upperBound {
      let word = UInt64(
        littleEndian: unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
      let mixed = word ^ UInt64(crc)
      crc = 0
      for byte in 0..<8 {
        let index = (7 &- byte) &* 256 &+ Int(mixed &>> UInt64(byte &* 8) & 0xFF)
        // Less than 8 tables of 256 entries.
        crc ^= unsafe tables[unchecked: index]
      }
      offset &+= 8
    }
    while offset < range.upperBound {
      crc = Self.tables[Int((crc ^ UInt32(bytes[offset])) & 0xFF)] ^ crc &>> 8
      offset &+= 1
    }
    state = crc
  }

  /// Table k has the effect of a byte with k bytes after it.
  private static let tables: [UInt32] = {
    var tables: [UInt32] = []
    for byte: UInt32 in 0..<256 {
      var crc = byte
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc &>> 1 ^ 0xEDB8_8320 : crc &>> 1 }
      tables.append(crc)
    }
    for index in 256..<8 * 256 {
      let before = tables[index - 256]
      tables.append(tables[Int(before & 0xFF)] ^ before &>> 8)
    }
    return tables
  }()
}
