/// Reads tar archives: ustar, pax and GNU's long names.
///
/// A header is a block of 512 bytes: name at 0, size at 124, checksum at 148, type at 156, prefix at
/// 345. Numbers are octal digits, or binary where the first bit is set. Content follows, padded to
/// whole blocks.
struct TarReader {
  struct Member {
    var name: String
    var content: [UInt8]
  }

  private var source: MemberSource

  init(_ source: MemberSource) { self.source = source }

  static let blockSize = 512

  /// Whether a block is the header of a member: its checksum is right.
  static func isHeader(_ block: ArraySlice<UInt8>) -> Bool {
    guard block.count == blockSize, block.first != 0 else { return false }
    let bytes = Array(block)
    guard let sum = number(bytes[148..<156]) else { return false }
    let others =
      bytes[..<148].reduce(0) { $0 + Int($1) } + 8 * 0x20
      + bytes[156...].reduce(0) { $0 + Int($1) }
    return sum == others
  }

  /// The next file; nil at the end. Folders, links and devices are passed over.
  mutating func next() throws(ArchiveError) -> Member? {
    var longName: String?
    while true {
      let block = try source.peek(Self.blockSize)
      if block.isEmpty || block.allSatisfy({ $0 == 0 }) { return nil }
      guard Self.isHeader(block) else {
        throw ArchiveError(reason: "damaged tar archive: no header where one must be")
      }
      let header = try source.take(Self.blockSize)
      guard let size = Self.number(header[124..<136]) else {
        throw ArchiveError(reason: "damaged tar archive: a member has no size")
      }
      switch header[156] {
      case UInt8(ascii: "L"): longName = Self.text(try content(size)[...])
      case UInt8(ascii: "x"): longName = Self.path(inRecords: try content(size)) ?? longName
      case 0, UInt8(ascii: "0"), UInt8(ascii: "7"):
        return Member(name: longName ?? Self.name(header), content: try content(size))
      default:
        try skip(size)
        if header[156] != UInt8(ascii: "g"), header[156] != UInt8(ascii: "K") { longName = nil }
      }
    }
  }

  private mutating func content(_ size: Int) throws(ArchiveError) -> [UInt8] {
    guard size <= ArchiveLimits.memberByteCount else { throw ArchiveLimits.exceeded }
    let content = try source.take(size)
    try source.skip(Self.padding(size))
    return content
  }

  private mutating func skip(_ size: Int) throws(ArchiveError) {
    try source.skip(size)
    try source.skip(Self.padding(size))
  }

  private static func padding(_ size: Int) -> Int { -size & (blockSize - 1) }

  // MARK: Fields

  private static func number(_ field: ArraySlice<UInt8>) -> Int? {
    guard let first = field.first else { return nil }
    if first & 0x80 != 0 {
      guard first == 0x80 else { return nil }
      let digits = field.dropFirst().drop { $0 == 0 }
      guard digits.count <= 7 else { return nil }
      return digits.reduce(0) { $0 << 8 | Int($1) }
    }
    let digits = field.drop { $0 == 0x20 || $0 == 0 }.prefix { $0 != 0x20 && $0 != 0 }
    guard digits.allSatisfy({ (0x30...0x37).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 << 3 | Int($1 - 0x30) }
  }

  private static func text(_ field: ArraySlice<UInt8>) -> String {
    String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
  }

  private static func name(_ header: [UInt8]) -> String {
    let isUstar = header[257..<262].elementsEqual("ustar".utf8)
    let prefix = isUstar && header[262] == 0 ? text(header[345..<500]) : ""
    let name = text(header[..<100])
    return prefix.isEmpty ? name : prefix + "/" + name
  }

  /// The last `path` of pax records, each of which is `LENGTH KEY=VALUE` and a line feed.
  private static func path(inRecords bytes: [UInt8]) -> String? {
    var path: String?
    var offset = 0
    while offset < bytes.count {
      let digits = bytes[offset...].prefix(10).prefix(while: \.isDigit)
      guard let length = Int(String(decoding: digits, as: UTF8.self)), length > digits.count + 1,
        offset + length <= bytes.count
      else { break }
      let record = bytes[(offset + digits.count + 1)..<(offset + length)]
      if record.starts(with: "path=".utf8) {
        path = String(decoding: record.dropFirst(5).dropLast(), as: UTF8.self)
      }
      offset += length
    }
    return path
  }
}
