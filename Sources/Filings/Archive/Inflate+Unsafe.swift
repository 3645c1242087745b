/// Decodes a deflate stream (RFC 1951) chunk by chunk, in memory that does not grow.
struct Inflate {
  /// How far back a stream may refer.
  private static let windowSize = 1 << 15
  private static let chunkSize = 1 << 18
  private static let longestMatch = 258
  /// Matches are copied eight bytes at a time, so that up to seven bytes are written past one.
  private static let slack = longestMatch + 8

  private enum State: Sendable {
    case header
    case stored(left: Int)
    case compressed(literals: HuffmanCode, distances: HuffmanCode)
    case done
  }

  private(set) var source: BitSource
  /// The window and, behind it, the chunk that is being made.
  private(set) var buffer: [UInt8]
  private var filled = 0
  private var state = State.header
  private var isLastBlock = false

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    source = BitSource(bytes, range)
    buffer = [UInt8](
      repeating: 0, count: Self.windowSize + Self.chunkSize + Self.slack)
  }

  /// Decodes on; gives the place of the new bytes in `buffer`, or nil at the end of the stream.
  mutating func next() throws(ArchiveError) -> Range<Int>? {
    if case .done = state { return nil }
    slide()
    let start = filled
    let limit = Self.windowSize + Self.chunkSize
    while filled < limit {
      switch state {
      case .header: try readHeader()
      case .stored(let left): try copy(left, limit)
      case .compressed(let literals, let distances):
        let isEnd = try Self.decode(
          literals, distances, &source, &buffer, &filled, limit: limit)
        if isEnd { state = isLastBlock ? .done : .header }
      case .done:
        return start < filled ? start..<filled : nil
      }
    }
    return start..<filled
  }

  /// Moves the window to the front.
  private mutating func slide() {
    guard filled > Self.windowSize else { return }
    let from = filled - Self.windowSize
    for index in 0..<Self.windowSize { buffer[index] = buffer[from + index] }
    filled = Self.windowSize
  }

  private mutating func readHeader() throws(ArchiveError) {
    isLastBlock = try source.take(1) == 1
    switch try source.take(2) {
    case 0:
      source.alignToByte()
      let length = try source.take(16)
      guard try source.take(16) == length ^ 0xFFFF else {
        throw ArchiveError(reason: "damaged data: a stored block has no length")
      }
      source.alignToByte()
      state = .stored(left: length)
    case 1: state = try Self.fixed.get()
    case 2: state = try readCodes()
    default: throw ArchiveError(reason: "damaged data: a block of no known kind")
    }
  }

  private mutating func copy(_ left: Int, _ limit: Int) throws(ArchiveError) {
    let count = min(left, limit - filled)
    guard source.offset + count <= source.end else { throw .cutOff("data") }
    for index in 0..<count { buffer[filled + index] = source.bytes[source.offset + index] }
    filled += count
    source.skip(count)
    state = left > count ? .stored(left: left - count) : isLastBlock ? .done : .header
  }

  // MARK: Codes

  /// The codes of RFC 1951, 3.2.6; made once, as a block that has them may be of ten bits.
  private static let fixed = Result<State, ArchiveError> { () throws(ArchiveError) in
    var lengths = [UInt8](repeating: 8, count: 288)
    for symbol in 144..<256 { lengths[symbol] = 9 }
    for symbol in 256..<280 { lengths[symbol] = 7 }
    return .compressed(
      literals: try HuffmanCode(lengths: lengths),
      distances: try HuffmanCode(lengths: [UInt8](repeating: 5, count: 30)))
  }

  private static let lengthOrder = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]

  private mutating func readCodes() throws(ArchiveError) -> State {
    let literalCount = try source.take(5) + 257
    let distanceCount = try source.take(5) + 1
    let lengthCount = try source.take(4) + 4
    guard literalCount <= 286 else { throw ArchiveError(reason: "damaged data: too many codes") }
    var codeLengths = [UInt8](repeating: 0, count: 19)
    for place in Self.lengthOrder.prefix(lengthCount) {
      codeLengths[place] = UInt8(try source.take(3))
    }
    let code = try HuffmanCode(lengths: codeLengths)
    var lengths: [UInt8] = []
    while lengths.count < literalCount + distanceCount {
      source.refill()
      guard let (symbol, length) = code.slow(source.bits) else {
        throw ArchiveError(reason: "damaged data: no such code")
      }
      try source.drop(length)
      switch symbol {
      case 16:
        guard let last = lengths.last else {
          throw ArchiveError(reason: "damaged data: nothing to repeat")
        }
        for _ in 0..<(try source.take(2) + 3) { lengths.append(last) }
      case 17: for _ in 0..<(try source.take(3) + 3) { lengths.append(0) }
      case 18: for _ in 0..<(try source.take(7) + 11) { lengths.append(0) }
      default: lengths.append(UInt8(symbol))
      }
    }
    guard lengths.count == literalCount + distanceCount else {
      throw ArchiveError(reason: "damaged data: too many lengths")
    }
    return .compressed(
      literals: try HuffmanCode(lengths: lengths[..<literalCount]),
      distances: try HuffmanCode(lengths: lengths[literalCount...]))
  }

  // MARK: Symbols

  private static let lengthBases: [UInt16] = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let lengthExtras: [UInt8] = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBases: [UInt16] = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577,
  ]
  private static let distanceExtras: [UInt8] = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13,
    13,
  ]

  /// Decodes until the block ends (then true) or `limit` is reached.
  ///
  /// Safety: `filled < limit` at the top of the loop and a match has at most 258 bytes, which with
  /// the seven bytes a copy may write too many stay within the slack behind `limit`. A match begins
  /// at a place that is checked to be at least 0.
  private static func decode(
    _ literals: HuffmanCode, _ distances: HuffmanCode, _ source: inout BitSource,
    _ buffer: inout [UInt8], _ filled: inout Int, limit: Int
  ) throws(ArchiveError) -> Bool {
    precondition(limit + slack <= buffer.count)
    var bits = source
    var place = filled
    defer { (source, filled) = (bits, place) }
    return try unsafe buffer.withUnsafeMutableBufferPointer {
      (array) throws(ArchiveError) -> Bool in
      let out = UnsafeMutableRawBufferPointer(array)
      let fast = literals.fast.span
      let mask = UInt64(fast.count - 1)
      while place < limit {
        bits.refill()
        // The mask keeps the index inside the table.
        let entry = unsafe Int(fast[unchecked: Int(bits.bits & mask)])
        var (symbol, length) = (entry &>> 4, entry & 15)
        if entry == 0 { (symbol, length) = try long(literals, bits.bits) }
        try bits.drop(length)
        if symbol < 256 {
          unsafe out[place] = UInt8(truncatingIfNeeded: symbol)
          place &+= 1
        } else if symbol == 256 {
          return true
        } else {
          let (count, distance) = try match(symbol - 257, distances, &bits)
          guard distance <= place else {
            throw ArchiveError(reason: "damaged data: a match before the start")
          }
          unsafe copy(count, distance, out, place)
          place &+= count
        }
      }
      return false
    }
  }

  private static func long(
    _ code: HuffmanCode, _ bits: UInt64
  ) throws(ArchiveError) -> (symbol: Int, length: Int) {
    guard let found = code.slow(bits) else {
      throw ArchiveError(reason: "damaged data: no such code")
    }
    return found
  }

  /// Length and distance of a match; 48 bits are loaded, which is all it may need.
  @inline(__always)
  private static func match(
    _ length: Int, _ distances: HuffmanCode, _ bits: inout BitSource
  ) throws(ArchiveError) -> (count: Int, distance: Int) {
    guard length < lengthBases.count else {
      throw ArchiveError(reason: "damaged data: no such length")
    }
    let count = try Int(lengthBases[length]) + extra(Int(lengthExtras[length]), &bits)
    let entry = Int(distances.fast[Int(bits.bits & (1 << UInt64(HuffmanCode.fastBits) - 1))])
    var (symbol, codeLength) = (entry &>> 4, entry & 15)
    if entry == 0 { (symbol, codeLength) = try long(distances, bits.bits) }
    try bits.drop(codeLength)
    guard symbol < distanceBases.count else {
      throw ArchiveError(reason: "damaged data: no such distance")
    }
    return (count, try Int(distanceBases[symbol]) + extra(Int(distanceExtras[symbol]), &bits))
  }

  @inline(__always)
  private static func extra(_ count: Int, _ bits: inout BitSource) throws(ArchiveError) -> Int {
    let value = Int(bits.bits & ((1 << UInt64(count)) - 1))
    try bits.drop(count)
    return value
  }

  /// Copies a match; one that overlaps itself byte by byte.
  @inline(__always)
  private static func copy(
    _ count: Int, _ distance: Int, _ out: UnsafeMutableRawBufferPointer, _ place: Int
  ) {
    var offset = 0
    if distance >= 8 {
      while offset < count {
        let word = unsafe out.loadUnaligned(
          fromByteOffset: place &- distance &+ offset, as: UInt64.self)
        unsafe out.storeBytes(of: word, toByteOffset: place &+ offset, as: UInt64.self)
        offset &+= 8
      }
    } else if distance == 1 {
      let word = unsafe UInt64(out[place &- 1]) &* 0x0101_0101_0101_0101
      while offset < count {
        unsafe out.storeBytes(of: word, toByteOffset: place &+ offset, as: UInt64.self)
        offset &+= 8
      }
    } else {
      while offset < count {
        unsafe out[place &+ offset] = out[place &- distance &+ offset]
        offset &+= 1
      }
    }
  }
}
