/// What is wrong inside a block; the reader adds the place.
enum TermBlockFault: String, Error {
  case header = "a block whose parts do not fit in it"
  case key = "a key that leaves its block or its alphabet"
  case prefix = "a key with more in common with the one before than that has"
  case order = "keys that do not rise"
  case number = "a number that leaves its block or is too large"
  case shape = "a shape that the dictionary does not have, or not for this kind of key"
  case list = "a list that leaves its section"
  case bytes = "inline bytes that leave their block"
  case spelling = "a spelling without bytes, or too many spellings"
  case member = "a member that is no term, or members that do not rise"
}

/// One block of the dictionary, cut into its parts.
///
/// Safety: `base` points to `count` bytes that `Section.bytes` has checked to lie in the mapping,
/// which is followed by 64 readable bytes; the owner of the block keeps the section. The initializer
/// checks that the parts lie inside those bytes, in order, and every walker below checks each step
/// against the end of the part it walks, so no load leaves the block by more than eight bytes.
@safe struct TermBlock {
  /// How many keys the block has.
  let keys: Int
  fileprivate let base: UnsafeRawPointer
  let count: Int
  let isNumeric: Bool
  let keyBytes: Range<Int>
  let numberBytes: Range<Int>
  fileprivate let shapes: Int
  let bytes: Int

  /// - Parameter hasEntries: Whether shapes and bytes follow the numbers (not in stem blocks).
  init(_ content: UnsafeRawBufferPointer, keys: Int, hasEntries: Bool) throws(TermBlockFault) {
    guard let start = content.baseAddress else { throw .header }
    unsafe base = start
    count = content.count
    self.keys = keys
    var place = 0
    let tagged = try unsafe Self.varint(content, &place)
    isNumeric = tagged & 1 == 1
    guard tagged / 2 <= count - place else { throw .header }
    keyBytes = place..<(place + tagged / 2)
    place = keyBytes.upperBound
    let size = try unsafe Self.varint(content, &place)
    guard size <= count - place else { throw .header }
    numberBytes = place..<(place + size)
    shapes = numberBytes.upperBound
    bytes = shapes + (hasEntries ? keys : 0)
    guard bytes <= count, hasEntries || bytes == count else { throw .header }
  }

  /// No key of the block is longer: every byte of a key takes a nibble or more.
  var longestKey: Int { min(2 * keyBytes.count, TermDictionaryLayout.maximumKeyLength) }

  /// The room that a key walker needs: it stores eight bytes at a time.
  var keyRoom: Int { longestKey + 8 }

  private static func varint(
    _ content: UnsafeRawBufferPointer, _ place: inout Int
  ) throws(TermBlockFault) -> Int {
    var value = 0
    for shift in stride(from: 0, to: 35, by: 7) {
      guard place < content.count else { throw .header }
      let byte = unsafe content[place]
      place += 1
      value |= Int(byte & 0x7F) &<< shift
      if byte < 0x80 { return value }
    }
    throw .header
  }

  /// The shape number of key `index`, which must be less than `keys`, of a block with entries.
  @inline(__always)
  func shape(_ index: Int) -> Int {
    Int(unsafe base.load(fromByteOffset: shapes &+ index, as: UInt8.self))
  }

  /// Copies inline bytes; a walker has checked the range.
  func copy(_ range: Range<Int>) -> [UInt8] {
    unsafe Array(UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count))
  }
}

/// A walk over nibbles of a block.
///
/// Safety: `place` never passes `end`, so a load of eight bytes at `place` stays inside the block or
/// the 64 readable bytes after it.
@safe struct NibbleReader {
  private let base: UnsafeRawPointer
  /// The next nibble, counted from the block's first byte.
  private(set) var place: Int
  let end: Int

  init(_ block: TermBlock, _ bytes: Range<Int>) {
    unsafe base = unsafe block.base
    place = 2 * bytes.lowerBound
    end = 2 * bytes.upperBound
  }

  var left: Int { end &- place }

  /// The next 15 nibbles, the first one lowest; those after `end` mean nothing.
  @inline(__always)
  var word: UInt64 {
    let bytes = unsafe base.loadUnaligned(fromByteOffset: place &>> 1, as: UInt64.self)
    return UInt64(littleEndian: bytes) &>> UInt64(truncatingIfNeeded: (place & 1) &<< 2)
  }

  /// Passes `count` nibbles by; false, and nothing is done, when there are not that many.
  @inline(__always)
  mutating func skip(_ count: Int) -> Bool {
    guard count <= left else { return false }
    place &+= count
    return true
  }

  @inline(__always)
  mutating func nibble() -> Int? {
    let value = Int(truncatingIfNeeded: word & 15)
    return skip(1) ? value : nil
  }

  @inline(__always)
  mutating func byte() -> UInt8? {
    let value = UInt8(truncatingIfNeeded: word)
    return skip(2) ? value : nil
  }

  /// The next number, without a branch on its length: the groups of three bits are moved together
  /// in pairs, then pairs of pairs.
  @inline(__always)
  mutating func number() throws(TermBlockFault) -> Int {
    let word = word
    let count = ((~word & 0x8888_8888_8888_8888).trailingZeroBitCount &>> 2) &+ 1
    guard count <= TermDictionaryLayout.numberBits / 3, skip(count) else { throw .number }
    var bits = word & (1 &<< UInt64(truncatingIfNeeded: 4 &* count) &- 1)
    bits = (bits & 0x0707_0707_0707_0707) | (bits & 0x7070_7070_7070_7070) &>> 1
    bits = (bits & 0x003F_003F_003F_003F) | (bits & 0x3F00_3F00_3F00_3F00) &>> 2
    bits = (bits & 0x0000_0FFF_0000_0FFF) | (bits & 0x0FFF_0000_0FFF_0000) &>> 4
    bits = (bits & 0xFF_FFFF) | (bits &>> 8 & 0xFFFF_FF00_0000)
    return Int(truncatingIfNeeded: bits)
  }

  @inline(__always)
  mutating func length() throws(TermBlockFault) -> Int {
    guard let nibble = nibble() else { throw .key }
    return nibble < 15 ? nibble : 15 &+ (try number())
  }

  /// Whether nothing is left but the unused half of the last byte, which must be 0.
  var isAtEnd: Bool { left == 0 || (left == 1 && word & 15 == 0) }
}

extension TermDictionary {
  /// Block `number` among those of `kind`.
  func block(_ number: Int, of kind: TermKind) throws(IndexError) -> TermBlock {
    let global = layout.firstBlock(of: kind) + number
    let range = try bytes(of: global)
    let left = layout.count(of: kind) - number * TermDictionaryLayout.blockSize
    let content = try unsafe section.bytes(range)
    return try inBlock(global) { () throws(TermBlockFault) in
      try unsafe TermBlock(
        content, keys: min(left, TermDictionaryLayout.blockSize), hasEntries: kind != .stem)
    }
  }
}
