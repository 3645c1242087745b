import TestSupport
import Testing

@testable import TextSearch

@Suite struct IndexWriterTests {
  private static let schema = Schema(
    fields: [.init("title", boost: 3), .init("body", boost: 1)], attributes: [])

  private static func group(_ text: String) -> DocumentGroup {
    var document = Document(id: text)
    document.append(text.utf8, field: FieldID(rawValue: 1))
    return DocumentGroup(id: text, attributes: [], documents: [document])
  }

  private static func index(_ texts: [String], _ folder: TemporaryIndex) throws -> CommitReport {
    try folder.write(texts.map(group), schema: schema, batch: 1, memoryLimitInBytes: 1)
  }

  private static func count(_ word: String, _ searcher: Searcher) throws -> Int {
    try searcher.search(.phrase([word])).total
  }

  @Test func aReaderKeepsItsCommit() throws {
    let folder = try TemporaryIndex()
    #expect(try Self.index(["old one", "old two"], folder).generation == 1)
    let before = try Searcher(index: folder.path)
    let report = try Self.index(["new one"], folder)
    #expect(report.generation == 2)
    #expect(report.segmentCount == 1)
    #expect(report.documentCount == 1)
    #expect(report.tokenCount == 2)
    #expect(try Self.count("old", before) == 2)
    #expect(try Self.count("new", before) == 0)
    #expect(before.generation == 1)
    let after = try Searcher(index: folder.path)
    #expect(try Self.count("old", after) == 0)
    #expect(try Self.count("new", after) == 1)
    #expect(try folder.names() == ["2-1.segment", "2.manifest", "lock", "manifest"])
    let sizes = try ["2-1.segment", "manifest"].map { try folder.bytes($0).count }
    #expect(report.indexBytes == sizes.reduce(0, +))
  }

  @Test func nothingHappensBeforeTheCommit() throws {
    let folder = try TemporaryIndex()
    _ = try Self.index(["old"], folder)
    do {
      var options = IndexWriterOptions()
      options.memoryLimitInBytes = 1
      let writer = try IndexWriter(index: folder.path, schema: Self.schema, options: options)
      for text in ["lost", "lost too"] {
        try writer.append(IndexWriter.analyze([Self.group(text)], schema: Self.schema))
      }
      #expect(try folder.names().contains("2-1.segment"))
    }
    let searcher = try Searcher(index: folder.path)
    #expect(searcher.generation == 1)
    #expect(try Self.count("old", searcher) == 1)
    #expect(try Self.count("lost", searcher) == 0)
    // The lost writer has removed what it wrote.
    #expect(try folder.names() == ["1-1.segment", "1.manifest", "lock", "manifest"])
    #expect(try Self.index(["new"], folder).generation == 2)
    #expect(try folder.names() == ["2-1.segment", "2.manifest", "lock", "manifest"])
  }

  @Test func leftOverFilesAreRemoved() throws {
    let folder = try TemporaryIndex()
    try folder.put([1, 2, 3], "7-1.segment")
    try folder.put([1, 2, 3], "7-12.segment")
    try folder.put([1, 2, 3], Manifest.temporaryName)
    try folder.put([1, 2, 3], "6.manifest")
    try folder.put([1, 2, 3], "7.manifest")
    try folder.put([4], "notes.txt")
    #expect(try Self.index(["word"], folder).generation == 8)
    #expect(try folder.names() == ["8-1.segment", "8.manifest", "lock", "manifest", "notes.txt"])
  }

  @Test func onlyOneWriterAtATime() throws {
    let folder = try TemporaryIndex()
    do {
      let first = try IndexWriter(index: folder.path, schema: Self.schema)
      let holder = String(decoding: try folder.bytes("lock"), as: UTF8.self)
      #expect(throws: IndexError.locked(path: folder.path, holder: holder)) {
        try IndexWriter(index: folder.path, schema: Self.schema)
      }
      _ = try first.commit()
    }
    let second = try IndexWriter(index: folder.path, schema: Self.schema)
    // Nothing has changed, so nothing is written.
    #expect(try second.commit().generation == 1)
  }

  @Test func anEmptyIndexIsAnIndex() throws {
    let folder = try TemporaryIndex()
    #expect(try Self.index([], folder).documentCount == 0)
    let searcher = try Searcher(index: folder.path)
    #expect(searcher.documentCount == 0)
    #expect(searcher.groupCount == 0)
    #expect(try Self.count("word", searcher) == 0)
  }

  @Test func aDamagedIndexCanBeWrittenAnew() throws {
    let folder = try TemporaryIndex()
    _ = try Self.index(["old"], folder)
    try folder.put(Array("rubbish".utf8), Manifest.fileName)
    #expect(throws: IndexError.self) { try Searcher(index: folder.path) }
    #expect(try Self.index(["new"], folder).generation == 2)
    #expect(try Self.count("new", Searcher(index: folder.path)) == 1)
  }

  /// Numbers that cannot be raised any more end nothing but the attempt.
  @Test func greatestNumbersAreRefused() throws {
    let folder = try TemporaryIndex()
    _ = try Self.index(["word"], folder)
    try folder.put([1], "18446744073709551615-1.segment")
    #expect(throws: IndexError.self) { try IndexWriter(index: folder.path, schema: Self.schema) }
    try folder.remove("18446744073709551615-1.segment")
    var manifest = try Manifest(folder: folder.path)
    manifest.nextSource = .max
    try folder.put(Array(manifest.text().utf8), Manifest.fileName)
    #expect(throws: IndexError.self) { try IndexWriter(index: folder.path, schema: Self.schema) }
  }

  @Test func missingPartsAreNamed() throws {
    let folder = try TemporaryIndex()
    #expect(throws: IndexError.missing(path: folder.path)) { try Searcher(index: folder.path) }
    _ = try Self.index(["a", "b"], folder)
    let second = try folder.bytes("1-2.segment")
    try folder.remove("1-2.segment")
    #expect(throws: IndexError.self) { try Searcher(index: folder.path) }
    try folder.put(Array(second.dropLast()), "1-2.segment")
    #expect(throws: IndexError.self) { try Searcher(index: folder.path) }
    try folder.put(second, "1-2.segment")
    #expect(try Self.count("b", Searcher(index: folder.path)) == 1)
    // A whole segment with other documents is not the one that was committed.
    let other = try TemporaryIndex([Self.group("x"), Self.group("y")], schema: Self.schema)
    try folder.put(other.bytes("1-1.segment"), "1-2.segment")
    #expect(throws: IndexError.self) { try Searcher(index: folder.path) }
  }
}
