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

/// Cuts bytes into lines, sixteen bytes at a time.
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
      let window = Window(bytes, place)
      let controls = window.first .< Block(repeating: 0x20)
      guard let length = firstLane(controls) else {
        found.add(window)
        place &+= 16
        continue
      }
      found.add(window, before: length)
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
    var markup = Lanes(repeating: false)
    defer { if firstLane(markup) != nil { signs.insert(.markup) } }
    while true {
      let block = load(bytes, place)
      let controls = block .< Block(repeating: 0x20)
      let brackets = block .== Block(repeating: 0x3C)
      guard let length = firstLane(controls) else {
        markup .|= brackets
        place &+= 16
        continue
      }
      markup .|= (brackets .& lanes(before: length))
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

  // MARK: Blocks

  private typealias Block = SIMD16<UInt8>
  private typealias Lanes = SIMDMask<SIMD16<Int8>>

  /// The number of the first lane that is true.
  @inline(__always)
  private static func firstLane(_ lanes: Lanes) -> Int? {
    // Two words of eight lanes, 0xFF in each that is true.
    let found = unsafe unsafeBitCast(lanes, to: SIMD2<UInt64>.self)
    if found[0] != 0 { return UInt64(littleEndian: found[0]).firstByte }
    if found[1] != 0 { return 8 &+ UInt64(littleEndian: found[1]).firstByte }
    return nil
  }

  @inline(__always)
  private static func lanes(before length: Int) -> Lanes {
    Block(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
      .< Block(repeating: UInt8(truncatingIfNeeded: length))
  }

  /// The sixteen bytes at `place`; line feeds stand for those behind the end.
  @inline(__always)
  private static func load(_ bytes: borrowing Span<UInt8>, _ place: Int) -> Block {
    guard place &+ 16 <= bytes.count else { return loadTail(bytes, place) }
    // `place + 16 <= count` keeps the load inside the span.
    return unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: place, as: Block.self)
  }

  @inline(never)
  private static func loadTail(_ bytes: borrowing Span<UInt8>, _ place: Int) -> Block {
    var block = Block(repeating: 0x0A)
    for rest in place..<max(place, bytes.count) { block[rest &- place] = bytes[rest] }
    return block
  }

  /// The blocks that begin at a place and at the four after it.
  private struct Window {
    let first, second, third, fourth, fifth: Block

    @inline(__always)
    init(_ bytes: borrowing Span<UInt8>, _ place: Int) {
      first = load(bytes, place)
      second = load(bytes, place &+ 1)
      third = load(bytes, place &+ 2)
      fourth = load(bytes, place &+ 3)
      fifth = load(bytes, place &+ 4)
    }
  }

  /// What has been seen of a line, in any lane.
  ///
  /// What is looked for is made of spaces, dots and printable bytes, so that none reaches over the
  /// end of a line.
  private struct Found {
    var markup = Lanes(repeating: false)
    var gap = Lanes(repeating: false)
    var leader = Lanes(repeating: false)
    var single = Lanes(repeating: false)

    @inline(__always)
    mutating func add(_ window: Window, before length: Int = 16) {
      let space = Block(repeating: 0x20)
      let dot = Block(repeating: 0x2E)
      let lanes = lanes(before: length)
      let block = window.first
      let isMarkup =
        (block .== Block(repeating: 0x3C)) .| (block .== Block(repeating: 0x26))
        .| (block .== Block(repeating: 0x5C))
      markup .|= (isMarkup .& lanes)
      let spaces = (block .== space) .& (window.third .== space) .& lanes
      gap .|= (spaces .& (window.second .== space))
      let letters = (window.second .> space) .& (window.fourth .> space)
      single .|= (spaces .& letters .& (window.fifth .== space))
      let dots = (block .== dot) .& (window.third .== dot) .& lanes
      leader .|= (dots .& ((window.second .== dot) .| (window.second .== space)))
    }

    var signs: LineSigns {
      var signs: LineSigns = []
      if firstLane(markup) != nil { signs.insert(.markup) }
      if firstLane(gap) != nil { signs.insert(.gap) }
      if firstLane(leader) != nil { signs.insert(.leader) }
      if firstLane(single) != nil { signs.insert(.single) }
      return signs
    }
  }
}
