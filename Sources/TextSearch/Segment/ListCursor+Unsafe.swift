/// Moves over a list of a segment: postings, or passages.
///
/// Safety: `list` is verified and stays mapped, as `segment` is held; every block's place comes
/// from the skip table and is checked against the end of the list; `BlockCodec` checks the rest. A
/// block's documents rise and its last is the one of the skip table and below `limit`, so the
/// documents that come out are numbers of the segment. The buffers have room for a block.
@safe final class ListCursor: PostingCursor {
  private let section: Section
  private let list: UnsafeRawBufferPointer
  private let listOffset: Int
  private let count: Int
  /// Numbers are below it.
  private let limit: Int
  /// By frequency entry the weight; empty for passages.
  private let weights: [Float]
  private let scale: BoundScale
  private let blockCount: Int
  private let skipLength: Int
  private let documents: UnsafeMutablePointer<UInt32>
  private let entries: UnsafeMutablePointer<UInt32>

  /// The block that is decoded, -1 before the first.
  private var block = -1
  private var place = 0
  private var length = 0
  /// Where the entries of the decoded block begin, until they are decoded themselves.
  private var entriesOffset = 0
  private var hasEntries = false
  /// The block of the last bound, and where it begins.
  private var ahead = 0
  private var aheadOffset: Int
  /// Where the decoded block begins.
  private var blockOffset: Int
  private var onlyBound: BlockBound?

  /// - Parameters:
  ///   - range: The list in `section`, without the count that stands before passages.
  ///   - weights: By frequency entry; nil for passages, whose blocks have no entries.
  init(
    _ section: Section, _ range: Range<Int>, count: Int, limit: Int, weights: [Float]?,
    scale: BoundScale
  ) throws(IndexError) {
    self.section = section
    unsafe list = unsafe try section.bytes(range)
    listOffset = range.lowerBound
    self.count = count
    self.limit = limit
    self.weights = weights ?? []
    self.scale = scale
    blockCount = (count + BlockCodec.blockSize - 1) / BlockCodec.blockSize
    skipLength = ListWriter.skipLength + (weights == nil ? 0 : ListWriter.impactsLength)
    let first = blockCount > 1 ? blockCount * skipLength : 0
    guard unsafe first <= list.count else {
      throw section.damaged(at: range.lowerBound, "a list too short for its \(count) entries")
    }
    blockOffset = first
    aheadOffset = first
    unsafe documents = .allocate(capacity: 2 * BlockCodec.blockSize)
    unsafe entries = unsafe documents + BlockCodec.blockSize
  }

  deinit { unsafe documents.deallocate() }

  override var cost: Int { count }

  private func damaged(_ offset: Int, _ reason: String) -> IndexError {
    section.damaged(at: listOffset + offset, reason)
  }

  // MARK: Skip table

  @inline(__always)
  private func lastDocument(_ block: Int) -> DocID {
    if blockCount == 1 { return DocID(limit - 1) }
    return unsafe UInt32(
      littleEndian: list.loadUnaligned(fromByteOffset: block &* skipLength, as: UInt32.self))
  }

  @inline(__always)
  private func byteLength(_ block: Int) -> Int {
    if blockCount == 1 { return unsafe list.count - aheadOffset }
    return unsafe Int(
      UInt16(
        littleEndian: list.loadUnaligned(
          fromByteOffset: block &* skipLength &+ 4, as: UInt16.self)))
  }

  // MARK: Moving

  override func advance(to target: DocID) throws(IndexError) {
    if block < 0 {
      guard count > 0 else {
        doc = .end
        return
      }
      try findBlock(target, from: 0, blockOffset)
    } else if doc == .end || doc >= target {
      return
    } else if unsafe target > documents[length &- 1] {
      try findBlock(target, from: block &+ 1, blockOffset &+ byteLength(block))
    }
    if doc == .end { return }
    while unsafe documents[place] < target { place &+= 1 }
    doc = unsafe documents[place]
  }

  /// Decodes the first block from `start` on that reaches `target`.
  private func findBlock(_ target: DocID, from start: Int, _ offset: Int) throws(IndexError) {
    var number = start
    var offset = offset
    while number < blockCount, lastDocument(number) < target {
      offset &+= byteLength(number)
      number &+= 1
    }
    guard number < blockCount else {
      doc = .end
      place = 0
      length = 0
      block = blockCount
      return
    }
    try decode(number, offset)
    doc = 0
    if unsafe documents[length &- 1] < target { doc = .end }
  }

