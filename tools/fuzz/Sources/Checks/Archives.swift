/// Archives around bytes, with checksums as they must be, so that what lies behind them is reached.
public enum Archives {
  /// A gzip file of one deflate stream, whose checksum is not known.
  public static func gzip(deflated bytes: [UInt8]) -> [UInt8] {
    [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + bytes
  }

  /// A gzip file that holds the bytes in stored blocks.
  public static func gzip(stored bytes: [UInt8]) -> [UInt8] {
    var file = gzip(deflated: [])
    var start = 0
    repeat {
      let end = min(start + 0xFFFF, bytes.count)
      file.append(end == bytes.count ? 1 : 0)
      file += number(end - start, 2) + number((end - start) ^ 0xFFFF, 2) + bytes[start..<end]
      start = end
    } while start < bytes.count
    return file + number(Int(checksum(bytes)), 4) + number(bytes.count, 4)
  }

  /// A ZIP archive of one stored member; its name is the first line.
  public static func zip(_ bytes: [UInt8]) -> [UInt8] {
    let name = bytes.prefix { $0 != 0x0A }
    let content = Array(bytes.dropFirst(name.count + 1))
    var facts = [UInt8](repeating: 0, count: 8)
    facts += number(Int(checksum(content)), 4) + number(content.count, 4)
    facts += number(content.count, 4) + number(name.count, 2)
    var file: [UInt8] = [0x50, 0x4B, 3, 4, 20, 0] + facts
    file += [0, 0] + name + content
    let directory = file.count
    file += [0x50, 0x4B, 1, 2, 20, 0, 20, 0] + facts
    file += [UInt8](repeating: 0, count: 16) + name
    let directorySize = file.count - directory
    file += [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0]
    return file + number(directorySize, 4) + number(directory, 4) + [0, 0]
  }

  /// A tar archive with the headers' checksums set right.
  public static func tar(_ bytes: [UInt8]) -> [UInt8] {
    var file = bytes
    var start = 0
    while start + 512 <= file.count {
      file.replaceSubrange(start + 148..<start + 156, with: [UInt8](repeating: 0x20, count: 8))
      let sum = file[start..<start + 512].reduce(0) { $0 + Int($1) }
      let digits = Array(String(sum, radix: 8).utf8)
      file.replaceSubrange(start + 148..<start + 148 + digits.count, with: digits)
      file[start + 155] = 0
      let size = file[start + 124..<start + 135].prefix { (0x30...0x37).contains($0) }
        .reduce(0) { $0 << 3 | Int($1 & 7) }
      start += 512 + min(size, file.count) / 512 * 512 + (size % 512 == 0 ? 0 : 512)
    }
    return file
  }

  /// Low byte first.
  private static func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// CRC-32, bit by bit.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = .max
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}
