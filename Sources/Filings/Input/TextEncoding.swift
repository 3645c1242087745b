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
    let text = utf8(SourceText(bytes))
    return text.range.count == text.bytes.count ? text.bytes : Array(text.content)
  }

  /// The same of a stretch of bytes, which is not copied where it is UTF-8.
  static func utf8(_ text: consuming SourceText) -> SourceText {
    let content = text.content
    if (try? UTF8Span(validating: content.span)) != nil { return withoutMark(text) }
    let (sequences, strays) = count(content)
    if sequences > strays { return withoutMark(text) }
    var decoded: [UInt8] = []
    decoded.reserveCapacity(content.count + content.count / 16)
    var start = content.startIndex
    while let place = content[start...].firstIndex(where: { $0 >= 0x80 }) {
      decoded.append(contentsOf: content[start..<place])
      let byte = content[place]
      decoded.append(scalar: byte < 0xA0 ? Windows1252.high[Int(byte) - 0x80] : UInt32(byte))
      start = place + 1
    }
    decoded.append(contentsOf: content[start...])
    return SourceText(decoded)
  }

  private static func withoutMark(_ text: consuming SourceText) -> SourceText {
    guard text.content.starts(with: [0xEF, 0xBB, 0xBF]) else { return text }
    let range = text.range.lowerBound + 3..<text.range.upperBound
    return SourceText(text.bytes, range)
  }

  /// How many sequences look like UTF-8 characters beyond ASCII, and how many bytes are in none.
  private static func count(_ bytes: ArraySlice<UInt8>) -> (sequences: Int, strays: Int) {
    var sequences = 0
    var strays = 0
    var offset = bytes.startIndex
    while let place = bytes[offset...].firstIndex(where: { $0 >= 0x80 }) {
      let byte = bytes[place]
      offset = place + 1
      let length = byte < 0xC2 ? 0 : byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : byte < 0xF5 ? 3 : 0
      let tail = bytes[offset...].prefix(length).prefix { $0 & 0xC0 == 0x80 }
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
