import TestSupport
import Testing

@testable import TextSearch

@Suite struct SegmentFileTests {
  private typealias Content = [(name: String, bytes: [UInt8])]

  private static func content(_ counts: [Int]) -> Content {
    var random = SeededGenerator(seed: TestSeed.value)
    return counts.enumerated().map { number, count in
      ("section \(number)", (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
  }

  private static func write(_ content: Content, _ folder: TemporaryIndex) throws -> [UInt8] {
    let writer = try SegmentFileWriter(path: folder.path + "/file")
    for (name, bytes) in content { try writer.add(name, bytes) }
    let (byteCount, sections) = try writer.finish()
    let bytes = try folder.bytes("file")
    #expect(byteCount == bytes.count)
    #expect(sections.map(\.name) == content.map(\.name))
    return bytes
  }

  /// Opens the file and reads every section whole.
  private static func read(_ folder: TemporaryIndex) throws -> Content {
    let file = try SegmentFile(path: folder.path + "/file")
    return try file.sections.map { name, _ in
      let section = file.section(name)
      return (name, try RawSpanSource(section, 0..<section.count).copy(0..<section.count))
    }
  }

  private static func isSame(_ a: Content, _ b: Content) -> Bool {
    a.map(\.name) == b.map(\.name) && a.map(\.bytes) == b.map(\.bytes)
  }

  @Test(arguments: [
    [], [0], [1], [0, 0, 5], [16_384], [16_376, 1], [16_312], [16_311], [40_000, 0, 3, 100_000],
  ]) func sectionsComeBack(counts: [Int]) throws {
    let folder = try TemporaryIndex()
    let content = Self.content(counts)
    _ = try Self.write(content, folder)
    #expect(Self.isSame(try Self.read(folder), content))
    let file = try SegmentFile(path: folder.path + "/file")
    #expect(file.section("no such").count == 0)
  }

  @Test func everyChangedByteIsFound() throws {
    let folder = try TemporaryIndex()
    let bytes = try Self.write(Self.content([0, 100, 33]), folder)
    for place in bytes.indices {
      for change: UInt8 in [0x01, 0x80, 0xFF] {
        var damaged = bytes
        damaged[place] ^= change
        try folder.put(damaged, "file")
        #expect(throws: IndexError.self, "byte \(place) of \(bytes.count)") {
          try Self.read(folder)
        }
      }
    }
  }

  @Test func changedBytesOfLargeFilesAreFound() throws {
    let folder = try TemporaryIndex()
    let bytes = try Self.write(Self.content([70_000, 7]), folder)
    var random = SeededGenerator(seed: TestSeed.announced("changed bytes"))
    for _ in 0..<300 {
      var damaged = bytes
      let place = Int.random(in: bytes.indices, using: &random)
      damaged[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
      try folder.put(damaged, "file")
      #expect(throws: IndexError.self, "byte \(place) of \(bytes.count)") { try Self.read(folder) }
    }
  }

  @Test func everyCutIsFound() throws {
    let folder = try TemporaryIndex()
    let bytes = try Self.write(Self.content([5, 100]), folder)
    for length in 0..<bytes.count {
      try folder.put(Array(bytes[..<length]), "file")
      #expect(throws: IndexError.self, "\(length) bytes") { try Self.read(folder) }
    }
    try folder.put(bytes + [0], "file")
    #expect(throws: IndexError.self) { try Self.read(folder) }
  }

  /// A section far from the damage can still be read: only what is touched is verified.
  @Test func damageElsewhereDoesNotMatter() throws {
    let folder = try TemporaryIndex()
    let content = Self.content([100, 60_000])
    var bytes = try Self.write(content, folder)
    bytes[50_000] ^= 4
    try folder.put(bytes, "file")
    let file = try SegmentFile(path: folder.path + "/file")
    let section = file.section("section 0")
    #expect(try RawSpanSource(section, 0..<100).copy(0..<100) == content[0].bytes)
    #expect(throws: IndexError.self) { try RawSpanSource(file.section("section 1"), 0..<60_000) }
  }
}
