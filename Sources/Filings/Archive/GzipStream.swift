/// Unpacks gzip (RFC 1952), member after member, chunk by chunk; checksums are verified.
struct GzipStream {
  private let bytes: [UInt8]
  private var inflate: Inflate
  private var crc = CRC32()
  private var size: UInt32 = 0

  static let signature: [UInt8] = [0x1F, 0x8B]

  init(_ bytes: [UInt8]) throws(ArchiveError) {
    self.bytes = bytes
    inflate = Inflate(bytes, try Self.dataStart(bytes, 0)..<bytes.count)
  }

  /// Appends the next bytes; false at the end.
  mutating func next(_ output: inout [UInt8]) throws(ArchiveError) -> Bool {
    while true {
      if let chunk = try inflate.next() {
        if chunk.isEmpty { continue }
        crc.add(inflate.buffer, chunk)
        size &+= UInt32(truncatingIfNeeded: chunk.count)
        output += inflate.buffer[chunk]
        return true
      }
      if try !nextMember() { return false }
    }
  }

  /// Verifies the member that has ended, and goes to the one after it, if there is one.
  private mutating func nextMember() throws(ArchiveError) -> Bool {
    var source = inflate.source
    source.alignToByte()
    let trailer = source.offset
    guard trailer + 8 <= bytes.count else { throw .cutOff("gzip file") }
    guard bytes.number(at: trailer) == crc.value, bytes.number(at: trailer + 4) == size else {
      throw ArchiveError(reason: "damaged gzip file: the checksum is wrong")
    }
    (crc, size) = (CRC32(), 0)
    let next = trailer + 8
    // What follows and is no gzip is padding.
    guard bytes[next...].starts(with: Self.signature) else { return false }
    inflate = Inflate(bytes, try Self.dataStart(bytes, next)..<bytes.count)
    return true
  }

  /// Where the data of the member begins whose header is at `start`.
  private static func dataStart(_ bytes: [UInt8], _ start: Int) throws(ArchiveError) -> Int {
    guard start + 10 <= bytes.count else { throw .cutOff("gzip file") }
    guard bytes[start + 2] == 8 else {
      throw ArchiveError(reason: "gzip file: no known way of packing")
    }
    let flags = bytes[start + 3]
    var offset = start + 10
    if flags & 4 != 0 {
      guard offset + 2 <= bytes.count else { throw .cutOff("gzip file") }
      offset += 2 + Int(bytes[offset]) + Int(bytes[offset + 1]) << 8
    }
    // Name and comment end with a zero.
    for flag: UInt8 in [8, 16] where flags & flag != 0 {
      guard offset < bytes.count else { throw .cutOff("gzip file") }
      offset = ByteScan.find(0, in: bytes.span, offset, bytes.count) + 1
    }
    if flags & 2 != 0 { offset += 2 }
    guard offset <= bytes.count else { throw .cutOff("gzip file") }
    return offset
  }
}

extension [UInt8] {
  /// The 32-bit number, low byte first, at a place that has four bytes.
  func number(at offset: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(self[offset + $1]) << UInt32($1 * 8) }
  }

  /// The 16-bit number, low byte first, at a place that has two bytes.
  func shortNumber(at offset: Int) -> Int { Int(self[offset]) | Int(self[offset + 1]) << 8 }

  /// The 64-bit number, low byte first, at a place that has eight bytes; nil beyond 2⁶³ − 1.
  func longNumber(at offset: Int) -> Int? {
    Int(exactly: UInt64(number(at: offset)) | UInt64(number(at: offset + 4)) << 32)
  }
}
