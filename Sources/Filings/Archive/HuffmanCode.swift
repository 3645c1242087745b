/// A canonical Huffman code of RFC 1951, 3.2.2, ready for decoding.
///
/// Codes of up to ten bits are looked up at once; longer ones, which are rare, go by the number of
/// codes of each length.
struct HuffmanCode {
  static let fastBits = 10
  static let longestCode = 15

  /// By the next ten bits: symbol << 4 | length; 0 where the code is longer or there is none.
  private(set) var fast: [UInt16]
  /// How many codes there are of each length.
  private(set) var counts: [UInt16]
  /// In the order of their codes.
  private(set) var symbols: [UInt16]

  /// - Parameter lengths: Of each symbol's code, at most 15; 0 is no code. At most 288 symbols.
  /// - Throws: Where there are more codes of some length than bits can tell apart.
  init(lengths: some Collection<UInt8>) throws(ArchiveError) {
    counts = [UInt16](repeating: 0, count: Self.longestCode + 1)
    for length in lengths where length > 0 { counts[Int(length)] += 1 }
    var left = 1
    var firstCodes = [Int](repeating: 0, count: Self.longestCode + 2)
    var offsets = [Int](repeating: 0, count: Self.longestCode + 2)
    for length in 1...Self.longestCode {
      left = left * 2 - Int(counts[length])
      if left < 0 { throw ArchiveError(reason: "damaged data: no code has such lengths") }
      firstCodes[length + 1] = (firstCodes[length] + Int(counts[length])) * 2
      offsets[length + 1] = offsets[length] + Int(counts[length])
    }
    symbols = [UInt16](repeating: 0, count: offsets[Self.longestCode + 1])
    fast = [UInt16](repeating: 0, count: 1 << Self.fastBits)
    var codes = firstCodes
    for (symbol, length) in lengths.enumerated() where length > 0 {
      let length = Int(length)
      symbols[offsets[length]] = UInt16(symbol)
      offsets[length] += 1
      if length <= Self.fastBits { fill(codes[length], length, UInt16(symbol)) }
      codes[length] += 1
    }
  }

  /// Enters a code under all that may follow it; the first bit of a code is the lowest.
  private mutating func fill(_ code: Int, _ length: Int, _ symbol: UInt16) {
    var index = 0
    for bit in 0..<length where code >> bit & 1 == 1 { index |= 1 << (length - 1 - bit) }
    while index < fast.count {
      fast[index] = symbol << 4 | UInt16(length)
      index += 1 << length
    }
  }

  /// The symbol whose code comes next in `bits`, and its length; nil where there is none.
  func slow(_ bits: UInt64) -> (symbol: Int, length: Int)? {
    var code = 0
    var first = 0
    var index = 0
    for length in 1...Self.longestCode {
      code |= Int(bits >> UInt64(length - 1) & 1)
      let count = Int(counts[length])
      if code - first < count { return (Int(symbols[index + code - first]), length) }
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    return nil
  }
}
