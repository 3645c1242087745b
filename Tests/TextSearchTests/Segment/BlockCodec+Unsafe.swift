@testable import TextSearch

extension BlockCodec {
  /// Decodes a column that stands in an array; behind it is the slack that every section has.
  static func decoded(_ bytes: [UInt8], at offset: Int = 0, count: Int) -> (
    values: [UInt32], end: Int
  )? {
    let slack = [UInt8](repeating: 0xFF, count: PagedFile.slack)
    var values = [UInt32](repeating: 0xDEAD_BEEF, count: blockSize)
    let end = unsafe (bytes + slack).withUnsafeBytes { all in
      unsafe values.withUnsafeMutableBufferPointer { buffer in
        // Both arrays are not empty, so they have bases.
        unsafe decode(
          UnsafeRawBufferPointer(rebasing: all[..<bytes.count]), at: offset, count: count,
          into: buffer.baseAddress!)
      }
    }
    return end.map { (Array(values.prefix(count)), $0) }
  }

  /// The numbers of which `gaps` are the gaps, or nil where they pass `limit`.
  static func summed(_ gaps: [UInt32], after base: Int, limit: Int) -> [UInt32]? {
    var values = gaps + [0]
    let isFine = unsafe values.withUnsafeMutableBufferPointer { buffer in
      unsafe sum(buffer.baseAddress!, gaps.count, after: base, limit: limit)
    }
    return isFine ? Array(values.prefix(gaps.count)) : nil
  }
}
