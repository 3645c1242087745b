/// A stretch of a file that is read as one text; its bytes are not copied.
struct SourceText {
  let bytes: [UInt8]
  let range: Range<Int>

  init(_ bytes: [UInt8]) {
    range = 0..<bytes.count
    self.bytes = bytes
  }

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    self.range = range
  }

  var content: ArraySlice<UInt8> { bytes[range] }
}