  override func insert(into set: inout DocumentSet) throws(IndexError) {
    var offset = blockOffset
    for number in 0..<blockCount {
      try decode(number, offset)
      unsafe set.insert(UnsafeBufferPointer(start: documents, count: length))
      offset &+= byteLength(number)
    }
    doc = .end
  }

  private func decode(_ number: Int, _ offset: Int) throws(IndexError) {
    let length = min(count - number * BlockCodec.blockSize, BlockCodec.blockSize)
    let end = unsafe blockCount == 1 ? list.count : offset + byteLength(number)
    guard offset <= end, unsafe end <= list.count else {
      throw damaged(number * skipLength, "a block that ends behind its list")
    }
    let bytes = unsafe UnsafeRawBufferPointer(rebasing: list[..<end])
    guard
      let next = unsafe BlockCodec.decode(bytes, at: offset, count: length, into: documents),
      unsafe BlockCodec.sum(
        documents, length, after: number == 0 ? -1 : Int(lastDocument(number - 1)), limit: limit),
      unsafe blockCount == 1 || documents[length - 1] == lastDocument(number)
    else { throw damaged(offset, "a block that is not well formed") }
    (block, self.length, place, blockOffset) = (number, length, 0, offset)
    (entriesOffset, hasEntries) = (next, false)
  }

  // MARK: Weights

  override func weight() throws(IndexError) -> Float {
    if !hasEntries { try decodeEntries() }
    return unsafe weights[Int(entries[place])]
  }

  /// The current posting's entry in the frequency table.
  func frequencyEntry() throws(IndexError) -> Int {
    if !hasEntries { try decodeEntries() }
    return unsafe Int(entries[place])
  }

  private func decodeEntries() throws(IndexError) {
    let end = unsafe blockCount == 1 ? list.count : blockOffset + byteLength(block)
    let bytes = unsafe UnsafeRawBufferPointer(rebasing: list[..<end])
    guard
      unsafe BlockCodec.decode(bytes, at: entriesOffset, count: length, into: entries) != nil,
      (0..<length).allSatisfy({ unsafe Int(entries[$0]) < weights.count })
    else { throw damaged(entriesOffset, "frequencies that are not well formed") }
    hasEntries = true
  }

  // MARK: Bounds

  override func bound(from target: DocID) throws(IndexError) -> BlockBound {
    if blockCount == 1 { return target < limit ? scale.unbounded(last: .end - 1) : .end }
    while ahead < blockCount, lastDocument(ahead) < target { ahead &+= 1 }
    guard ahead < blockCount else { return .end }
    let place = ahead &* skipLength &+ ListWriter.skipLength
    return unsafe BlockBound(
      low: scale.point(list[place], list[place &+ 1]),
      high: scale.point(list[place &+ 2], list[place &+ 3]), last: lastDocument(ahead))
  }
}

/// Turns the impacts of blocks, which hold for the schema's boosts, into bounds for a query's.
struct BoundScale: Sendable {
  /// By weight code: a weighted frequency that is not exceeded under the query's boosts.
  private let weights: [Float]
  /// By norm: one that is not above the document's under the query's boosts.
  private let norms: [UInt8]

  /// More than what rounding can take: sums of eight products, each with an error of 2⁻²⁴, on
  /// both sides, a ratio and a product.
  private static let margin: Float = 0x1p-18

  init(schema: [Float], query: [Float]) {
    let ratios = zip(query, schema).map { $0 / $1 }
    let most = ratios.max() ?? 1
    let least = ratios.min() ?? 1
    // Where no boost rises (or none falls), nor does any rounded sum, so there is nothing to cover.
    weights = Quantizer.weights.map { most == 1 ? $0 : $0 * most * (1 + Self.margin) }
    norms = Quantizer.lengths.enumerated().map { norm, length in
      least == 1 ? UInt8(norm) : Quantizer.norm(of: length * least * (1 - Self.margin))
    }
  }

  @inline(__always)
  func point(_ weight: UInt8, _ norm: UInt8) -> BlockBound.Point {
    BlockBound.Point(weight: weights[Int(weight)], norm: norms[Int(norm)])
  }

  /// For a list so short that no bounds are kept for it.
  func unbounded(last: DocID) -> BlockBound {
    let point = BlockBound.Point(weight: .infinity, norm: 0)
    return BlockBound(low: point, high: point, last: last)
  }
}
