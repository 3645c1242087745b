/// A named range of bytes of a mapped index file, verified page by page on first touch.
///
/// Offsets are relative to the section's start. A `Section` keeps its file mapped.
struct Section: Sendable {
  let name: String
  let file: PagedFile
  /// Where in the file the section lies.
  let range: Range<Int>

  var count: Int { range.count }

  /// The bytes of `part`, checked against the section's length and their pages' checksums.
  ///
  /// The pointer is good for as long as `file` is alive. At least 64 readable bytes follow it.
  /// - Complexity: O(pages touched for the first time).
  func bytes(_ part: Range<Int>) throws(IndexError) -> UnsafeRawBufferPointer {
    guard part.lowerBound >= 0, part.upperBound <= count else {
      throw damaged(
        at: part.lowerBound, "bytes \(part.lowerBound)..<\(part.upperBound) of \(count)")
    }
    let start = range.lowerBound + part.lowerBound
    return try unsafe file.bytes(start..<(start + part.count), section: name)
  }

  /// Verifies the checksums of the pages that `part` lies in.
  func verify(_ part: Range<Int>) throws(IndexError) { _ = unsafe try bytes(part) }

  /// All bytes of the section.
  func bytes() throws(IndexError) -> UnsafeRawBufferPointer { try unsafe bytes(0..<count) }

  /// The error for wrong content at `offset` of the section.
  func damaged(at offset: Int, _ reason: String) -> IndexError {
    .damaged(
      file: file.path, section: name, offset: range.lowerBound + offset, reason: reason)
  }
}
