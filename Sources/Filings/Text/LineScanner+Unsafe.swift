import TextSearch

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

  /// Sets where the line and its words end; gives the byte there.
  fileprivate mutating func finish(
    _ first: Int, _ end: Int, _ stop: Int, _ byte: UInt8 = 0
  ) -> UInt8 {
    self.first = first
    self.end = max(first, end)
    self.stop = stop
    return byte
  }
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

/// Cuts bytes into lines, sixty bytes at a time.
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
    // Most empty lines are seen at their first byte.
    var stop = bytes[offset]
    if stop != 0x0A {
      stop = onlyMarkup ? Self.scanForMarkup(bytes, &line) : Self.scan(bytes, &line)
    }
    var place = line.stop
    if stop == 0x0D, place &+ 1 < bytes.count, bytes[place &+ 1] == 0x0A {
      place &+= 1
      stop = 0x0A
    }
    if stop == 0x0C { line.signs.insert(.formFeed) }
    offset = min(place &+ 1, bytes.count)
    return line
  }

  /// Fills a line in that begins at `line.start`; gives the byte that ends it.
  private static func scan(_ bytes: borrowing Span<UInt8>, _ line: inout RawLine) -> UInt8 {
    var place = line.start
    // Where the words begin; as far as nothing but spaces has been seen, `place`.
    var first = place
    // Behind the last word.
    var end = place
    while true {
      let window = Window(bytes, place)
      let length = min(window.controls.trailingZeroBitCount, Window.step)
      let within = (1 &<< UInt64(length)) &- 1
      var words = within
      if first == place {
        let indent = min((~window.spaces).trailingZeroBitCount, length)
        first &+= indent
        words = within & ~((1 &<< UInt64(indent)) &- 1)
      }
      line.signs.formUnion(window.signs(words))
      let printable = window.printable & within
      if printable != 0 { end = place &+ 64 &- printable.leadingZeroBitCount }
      place &+= length
      if length == Window.step { continue }
      guard place < bytes.count else { return line.finish(first, end, bytes.count) }
      let byte = bytes[place]
      if byte == 0x0A || byte == 0x0D || byte == 0x0C {
        return line.finish(first, end, place, byte)
      }
      line.signs.insert(byte == 0x09 ? .tab : .control)
      place &+= 1
      if !byte.isSpace { end = place }
    }
  }

  /// Does the same with a look at angle brackets only.
  private static func scanForMarkup(
    _ bytes: borrowing Span<UInt8>, _ line: inout RawLine
  ) -> UInt8 {
    var place = line.start
    var first = place
    var end = place
    while true {
      let block = load(bytes, place)
      let controls = LaneMask.bits(block .< Block(repeating: 0x20))
      let spaces = LaneMask.bits(block .== Block(repeating: 0x20))
      let brackets = LaneMask.bits(block .== Block(repeating: 0x3C))
      // All bits below the lowest one of a control character; all where there is none.
      let within = (controls &- 1) & ~controls
      if first == place {
        first &+= min((~spaces).trailingZeroBitCount, controls.trailingZeroBitCount)
      }
      if brackets & within != 0 { line.signs.insert(.markup) }
      let printable = within & ~spaces
      if printable != 0 { end = place &+ 32 &- printable.leadingZeroBitCount }
      guard controls != 0 else {
        place &+= 32
        continue
      }
      place &+= controls.trailingZeroBitCount
      guard place < bytes.count else { return line.finish(first, end, bytes.count) }
      let byte = bytes[place]
      if byte == 0x0A || byte == 0x0D || byte == 0x0C {
        return line.finish(first, end, place, byte)
      }
      place &+= 1
      if !byte.isSpace { end = place }
    }
  }

  // MARK: Blocks

  private typealias Block = SIMD32<UInt8>

  /// The thirty-two bytes at `place`; line feeds stand for those behind the end.
  @inline(__always)
  private static func load(_ bytes: borrowing Span<UInt8>, _ place: Int) -> Block {
    guard place &+ 32 <= bytes.count else { return loadTail(bytes, place) }
    // `place + 32 <= count` keeps the load inside the span.
    return unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: place, as: Block.self)
  }

  @inline(never)
  private static func loadTail(_ bytes: borrowing Span<UInt8>, _ place: Int) -> Block {
    var block = Block(repeating: 0x0A)
    for rest in place..<max(place, bytes.count) { block[rest &- place] = bytes[rest] }
    return block
  }

  /// What the sixty-four bytes from a place on are, a bit each; bit 0 is the first.
  private struct Window {
    /// So many bytes are settled by a window: what is looked for is up to five bytes long.
    static let step = 60

    let controls, spaces, dots, markup: UInt64

    @inline(__always)
    init(_ bytes: borrowing Span<UInt8>, _ place: Int) {
      let (low, high) = (load(bytes, place), load(bytes, place &+ 32))
      controls = Self.bits(low .< Block(repeating: 0x20), high .< Block(repeating: 0x20))
      spaces = Self.bits(low .== Block(repeating: 0x20), high .== Block(repeating: 0x20))
      dots = Self.bits(low .== Block(repeating: 0x2E), high .== Block(repeating: 0x2E))
      markup = Self.bits(Self.isMarkup(low), Self.isMarkup(high))
    }

    @inline(__always)
    private static func isMarkup(_ block: Block) -> SIMDMask<SIMD32<Int8>> {
      (block .== Block(repeating: 0x3C)) .| (block .== Block(repeating: 0x26))
        .| (block .== Block(repeating: 0x5C))
    }

    @inline(__always)
    private static func bits(
      _ low: SIMDMask<SIMD32<Int8>>, _ high: SIMDMask<SIMD32<Int8>>
    ) -> UInt64 {
      UInt64(LaneMask.bits(low)) | UInt64(LaneMask.bits(high)) &<< 32
    }

    /// The bytes that are no spaces and no control characters.
    var printable: UInt64 { ~(controls | spaces) }

    /// What begins at one of the places, of which the last is the sixtieth.
    ///
    /// What is looked for is made of spaces, dots and printable bytes, so that none reaches over
    /// the end of a line.
    @inline(__always)
    func signs(_ places: UInt64) -> LineSigns {
      let apart = spaces & (spaces &>> 2) & places
      let single = apart & (printable &>> 1) & (printable &>> 3) & (spaces &>> 4)
      let leader = dots & (dots &>> 2) & ((dots | spaces) &>> 1) & places
      var signs: LineSigns = []
      if markup & places != 0 { signs.insert(.markup) }
      if apart & (spaces &>> 1) != 0 { signs.insert(.gap) }
      if leader != 0 { signs.insert(.leader) }
      if single != 0 { signs.insert(.single) }
      return signs
    }
  }
}
