import TextSearch

/// The bytes of an HTML document while it is read; past their end stands 0.
///
/// Safety: the memory is that of an array inside `withBytes`, which outlives the view, as the view
/// does not leave the closure it is handed to; every load is at a place compared with `count`.
@safe struct HTMLBytes {
  private let base: UnsafeRawPointer
  let count: Int

  /// Hands a view of the text's bytes to `body`, which must not let it out.
  static func withBytes<Result>(
    _ text: SourceText, _ body: (HTMLBytes) -> Result
  ) -> Result {
    // The slice checks that the range is inside the array.
    unsafe text.content.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else {
        return unsafe withUnsafeBytes(of: UInt8(0)) { none in
          // A buffer of one byte has a base.
          body(unsafe HTMLBytes(base: none.baseAddress!, count: 0))
        }
      }
      return body(unsafe HTMLBytes(base: base, count: buffer.count))
    }
  }

  private init(base: UnsafeRawPointer, count: Int) {
    unsafe self.base = base
    self.count = count
  }

  /// The byte at `place`, which is not negative.
  @inline(__always)
  subscript(_ place: Int) -> UInt8 {
    assert(place >= 0)
    return place < count ? unsafe base.load(fromByteOffset: place, as: UInt8.self) : 0
  }

  /// The eight bytes from `place` on, the first one lowest.
  @inline(__always)
  func word(_ place: Int) -> UInt64 {
    assert(place >= 0)
    if place &+ 8 <= count {
      return UInt64(
        littleEndian: unsafe base.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
    var word: UInt64 = 0
    for offset in 0..<max(0, count &- place) {
      word |= UInt64(self[place &+ offset]) &<< UInt64(8 &* offset)
    }
    return word
  }

  /// The place of the next `byte` at or after `place`, else `count`.
  @inline(__always)
  func find(_ byte: UInt8, _ place: Int) -> Int { find(byte, place, before: count) }

  /// The eight bytes at `place`, which are all in the document, the first one lowest.
  @inline(__always)
  func word(inside place: Int) -> UInt64 {
    precondition(place >= 0 && place &+ 8 <= count)
    return UInt64(
      littleEndian: unsafe base.loadUnaligned(fromByteOffset: place, as: UInt64.self))
  }

  /// The thirty-two bytes at `place`, which are all in the document.
  @inline(__always)
  func block(inside place: Int) -> SIMD32<UInt8> {
    precondition(place >= 0 && place &+ 32 <= count)
    return unsafe base.loadUnaligned(fromByteOffset: place, as: SIMD32<UInt8>.self)
  }

  /// The place of the next `byte` from `place` on and before `end`, else `end`.
  ///
  /// - Complexity: O(distance), 32 bytes at a time.
  @inline(__always)
  func find(_ byte: UInt8, _ place: Int, before end: Int) -> Int {
    assert(place >= 0 && end <= count)
    let wanted = SIMD32<UInt8>(repeating: byte)
    var place = place
    while place < end, place &+ 32 <= count {
      let found = LaneMask.bits(block(inside: place) .== wanted)
      if found != 0 { return min(place &+ found.trailingZeroBitCount, end) }
      place &+= 32
    }
    while place < end, self[place] != byte { place &+= 1 }
    return min(place, end)
  }

  /// Whether the `length` bytes at two places are the same; both stretches are in the document.
  func areEqual(_ a: Int, _ b: Int, length: Int) -> Bool {
    precondition(a >= 0 && b >= 0 && length >= 0 && max(a, b) <= count - length)
    var offset = 0
    while offset &+ 32 <= length {
      if LaneMask.bits(block(inside: a &+ offset) .!= block(inside: b &+ offset)) != 0 {
        return false
      }
      offset &+= 32
    }
    // The last bytes, together with some that have been compared.
    if length >= 32 {
      offset = length &- 32
      return LaneMask.bits(block(inside: a &+ offset) .!= block(inside: b &+ offset)) == 0
    }
    while offset &+ 8 <= length {
      if word(inside: a &+ offset) != word(inside: b &+ offset) { return false }
      offset &+= 8
    }
    if length >= 8 {
      offset = length &- 8
      return word(inside: a &+ offset) == word(inside: b &+ offset)
    }
    while offset < length {
      if self[a &+ offset] != self[b &+ offset] { return false }
      offset &+= 1
    }
    return true
  }

  /// The first eight bytes of the name at `start`, small letters, the first one highest, and where
  /// the name ends.
  @inline(__always)
  func name(_ start: Int) -> (key: UInt64, end: Int) {
    let word = word(start)
    let others = word.noName
    if others != 0 {
      let length = others.firstByte
      if length == 0 { return (0, start) }
      // A mark or a digit of a name has the bit already that makes a letter small.
      return (
        (word | UInt64.names).byteSwapped &>> UInt64(64 &- 8 &* length), start &+ length
      )
    }
    var end = start &+ 8
    while HTMLAttributes.isName(self[end]) { end &+= 1 }
    return ((word | UInt64.names).byteSwapped, end)
  }
}

extension UInt64 {
  /// The number of the lowest byte that has a bit.
  @inline(__always)
  var firstByte: Int { trailingZeroBitCount &>> 3 }

  private static let lows: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
  private static let highs: UInt64 = 0x8080_8080_8080_8080
  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// The high bit of each byte that is a space, and of no other.
  @inline(__always)
  var spaces: UInt64 {
    let other = self ^ (Self.ones &* 0x20)
    return ~((other & Self.lows &+ Self.lows) | other | Self.lows)
  }

  /// The bit of each byte that makes an ASCII letter small.
  fileprivate static var names: UInt64 { ones &* 0x20 }

  /// The high bit of each byte that can stand in no name: that is no ASCII letter, digit, colon or
  /// hyphen.
  @inline(__always)
  fileprivate var noName: UInt64 {
    // Seven bits a byte, so that no sum reaches into the next one.
    let low = self & Self.lows
    let small = low | Self.names
    let letters = (small &+ Self.ones &* (0x80 - 0x61)) & ~(small &+ Self.ones &* (0x80 - 0x7B))
    // The colon follows the digits.
    let digits = (low &+ Self.ones &* (0x80 - 0x30)) & ~(low &+ Self.ones &* (0x80 - 0x3B))
    let hyphens = ~((low ^ Self.ones &* 0x2D) &+ Self.lows)
    return (~(letters | digits | hyphens) | self) & Self.highs
  }

  /// The high bit of the first byte that is no plain text: `<`, `&`, a control character or not
  /// ASCII; bits above it mean nothing.
  @inline(__always)
  var markup: UInt64 {
    let less = self ^ (Self.ones &* 0x3C)
    let ampersand = self ^ (Self.ones &* 0x26)
    let controls = (self &- Self.ones &* 0x20) & ~self
    let found = ((less &- Self.ones) & ~less) | ((ampersand &- Self.ones) & ~ampersand)
    return (found | controls | self) & Self.highs
  }
}

/// Text that is written front to back.
///
/// Safety: `count <= capacity` always holds; a store is made only after `reserve` has seen to its
/// room, and a load only below `count`.
@safe struct HTMLBuffer: ~Copyable {
  private var base: UnsafeMutableRawPointer
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = max(capacity, 256)
    unsafe base = .allocate(byteCount: self.capacity, alignment: 16)
  }

  deinit { unsafe base.deallocate() }

  /// The byte at `place`, which is below `count`.
  @inline(__always)
  subscript(_ place: Int) -> UInt8 {
    get {
      precondition(place >= 0 && place < count)
      return unsafe base.load(fromByteOffset: place, as: UInt8.self)
    }
    set {
      precondition(place >= 0 && place < count)
      unsafe base.storeBytes(of: newValue, toByteOffset: place, as: UInt8.self)
    }
  }

  /// The last byte; 0 where there is none.
  @inline(__always)
  var last: UInt8 { count > 0 ? self[count &- 1] : 0 }

  @inline(__always)
  private mutating func reserve(_ room: Int) {
    if count &+ room > capacity { grow(room) }
  }

  @inline(never)
  private mutating func grow(_ room: Int) {
    let larger = capacity + capacity / 2 + room
    let copy = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
    unsafe copy.copyMemory(from: base, byteCount: count)
    unsafe base.deallocate()
    unsafe base = copy
    capacity = larger
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    reserve(1)
    unsafe base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    count &+= 1
  }

  /// Appends a character as UTF-8.
  mutating func append(scalar code: UInt32) {
    let scalar = UnicodeScalar(code) ?? "\u{FFFD}"
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { append(byte) }
  }

  /// Takes the last byte back, where there is one.
  @inline(__always)
  mutating func removeLast() { count = max(0, count &- 1) }

  /// Appends from `place` on what is plain text: ASCII with single spaces, up to markup, a control
  /// character or a second space.
  ///
  /// Gives the place behind it. A single space may stand at the end of what is appended.
  /// - Complexity: O(distance), thirty-two bytes at a time.
  @inline(__always)
  mutating func appendPlain(_ source: HTMLBytes, _ start: Int) -> Int {
    var place = start
    var carry: UInt32 = 0
    while place &+ 32 <= source.count {
      let block = source.block(inside: place)
      let spaces = LaneMask.bits(block .== SIMD32(repeating: 0x20))
      let others = LaneMask.bits(
        (block .< SIMD32(repeating: 0x20)) .| (block .> SIMD32(repeating: 0x7F))
          .| (block .== SIMD32(repeating: 0x3C)) .| (block .== SIMD32(repeating: 0x26)))
      let stops = others | spaces & (spaces &<< 1 | carry)
      reserve(32)
      unsafe base.storeBytes(of: block, toByteOffset: count, as: SIMD32<UInt8>.self)
      if stops != 0 {
        let length = stops.trailingZeroBitCount
        count &+= length
        return place &+ length
      }
      count &+= 32
      place &+= 32
      carry = spaces &>> 31
    }
    return appendPlainTail(source, place, UInt64(carry) &<< 7)
  }

  /// Does the same for the last bytes of a document, eight at a time.
  @inline(never)
  private mutating func appendPlainTail(_ source: HTMLBytes, _ start: Int, _ carry: UInt64) -> Int {
    var place = start
    var carry = carry
    while place < source.count {
      let word = source.word(place)
      let spaces = word.spaces
      // Past the end of the source stands 0, a control character.
      let stops = word.markup | (spaces & (spaces &<< 8 | carry))
      reserve(8)
      unsafe base.storeBytes(of: word.littleEndian, toByteOffset: count, as: UInt64.self)
      if stops != 0 {
        let length = stops.firstByte
        count &+= length
        return place &+ length
      }
      count &+= 8
      place &+= 8
      carry = spaces &>> 56
    }
    return min(place, source.count)
  }

  /// Puts `byte` in place of every `old` in the range.
  mutating func replace(_ old: UInt8, in range: Range<Int>, with byte: UInt8) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    for place in range
    where unsafe base.load(fromByteOffset: place, as: UInt8.self) == old {
      unsafe base.storeBytes(of: byte, toByteOffset: place, as: UInt8.self)
    }
  }

  /// The bytes of the range.
  func bytes(_ range: Range<Int>) -> [UInt8] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return unsafe [UInt8](UnsafeRawBufferPointer(start: base, count: count)[range])
  }
}
