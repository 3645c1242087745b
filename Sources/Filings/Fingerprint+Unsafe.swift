/// A 64-bit hash that tells whether bytes have changed; not for keeping out malice.
///
/// Sixteen bytes at a time are folded by one 128-bit multiplication (the mixing step of wyhash by
/// Wang Yi, with other constants and padding).
/// - Complexity: O(n), several bytes a nanosecond.
enum Fingerprint {
  static func of(_ bytes: [UInt8]) -> UInt64 {
    var hash = mix(UInt64(bytes.count) ^ 0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93)
    let span = unsafe bytes.span.bytes
    var offset = 0
    // `offset + 16 <= count` keeps both loads inside the array.
    while offset &+ 16 <= span.byteCount {
      let low = unsafe span.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let high = unsafe span.unsafeLoadUnaligned(fromByteOffset: offset &+ 8, as: UInt64.self)
      hash = mix(
        UInt64(littleEndian: low) ^ hash, UInt64(littleEndian: high) ^ 0xA076_1D64_78BD_642F)
      offset &+= 16
    }
    while offset < bytes.count {
      hash = mix(hash ^ UInt64(bytes[offset]), 0xE703_7ED1_A0B4_28DB)
      offset &+= 1
    }
    return mix(hash, 0x8EBC_6AF0_9C88_C6E3)
  }

  private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low ^ a
  }
}
