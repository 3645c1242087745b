import TestSupport
import Testing

@testable import TextSearch

/// Every operation on files fails once, in every way; no commit is ever lost or seen half done.
@Suite struct IndexFaultTests {
  private static let schema = Schema(fields: [.init("body", boost: 1)], attributes: [])

  private static func group(_ text: String) -> DocumentGroup {
    var document = Document(id: text)
    document.append(text.utf8, field: FieldID(rawValue: 0))
    return DocumentGroup(id: text, attributes: [], documents: [document])
  }

  /// Commits an index anew in two segments, each document of which has `word` once.
  private static func write(_ word: String, to index: String) throws {
    var options = IndexWriterOptions()
    options.memoryLimitInBytes = 1
    options.startsOver = true
    options.graceInSeconds = 0
    let writer = try IndexWriter(index: index, schema: schema, options: options)
    for number in 0..<2 {
      try writer.append(IndexWriter.analyze([group("\(word) \(number)")], schema: schema))
    }
    _ = try writer.commit()
  }

  private static func count(_ word: String, _ searcher: Searcher) throws -> Int {
    try searcher.search(.phrase([word])).total
  }

  /// The files of an index of two segments of one generation.
  private static func names(_ searcher: Searcher) -> Set<String> {
    Set(["lock", "manifest", "\(searcher.generation).manifest"]).union(
      (1...2).map { "\(searcher.generation)-\($0).segment" })
  }

  private static func names(in index: String) throws -> Set<String> {
    Set(try Platform.names(inFolder: index))
  }

  @Test(arguments: FaultRun.Kind.allCases)
  func overAnOldIndex(_ kind: FaultRun.Kind) throws {
    var number = 0
    while true {
      let folder = try TemporaryIndex()
      let index = folder.path + "/Index"
      try Self.write("old", to: index)
      let result = FaultRun.fail(at: number, kind, in: folder.path) {
        try Self.write("new", to: index)
      }
      guard let step = result.step else {
        #expect(result.error == nil)
        break
      }
      let place = Comment("\(kind) at \(number), \(step)")
      let searcher = try Searcher(index: index)
      let (old, new) = (try Self.count("old", searcher), try Self.count("new", searcher))
      #expect((old, new) == (2, 0) || (old, new) == (0, 2), place)
      #expect(try Searcher.check(index: index).problems.isEmpty, place)
      if result.error == nil { #expect(new == 2, place) }
      // A writer that lives on removes what it has made; old files of the commit may be there.
      let isDead = kind == .death || kind == .deathInWrite
      if !isDead, old == 2 { #expect(try Self.names(in: index) == Self.names(searcher), place) }
      try Self.write("third", to: index)
      let healed = try Searcher(index: index)
      #expect(try Self.count("third", healed) == 2, place)
      #expect(healed.generation > searcher.generation, place)
      #expect(try Self.names(in: index) == Self.names(healed), place)
      number += 1
    }
    print("index over an old one, \(kind): \(number) points of failure")
    #expect(number > 30)
  }

  @Test(arguments: FaultRun.Kind.allCases)
  func whereThereIsNoIndex(_ kind: FaultRun.Kind) throws {
    var number = 0
    while true {
      let folder = try TemporaryIndex()
      let index = folder.path + "/new/Index"
      let result = FaultRun.fail(at: number, kind, in: folder.path) {
        try Self.write("new", to: index)
      }
      guard let step = result.step else { break }
      let place = Comment("\(kind) at \(number), \(step)")
      let isDead = kind == .death || kind == .deathInWrite
      if let generation = Searcher.generation(ofIndex: index) {
        #expect(generation == 1, place)
        #expect(try Self.count("new", Searcher(index: index)) == 2, place)
      } else if !isDead, ![.remove, .removeFolder].contains(step.operation) {
        #expect(try folder.names().isEmpty, place)
      }
      try Self.write("third", to: index)
      let healed = try Searcher(index: index)
      #expect(try Self.count("third", healed) == 2, place)
      #expect(try Self.names(in: index) == Self.names(healed), place)
      number += 1
    }
    print("a new index, \(kind): \(number) points of failure")
    #expect(number > 30)
  }

  /// After an error nothing is flushed again, as a second flush may say that all is well.
  @Test func aWriterThatFailedIsOver() throws {
    let folder = try TemporaryIndex()
    try Self.write("old", to: folder.path)
    let writer = try IndexWriter(index: folder.path, schema: Self.schema)
    try writer.append(IndexWriter.analyze([Self.group("new")], schema: Self.schema))
    Platform.faults.set(folder.path) { operation, _ in operation == .flush ? .error(5) : nil }
    #expect(throws: IndexError.self) { try writer.commit() }
    Platform.faults.set(folder.path, nil)
    let steps = FaultRun.steps(in: folder.path) {
      #expect(throws: IndexError.self) { try writer.commit() }
    }
    #expect(steps.isEmpty)
    #expect(try Self.count("old", Searcher(index: folder.path)) == 2)
  }

  /// Searching needs no right to write and no lock.
  @Test func readersOnlyRead() throws {
    let folder = try TemporaryIndex()
    try Self.write("old", to: folder.path)
    let steps = try FaultRun.steps(in: folder.path) {
      let searcher = try Searcher(index: folder.path)
      #expect(try Self.count("old", searcher) == 2)
      _ = try searcher.document(DocAddress(segment: 0, document: DocID(0)))
      _ = try searcher.text(DocAddress(segment: 0, document: DocID(0)))
      _ = try Searcher.check(index: folder.path)
      _ = try searcher.details()
    }
    #expect(!steps.isEmpty)
    #expect(steps.allSatisfy { $0.operation.isReading })
    #expect(steps.allSatisfy { !$0.path.hasSuffix("/lock") })
  }

  /// What a commit names is on the disk before its manifest is in place.
  @Test func flushesComeBeforeTheRename() throws {
    let folder = try TemporaryIndex()
    let steps = try FaultRun.steps(in: folder.path) {
      try Self.write("new", to: folder.path + "/Index")
    }
    let renames = steps.indices.filter { steps[$0].operation == .rename }
    #expect(renames.count == 1)
    let rename = try #require(renames.first)
    for created in steps where created.operation == .create {
      let last = try #require(
        steps.lastIndex { $0.operation == .write && $0.path == created.path })
      let flush = try #require(
        steps.lastIndex { $0.operation == .flush && $0.path == created.path })
      #expect(last < flush && flush < rename)
    }
    let folders = steps.indices.filter { steps[$0].operation == .flushFolder }
    #expect(folders.contains { $0 < rename && steps[$0].path == folder.path })
    #expect(folders.contains { $0 < rename && steps[$0].path.hasSuffix("/Index") })
    #expect(folders.contains { $0 > rename && steps[$0].path.hasSuffix("/Index") })
  }
}
