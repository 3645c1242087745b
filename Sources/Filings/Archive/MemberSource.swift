/// The bytes of a file or of what a gzip file holds, front to back.
struct MemberSource {
  private enum Input {
    case plain
    case gzip(GzipStream)
  }

  private var input: Input
  /// What is unpacked and not taken yet begins at `offset`.
  private var bytes: [UInt8] = []
  private var offset = 0
  private var budget: Int

  /// - Parameter budget: More bytes than this are not unpacked.
  init(_ file: [UInt8], isGzip: Bool, budget: Int) throws(ArchiveError) {
    input = isGzip ? .gzip(try GzipStream(file)) : .plain
    if !isGzip { bytes = file }
    self.budget = budget
  }

  /// The next bytes without taking them; fewer at the end.
  mutating func peek(_ count: Int) throws(ArchiveError) -> ArraySlice<UInt8> {
    try load(count)
    return bytes[offset...].prefix(count)
  }

  /// Takes exactly so many bytes.
  mutating func take(_ count: Int) throws(ArchiveError) -> [UInt8] {
    try load(count)
    guard bytes.count - offset >= count else { throw .cutOff("archive") }
    defer { offset += count }
    return Array(bytes[offset..<offset + count])
  }

  /// Passes so many bytes, or those that there are.
  mutating func skip(_ count: Int) throws(ArchiveError) {
    var left = count
    while left > 0 {
      try load(1)
      let step = min(left, bytes.count - offset)
      if step == 0 { return }
      offset += step
      left -= step
    }
  }

  /// Takes all that is left, as one member.
  mutating func rest() throws(ArchiveError) -> [UInt8] {
    budget = min(budget, ArchiveLimits.memberByteCount + offset - bytes.count)
    try load(.max)
    defer { offset = bytes.count }
    return offset == 0 ? bytes : Array(bytes[offset...])
  }

  private mutating func load(_ count: Int) throws(ArchiveError) {
    guard bytes.count - offset < count, case .gzip(var stream) = input else { return }
    input = .plain
    bytes.removeFirst(offset)
    offset = 0
    while bytes.count < count {
      let before = bytes.count
      guard try stream.next(&bytes) else { return }
      budget -= bytes.count - before
      if budget < 0 { throw ArchiveLimits.exceeded }
    }
    input = .gzip(stream)
  }
}

/// How much is unpacked of one archive: a bound for archives made to burst.
enum ArchiveLimits {
  /// One member.
  static let memberByteCount = 1 << 30
  /// Members that are named at all.
  static let memberCount = 1_000_000

  /// All members together: filings are a thirtieth of their size when they are packed, if they have
  /// long tables; what is a hundredth is none.
  static func byteCount(of archive: [UInt8]) -> Int { max(64 << 20, 100 * archive.count) }

  /// All members together of an archive that is read at once.
  static func wholeByteCount(of archive: [UInt8]) -> Int {
    min(2 << 30, byteCount(of: archive))
  }

  static let exceeded = ArchiveError(
    reason: "holds more than is unpacked of an archive of its size; unpacked, it can be read")
}
