/// Reads character references in XML, also those that were escaped twice: `&amp;#167;`.
enum XMLReference {
  /// The code point of the reference at `offset` and where it ends; nil where there is none.
  static func read(_ bytes: [UInt8], _ offset: Int, _ end: Int) -> (code: UInt32, end: Int)? {
    guard let outer = HTMLReference.read(bytes, offset), outer.end <= end else { return nil }
    guard outer.code == UInt32(UInt8(ascii: "&")), outer.end < end else {
      return (space(outer.code), outer.end)
    }
    return twice(bytes, outer.end, end) ?? outer
  }

  /// The reference whose `&` was one itself, its name or number beginning at `start`.
  private static func twice(
    _ bytes: [UInt8], _ start: Int, _ end: Int
  ) -> (code: UInt32, end: Int)? {
    let word = bytes[start..<min(start + 10, end)].prefix { $0 != UInt8(ascii: ";") }
    guard word.endIndex < end, bytes[word.endIndex] == UInt8(ascii: ";") else { return nil }
    let whole = [UInt8(ascii: "&")] + word + [UInt8(ascii: ";")]
    guard let inner = HTMLReference.read(whole, 0), inner.end == whole.count else { return nil }
    return (space(inner.code), word.endIndex + 1)
  }

  /// Line ends and tabs would cut rows and cells.
  private static func space(_ code: UInt32) -> UInt32 { code < 0x20 ? 0x20 : code }
}
