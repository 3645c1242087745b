/// Half bytes that grow at the end: the low half of a byte comes before its high half.
///
/// A number is groups of three bits, low groups first; the fourth bit of a nibble says that another
/// group follows. A length is a nibble 0…14, or 15 and then the number of what is above 15.
struct NibbleWriter: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var count = 0

  mutating func nibble(_ value: UInt8) {
    if count & 1 == 0 {
      bytes.append(value & 15)
    } else {
      bytes[bytes.count - 1] |= value &<< 4
    }
    count += 1
  }

  mutating func byte(_ value: UInt8) {
    nibble(value & 15)
    nibble(value &>> 4)
  }

  mutating func number(_ value: Int) {
    precondition(value >= 0 && value < 1 << TermDictionaryLayout.numberBits)
    var rest = value
    while rest >= 8 {
      nibble(UInt8(rest & 7) | 8)
      rest = rest &>> 3
    }
    nibble(UInt8(rest))
  }

  mutating func length(_ value: Int) {
    if value < 15 {
      nibble(UInt8(value))
    } else {
      nibble(15)
      number(value - 15)
    }
  }
}

/// The most frequent pairs of prefix length and suffix length in numeric blocks, a nibble each.
///
/// Measured on pages of annual reports: 15 pairs serve 97 of 100 numbers.
struct KeyLengthPairs: Sendable, Equatable {
  /// A nibble, but for 15, which says that the two lengths follow.
  static let count = 15
  static let byteCount = 2 * count

  /// Prefix in the low byte, suffix − 1 in the high one.
  private var pairs = SIMD16<UInt16>()

  /// The pairs used most often; equal counts are ordered by prefix, then suffix.
  init(_ counts: [Int: Int]) {
    let best = counts.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }.prefix(Self.count)
    for (number, pair) in best.enumerated() {
      pairs[number] = UInt16(pair.key &>> 8) | UInt16(pair.key & 0xFF) &<< 8
    }
  }

  /// Reads the pairs from their bytes: prefix u8, suffix − 1 u8 for each.
  init(_ bytes: [UInt8]) {
    for number in 0..<Self.count {
      pairs[number] = UInt16(bytes[2 * number]) | UInt16(bytes[2 * number + 1]) &<< 8
    }
  }

  func write(to writer: inout ByteWriter) {
    for number in 0..<Self.count { writer.u16(pairs[number]) }
  }

  /// Pair `number`, which must be less than `count`.
  @inline(__always)
  subscript(number: Int) -> (prefix: Int, suffix: Int) {
    let pair = Int(pairs[number])
    return (pair & 0xFF, pair &>> 8 &+ 1)
  }

  /// The number of a pair, or nil when it has none.
  func number(prefix: Int, suffix: Int) -> Int? {
    (0..<Self.count).first { self[$0] == (prefix, suffix) }
  }

  /// What a pair is counted under; nil when its lengths do not fit.
  static func key(prefix: Int, suffix: Int) -> Int? {
    prefix < 256 && suffix <= 256 ? prefix &<< 8 | (suffix - 1) : nil
  }
}

/// Keys in the order of their arrival, one after the other in one array.
struct TermKeyLog: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  var count: Int { ends.count }

  /// Appends a key, which must be greater than the last one.
  mutating func append(_ key: [UInt8]) {
    precondition(!key.isEmpty && key.count <= TermDictionaryLayout.maximumKeyLength)
    if count > 0 {
      precondition(self[count - 1].lexicographicallyPrecedes(key), "keys must rise")
    }
    bytes += key
    ends.append(bytes.count)
  }

  subscript(index: Int) -> ArraySlice<UInt8> {
    bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  /// The keys of a block in the shorter of the two alphabets.
  func encode(_ range: Range<Int>, _ pairs: KeyLengthPairs) -> (bytes: [UInt8], isNumeric: Bool) {
    let plain = stream(range, nil)
    let numeric = stream(range, pairs)
    return numeric.count < plain.count ? (numeric.bytes, true) : (plain.bytes, false)
  }

  /// Counts the pairs of lengths of the keys that are numbers.
  func countPairs(_ counts: inout [Int: Int]) {
    for index in 0..<count where self[index].allSatisfy({ $0 <= UInt8(ascii: "9") }) {
      let prefix = prefix(index, first: index - index % TermDictionaryLayout.blockSize)
      if let pair = KeyLengthPairs.key(prefix: prefix, suffix: self[index].count - prefix) {
        counts[pair, default: 0] += 1
      }
    }
  }

  /// How much key `index` has in common with the one before in its block, which begins at `first`.
  private func prefix(_ index: Int, first: Int) -> Int {
    guard index > first else { return 0 }
    return zip(self[index], self[index - 1]).prefix { $0 == $1 }.count
  }

  /// The nibbles of a block, numeric when there are pairs.
  private func stream(_ range: Range<Int>, _ pairs: KeyLengthPairs?) -> NibbleWriter {
    var stream = NibbleWriter()
    for index in range {
      let key = self[index]
      let prefix = prefix(index, first: range.lowerBound)
      if let pair = pairs?.number(prefix: prefix, suffix: key.count - prefix) {
        stream.nibble(UInt8(pair))
      } else {
        if pairs != nil { stream.nibble(15) }
        stream.length(prefix)
        stream.length(key.count - prefix - 1)
      }
      for byte in key.dropFirst(prefix) { Self.put(byte, in: &stream, isNumeric: pairs != nil) }
    }
    return stream
  }

  private static func put(_ byte: UInt8, in stream: inout NibbleWriter, isNumeric: Bool) {
    let symbol = isNumeric ? TermDictionaryLayout.symbol(of: byte) : nil
    if let symbol {
      stream.nibble(symbol)
    } else {
      if isNumeric { stream.nibble(TermDictionaryLayout.escape) }
      stream.byte(byte)
    }
  }
}
