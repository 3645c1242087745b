/// The container of a segment: named sections in one file, found by a table at its end.
///
/// ```
/// file      := "FOLIOSEG" section* pad checksums table outer footer
/// pad       := 64 zero bytes
/// checksums := u32 for each 16 KiB page of the bytes from the file's start to the end of pad
/// pad       := 64 zero bytes
/// table     := varint count, { string name, varint offset, varint length }
/// outer     := u32 for each 16 KiB page of checksums
/// footer    := u64 checksumsOffset, u64 tableOffset, u32 tableLength, u32 outerCount,
///              u32 version, u32 crc, "GESOILOF"
/// ```
/// `crc` is the CRC-32C of table, outer and the footer up to `crc`. All numbers are little-endian.
struct SegmentFile: Sendable {
  /// History: 1, the first; 2, the info section names kinds of zones; 3, groups stand in the order of
  /// their ids, and a section names the source of each.
  static let version = 3
  static let magic = Array("FOLIOSEG".utf8)
  static let endMagic = Array("GESOILOF".utf8)
  static let footerLength = 40

  let file: PagedFile
  /// The length of the file.
  let byteCount: Int
  let sections: [(name: String, range: Range<Int>)]

  /// The section of that name, empty where the segment has none.
  func section(_ name: String) -> Section {
    let range = sections.first { $0.name == name }?.range ?? 0..<0
    return Section(name: name, file: file, range: range)
  }
}

// MARK: - Opening

extension SegmentFile {
  /// Opens a segment: reads the footer and the table, and leaves the rest for later.
  /// - Complexity: O(1) but for 4 bytes for each 64 MiB of the file.
  init(path: String) throws(IndexError) {
    let memory = try Mapping(path: path)
    let tail = try SegmentFileTail(memory, path)
    sections = tail.sections
    byteCount = memory.count
    file = PagedFile(
      path: path, memory: memory, content: tail.checksums.lowerBound,
      checksums: tail.checksums, outerChecksums: tail.outer)
  }
}
