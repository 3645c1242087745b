/// Text files of lines of fields with a checksum at the end, which a person can read.
///
/// ```
/// file  := { field { TAB field } LF } "checksum" TAB eight hexadecimal digits LF
/// ```
/// In fields `%` and control characters are written as `%` and two hexadecimal digits. The checksum
/// is the CRC-32C of all lines above it.
enum SignedLines {
  static func text(_ lines: [[String]]) -> String {
    let body = lines.map { $0.map(escaped).joined(separator: "\t") + "\n" }.joined()
    return body + "checksum\t\(hexadecimal(Checksum.crc32c(Array(body.utf8))))\n"
  }

  /// The lines of a file with the places where they begin.
  /// - Parameter section: What errors call it.
  /// - Throws: `IndexError.damaged` where the bytes are not those that were written.
  static func lines(of bytes: [UInt8], _ path: String, section: String) throws(IndexError)
    -> [(offset: Int, fields: [String])]
  {
    func damaged(_ offset: Int, _ reason: String) -> IndexError {
      .damaged(file: path, section: section, offset: offset, reason: reason)
    }
    // "checksum" TAB, eight digits, LF
    let tail = 18
    guard bytes.count > tail else { throw damaged(bytes.count, "the file is cut short") }
    let body = Array(bytes.dropLast(tail))
    let expected = "checksum\t\(hexadecimal(Checksum.crc32c(body)))\n"
    guard bytes.suffix(tail).elementsEqual(expected.utf8) else {
      throw damaged(body.count, "the checksum is wrong; the file is damaged or cut short")
    }
    var lines: [(Int, [String])] = []
    var offset = 0
    for line in body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .dropLast()
    {
      var fields: [String] = []
      for field in line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false) {
        guard let text = unescaped(field) else { throw damaged(offset, "a % without two digits") }
        fields.append(text)
      }
      lines.append((offset, fields))
      offset += line.count + 1
    }
    return lines
  }

  private static func hexadecimal(_ number: UInt32) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  private static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if byte == UInt8(ascii: "%") || byte < 0x20 || byte == 0x7F {
        bytes += "%\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func unescaped(_ field: ArraySlice<UInt8>) -> String? {
    var bytes: [UInt8] = []
    var rest = field
    while let byte = rest.popFirst() {
      if byte != UInt8(ascii: "%") {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(2)
      guard digits.count == 2, digits.allSatisfy({ UnicodeScalar($0).isHexDigit }),
        let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      else { return nil }
      bytes.append(code)
      rest = rest.dropFirst(2)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension UnicodeScalar {
  fileprivate var isHexDigit: Bool {
    switch self {
    case "0"..."9", "a"..."f", "A"..."F": true
    default: false
    }
  }
}
