/// A walk over the records of a source list in order.
///
/// Before the first `next()` and after it returned false there is no record, and nothing else may
/// be asked. Once `next()` has returned false it always does. After an error the cursor is not to
/// be used again.
///
/// Safety: `bytes` is verified and stays mapped, as `list` is held; every read is checked against
/// its end. `buffer` is made as long as a path before the path is copied into it.
@safe struct SourceListCursor {
  let list: SourceList
  private let bytes: UnsafeRawBufferPointer
  /// Where `bytes` begins in the section of the records.
  private let start: Int
  private let end: Int
  private var offset = 0
  /// The block that `offset` is in, and the block behind the last.
  private var block: Int
  private let lastBlock: Int
  /// How many records of the block were read.
  private var place = SourceListWriter.blockSize

  /// The path of the record, and behind its `length` bytes some without meaning.
  private(set) var buffer = [UInt8](repeating: 0, count: 256)
  private(set) var length = 0
  private(set) var fields = SourceFields()
  /// Size, times and number of the last record that had them.
  private var before = SourceFields()
  private var tag: UInt8 = 0
  /// Where the extras of the record are in `bytes`; empty where it has none.
  private var extrasRange = 0..<0

  init(_ list: SourceList, blocks: Range<Int>) throws(IndexError) {
    self.list = list
    start = try list.blocks.value(at: blocks.lowerBound)
    let end = try list.blocks.value(at: blocks.upperBound)
    guard start <= end else {
      throw list.blocks.section.damaged(at: 0, "block \(blocks.lowerBound) ends before it begins")
    }
    unsafe bytes = try list.records.bytes(start..<end)
    self.end = end - start
    block = blocks.lowerBound - 1
    lastBlock = blocks.upperBound - 1
  }

  /// The number of the record in the list.
  var ordinal: Int { block * SourceListWriter.blockSize + place - 1 }

  var isGone: Bool { fields.state == .gone }
  /// Whether the label is not the end of the path.
  var hasOwnLabel: Bool { tag & 16 != 0 }
  /// Whether groups of the source gave way to those of others.
  var isBeaten: Bool { tag & 32 != 0 }

  /// Less than, equal to or greater than 0 as the record's path stands to `other`.
  func compare(_ other: Span<UInt8>) -> Int {
    PathOrder.compare(buffer.span.extracting(0..<length), other)
  }

  func compare(_ other: [UInt8]) -> Int { compare(other.span) }

  func compare(_ other: SourceListCursor) -> Int {
    let span = other.buffer.span
    return compare(span.extracting(0..<other.length))
  }

  /// Adds the record to a list that is being written.
  func append(to writer: inout SourceListWriter) throws(IndexError) {
    let span = buffer.span
    try writer.append(span.extracting(0..<length), fields, extras())
  }

  /// Whether the record's path is at or below one of those of `scope`.
  func isIn(_ scope: PathScope) -> Bool {
    let span = buffer.span
    return scope.contains(span.extracting(0..<length))
  }

  func source() throws(IndexError) -> Source {
    Source(path: Array(buffer.prefix(length)), fields, try extras())
  }

  private func damaged(_ reason: String) -> IndexError {
    list.records.damaged(at: start + offset, reason)
  }
}

// MARK: - Moving

extension SourceListCursor {
  /// Moves to the next record; false after the last one.
  /// - Throws: `IndexError.damaged`, also where paths do not rise.
  mutating func next() throws(IndexError) -> Bool {
    let isFirst = place == SourceListWriter.blockSize || offset == end
    if isFirst, try !beginBlock() { return false }
    place &+= 1
    tag = try u8()
    guard tag < 64, let state = SourceFields.State(rawValue: tag & 3) else {
      throw damaged("a tag of \(tag)")
    }
    try readPath(isFirst: isFirst)
    extrasRange = offset..<offset
    if state == .gone {
      guard tag == 0 else { throw damaged("a path that is gone has more than its path") }
      fields = SourceFields()
      return true
    }
    try readFields()
    before.state = state
    fields = before
    return true
  }

  /// False where all blocks were read.
  private mutating func beginBlock() throws(IndexError) -> Bool {
    let blockEnd = min(list.count, (block + 1) * SourceListWriter.blockSize)
    guard block * SourceListWriter.blockSize + place == blockEnd else {
      throw damaged("a block of \(place) records")
    }
    if block == lastBlock, offset == end { return false }
    guard block < lastBlock, start + offset == (try list.blocks.value(at: block + 1)) else {
      throw damaged("records do not end where their block does")
    }
    block += 1
    place = 0
    before = SourceFields()
    return true
  }

