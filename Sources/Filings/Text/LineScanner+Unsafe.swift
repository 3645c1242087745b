/// A line of text as it stands in the bytes, with what is to be seen of it at a glance.
struct RawLine {
  /// Where it begins, where its first byte is that is no space, and where it ends without space.
  var start: Int
  var first: Int
  var end: Int
  /// Where it ends with the space at its end.
  var stop: Int
  var signs: LineSigns

  var isBlank: Bool { first >= end }
}

/// What a line has in it that needs a closer look.
struct LineSigns: OptionSet {
  let rawValue: UInt8

  /// An angle bracket, an ampersand or a backslash.
  static let markup = LineSigns(rawValue: 1)
  /// Three spaces side by side between words.
  static let gap = LineSigns(rawValue: 2)
  /// Three dots side by side, or with spaces between them.
  static let leader = LineSigns(rawValue: 4)
  /// Two bytes by themselves between three spaces.
  static let single = LineSigns(rawValue: 8)
  static let tab = LineSigns(rawValue: 16)
  /// A control character that is no tab.
  static let control = LineSigns(rawValue: 32)
  /// A form feed ends the line.
  static let formFeed = LineSigns(rawValue: 64)
}

/// Cuts bytes into lines, eight bytes at a time.
///
/// Lines end with a line feed, a carriage return, both, or a form feed.
struct LineScanner {
  private var offset: Int
  /// Whether the signs are of no interest but for markup and form feeds.
  private let onlyMarkup: Bool

  /// - Parameter start: Where the first line begins.
  init(from start: Int, onlyMarkup: Bool = false) {
    offset = start
    self.onlyMarkup = onlyMarkup
  }

  /// The line that begins where the last one ended; nil at the end.
  ///
  /// - Complexity: O(n) in the length of the line.
  mutating func next(_ bytes: borrowing Span<UInt8>) -> RawLine? {
    guard offset < bytes.count else { return nil }
    var line = RawLine(start: offset, first: offset, end: offset, stop: offset, signs: [])
    var place = offset
    while place < bytes.count, bytes[place] == 0x20 { place &+= 1 }
    line.first = place
    var stop =
      onlyMarkup
      ? Self.scanForMarkup(bytes, &place, &line.signs) : Self.scan(bytes, &place, &line.signs)
    line.end = place
    line.stop = place
    if stop == 0x0D, place &+ 1 < bytes.count, bytes[place &+ 1] == 0x0A {
      place &+= 1
      stop = 0x0A
    }
    if stop == 0x0C { line.signs.insert(.formFeed) }
    offset = min(place &+ 1, bytes.count)
    while line.end > line.first, bytes[line.end &- 1].isSpace { line.end &-= 1 }
    return line
  }

  /// Moves `place` to the end of the line; gives the byte there.
  private static func scan(
    _ bytes: borrowing Span<UInt8>, _ place: inout Int, _ signs: inout LineSigns
  ) -> UInt8 {
    var found = Found()
    defer { signs.formUnion(found.signs) }
    while true {
      let word = load(bytes, place)
      let controls = Bytes8.below32(word)
      guard controls != 0 else {
        found.add(word, within: ~0)
        // Two bytes are looked at again, for what is three bytes long. A row of single bytes is
        // longer, but has what is looked for at every second place.
        place &+= 6
        continue
      }
      let length = controls.trailingZeroBitCount &>> 3
      found.add(word, within: (1 &<< UInt64(length &* 8)) &- 1)
      place &+= length
      guard place < bytes.count else {
        place = bytes.count
        return 0
      }
      let byte = bytes[place]
      if byte == 0x0A || byte == 0x0D || byte == 0x0C { return byte }
      signs.insert(byte == 0x09 ? .tab : .control)
      place &+= 1
    }
  }

  /// Does the same with a look at angle brackets only.
  private static func scanForMarkup(
    _ bytes: borrowing Span<UInt8>, _ place: inout Int, _ signs: inout LineSigns
  ) -> UInt8 {
    var markup: UInt64 = 0
    defer { if markup != 0 { signs.insert(.markup) } }
    while true {
      let word = load(bytes, place)
      let controls = Bytes8.below32(word)
      guard controls != 0 else {
        markup |= Bytes8.equal(word, 0x3C)
        place &+= 8
        continue
      }
      let length = controls.trailingZeroBitCount &>> 3
      markup |= Bytes8.equal(word, 0x3C) & ((1 &<< UInt64(length &* 8)) &- 1)
      place &+= length
      guard place < bytes.count else {
        place = bytes.count
        return 0
      }
      let byte = bytes[place]
      if byte == 0x0A || byte == 0x0D || byte == 0x0C { return byte }
      place &+= 1
    }
  }

  /// The eight bytes at `place`; line feeds stand for those behind the end.
  @inline(__always)
  private static func load(_ bytes: borrowing Span<UInt8>, _ place: Int) -> UInt64 {
    if place &+ 8 <= bytes.count {
      let raw = unsafe bytes.bytes
      // `place + 8 <= count` keeps the load inside the span.
      return UInt64(
        littleEndian: unsafe raw.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
    var word: UInt64 = 0x0A0A_0A0A_0A0A_0A0A
    var shift: UInt64 = 0
    for rest in place..<max(place, bytes.count) {
      word = word & ~(0xFF &<< shift) | UInt64(bytes[rest]) &<< shift
      shift &+= 8
    }
    return word
  }

  /// What has been seen of a line, as bits of words.
  private struct Found {
    var markup: UInt64 = 0
    var gap: UInt64 = 0
    var leader: UInt64 = 0
    var single: UInt64 = 0

    @inline(__always)
    mutating func add(_ word: UInt64, within mask: UInt64) {
      let spaces = Bytes8.equal(word, 0x20) & mask
      let dots = Bytes8.equal(word, 0x2E) & mask
      markup |=
        (Bytes8.equal(word, 0x3C) | Bytes8.equal(word, 0x26) | Bytes8.equal(word, 0x5C)) & mask
      gap |= spaces & (spaces &>> 8) & (spaces &>> 16)
      single |= spaces & (spaces &>> 16) & (spaces &>> 32) & ~(spaces &>> 8) & ~(spaces &>> 24)
      leader |= dots & ((dots &>> 8) | (spaces &>> 8)) & (dots &>> 16)
    }

    var signs: LineSigns {
      var signs: LineSigns = []
      if markup != 0 { signs.insert(.markup) }
      if gap != 0 { signs.insert(.gap) }
      if leader != 0 { signs.insert(.leader) }
      if single != 0 { signs.insert(.single) }
      return signs
    }
  }
}

/// Comparisons of eight bytes at once; the answer is in the high bit of each byte, and exact.
enum Bytes8 {
  private static let sevens: UInt64 = 0x7F7F_7F7F_7F7F_7F7F

  @inline(__always)
  static func equal(_ word: UInt64, _ byte: UInt8) -> UInt64 {
    let difference = word ^ (0x0101_0101_0101_0101 &* UInt64(byte))
    return ~(((difference & sevens) &+ sevens) | difference | sevens)
  }

  @inline(__always)
  static func below32(_ word: UInt64) -> UInt64 {
    ~(((word & sevens) &+ 0x6060_6060_6060_6060) | word | sevens)
  }
}
