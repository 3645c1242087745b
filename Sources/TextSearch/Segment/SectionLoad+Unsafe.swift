extension Section {
  /// The eight bytes at `offset` as a little-endian number, of which the first `count` belong to
  /// the section.
  ///
  /// The bytes after those `count` are whatever follows in the file; the caller masks them away.
  ///
  /// Safety: `bytes` has checked that the `count` bytes lie in the mapping, and at least 64
  /// readable bytes follow every section, so the load of eight stays inside readable memory.
  /// - Complexity: O(1) once the page is verified.
  @inline(__always)
  func word(at offset: Int, count: Int) throws(IndexError) -> UInt64 {
    let content = try unsafe bytes(offset..<(offset &+ count))
    guard let base = content.baseAddress else { return 0 }
    return UInt64(littleEndian: unsafe base.loadUnaligned(as: UInt64.self))
  }

  /// Asks the memory system for so many cache lines from `offset` on, without waiting for them.
  ///
  /// Safety: to ask for memory behind the section, or for none at all, does nothing.
  @inline(__always)
  func prefetch(_ offset: Int, lines: Int) {
    let start = unsafe file.address(range.lowerBound &+ offset)
    for line in 0..<lines { unsafe Vector.prefetch(start + 64 &* line) }
  }
}
