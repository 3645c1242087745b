import TestSupport
import Testing

@testable import TextSearch

@Suite struct ManifestTests {
  private static let manifest = Manifest(
    generation: 18, nextSource: 4_711,
    roots: [
      .init(path: "/data/filings", label: ""), .init(path: "/data/tab\there", label: "here/"),
    ],
    segments: [
      .init(name: "18-1.segment", byteCount: 12_345, documentCount: 678),
      .init(
        name: "9-2.segment", byteCount: 1 << 40, documentCount: 9, isMerged: true,
        deletions: .init(name: "18-2.deletions", byteCount: 77), deletedCount: 8),
    ],
    sources: [.init(name: "3.sources", byteCount: 1), .init(name: "18.sources", byteCount: 99)])

  private static func read(_ bytes: [UInt8], _ folder: TemporaryIndex) throws -> Manifest {
    try folder.put(bytes, Manifest.fileName)
    return try Manifest(folder: folder.path)
  }

  @Test func manifestsComeBack() throws {
    let folder = try TemporaryIndex()
    for manifest in [Self.manifest, Manifest(generation: .max, segments: [])] {
      #expect(try Self.read(Array(manifest.text().utf8), folder) == manifest)
    }
  }

  @Test func everyChangedByteIsFound() throws {
    let folder = try TemporaryIndex()
    let bytes = Array(Self.manifest.text().utf8)
    for place in bytes.indices {
      for change: UInt8 in [0x01, 0x20, 0x80, 0xFF] {
        var damaged = bytes
        damaged[place] ^= change
        #expect(throws: IndexError.self) { try Self.read(damaged, folder) }
      }
    }
  }

  @Test func everyCutIsFound() throws {
    let folder = try TemporaryIndex()
    let bytes = Array(Self.manifest.text().utf8)
    for length in 0..<bytes.count {
      #expect(throws: IndexError.self) { try Self.read(Array(bytes[..<length]), folder) }
    }
    #expect(throws: IndexError.self) { try Self.read(bytes + [10], folder) }
    #expect(throws: IndexError.self) { try Self.read(bytes + bytes, folder) }
  }

  /// Lines with a checksum that is right.
  private static func signed(_ lines: String) -> [UInt8] {
    let digits = String(Checksum.crc32c(Array(lines.utf8)), radix: 16)
    let zeros = String(repeating: "0", count: 8 - digits.count)
    return Array("\(lines)checksum\t\(zeros)\(digits)\n".utf8)
  }

  @Test(arguments: [
    "folio index\t2\n",
    "folio index\t2\ngeneration\t-1\n",
    "folio index\t2\ngeneration\tx\n",
    "folio index\t2\ngeneration\t18446744073709551616\n",
    "folio index\t2\ngeneration\t1\n\n",
    "folio index\t2\ngeneration\t1\nsegment\t../1-1.segment\t1\t1\tnew\n",
    "folio index\t2\ngeneration\t1\nsegment\t1-1.segment\t1\tnew\n",
    "folio index\t2\ngeneration\t1\nsegment\t1-1.segment\t1\t9999999999999999999999\tnew\n",
    "folio index\t2\nsegment\t1-1.segment\t1\t1\tnew\ngeneration\t1\n",
    "folio index\t2\ngeneration\t1\nanything\telse\n",
    "folio index\t2\ngeneration\t1\nnext source\t4294967296\n",
    "folio index\t2\ngeneration\t1\nroot\t/a\n",
    "folio index\t2\ngeneration\t1\ndeletions\t1-1.deletions\t1\t1\n",
    "folio index\t2\ngeneration\t1\nsegment\t1-1.segment\t1\t1\tnew\n"
      + "deletions\t1-1.deletions\t1\t2\n",
    "folio index\t2\ngeneration\t1\nsources\t../1.sources\t1\n",
    "generation\t1",
  ]) func linesThatDoNotBelongAreRefused(lines: String) throws {
    let folder = try TemporaryIndex()
    #expect(throws: IndexError.self) { try Self.read(Self.signed(lines), folder) }
  }

  @Test func newerVersionsAreNamed() throws {
    let folder = try TemporaryIndex()
    let bytes = Self.signed("folio index\t3\nsomething\tnew\n")
    #expect(throws: IndexError.unsupported(file: folder.path + "/manifest", version: 3)) {
      try Self.read(bytes, folder)
    }
  }

  @Test func aFolderWithoutAManifestIsNoIndex() throws {
    let folder = try TemporaryIndex()
    #expect(throws: IndexError.missing(path: folder.path)) { try Manifest(folder: folder.path) }
    #expect(throws: IndexError.missing(path: "/nowhere/at/all")) {
      try Manifest(folder: "/nowhere/at/all")
    }
  }
}
