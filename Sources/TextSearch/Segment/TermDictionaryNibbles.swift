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
  func encode(_ range: Range<Int>) -> (bytes: [UInt8], isNumeric: Bool) {
    let plain = stream(range, isNumeric: false)
    let numeric = stream(range, isNumeric: true)
    return numeric.count < plain.count ? (numeric.bytes, true) : (plain.bytes, false)
  }

  private func stream(_ range: Range<Int>, isNumeric: Bool) -> NibbleWriter {
    var stream = NibbleWriter()
    var last: ArraySlice<UInt8> = []
    for index in range {
      let key = self[index]
      var prefix = 0
      while prefix < last.count, prefix < key.count,
        last[last.startIndex + prefix] == key[key.startIndex + prefix]
      {
        prefix += 1
      }
      stream.length(prefix)
      stream.length(key.count - prefix - 1)
      for byte in key.dropFirst(prefix) { Self.put(byte, in: &stream, isNumeric: isNumeric) }
      last = key
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
