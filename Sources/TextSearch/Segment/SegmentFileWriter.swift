/// Writes a segment file from front to back, once.
///
/// The file takes its name only by the commit that names it; until `finish()` has returned it is
/// not complete.
final class SegmentFileWriter {
  private let output: OutputFile
  private var sections: [(name: String, range: Range<Int>)] = []
  private var checksums: [UInt32] = []
  /// Bytes since the last whole page.
  private var page: [UInt8] = []

  init(path: String) throws(IndexError) {
    output = try OutputFile(path: path)
    page.reserveCapacity(PagedFile.pageSize)
    try append(SegmentFile.magic)
  }

  /// Adds a section; empty ones leave only their name.
  func add(_ name: String, _ parts: [UInt8]...) throws(IndexError) {
    let start = output.count
    for part in parts { try append(part) }
    sections.append((name, start..<output.count))
  }

  private func append(_ bytes: [UInt8]) throws(IndexError) {
    try output.write(bytes)
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = rest.prefix(PagedFile.pageSize - page.count)
      page.append(contentsOf: part)
      rest = rest.dropFirst(part.count)
      if page.count == PagedFile.pageSize {
        checksums.append(Checksum.crc32c(page))
        page.removeAll(keepingCapacity: true)
      }
    }
  }

  /// Writes the tables, flushes the file to the disk and closes it.
  /// - Returns: The file's length in bytes and the ranges of its sections.
  func finish() throws(IndexError) -> (
    byteCount: Int, sections: [(name: String, range: Range<Int>)]
  ) {
    let pad = [UInt8](repeating: 0, count: PagedFile.slack)
    try append(pad)
    if !page.isEmpty { checksums.append(Checksum.crc32c(page)) }
    let checksumsOffset = output.count
    var list = ByteWriter(capacity: 4 * checksums.count)
    for checksum in checksums { list.u32(checksum) }
    try output.write(list.bytes)
    try output.write(pad)
    let tableOffset = output.count
    try output.write(tail(list.bytes, checksumsOffset, tableOffset))
    let byteCount = output.count
    let sections = self.sections
    try output.finish()
    return (byteCount, sections)
  }

  private func tail(_ list: [UInt8], _ checksumsOffset: Int, _ tableOffset: Int) -> [UInt8] {
    var tail = ByteWriter()
    tail.varint(sections.count)
    for section in sections {
      tail.string(section.name)
      tail.varint(section.range.lowerBound)
      tail.varint(section.range.count)
    }
    let tableLength = tail.count
    let outer = PagedFile.checksums(of: list)
    for checksum in outer { tail.u32(checksum) }
    tail.u64(UInt64(checksumsOffset))
    tail.u64(UInt64(tableOffset))
    tail.u32(UInt32(tableLength))
    tail.u32(UInt32(outer.count))
    tail.u32(UInt32(SegmentFile.version))
    tail.u32(Checksum.crc32c(tail.bytes))
    tail.raw(SegmentFile.endMagic)
    return tail.bytes
  }
}
