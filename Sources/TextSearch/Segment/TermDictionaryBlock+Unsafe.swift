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
/// against the end of the part it walks, so no load leaves the block by more than one byte.
@safe struct TermBlock {
  /// How many keys the block has.
  let keys: Int
  fileprivate let base: UnsafeRawPointer
  let count: Int
  fileprivate let isNumeric: Bool
  fileprivate let keyBytes: Range<Int>
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
  var longestKey: Int { 2 * keyBytes.count }

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

/// A walk over nibbles of a block; all of it stays below `end`.
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

  @inline(__always)
  mutating func nibble() -> Int? {
    guard place < end else { return nil }
    let byte = unsafe base.load(fromByteOffset: place &>> 1, as: UInt8.self)
    let value = Int(byte &>> UInt8(truncatingIfNeeded: (place & 1) &<< 2)) & 15
    place &+= 1
    return value
  }

  @inline(__always)
  mutating func byte() -> UInt8? {
    guard place &+ 1 < end else { return nil }
    let pair = unsafe base.loadUnaligned(fromByteOffset: place &>> 1, as: UInt16.self)
    let shifted = UInt16(littleEndian: pair) &>> UInt16(truncatingIfNeeded: (place & 1) &<< 2)
    place &+= 2
    return UInt8(truncatingIfNeeded: shifted)
  }

  @inline(__always)
  mutating func number() throws(TermBlockFault) -> Int {
    var value = 0
    var shift = 0
    while shift < TermDictionaryLayout.numberBits {
      guard let nibble = nibble() else { throw .number }
      value |= (nibble & 7) &<< shift
      if nibble < 8 { return value }
      shift &+= 3
    }
    throw .number
  }

  /// `known`, or the next number when it is nil.
  @inline(__always)
  mutating func number(or known: Int?) throws(TermBlockFault) -> Int {
    if let known { return known }
    return try number()
  }

  @inline(__always)
  mutating func length() throws(TermBlockFault) -> Int {
    guard let nibble = nibble() else { throw .key }
    return nibble < 15 ? nibble : 15 &+ (try number())
  }

  /// Whether nothing is left but the unused half of the last byte, which must be 0.
  var isAtEnd: Bool {
    var rest = self
    return left == 0 || (left == 1 && rest.nibble() == 0)
  }
}

/// A walk over the keys of a block, each checked to be greater than the one before.
@safe struct TermKeyWalker {
  private(set) var nibbles: NibbleReader
  private let isNumeric: Bool
  /// The length of the key that `next` decoded last, and how much of it was in the one before.
  private(set) var length = 0
  private(set) var prefix = 0

  init(_ block: TermBlock) {
    nibbles = NibbleReader(block, block.keyBytes)
    isNumeric = block.isNumeric
  }

  /// Decodes the next key over the last one in `key`, which has room for `longestKey` bytes.
  ///
  /// Safety: a key's length is at most the nibbles of all suffixes so far, which is at most
  /// `longestKey`; the suffix loop stops when the nibbles end, so nothing is written past that.
  mutating func next(_ key: UnsafeMutableBufferPointer<UInt8>) throws(TermBlockFault) {
    prefix = try nibbles.length()
    let suffix = try nibbles.length() &+ 1
    guard prefix <= length else { throw .prefix }
    guard suffix <= nibbles.left, prefix &+ suffix <= key.count else { throw .key }
    let first = try symbol()
    if prefix < length, unsafe first <= key[prefix] { throw .order }
    unsafe key[prefix] = first
    length = prefix &+ suffix
    var place = prefix &+ 1
    while place < length {
      unsafe key[place] = try symbol()
      place &+= 1
    }
  }

  /// Compares the block's first key with `target`: negative when it is less. Call it on a new
  /// walker; the walk is over after it.
  mutating func compareFirst(with target: [UInt8]) throws(TermBlockFault) -> Int {
    guard try nibbles.length() == 0 else { throw .prefix }
    let length = try nibbles.length() &+ 1
    guard length <= nibbles.left else { throw .key }
    var place = 0
    while place < length, place < target.count {
      let byte = try symbol()
      if byte != target[place] { return byte < target[place] ? -1 : 1 }
      place &+= 1
    }
    return length - target.count
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
