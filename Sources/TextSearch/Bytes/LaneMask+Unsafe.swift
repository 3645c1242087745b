#if arch(x86_64)
  import Builtin
#endif

/// Masks of vectors as bits.
///
/// Public only so that `Filings` scans text with it.
public enum LaneMask {
  /// The bit mask of the lanes that are true; bit 0 is the first.
  @inlinable @inline(__always)
  public static func bits(_ lanes: SIMDMask<SIMD32<Int8>>) -> UInt32 {
    #if arch(x86_64)
      // A mask is kept as -1 in the lanes that are true and 0 in the others.
      let signs = unsafe unsafeBitCast(lanes, to: SIMD32<Int8>.self)
      return UInt32(
        Builtin.bitcast_Vec32xInt1_Int32(
          Builtin.cmp_slt_Vec32xInt8(
            signs._storage._value, SIMD32<Int8>(repeating: 0)._storage._value)))
    #else
      return plainBits(lanes)
    #endif
  }

  /// What `bits` means, a lane at a time.
  @inlinable
  public static func plainBits(_ lanes: SIMDMask<SIMD32<Int8>>) -> UInt32 {
    var mask: UInt32 = 0
    for place in 0..<32 where lanes[place] { mask |= 1 &<< UInt32(place) }
    return mask
  }
}
