/// One-byte forms of lengths and weights.
enum Quantizer {
  /// The lengths that the 256 norms stand for, rising: exact to 31, then five significant bits.
  ///
  /// Norm n < 16 is n; otherwise (16 + n mod 16) · 2^(n / 16 − 1).
  static let lengths: [Float] = (0..<256).map { (norm: Int) -> Float in
    if norm < 16 { return Float(norm) }
    return Float((16 + norm % 16) << (norm / 16 - 1))
  }

  /// The largest norm whose length is not above `length`.
  static func norm(of length: Float) -> UInt8 {
    guard length >= 1 else { return 0 }
    guard length < lengths[255] else { return 255 }
    let whole = Int(length)
    if whole < 16 { return UInt8(whole) }
    let shift = Int.bitWidth - whole.leadingZeroBitCount - 5
    return UInt8((shift + 1) * 16 + (whole >> shift) - 16)
  }

  /// The weighted frequencies that the 256 weight codes stand for, rising: four significant bits.
  ///
  /// Code n is (8 + n mod 8) · 2^(n / 8 − 6); the last one stands for everything above the others.
  static let weights: [Float] = (0..<256).map { (code: Int) -> Float in
    if code == 255 { return .infinity }
    return Float(sign: .plus, exponent: code / 8 - 6, significand: Float(8 + code % 8))
  }

  /// The smallest weight code that is not below `weight`.
  static func weightCode(notBelow weight: Float) -> UInt8 {
    var low = 0
    var high = 255
    while low < high {
      let middle = (low + high) / 2
      if weights[middle] >= weight { high = middle } else { low = middle + 1 }
    }
    return UInt8(low)
  }
}
