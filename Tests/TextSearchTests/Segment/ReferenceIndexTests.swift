import Foundation
import TestSupport
import Testing

@testable import TextSearch

/// The format stays what FORMAT.md says: the index in the repository is written again byte for
/// byte, and a reader made from the text alone finds in it what the engine finds.
@Suite struct ReferenceIndexTests {
  static let commands = ["terms", "postings", "passages", "documents", "zones", "text", "sources"]

  /// With `FOLIO_WRITE_REFERENCE` set, the index in the repository is replaced before.
  @Test func isWrittenAgainByteForByte() throws {
    let index = try TemporaryIndex()
    try ReferenceIndex.write(to: index.path)
    #expect(try index.names() == (ReferenceIndex.fileNames + [IndexLock.fileName]).sorted())
    if ProcessInfo.processInfo.environment["FOLIO_WRITE_REFERENCE"] != nil {
      try ReferenceIndex.replaceFiles(by: index)
    }
    for name in ReferenceIndex.fileNames {
      let (found, expected) = (try index.bytes(name), try ReferenceIndex.bytes(name))
      let place = zip(found, expected).enumerated().first { $1.0 != $1.1 }?.offset
      #expect(found.count == expected.count, "\(name)")
      #expect(place == nil, "the first byte of \(name) that differs; see FORMAT.md, History")
    }
  }

  /// A document of more than 4,096 tokens has several blocks of layout; behind the first one its
  /// spellings and separators once came out wrong.
  @Test func textIsAsFiled() throws {
    let searcher = try Searcher(index: ReferenceIndex.folder)
    let documents = try ReferenceIndex.documents()
    #expect(searcher.documentCount == documents.count)
    for document in documents {
      let address = try #require(try searcher.address(of: document.id))
      let text = try searcher.text(address).flatMap(\.fragments).map(\.text).joined()
      #expect(text.utf8.elementsEqual(document.text), "\(document.id)")
    }
  }

  @Test(.enabled(if: SegmentReader.isThere, "python3 is missing"), arguments: commands)
  func readerAgreesOnReferenceIndex(command: String) throws {
    try compare(command, ReferenceIndex.folder)
  }

  /// Lists of many blocks, documents of many passages, three fields, several segments, deletions.
  @Test(.enabled(if: SegmentReader.isThere, "python3 is missing"))
  func readerAgreesOnRandomIndex() throws {
    let seed = TestSeed.announced("reader")
    let shape = CorpusShape(
      "mixed", groups: 250, vocabulary: 900, fields: 3, lengths: [1, 1, 30, 1, 0.4])
    var corpus = RandomCorpus(shape, SeededGenerator(seed: seed))
    let groups = corpus.groups()
    let index = try TemporaryIndex(groups, schema: corpus.schema, memoryLimitInBytes: 1 << 19)
    let writer = try IndexWriter(index: index.path, schema: corpus.schema)
    for group in groups where group.id.utf8.last.map({ $0 % 5 < 2 }) == true {
      #expect(try writer.remove(group: group.id) > 0)
    }
    _ = try writer.commit()
    for command in Self.commands { try compare(command, index.path) }
    // Where a file of the newest commit is missing, both read the one before.
    let name = try #require(try index.names().first { $0.hasSuffix(Deletions.suffix) })
    try index.remove(name)
    #expect(try Searcher(index: index.path).incomplete?.file == name)
    for command in Self.commands { try compare(command, index.path) }
  }

  @Test(.enabled(if: SegmentReader.isThere, "python3 is missing"))
  func readerReportsDamage() throws {
    let index = try TemporaryIndex()
    try ReferenceIndex.write(to: index.path)
    // Where all files are there, only the manifest in place is read.
    for name in ReferenceIndex.fileNames where !name.hasSuffix(Manifest.suffix) {
      var bytes = try index.bytes(name)
      for place in [3, bytes.count / 2, bytes.count - 60, bytes.count - 5] where place >= 0 {
        bytes[place] ^= 0x10
        try index.put(bytes, name)
        let command = name.hasSuffix("sources") ? "sources" : "documents"
        let status = try SegmentReader.run(command: command, on: index.path).status
        #expect(status == 65, "\(name), \(place)")
        bytes[place] ^= 0x10
      }
      try index.put(bytes, name)
    }
  }

  /// The bytes that FORMAT.md shows are those of the reference index: lines like "norms+0: 0f 32"
  /// speak of sections of its first segment, or of a file of it.
  @Test func bytesOfFormatAreThere() throws {
    let segment = try ReferenceIndex.bytes("1-1.segment")
    let file = try SegmentFile(path: ReferenceIndex.folder + "/1-1.segment")
    var parts = ["file": segment]
    for (name, range) in file.sections { parts[name] = Array(segment[range]) }
    for name in ReferenceIndex.fileNames { parts[name] = try ReferenceIndex.bytes(name) }
    var count = 0
    for line in try ReferenceIndex.format().split(separator: "\n") {
      let halves = line.drop { $0 == " " }.split(separator: ": ", maxSplits: 1)
      guard halves.count == 2 else { continue }
      let place = halves[0].split(separator: "+")
      guard place.count == 2, let offset = Int(place[1]), let part = parts[String(place[0])]
      else { continue }
      let shown = halves[1].prefix { $0.isHexDigit || $0 == " " }.split(separator: " ")
        .compactMap { UInt8($0, radix: 16) }
      #expect(part.dropFirst(offset).starts(with: shown), "\(line)")
      count += 1
    }
    #expect(count > 10)
  }

  /// The manifest that FORMAT.md shows is the one of the reference index.
  @Test func manifestOfFormatIsThere() throws {
    let manifest = String(decoding: try ReferenceIndex.bytes("manifest"), as: UTF8.self)
    #expect(try ReferenceIndex.format().contains("```\n" + manifest + "```\n"))
  }

  private func compare(_ command: String, _ path: String) throws {
    let (status, found) = try SegmentReader.run(command: command, on: path)
    let expected = try IndexLister.lines(of: command, path)
    #expect(status == 0)
    #expect(found.count == expected.count, "\(command)")
    for (number, (a, b)) in zip(found, expected).enumerated()
    where !a.utf8.elementsEqual(b.utf8) {
      Issue.record("\(command), line \(number + 1): '\(a.prefix(300))' is not '\(b.prefix(300))'")
      return
    }
  }
}
