import TestSupport
import Testing

@testable import TextSearch

@Suite struct SourceListTests {
  private static let changes: [SourceChange] = [
    .set(
      Source(
        path: "/f/a/1.htm", label: "a/1.htm", size: 300, modified: 1000, fingerprint: 0x11,
        number: 7)),
    .set(
      Source(
        path: "/f/a/2.htm", label: "a/2.htm", size: 5, modified: 1001, fingerprint: 0x22, number: 6,
        state: .duplicate(of: "/f/a/1.htm"))),
    .set(
      Source(
        path: "/f/a.pdf", label: "a.pdf", size: 0, modified: 1001, fingerprint: 0x33, number: 8,
        state: .empty(reason: "PDF"))),
    .gone(path: "/f/b"),
    .set(
      Source(
        path: "/g", label: "x", size: 1, modified: -1, fingerprint: 0x44, number: 9,
        beatenBy: [6, 300])),
  ]

  private static func sections() throws -> [(name: String, bytes: [UInt8])] {
    let folder = try TemporaryIndex()
    var writer = SourceListWriter()
    for change in changes { try writer.append(change) }
    let path = folder.path + "/1.sources"
    _ = try writer.write(to: path)
    let file = try SegmentFile(path: path)
    return try file.sections.map { name, range in
      let section = file.section(name)
      var reader = try SectionReader(section, 0..<range.count)
      return (name, try reader.raw(range.count))
    }
  }

  @Test func bytesAreThoseOfTheFormat() throws {
    let sections = try Self.sections()
    #expect(
      sections.map(\.name) == [
        "source list", "source records", "source blocks", "source reasons",
      ])
    #expect(sections[0].bytes == [5, 1])
    var expected = ByteWriter()
    // An indexed source; its label begins at byte 3.
    expected.raw([5, 0, 10])
    expected.raw("/f/a/1.htm".utf8)
    expected.raw([3, 0xAC, 2, 0xD0, 0x0F, 0x11, 0, 0, 0, 0, 0, 0, 0, 14])
    // A duplicate: five bytes are shared with the path before, and five of the original's path.
    expected.raw([3 + 8, 5, 5])
    expected.raw("2.htm".utf8)
    expected.raw([5, 2, 0x22, 0, 0, 0, 0, 0, 0, 0, 1, 7, 5, 5])
    expected.raw("1.htm".utf8)
    // An empty one, with reason 0.
    expected.raw([2 + 8, 4, 4])
    expected.raw(".pdf".utf8)
    expected.raw([0, 0, 0x33, 0, 0, 0, 0, 0, 0, 0, 4, 1, 0])
    // A path that is gone.
    expected.raw([0, 3, 1])
    expected.raw("b".utf8)
    // A source with a label of its own that is beaten by two.
    expected.raw([1 + 4 + 8 + 16 + 32, 1, 1])
    expected.raw("g".utf8)
    expected.raw([0, 1, 0xD3, 0x0F, 0x44, 0, 0, 0, 0, 0, 0, 0, 2, 6, 1])
    expected.raw("x".utf8)
    expected.raw([2, 6, 0xAC, 2])
    #expect(sections[1].bytes == expected.bytes)
    #expect(sections[2].bytes == OffsetTable.encode([0, expected.count]))
    #expect(sections[3].bytes == OffsetTable.encode([0, 3]) + Array("PDF".utf8))
  }

  @Test func pathsMustRise() throws {
    for paths in [["/b", "/a"], ["/a", "/a"], ["/a.b", "/a/b"]] {
      var writer = SourceListWriter()
      try writer.append(.gone(path: paths[0]))
      #expect(throws: IndexError.self) { try writer.append(.gone(path: paths[1])) }
    }
  }

  // MARK: Damage

  /// All that a list says; throws where it is damaged.
  private static func content(_ path: String) throws -> [Source] {
    let table = try SourceTable(paths: [path])
    var sources: [Source] = []
    try table.visit {
      sources.append($0)
      return true
    }
    for path in changes.map(\.path) + ["", "/zz"] { _ = try table.source(at: path) }
    return sources
  }

  private static func expect(_ path: String, _ sources: [Source]) throws {
    do {
      #expect(try content(path) == sources)
    } catch let error as IndexError {
      switch error {
      case .damaged, .unsupported: break
      default: Issue.record("\(error)")
      }
    }
  }

  @Test func everyDamageOfTheFileIsFound() throws {
    let folder = try TemporaryIndex()
    let path = folder.path + "/1.sources"
    _ = try SourceTable().write(Self.changes, to: path)
    let whole = try folder.bytes("1.sources")
    let sources = try Self.content(path)
    #expect(sources.count == 4)
    for length in whole.indices {
      try folder.put(Array(whole[..<length]), "2.sources")
      #expect(throws: IndexError.self) { try Self.content(folder.path + "/2.sources") }
    }
    for place in whole.indices {
      for change: UInt8 in [0x01, 0x80, 0xFF] {
        var damaged = whole
        damaged[place] ^= change
        try folder.put(damaged, "2.sources")
        #expect(throws: IndexError.self) { try Self.content(folder.path + "/2.sources") }
      }
    }
  }

  /// Damage that the checksums do not tell: as if a writer had gone wrong.
  @Test func wrongContentNeverTraps() throws {
    let folder = try TemporaryIndex()
    let sections = try Self.sections()
    let path = folder.path + "/1.sources"
    for (number, section) in sections.enumerated() {
      for damaged in Self.damages(of: section.bytes) {
        let file = try SegmentFileWriter(path: path)
        for (other, section) in sections.enumerated() {
          try file.add(section.name, other == number ? damaged : section.bytes)
        }
        _ = try file.finish()
        do { _ = try Self.content(path) } catch _ as IndexError {}
      }
    }
  }

  private static func damages(of bytes: [UInt8]) -> [[UInt8]] {
    var all = (0..<bytes.count).map { Array(bytes[..<$0]) } + [bytes + [0], bytes + bytes]
    for place in bytes.indices {
      for change: UInt8 in [0x01, 0x04, 0x08, 0x10, 0x20, 0x7F, 0x80, 0xFF] {
        var damaged = bytes
        damaged[place] ^= change
        all.append(damaged)
      }
      // A length without an end, and the longest one.
      all.append(bytes[..<place] + [UInt8](repeating: 0xFF, count: 11) + bytes[place...])
      all.append(
        bytes[..<place] + [UInt8](repeating: 0xFF, count: 9) + [1] + bytes[(place + 1)...])
    }
    return all
  }
}
