import Synchronization

/// A mapped, immutable file whose pages are verified against their checksums on first touch.
///
/// A page is 16 KiB of the file. Verifying a page once costs about 2 µs, and after that a look at
/// one bit; so an index opens at once, however large it is, and still never believes a byte that
/// was not checked. The list of checksums is verified in the same way, page by page of the list,
/// against a second, short list.
final class PagedFile: Sendable {
  static let pageSize = 16_384
  /// Bytes that may be read behind any range that `bytes` returns; their content means nothing.
  static let slack = 64

  let path: String
  /// The length of the part of the file that `bytes` gives out.
  let count: Int
  private let memory: Mapping
  /// Where in the file the checksums of the pages begin, four bytes each.
  private let checksums: Range<Int>
  /// The checksums of the pages of the list of checksums.
  private let outerChecksums: [UInt32]
  private let verified: PageSet
  private let outerVerified: PageSet

  /// - Precondition: `content` and `checksums` lie in the mapping with `slack` bytes behind them.
  init(
    path: String, memory: consuming Mapping, content: Int, checksums: Range<Int>,
    outerChecksums: [UInt32]
  ) {
    precondition(content + Self.slack <= memory.count)
    precondition(checksums.lowerBound >= 0 && checksums.upperBound + Self.slack <= memory.count)
    precondition(checksums.count == 4 * Self.pageCount(content))
    precondition(outerChecksums.count == Self.pageCount(checksums.count))
    self.path = path
    self.memory = memory
    self.checksums = checksums
    self.outerChecksums = outerChecksums
    count = content
    verified = PageSet(count: Self.pageCount(content))
    outerVerified = PageSet(count: outerChecksums.count)
  }

  static func pageCount(_ bytes: Int) -> Int { (bytes + pageSize - 1) / pageSize }

  /// The checksums of the pages of `bytes`.
  static func checksums(of bytes: [UInt8]) -> [UInt32] {
    unsafe bytes.withUnsafeBytes { all in
      stride(from: 0, to: all.count, by: pageSize).map { start in
        let end = min(start + pageSize, all.count)
        return unsafe Checksum.crc32c(UnsafeRawBufferPointer(rebasing: all[start..<end]))
      }
    }
  }

  /// The bytes of `range`, which must lie in the content, after their pages are verified.
  ///
  /// The pointer is good for as long as this object lives.
  func bytes(_ range: Range<Int>, section: String) throws(IndexError) -> UnsafeRawBufferPointer {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    if !range.isEmpty {
      let last = (range.upperBound - 1) / Self.pageSize
      var page = range.lowerBound / Self.pageSize
      while page <= last {
        if !verified.contains(page) { try verify(page, section: section) }
        page += 1
      }
    }
    return unsafe UnsafeRawBufferPointer(rebasing: memory.bytes[range])
  }

  /// Where the byte at `offset` is in memory, without a look at it: to ask for it early.
  func address(_ offset: Int) -> UnsafeRawPointer {
    // A mapping has bytes, as it has slack.
    unsafe memory.bytes.baseAddress! + min(offset, count)
  }

  private func verify(_ page: Int, section: String) throws(IndexError) {
    let entry = checksums.lowerBound + 4 * page
    let outerPage = 4 * page / Self.pageSize
    if !outerVerified.contains(outerPage) {
      let start = checksums.lowerBound + outerPage * Self.pageSize
      let end = min(start + Self.pageSize, checksums.upperBound)
      try compare(start..<end, with: outerChecksums[outerPage], section: "checksums")
      outerVerified.insert(outerPage)
    }
    let expected = unsafe memory.bytes.loadUnaligned(fromByteOffset: entry, as: UInt32.self)
    let start = page * Self.pageSize
    let end = min(start + Self.pageSize, count)
    try compare(start..<end, with: UInt32(littleEndian: expected), section: section)
    verified.insert(page)
  }

  private func compare(_ range: Range<Int>, with expected: UInt32, section: String)
    throws(IndexError)
  {
    let content = unsafe UnsafeRawBufferPointer(rebasing: memory.bytes[range])
    guard unsafe Checksum.crc32c(content) == expected else {
      throw .damaged(
        file: path, section: section, offset: range.lowerBound,
        reason: "the checksum of bytes \(range.lowerBound)..<\(range.upperBound) is wrong")
    }
  }
}

/// A read-only mapping that ends with its owner.
@safe struct Mapping: ~Copyable, @unchecked Sendable {
  let bytes: UnsafeRawBufferPointer

  var count: Int { unsafe bytes.count }

  init(path: String) throws(IndexError) { unsafe bytes = try Platform.map(path) }

  deinit { unsafe Platform.unmap(bytes) }
}

/// A set of page numbers that many threads read and add to without a lock.
@safe private final class PageSet: @unchecked Sendable {
  private let words: UnsafeMutablePointer<Atomic<UInt64>>
  private let wordCount: Int

  init(count: Int) {
    wordCount = (count + 63) / 64
    unsafe words = .allocate(capacity: max(wordCount, 1))
    for place in 0..<wordCount { unsafe (words + place).initialize(to: Atomic(0)) }
  }

  deinit {
    unsafe words.deinitialize(count: wordCount)
    unsafe words.deallocate()
  }

  /// - Precondition: `page` is less than the count given to `init`; callers have checked that the
  ///   range they read lies in the file.
  func contains(_ page: Int) -> Bool {
    unsafe words[page &>> 6].load(ordering: .acquiring) & (1 &<< UInt64(page & 63)) != 0
  }

  func insert(_ page: Int) {
    unsafe words[page &>> 6].bitwiseOr(1 &<< UInt64(page & 63), ordering: .releasing)
  }
}
