/// The members of a ZIP archive by its central directory.
///
/// Sizes and checksums come from the directory, so that it does not matter whether a member's own
/// header has them or a data descriptor behind it.
struct ZipArchive {
  struct Entry {
    var name: String
    var flags: Int
    var method: Int
    var checksum: UInt32
    var packedSize: Int
    var size: Int
    /// Where the member's own header begins.
    var header: Int
  }

  private(set) var entries: [Entry] = []
  private let bytes: [UInt8]

  private static let damaged = ArchiveError(reason: "damaged ZIP archive: no sound directory")

  init(_ bytes: [UInt8]) throws(ArchiveError) {
    self.bytes = bytes
    var (offset, count) = try Self.directory(bytes)
    while count > 0 {
      guard offset + 46 <= bytes.count, bytes.number(at: offset) == 0x0201_4B50 else {
        throw Self.damaged
      }
      let (entry, end) = try entry(at: offset)
      entries.append(entry)
      offset = end
      count -= 1
      if entries.count > ArchiveLimits.memberCount { throw ArchiveLimits.exceeded }
    }
  }

  // MARK: Directory

  /// Where the directory begins and how many entries it has, by the record at the archive's end.
  private static func directory(
    _ bytes: [UInt8]
  ) throws(ArchiveError) -> (offset: Int, count: Int) {
    var end = bytes.count - 22
    // A comment of up to 65,535 bytes may follow the record.
    let lowest = max(0, bytes.count - 22 - 0xFFFF)
    while end >= lowest, bytes.number(at: end) != 0x0605_4B50 { end -= 1 }
    guard end >= lowest else { throw damaged }
    let count = bytes.shortNumber(at: end + 10)
    let offset = Int(bytes.number(at: end + 16))
    let locator = end - 20
    guard locator >= 0, bytes.number(at: locator) == 0x0706_4B50 else { return (offset, count) }
    // ZIP64 has a record of its own for what is too large.
    guard let record = bytes.longNumber(at: locator + 8), record <= bytes.count - 56,
      bytes.number(at: record) == 0x0606_4B50, let count = bytes.longNumber(at: record + 32),
      let offset = bytes.longNumber(at: record + 48), offset <= bytes.count
    else { throw damaged }
    return (offset, count)
  }

  private func entry(at offset: Int) throws(ArchiveError) -> (Entry, end: Int) {
    let nameEnd = offset + 46 + bytes.shortNumber(at: offset + 28)
    let extraEnd = nameEnd + bytes.shortNumber(at: offset + 30)
    let end = extraEnd + bytes.shortNumber(at: offset + 32)
    guard end <= bytes.count else { throw Self.damaged }
    var entry = Entry(
      name: String(decoding: bytes[(offset + 46)..<nameEnd], as: UTF8.self),
      flags: bytes.shortNumber(at: offset + 8), method: bytes.shortNumber(at: offset + 10),
      checksum: bytes.number(at: offset + 16), packedSize: Int(bytes.number(at: offset + 20)),
      size: Int(bytes.number(at: offset + 24)), header: Int(bytes.number(at: offset + 42)))
    readLongSizes(nameEnd..<extraEnd, &entry)
    return (entry, end)
  }

  /// Takes from the extra field of ZIP64 what did not fit into 32 bits.
  private func readLongSizes(_ extra: Range<Int>, _ entry: inout Entry) {
    var offset = extra.lowerBound
    while offset + 4 <= extra.upperBound {
      let end = offset + 4 + bytes.shortNumber(at: offset + 2)
      guard end <= extra.upperBound else { return }
      if bytes.shortNumber(at: offset) == 1 {
        var place = offset + 4
        for path in [\Entry.size, \.packedSize, \.header] where entry[keyPath: path] == 0xFFFF_FFFF
        {
          guard place + 8 <= end, let number = bytes.longNumber(at: place) else { return }
          entry[keyPath: path] = number
          place += 8
        }
      }
      offset = end
    }
  }

  // MARK: Members

  /// Unpacks a member and verifies it.
  ///
  /// - Parameter budget: How many bytes may be gone through; less after it, also by a member that
  ///   is damaged, as many may lie in the same bytes.
  func content(of entry: Entry, budget: inout Int) throws(ArchiveError) -> [UInt8] {
    if entry.flags & 1 != 0 { throw ArchiveError(reason: "an encrypted member is not read") }
    guard entry.method == 0 || entry.method == 8 else {
      throw ArchiveError(reason: "packed in a way (\(entry.method)) that is not read")
    }
    guard entry.size <= min(budget, ArchiveLimits.memberByteCount) else {
      throw ArchiveLimits.exceeded
    }
    let data = try data(of: entry)
    budget -= max(entry.size, data.count)
    let content =
      entry.method == 0 ? Array(bytes[data]) : try inflated(data, entry.size)
    guard content.count == entry.size, CRC32.of(content) == entry.checksum else {
      throw ArchiveError(reason: "damaged: the checksum is wrong")
    }
    return content
  }

  /// Where the packed bytes of a member are.
  private func data(of entry: Entry) throws(ArchiveError) -> Range<Int> {
    guard entry.header <= bytes.count - 30, bytes.number(at: entry.header) == 0x0403_4B50 else {
      throw ArchiveError(reason: "damaged: the member is not where the directory says")
    }
    let start =
      entry.header + 30 + bytes.shortNumber(at: entry.header + 26)
      + bytes.shortNumber(at: entry.header + 28)
    guard start <= bytes.count, entry.packedSize <= bytes.count - start else {
      throw .cutOff("ZIP archive")
    }
    return start..<start + entry.packedSize
  }

  private func inflated(_ data: Range<Int>, _ size: Int) throws(ArchiveError) -> [UInt8] {
    var inflate = Inflate(bytes, data)
    var content: [UInt8] = []
    // The size is a claim: memory is taken for what comes, not for what is said.
    content.reserveCapacity(min(size, 64 * data.count))
    while let chunk = try inflate.next() {
      guard content.count + chunk.count <= size else {
        throw ArchiveError(reason: "damaged: larger than the directory says")
      }
      content += inflate.buffer[chunk]
    }
    return content
  }

  /// Whether it is a document of an office program, which is a ZIP archive, too.
  var isOfficeDocument: Bool {
    entries.contains { $0.name == "[Content_Types].xml" }
  }
}
