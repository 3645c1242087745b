/// A walk over the keys of a block, each checked to be greater than the one before.
struct TermKeyWalker {
  private(set) var nibbles: NibbleReader
  private let isNumeric: Bool
  private let pairs: KeyLengthPairs
  /// The length of the key that `next` decoded last, and how much of it was in the one before.
  private(set) var length = 0
  private(set) var prefix = 0

  init(_ block: TermBlock, _ pairs: KeyLengthPairs) {
    nibbles = NibbleReader(block, block.keyBytes)
    isNumeric = block.isNumeric
    self.pairs = pairs
  }

  /// Decodes the next key over the last one in `key`, which has room for `keyRoom` bytes.
  ///
  /// Safety: `prefix + suffix` is checked to leave eight bytes of the room. The fast path stores
  /// eight bytes at `prefix`, the other one `suffix` bytes.
  mutating func next(_ key: UnsafeMutableBufferPointer<UInt8>) throws(TermBlockFault) {
    let (shared, suffix) = try lengths()
    guard shared <= length else { throw .prefix }
    guard suffix <= nibbles.left, shared &+ suffix <= key.count &- 8,
      let target = unsafe key.baseAddress?.advanced(by: shared)
    else { throw .key }
    let before: UInt8? = shared < length ? unsafe target.pointee : nil
    if let bytes = shortSuffix(suffix) {
      unsafe UnsafeMutableRawPointer(target).storeBytes(of: bytes.littleEndian, as: UInt64.self)
    } else {
      for place in 0..<suffix { unsafe target[place] = try symbol() }
    }
    if let before, unsafe target.pointee <= before { throw .order }
    prefix = shared
    length = shared &+ suffix
  }

  /// Compares the block's first key with `target`: negative when it is less. Call it on a new
  /// walker; the walk is over after it.
  mutating func compareFirst(with target: [UInt8]) throws(TermBlockFault) -> Int {
    let (shared, length) = try lengths()
    guard shared == 0 else { throw .prefix }
    guard length <= nibbles.left else { throw .key }
    var place = 0
    while place < length, place < target.count {
      let byte = try symbol()
      if byte != target[place] { return byte < target[place] ? -1 : 1 }
      place &+= 1
    }
    return length - target.count
  }

  /// How much of the last key the next one begins with, and how long its rest is.
  @inline(__always)
  private mutating func lengths() throws(TermBlockFault) -> (prefix: Int, suffix: Int) {
    if isNumeric {
      guard let number = nibbles.nibble() else { throw .key }
      if number < KeyLengthPairs.count { return pairs[number] }
    }
    let prefix = try nibbles.length()
    return (prefix, try nibbles.length() &+ 1)
  }

  /// A suffix of up to seven bytes or eight digits, the first in the lowest byte; nil when it is
  /// longer or is not plain.
  @inline(__always)
  private mutating func shortSuffix(_ suffix: Int) -> UInt64? {
    var bits = nibbles.word
    if !isNumeric {
      return suffix <= 7 && nibbles.skip(2 &* suffix) ? bits : nil
    }
    guard suffix <= 8 else { return nil }
    bits &= 1 &<< UInt64(truncatingIfNeeded: 4 &* suffix) &- 1
    bits = (bits | bits &<< 16) & 0x0000_FFFF_0000_FFFF
    bits = (bits | bits &<< 8) & 0x00FF_00FF_00FF_00FF
    bits = (bits | bits &<< 4) & 0x0F0F_0F0F_0F0F_0F0F
    // Adding 6 carries into bit 4 where a nibble is more than 9: a point or an escape.
    guard (bits &+ 0x0606_0606_0606_0606) & 0x1010_1010_1010_1010 == 0, nibbles.skip(suffix) else {
      return nil
    }
    return bits | 0x3030_3030_3030_3030
  }

  @inline(__always)
  private mutating func symbol() throws(TermBlockFault) -> UInt8 {
    if isNumeric {
      guard let nibble = nibbles.nibble() else { throw .key }
      if nibble < 10 { return UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: nibble) }
      if nibble == Int(TermDictionaryLayout.point) { return UInt8(ascii: ".") }
      guard nibble == Int(TermDictionaryLayout.escape) else { throw .key }
    }
    guard let byte = nibbles.byte() else { throw .key }
    return byte
  }
}
