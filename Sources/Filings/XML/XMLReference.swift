/// Reads character references in XML, also those that were escaped twice: `&amp;#167;`.
enum XMLReference {
  /// No reference is longer, also when it was escaped twice.
  private static let longest = 32

  /// The code point of the reference at `offset` and where it ends; nil where there is none.
  static func read(_ bytes: [UInt8], _ offset: Int, _ end: Int) -> (code: UInt32, end: Int)? {
    let part = SourceText(bytes, offset..<min(offset + longest, end))
    guard let found = HTMLBytes.withBytes(part, { HTMLReference.read($0, 0) }) else { return nil }
    return (space(found.code), offset + found.end)
  }

  /// Line ends and tabs would cut rows and cells.
  private static func space(_ code: UInt32) -> UInt32 { code < 0x20 ? 0x20 : code }
}
