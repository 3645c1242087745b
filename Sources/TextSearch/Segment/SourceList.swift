/// An open source list; `SourceListWriter` has its grammar.
struct SourceList: Sendable {
  /// How long the file is.
  let byteCount: Int
  /// How many records it has, and how many of these say that a path is gone.
  let count: Int
  let goneCount: Int
  let records: Section
  let blocks: OffsetTable
  private let reasons: OffsetTable
  private let reasonBytes: Section

  /// - Throws: `IndexError.damaged` where the file or a number in its header is not as it must be;
  ///   records are checked when they are read.
  init(path: String) throws(IndexError) {
    let file = try SegmentFile(path: path)
    byteCount = file.byteCount
    records = file.section(SectionName.sourceRecords)
    reasonBytes = file.section(SectionName.sourceReasons)
    let list = file.section(SectionName.sourceList)
    var header = try SectionReader(list, 0..<list.count)
    // A record has more than one byte.
    count = try header.varint(upTo: records.count)
    goneCount = try header.varint(upTo: count)
    blocks = try OffsetTable(file.section(SectionName.sourceBlocks), at: 0)
    reasons = try OffsetTable(reasonBytes, at: 0)
    let blockCount = (count + SourceListWriter.blockSize - 1) / SourceListWriter.blockSize
    guard header.isAtEnd, blocks.count == blockCount + 1 else {
      throw list.damaged(at: 0, "\(blocks.count - 1) blocks for \(count) records")
    }
    guard try blocks.value(at: blockCount) == records.count else {
      throw blocks.section.damaged(at: 0, "the blocks do not end where the records do")
    }
  }

  var blockCount: Int { blocks.count - 1 }

  /// Walks all records.
  func cursor() throws(IndexError) -> SourceListCursor {
    try SourceListCursor(self, blocks: 0..<blockCount)
  }

  /// A cursor at the record of `path`, or nil where there is none.
  /// - Complexity: O(log records).
  func find(_ path: [UInt8]) throws(IndexError) -> SourceListCursor? {
    var low = 0
    var high = blockCount
    while low < high {
      let middle = low + (high - low) / 2
      var first = try SourceListCursor(self, blocks: middle..<(middle + 1))
      guard try first.next() else { return nil }
      if first.compare(path.span) <= 0 { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    var cursor = try SourceListCursor(self, blocks: (low - 1)..<low)
    while try cursor.next() {
      let order = cursor.compare(path.span)
      if order == 0 { return cursor }
      if order > 0 { return nil }
    }
    return nil
  }

  /// The reason of that number, where there is one.
  func reason(_ number: Int) throws(IndexError) -> [UInt8] {
    let range = try reasons.range(at: number)
    let start = reasons.byteCount
    guard range.upperBound <= reasonBytes.count - start else {
      throw reasonBytes.damaged(at: start, "reason \(number) ends behind the section")
    }
    var reader = try SectionReader(
      reasonBytes, (start + range.lowerBound)..<(start + range.upperBound))
    return try reader.raw(range.count)
  }

  var reasonCount: Int { max(0, reasons.count - 1) }
}
