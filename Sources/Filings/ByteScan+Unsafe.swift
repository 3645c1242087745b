import TextSearch

/// Searches in bytes, thirty-two at a time.
enum ByteScan {
  /// The place of the next `byte` in `start..<end`, else `end`.
  ///
  /// - Complexity: O(distance).
  static func find(
    _ byte: UInt8, in bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int
  ) -> Int {
    precondition(start >= 0 && end <= bytes.count)
    let raw = unsafe bytes.bytes
    let wanted = Block(repeating: byte)
    var offset = start
    // `offset + 32 <= count` keeps the load inside the span.
    while offset < end, offset &+ 32 <= bytes.count {
      let block = unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: Block.self)
      if let place = first(block .== wanted) { return min(offset &+ place, end) }
      offset &+= 32
    }
    while offset < end, bytes[offset] != byte { offset &+= 1 }
    return min(offset, end)
  }

  /// The place of the next line feed or carriage return in `start..<end`, else `end`.
  ///
  /// - Complexity: O(distance).
  static func lineBreak(in bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    precondition(start >= 0 && end <= bytes.count)
    let raw = unsafe bytes.bytes
    let (lineFeed, carriageReturn) = (Block(repeating: 0x0A), Block(repeating: 0x0D))
    var offset = start
    // `offset + 32 <= count` keeps the load inside the span.
    while offset < end, offset &+ 32 <= bytes.count {
      let block = unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: Block.self)
      if let place = first((block .== lineFeed) .| (block .== carriageReturn)) {
        return min(offset &+ place, end)
      }
      offset &+= 32
    }
    while offset < end, bytes[offset] != 0x0A, bytes[offset] != 0x0D { offset &+= 1 }
    return min(offset, end)
  }

  /// The next place in `start..<end` where a line begins with `byte`, else nil.
  ///
  /// Line feeds and carriage returns end lines.
  /// - Complexity: O(distance).
  static func lineStart(
    with byte: UInt8, in bytes: [UInt8], _ start: Int, _ end: Int
  ) -> Int? {
    precondition(start >= 0 && end <= bytes.count)
    if start == 0, end > 0, bytes[0] == byte { return 0 }
    let span = bytes.span
    let raw = unsafe span.bytes
    let wanted = Block(repeating: byte)
    let (lineFeed, carriageReturn) = (Block(repeating: 0x0A), Block(repeating: 0x0D))
    var offset = max(start, 1)
    // `1 <= offset` and `offset + 32 <= end <= count` keep both loads inside the span.
    while offset &+ 32 <= end {
      let block = unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: Block.self)
      let before = unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset &- 1, as: Block.self)
      let isStart = (before .== lineFeed) .| (before .== carriageReturn)
      if let place = first((block .== wanted) .& isStart) { return offset &+ place }
      offset &+= 32
    }
    while offset < end {
      let before = span[offset &- 1]
      if span[offset] == byte, before == 0x0A || before == 0x0D { return offset }
      offset &+= 1
    }
    return nil
  }

  /// Where the run of words ends that begins at `start`: of printable ASCII but `*`, `\` and `|`, with
  /// one space at most between two words and none before the first.
  ///
  /// - Complexity: O(distance).
  static func wordsEnd(in bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    precondition(start >= 0 && end <= bytes.count)
    guard start < end, bytes[start] != 0x20 else { return start }
    let raw = unsafe bytes.bytes
    let (space, last) = (Block(repeating: 0x20), Block(repeating: 0x7E))
    var offset = start
    // No space is at `start`, and `1 <= offset` and `offset + 32 <= count` keep both loads inside
    // the span.
    while offset > 0, offset < end, offset &+ 32 <= bytes.count {
      let block = unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: Block.self)
      let before = unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset &- 1, as: Block.self)
      let isWide = (block .== space) .& (before .== space)
      let isOther = (block .< space) .| (block .> last) .| isWide
      let isMark =
        (block .== Block(repeating: 0x2A)) .| (block .== Block(repeating: 0x5C))
        .| (block .== Block(repeating: 0x7C))
      if let place = first(isOther .| isMark) { return min(offset &+ place, end) }
      offset &+= 32
    }
    while offset < end {
      let byte = bytes[offset]
      guard byte &- 0x20 < 0x5F, byte != UInt8(ascii: "*"), byte != UInt8(ascii: "\\"),
        byte != UInt8(ascii: "|"),
        byte != 0x20 || bytes[offset &- 1] != 0x20
      else { break }
      offset &+= 1
    }
    return min(offset, end)
  }

  /// The next place in `start..<end` where a cell of a table made of spaces may end, else `end`: a
  /// space or a dot before what is no letter.
  ///
  /// - Complexity: O(distance).
  static func cellEnd(in bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    precondition(start >= 0 && end <= bytes.count)
    let raw = unsafe bytes.bytes
    let (space, dot) = (Block(repeating: 0x20), Block(repeating: 0x2E))
    var offset = start
    // `offset + 33 <= count` keeps both loads inside the span.
    while offset < end, offset &+ 33 <= bytes.count {
      let block = unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: Block.self)
      let after = unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset &+ 1, as: Block.self)
      let isBeforeNone = after .< Block(repeating: 0x3A)
      if let place = first(((block .== space) .| (block .== dot)) .& isBeforeNone) {
        return min(offset &+ place, end)
      }
      offset &+= 32
    }
    while offset < end, bytes[offset] != 0x20, bytes[offset] != 0x2E { offset &+= 1 }
    return min(offset, end)
  }

  /// The next place in `start..<end` where a line may begin with a tag of a submission or with the
  /// first line of an encoded file, else nil.
  ///
  /// By the first three bytes: `<DO`, `<TE`, `</D`, `<SE`, `<SU`, `<IM` or `beg`.
  /// - Complexity: O(distance).
  static func partMark(in bytes: [UInt8], _ start: Int, _ end: Int) -> Int? {
    precondition(start >= 0 && end <= bytes.count)
    let span = bytes.span
    if start == 0, isPartMark(span, 0, end) { return 0 }
    let raw = unsafe span.bytes
    let (bracket, letter) = (Block(repeating: 0x3C), Block(repeating: 0x62))
    let (lineFeed, carriageReturn) = (Block(repeating: 0x0A), Block(repeating: 0x0D))
    var offset = max(start, 1)
    // `1 <= offset` and `offset + 32 <= end <= count` keep both loads inside the span.
    while offset &+ 32 <= end {
      let block = unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: Block.self)
      let before = unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset &- 1, as: Block.self)
      let isStart = (before .== lineFeed) .| (before .== carriageReturn)
      var found = LaneMask.bits(((block .== bracket) .| (block .== letter)) .& isStart)
      while found != 0 {
        let place = offset &+ found.trailingZeroBitCount
        if isPartMark(span, place, end) { return place }
        found &= found &- 1
      }
      offset &+= 32
    }
    while offset < end {
      let before = span[offset &- 1]
      if before == 0x0A || before == 0x0D, isPartMark(span, offset, end) { return offset }
      offset &+= 1
    }
    return nil
  }

  /// Whether the three bytes are those with which a tag of a submission or an encoded file begins.
  @inline(__always)
  private static func isPartMark(_ bytes: borrowing Span<UInt8>, _ place: Int, _ end: Int) -> Bool {
    guard place &+ 2 < end else { return false }
    let opening =
      UInt32(bytes[place]) &<< 16 | UInt32(bytes[place &+ 1]) &<< 8
      | UInt32(bytes[place &+ 2])
    switch opening {
    case 0x3C444F, 0x3C5445, 0x3C2F44, 0x3C5345, 0x3C5355, 0x3C494D, 0x626567: return true
    default: return false
    }
  }

  private typealias Block = SIMD32<UInt8>

  /// The number of the first lane that is true.
  @inline(__always)
  private static func first(_ lanes: SIMDMask<SIMD32<Int8>>) -> Int? {
    let found = LaneMask.bits(lanes)
    return found == 0 ? nil : found.trailingZeroBitCount
  }

  /// The place of the next line feed at or after `start`, else the end of the bytes.
  static func lineEnd(_ bytes: [UInt8], _ start: Int) -> Int {
    find(0x0A, in: bytes.span, start, bytes.count)
  }

  /// Whether `word` stands somewhere in the bytes.
  ///
  /// - Complexity: O(n·m).
  static func contains(_ word: StaticString, in bytes: ArraySlice<UInt8>) -> Bool {
    place(of: word, in: bytes.span, 0, bytes.count) != nil
  }

  /// Where `word` stands first in `start..<end`, else nil.
  ///
  /// - Complexity: O(n·m).
  static func place(
    of word: StaticString, in bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int
  ) -> Int? {
    let word = "\(word)"
    let wanted = word.utf8.span
    var place = start
    while place + wanted.count <= end {
      place = find(wanted[0], in: bytes, place, end - wanted.count + 1)
      guard place + wanted.count <= end else { return nil }
      if has(wanted, in: bytes, place, end) { return place }
      place += 1
    }
    return nil
  }

  /// Whether `word` stands at `place`, before `end`.
  @inline(__always)
  static func has(
    _ word: borrowing Span<UInt8>, in bytes: borrowing Span<UInt8>, _ place: Int, _ end: Int
  ) -> Bool {
    guard place &+ word.count <= end else { return false }
    var length = 0
    while length < word.count, bytes[place &+ length] == word[length] { length &+= 1 }
    return length == word.count
  }

  /// How many line feeds there are.
  static func lineCount(_ bytes: [UInt8]) -> Int {
    var count = 0
    for byte in bytes where byte == 0x0A { count &+= 1 }
    return count
  }

  /// The first place in `start..<end` of a `"`, a `\` or a control character, else `end`.
  ///
  /// - Complexity: O(distance).
  static func stringStop(_ bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    precondition(start >= 0 && end <= bytes.count)
    let raw = unsafe bytes.bytes
    var offset = start
    // `offset + 8 <= end <= count` keeps the load inside the span.
    while offset &+ 8 <= end {
      let word = UInt64(
        littleEndian: unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
      let found = zeros(word ^ quotes) | zeros(word ^ backslashes) | controls(word)
      if found != 0 { return offset &+ found.trailingZeroBitCount &>> 3 }
      offset &+= 8
    }
    while offset < end {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
      offset &+= 1
    }
    return offset
  }

  /// Where the run of spaces ends that begins at `start`.
  ///
  /// - Complexity: O(distance).
  static func spacesEnd(in bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    precondition(start >= 0 && end <= bytes.count)
    let raw = unsafe bytes.bytes
    var offset = start
    // `offset + 32 <= count` keeps the load inside the span.
    while offset < end, offset &+ 32 <= bytes.count {
      let block = unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: Block.self)
      if let place = first(block .!= Block(repeating: 0x20)) { return min(offset &+ place, end) }
      offset &+= 32
    }
    while offset < end, bytes[offset] == 0x20 { offset &+= 1 }
    return min(offset, end)
  }

  /// Which of the thirty-two bytes at `place` are ASCII letters, a bit each; none behind the end.
  @inline(__always)
  static func letters(at place: Int, in bytes: borrowing Span<UInt8>) -> UInt32 {
    var block = Block(repeating: 0)
    if place &+ 32 <= bytes.count {
      // `place + 32 <= count` keeps the load inside the span.
      block = unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: place, as: Block.self)
    } else {
      for rest in place..<max(place, bytes.count) { block[rest &- place] = bytes[rest] }
    }
    let isCapital = (block &- Block(repeating: 0x41)) .< Block(repeating: 26)
    let isSmall = (block &- Block(repeating: 0x61)) .< Block(repeating: 26)
    return LaneMask.bits(isCapital .| isSmall)
  }

  /// The low five bits of the three bytes at `place`, those of the first one highest; 0 stands for
  /// bytes behind the end.
  @inline(__always)
  static func lowBits(ofThreeAt place: Int, in bytes: borrowing Span<UInt8>) -> Int {
    var word: UInt32 = 0
    if place &+ 4 <= bytes.count {
      // `place + 4 <= count` keeps the load inside the span.
      word = UInt32(
        littleEndian: unsafe bytes.bytes.unsafeLoadUnaligned(
          fromByteOffset: place, as: UInt32.self))
    } else {
      for rest in place..<max(place, bytes.count) {
        word |= UInt32(bytes[rest]) &<< UInt32(8 &* (rest &- place))
      }
    }
    return Int((word & 31) &<< 10 | (word &>> 3) & 0x3E0 | (word &>> 16) & 31)
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080
  private static let quotes: UInt64 = 0x2222_2222_2222_2222
  private static let backslashes: UInt64 = 0x5C5C_5C5C_5C5C_5C5C

  /// The high bit of every byte that is zero; bits above the first one may be wrong (Mycroft).
  @inline(__always) private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- ones) & ~word & highs
  }

  /// The high bit of every byte below 0x20; bits above the first one may be wrong.
  @inline(__always) private static func controls(_ word: UInt64) -> UInt64 {
    (word &- 0x2020_2020_2020_2020) & ~word & highs
  }
}
