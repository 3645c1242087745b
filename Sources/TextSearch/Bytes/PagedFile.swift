import Synchronization

/// A mapped, immutable file whose pages are verified against their checksums on first touch.
///
/// A page is 16 KiB of the file. Verifying a page once costs about 2 µs, and after that a look at
/// one bit; so an index opens at once, however large it is, and still never believes a byte that
/// was not checked.
final class PagedFile: Sendable {
  static let pageSize = 16_384

  let path: String
  private let memory: Mapping
  private let checksums: [UInt32]
  private let verified: Verified

  /// - Parameter checksums: The CRC-32C of each page of the first `checksums.count` pages.
  init(path: String, memory: consuming Mapping, checksums: [UInt32]) {
    self.path = path
    self.memory = memory
    self.checksums = checksums
    verified = Verified(count: checksums.count)
  }

  var count: Int { unsafe memory.bytes.count }

  /// The bytes of `range`, which must lie in the file, after their pages are verified.
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

  private func verify(_ page: Int, section: String) throws(IndexError) {
    let start = page * Self.pageSize
    let end = min(start + Self.pageSize, count)
    let content = unsafe UnsafeRawBufferPointer(rebasing: memory.bytes[start..<end])
    guard page < checksums.count, unsafe Checksum.crc32c(content) == checksums[page] else {
      throw .damaged(
        file: path, section: section, offset: start,
        reason: "checksum of bytes \(start)..<\(end) is wrong")
    }
    verified.insert(page)
  }
}

/// A read-only mapping that ends with its owner.
@safe struct Mapping: ~Copyable, @unchecked Sendable {
  let bytes: UnsafeRawBufferPointer

  init(path: String) throws(IndexError) { unsafe bytes = try Platform.map(path) }

  deinit { unsafe Platform.unmap(bytes) }
}

/// A set of page numbers that many threads read and add to.
private final class Verified: Sendable {
  private let words: [Word]

  private final class Word: Sendable {
    let bits = Atomic<UInt64>(0)
  }

  init(count: Int) { words = (0..<((count + 63) / 64)).map { _ in Word() } }

  func contains(_ page: Int) -> Bool {
    page / 64 < words.count
      && words[page / 64].bits.load(ordering: .acquiring) & (1 &<< UInt64(page % 64)) != 0
  }

  func insert(_ page: Int) {
    words[page / 64].bits.bitwiseOr(1 &<< UInt64(page % 64), ordering: .releasing)
  }
}
