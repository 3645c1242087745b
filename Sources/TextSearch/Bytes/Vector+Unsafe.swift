#if arch(x86_64)
  import Builtin
#endif

/// Machine instructions that the standard library has no name for, each with a plain twin.
///
/// The Builtin module is undocumented and tied to the compiler; only this file and `LaneMask` use it.
/// Tests compare every operation with its twin in `PlainVector`.
enum Vector {
  /// Continues a CRC-32C (Castagnoli) over eight bytes.
  @inline(__always)
  static func crc32c(_ crc: UInt64, _ word: UInt64) -> UInt64 {
    #if arch(x86_64)
      UInt64(
        Builtin.int_x86_sse42_crc32_64_64(crc._value, word._value))
    #else
      PlainVector.crc32c(crc, word)
    #endif
  }

  /// The bit mask of the bytes among the 32 at `pointer` that equal `byte`; bit 0 is the first.
  @inline(__always)
  static func equalMask(_ pointer: UnsafeRawPointer, _ byte: UInt8) -> UInt32 {
    #if arch(x86_64)
      let bytes = unsafe pointer.loadUnaligned(as: SIMD32<UInt8>.self)
      let wanted = SIMD32<UInt8>(repeating: byte)
      return UInt32(
        Builtin.bitcast_Vec32xInt1_Int32(
          Builtin.cmp_eq_Vec32xInt8(bytes._storage._value, wanted._storage._value)))
    #else
      return unsafe PlainVector.equalMask(pointer, byte)
    #endif
  }

  /// The bit mask of the bytes among the 32 at `pointer` that are less than `limit`.
  @inline(__always)
  static func lessMask(_ pointer: UnsafeRawPointer, _ limit: UInt8) -> UInt32 {
    #if arch(x86_64)
      let bytes = unsafe pointer.loadUnaligned(as: SIMD32<UInt8>.self)
      let wanted = SIMD32<UInt8>(repeating: limit)
      return UInt32(
        Builtin.bitcast_Vec32xInt1_Int32(
          Builtin.cmp_ult_Vec32xInt8(bytes._storage._value, wanted._storage._value)))
    #else
      return unsafe PlainVector.lessMask(pointer, limit)
    #endif
  }

  /// Which of the 32 bytes at `pointer` are what in UTF-8 text.
  @inline(__always)
  static func textMasks(_ pointer: UnsafeRawPointer) -> TextMasks {
    #if arch(x86_64)
      let bytes = unsafe pointer.loadUnaligned(as: SIMD32<UInt8>.self)
      let raw = bytes._storage._value
      let lowered = Builtin.or_Vec32xInt8(raw, SIMD32<UInt8>(repeating: 0x20)._storage._value)
      let letters = Builtin.cmp_ult_Vec32xInt8(
        Builtin.sub_Vec32xInt8(lowered, SIMD32<UInt8>(repeating: 0x61)._storage._value),
        SIMD32<UInt8>(repeating: 26)._storage._value)
      let digits = Builtin.cmp_ult_Vec32xInt8(
        Builtin.sub_Vec32xInt8(raw, SIMD32<UInt8>(repeating: 0x30)._storage._value),
        SIMD32<UInt8>(repeating: 10)._storage._value)
      // "," and "." differ in one bit.
      let stops = Builtin.cmp_eq_Vec32xInt8(
        Builtin.or_Vec32xInt8(raw, SIMD32<UInt8>(repeating: 0x02)._storage._value),
        SIMD32<UInt8>(repeating: 0x2E)._storage._value)
      let quotes = Builtin.or_Vec32xInt1(
        Builtin.cmp_eq_Vec32xInt8(raw, SIMD32<UInt8>(repeating: 0x27)._storage._value),
        Builtin.cmp_eq_Vec32xInt8(raw, SIMD32<UInt8>(repeating: 0x60)._storage._value))
      let high = Builtin.cmp_slt_Vec32xInt8(raw, SIMD32<UInt8>(repeating: 0)._storage._value)
      return TextMasks(
        words: UInt32(
          Builtin.bitcast_Vec32xInt1_Int32(Builtin.or_Vec32xInt1(letters, digits))),
        high: UInt32(Builtin.bitcast_Vec32xInt1_Int32(high)),
        stops: UInt32(
          Builtin.bitcast_Vec32xInt1_Int32(Builtin.or_Vec32xInt1(stops, quotes))))
    #else
      return unsafe PlainVector.textMasks(pointer)
    #endif
  }

  /// Asks the memory system for the cache line at `pointer`; never faults.
  @inline(__always)
  static func prefetch(_ pointer: UnsafeRawPointer) {
    #if arch(x86_64)
      Builtin.int_prefetch_RawPointer(
        pointer._rawValue, (0 as Int32)._value, (3 as Int32)._value, (1 as Int32)._value)
    #endif
  }
}

/// What each operation of `Vector` means, one byte at a time.
enum PlainVector {
  static func crc32c(_ crc: UInt64, _ word: UInt64) -> UInt64 {
    var crc = UInt32(truncatingIfNeeded: crc)
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      crc ^= UInt32(truncatingIfNeeded: word &>> shift) & 0xFF
      for _ in 0..<8 {
        crc = (crc &>> 1) ^ (crc & 1 == 1 ? 0x82F6_3B78 : 0)
      }
    }
    return UInt64(crc)
  }

  static func equalMask(_ pointer: UnsafeRawPointer, _ byte: UInt8) -> UInt32 {
    var mask: UInt32 = 0
    for place in 0..<32 where unsafe pointer.load(fromByteOffset: place, as: UInt8.self) == byte {
      mask |= 1 &<< UInt32(place)
    }
    return mask
  }

  static func lessMask(_ pointer: UnsafeRawPointer, _ limit: UInt8) -> UInt32 {
    var mask: UInt32 = 0
    for place in 0..<32 where unsafe pointer.load(fromByteOffset: place, as: UInt8.self) < limit {
      mask |= 1 &<< UInt32(place)
    }
    return mask
  }

  static func textMasks(_ pointer: UnsafeRawPointer) -> TextMasks {
    var masks = TextMasks(words: 0, high: 0, stops: 0)
    for place in 0..<32 {
      let byte = unsafe pointer.load(fromByteOffset: place, as: UInt8.self)
      masks.insert(byte, at: UInt32(place))
    }
    return masks
  }
}

/// Bit masks of text bytes; bit 0 is the first.
struct TextMasks: Equatable {
  /// ASCII letters and digits.
  var words: UInt32
  /// Bytes that are not ASCII.
  var high: UInt32
  /// The ASCII characters among stop, comma, apostrophe and grave accent.
  var stops: UInt32

  mutating func insert(_ byte: UInt8, at place: UInt32) {
    let isLetter = (byte | 0x20) &- 0x61 < 26
    if isLetter || byte &- 0x30 < 10 { words |= 1 &<< place }
    if byte > 0x7F { high |= 1 &<< place }
    if byte == 0x2C || byte == 0x2E || byte == 0x27 || byte == 0x60 { stops |= 1 &<< place }
  }
}
