@testable import TextSearch

extension StringTable {
  /// Appends a string that stands in an array.
  mutating func append(_ content: [UInt8]) {
    // One byte more, so that the array has a base.
    unsafe (content + [0]).withUnsafeBytes { unsafe append($0.baseAddress!, content.count) }
  }
}
