/// CRC-32C (Castagnoli polynomial, reflected, initial value and final xor all ones; RFC 3720).
enum Checksum {
  static func crc32c(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    var crc: UInt64 = 0xFFFF_FFFF
    var offset = 0
    while offset + 8 <= bytes.count {
      let word = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      crc = Vector.crc32c(crc, UInt64(littleEndian: word))
      offset += 8
    }
    var tail = UInt32(truncatingIfNeeded: crc)
    while offset < bytes.count {
      tail = table[Int((tail ^ UInt32(unsafe bytes[offset])) & 0xFF)] ^ (tail &>> 8)
      offset += 1
    }
    return ~tail
  }

  static func crc32c(_ bytes: [UInt8]) -> UInt32 {
    unsafe bytes.withUnsafeBytes { unsafe crc32c($0) }
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { crc, _ in (crc &>> 1) ^ (crc & 1 == 1 ? 0x82F6_3B78 : 0) }
  }
}
