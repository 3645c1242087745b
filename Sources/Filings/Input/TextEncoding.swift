/// The characters of windows-1252 that Latin-1 does not have.
enum Windows1252 {
  /// Code points of the bytes 0x80 to 0x9F; unassigned ones stand for themselves.
  static let high: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039,
    0x152, 0x8D, 0x17D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC,
    0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E, 0x178,
  ]
}

/// Makes UTF-8 of the bytes of text files.
enum TextEncoding {
  /// The bytes as they are where they are UTF-8, without a byte order mark; else, where most of
  /// what is not ASCII is not UTF-8 either, the bytes read as windows-1252.
  ///
  /// Single bad bytes in a UTF-8 text stay.
  static func utf8(_ bytes: [UInt8]) -> [UInt8] {
    if (try? UTF8Span(validating: bytes.span)) != nil { return withoutMark(bytes) }
    let (sequences, strays) = count(bytes)
    if sequences > strays { return withoutMark(bytes) }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 16)
    for byte in bytes {
      if byte < 0x80 {
        text.append(byte)
      } else {
        text.append(scalar: byte < 0xA0 ? Windows1252.high[Int(byte) - 0x80] : UInt32(byte))
      }
    }
    return text
  }

  private static func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
  }

  /// How many sequences look like UTF-8 characters beyond ASCII, and how many bytes are in none.
  private static func count(_ bytes: [UInt8]) -> (sequences: Int, strays: Int) {
    var sequences = 0
    var strays = 0
    var offset = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      if byte < 0x80 { continue }
      let length = byte < 0xC2 ? 0 : byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : byte < 0xF5 ? 3 : 0
      let tail = bytes[offset..<min(offset + length, bytes.count)].prefix { $0 & 0xC0 == 0x80 }
      if length > 0, tail.count == length {
        sequences += 1
        offset += length
      } else {
        strays += 1
      }
    }
    return (sequences, strays)
  }
}