  private mutating func readPath(isFirst: Bool) throws(IndexError) {
    let shared = try varint(upTo: isFirst ? 0 : length)
    let rest = try varint(upTo: min(SourceListWriter.longestPath - shared, end - offset))
    // The byte after what is shared is another one, so that it alone says that paths rise.
    let isRising =
      if isFirst {
        unsafe length == 0 || compare(bytes[offset..<(offset + rest)]) < 0
      } else {
        rest > 0 && (shared == length || isBehind(buffer[shared]))
      }
    guard isRising else { throw damaged("a path that does not stand behind the one before") }
    let count = shared + rest
    if count > buffer.count {
      buffer.append(contentsOf: repeatElement(0, count: max(count, 2 * buffer.count)))
    }
    let source = unsafe UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + rest)])
    unsafe buffer.withUnsafeMutableBytes { target in
      unsafe target[shared..<count].copyBytes(from: source)
    }
    offset += rest
    length = count
  }

  private func compare(_ other: Slice<UnsafeRawBufferPointer>) -> Int {
    let other = unsafe UnsafeRawBufferPointer(rebasing: other)
    return unsafe other.withMemoryRebound(to: UInt8.self) { unsafe compare($0.span) }
  }

  /// - Precondition: There is a byte at `offset`.
  private func isBehind(_ byte: UInt8) -> Bool {
    unsafe PathOrder.rank(bytes[offset]) > PathOrder.rank(byte)
  }

  private mutating func readFields() throws(IndexError) {
    if tag & 4 != 0 { before.labelStart = try varint(upTo: length) }
    guard before.labelStart <= length else {
      throw damaged("a label that begins behind the path's end")
    }
    before.size = try varint(upTo: Int.max)
    before.modified &+= Self.unzigzag(try varint())
    before.fingerprint = try u64()
    let number = Int64(before.number).addingReportingOverflow(Self.unzigzag(try varint()))
    guard !number.overflow, let number = UInt32(exactly: number.partialValue) else {
      throw damaged("a number outside of 0..<2^32")
    }
    before.number = number
    if tag & 8 != 0 {
      let count = try varint(upTo: end - offset)
      extrasRange = offset..<(offset + count)
      offset += count
    } else if tag & 48 != 0 || tag & 3 > 1 {
      throw damaged("a tag of \(tag) without what it promises")
    }
  }

  static func unzigzag(_ number: UInt64) -> Int64 {
    Int64(bitPattern: number &>> 1) ^ -Int64(bitPattern: number & 1)
  }
}

// MARK: - Numbers

extension SourceListCursor {
  @inline(__always)
  private mutating func u8() throws(IndexError) -> UInt8 {
    guard offset < end else { throw damaged("the records end too early") }
    defer { offset &+= 1 }
    return unsafe bytes[offset]
  }

  @inline(__always)
  private mutating func u64() throws(IndexError) -> UInt64 {
    guard end - offset >= 8 else { throw damaged("the records end too early") }
    defer { offset &+= 8 }
    return UInt64(
      littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  @inline(__always)
  private mutating func varint() throws(IndexError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 64 {
      let byte = try u8()
      value |= UInt64(byte & 0x7F) &<< shift
      if byte < 0x80 { return value }
      shift &+= 7
    }
    throw damaged("a varint without an end")
  }

  @inline(__always)
  private mutating func varint(upTo limit: Int) throws(IndexError) -> Int {
    let value = try varint()
    guard value <= UInt64(limit) else {
      throw damaged("\(value) where at most \(limit) is possible")
    }
    return Int(value)
  }
}

// MARK: - Extras

extension SourceListCursor {
  /// What the record has besides its fields.
  func extras() throws(IndexError) -> SourceExtras {
    var extras = SourceExtras()
    if tag & 8 == 0 { return extras }
    var reader = try SectionReader(
      list.records, (start + extrasRange.lowerBound)..<(start + extrasRange.upperBound))
    if tag & 16 != 0 { extras.label = try reader.string() }
    if fields.state == .empty {
      guard list.reasonCount > 0 else { throw damaged("a reason where the list has none") }
      extras.reason = try list.reason(try reader.varint(upTo: list.reasonCount - 1))
    } else if fields.state == .duplicate {
      let shared = try reader.varint(upTo: length)
      extras.original = try Array(buffer.prefix(shared)) + reader.string()
    }
    if tag & 32 != 0 {
      for _ in 0..<(try reader.varint(upTo: reader.end - reader.offset)) {
        extras.beatenBy.append(UInt32(try reader.varint(upTo: Int(UInt32.max))))
      }
    }
    guard reader.isAtEnd else { throw damaged("extras that are longer than what is in them") }
    return extras
  }
}
