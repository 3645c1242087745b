/// A 64-bit hash that tells whether bytes have changed; not for keeping out malice.
///
/// Sixteen bytes at a time are folded by one 128-bit multiplication (the mixing step of wyhash by
/// Wang Yi, with other constants and padding), in four lanes, as one would wait for each product.
/// - Complexity: O(n), many bytes a nanosecond.
enum Fingerprint {
  static func of(_ bytes: [UInt8]) -> UInt64 {
    let start = mix(UInt64(bytes.count) ^ 0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93)
    var (a, b, c, d) = (start, ~start, start &+ 1, ~start &- 1)
    let span = unsafe bytes.span.bytes
    var offset = 0
    while offset &+ 64 <= span.byteCount {
      a = fold(span, offset, into: a)
      b = fold(span, offset &+ 16, into: b)
      c = fold(span, offset &+ 32, into: c)
      d = fold(span, offset &+ 48, into: d)
      offset &+= 64
    }
    var hash = mix(a ^ mix(b, 0x2D35_8DCC_AA6C_78A5), mix(c, 0x8BB8_4B93_962E_ACC9) ^ d)
    while offset &+ 16 <= span.byteCount {
      hash = fold(span, offset, into: hash)
      offset &+= 16
    }
    while offset < bytes.count {
      hash = mix(hash ^ UInt64(bytes[offset]), 0xE703_7ED1_A0B4_28DB)
      offset &+= 1
    }
    return mix(hash, 0x8EBC_6AF0_9C88_C6E3)
  }

  /// Folds the sixteen bytes at `offset` in; `offset + 16 <= byteCount`, so both loads are inside.
  @inline(__always)
  private static func fold(
    _ span: borrowing RawSpan, _ offset: Int, into hash: UInt64
  ) -> UInt64 {
    let low = unsafe span.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
    let high = unsafe span.unsafeLoadUnaligned(fromByteOffset: offset &+ 8, as: UInt64.self)
    return mix(
      UInt64(littleEndian: low) ^ hash, UInt64(littleEndian: high) ^ 0xA076_1D64_78BD_642F)
  }

  private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low ^ a
  }
}
