/// What stands behind the sections of a segment file.
///
/// Safety: every offset is checked against the length of the mapping before it is read.
struct SegmentFileTail {
  var checksums: Range<Int>
  var outer: [UInt32] = []
  var sections: [(name: String, range: Range<Int>)] = []

  init(_ memory: borrowing Mapping, _ path: String) throws(IndexError) {
    let count = memory.count
    let kind = path.hasSuffix(Manifest.sourcesSuffix) ? "a source list" : "a segment"
    func damaged(_ offset: Int, _ reason: String) -> IndexError {
      .damaged(file: path, section: "footer", offset: offset, reason: reason)
    }
    let magic = SegmentFile.magic.count
    let smallest = magic + 2 * PagedFile.slack + SegmentFile.footerLength
    guard count >= smallest else {
      throw damaged(count, "\(kind) has at least \(smallest) bytes, this file \(count)")
    }
    let bytes = unsafe memory.bytes
    let footer = count - SegmentFile.footerLength
    guard unsafe bytes.suffix(8).elementsEqual(SegmentFile.endMagic) else {
      throw damaged(count - 8, "the file does not end as \(kind) does; it may be cut short")
    }
    guard unsafe bytes.prefix(magic).elementsEqual(SegmentFile.magic) else {
      throw damaged(0, "the file does not begin as \(kind) does")
    }
    func u32(_ offset: Int) -> Int {
      Int(
        UInt32(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }
    func u64(_ offset: Int) -> UInt64 {
      UInt64(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    let version = u32(footer + 24)
    guard version == SegmentFile.version else {
      throw .unsupported(file: path, version: version)
    }
    guard let start = Int(exactly: u64(footer)), let table = Int(exactly: u64(footer + 8)),
      start >= magic + PagedFile.slack, start <= table, table <= footer
    else { throw damaged(footer, "offsets outside of the file") }
    let tableLength = u32(footer + 16)
    let outerCount = u32(footer + 20)
    guard tableLength <= footer - table, 4 * outerCount == footer - table - tableLength,
      start + 4 * PagedFile.pageCount(start) + PagedFile.slack == table,
      outerCount == PagedFile.pageCount(4 * PagedFile.pageCount(start))
    else { throw damaged(footer + 16, "lengths that do not add up") }
    // No checksum covers these bytes, so that only what is written there passes.
    guard unsafe bytes[(table - PagedFile.slack)..<table].allSatisfy({ $0 == 0 }) else {
      throw damaged(table - PagedFile.slack, "bytes that are not zero in front of the table")
    }
    let content = unsafe UnsafeRawBufferPointer(rebasing: bytes[table..<(footer + 28)])
    guard Int(unsafe Checksum.crc32c(content)) == u32(footer + 28) else {
      throw damaged(table, "the checksum of the section table is wrong")
    }
    checksums = start..<(table - PagedFile.slack)
    outer = (0..<outerCount).map { UInt32(u32(table + tableLength + 4 * $0)) }
    let tableBytes = unsafe Array(bytes[table..<(table + tableLength)])
    sections = try Self.parse(tableBytes, content: start - PagedFile.slack) { place in
      damaged(table + place, "the section table is not well formed")
    }
  }

  private static func parse(
    _ bytes: [UInt8], content: Int, _ damaged: (Int) -> IndexError
  ) throws(IndexError) -> [(name: String, range: Range<Int>)] {
    var reader = ByteReader(bytes)
    guard let count = reader.varint(upTo: 255) else { throw damaged(0) }
    var sections: [(name: String, range: Range<Int>)] = []
    for _ in 0..<count {
      guard let name = reader.string(), let offset = reader.varint(upTo: content),
        let length = reader.varint(upTo: content - offset)
      else { throw damaged(reader.offset) }
      sections.append((String(decoding: name, as: UTF8.self), offset..<(offset + length)))
    }
    return sections
  }
}
