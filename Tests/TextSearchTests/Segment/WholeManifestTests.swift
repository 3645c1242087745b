import TestSupport
import Testing

@testable import TextSearch

/// Where files of the newest commit are missing, the one before answers.
@Suite struct WholeManifestTests {
  private static let schema = Schema(fields: [.init("body", boost: 1)], attributes: [])

  private static func commit(
    _ path: String, to index: String, grace: Double = 30,
    then next: (IndexWriter) throws -> Void = { _ in }
  ) throws {
    var options = IndexWriterOptions()
    options.graceInSeconds = grace
    let writer = try IndexWriter(index: index, schema: schema, options: options)
    let number = writer.newSourceNumber()
    var document = Document(id: path)
    document.append("all".utf8, field: FieldID(rawValue: 0))
    let group = DocumentGroup(id: path, attributes: [], documents: [document], source: number)
    try writer.append(IndexWriter.analyze([group], schema: schema))
    try writer.record(
      Source(
        path: path, label: path, size: 1, modified: 1, fingerprint: UInt64(number), number: number))
    _ = try writer.commit()
    try next(writer)
  }

  private static func folder(commits: Int) throws -> TemporaryIndex {
    let folder = try TemporaryIndex()
    for number in 1...commits { try commit("/\(number)", to: folder.path) }
    return folder
  }

  private static func count(_ index: String) throws -> Int {
    try Searcher(index: index).search(.phrase(["all"])).total
  }

  @Test(arguments: ["3-1.segment", "3.sources"], [false, true])
  func theCommitBeforeAnswers(_ name: String, _ isCut: Bool) throws {
    let folder = try Self.folder(commits: 3)
    let bytes = try folder.bytes(name)
    try isCut ? folder.put(Array(bytes.dropLast()), name) : folder.remove(name)
    let searcher = try Searcher(index: folder.path)
    let incomplete = IncompleteGeneration(generation: 3, file: name, isCut: isCut)
    #expect(searcher.generation == 2)
    #expect(searcher.incomplete == incomplete)
    #expect(
      "\(incomplete)"
        == "generation 3 is not whole here: \(name) is \(isCut ? "cut short" : "missing")")
    #expect(try Self.count(folder.path) == 2)
    #expect(try searcher.newest() === searcher)
    let report = try Searcher.check(index: folder.path)
    #expect(report.problems.isEmpty)
    #expect(report.generation == 2)
    #expect(report.incomplete == incomplete)
    let copy = try TemporaryIndex()
    let snapshot = try Searcher.snapshot(ofIndex: folder.path, to: copy.path)
    #expect(snapshot.generation == 2)
    #expect(snapshot.incomplete == incomplete)
    #expect(try Searcher(index: copy.path).incomplete == nil)
    // With the file back all is as before, also for a reader that has begun.
    try folder.put(bytes, name)
    #expect(try Searcher(index: folder.path).generation == 3)
    #expect(try Searcher(index: folder.path).incomplete == nil)
  }

  @Test func aWriterGoesOnFromItAndHeals() throws {
    let folder = try Self.folder(commits: 3)
    try folder.remove("3-1.segment")
    do {
      let writer = try IndexWriter(index: folder.path, schema: Self.schema)
      #expect(writer.generation == 2)
      #expect(writer.incomplete?.generation == 3)
      #expect(try writer.sources.source(at: "/2") != nil)
      #expect(try writer.sources.source(at: "/3") == nil)
      // Though nothing has changed, there is a commit.
      #expect(try writer.commit().generation == 4)
      #expect(writer.incomplete == nil)
    }
    let searcher = try Searcher(index: folder.path)
    #expect(searcher.generation == 4)
    #expect(searcher.incomplete == nil)
    #expect(try Self.count(folder.path) == 2)
    #expect(try !folder.names().contains("3.manifest"))
    #expect(try !folder.names().contains("3.sources"))
    try Self.commit("/3", to: folder.path)
    #expect(try Self.count(folder.path) == 3)
    #expect(try Searcher.check(index: folder.path).problems.isEmpty)
  }

  @Test func theNewestWholeOneIsTaken() throws {
    let folder = try Self.folder(commits: 5)
    try folder.remove("5-1.segment")
    try folder.remove("4.sources")
    try folder.put([1, 2, 3], "3.manifest")
    #expect(try Searcher(index: folder.path).generation == 2)
    // What stands in for another has all its files in the one that is missing one of the first.
    try folder.remove("1-1.segment")
    #expect(throws: IndexError.self) { try Searcher(index: folder.path) }
    #expect(try !Searcher.check(index: folder.path).problems.isEmpty)
  }

  /// Only what is missing is passed over in silence; damage is an error.
  @Test func damageIsAnError() throws {
    let folder = try Self.folder(commits: 3)
    var bytes = try folder.bytes("3-1.segment")
    bytes[bytes.count - 3] ^= 1
    try folder.put(bytes, "3-1.segment")
    #expect(throws: IndexError.self) { try Searcher(index: folder.path) }
    #expect(throws: IndexError.self) { try IndexWriter(index: folder.path, schema: Self.schema) }
  }

  /// Where no commit is whole, the file that is cut short is an error, and says what it is.
  @Test func aCutFileIsNamed() throws {
    for (name, kind) in [("1-1.segment", "a segment"), ("1.sources", "a source list")] {
      let folder = try Self.folder(commits: 1)
      try folder.put(Array(folder.bytes(name).dropLast(9)), name)
      let error = try #require(throws: IndexError.self) {
        try IndexWriter(index: folder.path, schema: Self.schema)
      }
      #expect("\(error)".contains("does not end as \(kind) does; it may be cut short"))
    }
  }

  /// A writer died before it put its manifest in place.
  @Test func whatWasNotCommittedDoesNotCount() throws {
    let folder = try Self.folder(commits: 3)
    var manifest = try Manifest(folder: folder.path)
    manifest.generation = 4
    try folder.put(Array(manifest.text().utf8), "4.manifest")
    #expect(try Searcher(index: folder.path).generation == 3)
    try folder.remove("3-1.segment")
    #expect(try Searcher(index: folder.path).generation == 2)
    try Self.commit("/5", to: folder.path)
    #expect(try Searcher(index: folder.path).generation == 5)
    #expect(try !folder.names().contains("4.manifest"))
    #expect(try Self.count(folder.path) == 3)
  }

  @Test func whatWasReplacedStaysForAWhile() throws {
    let folder = try Self.folder(commits: 2)
    // A merge makes a commit of its own, which has nothing of those before.
    try Self.commit("/3", to: folder.path) { _ = try $0.merge(leaving: 1) }
    let all = try folder.names()
    #expect(Set(["1-1.segment", "1.manifest", "3.manifest", "4.manifest"]).isSubset(of: all))
    func bringUpToDate() throws -> [String] {
      _ = try IndexWriter(index: folder.path, schema: Self.schema).commit()
      return try folder.names()
    }
    // Nothing is to be done, and it is not yet time.
    #expect(try bringUpToDate() == all)
    try folder.age("2.manifest", seconds: 10)
    #expect(try bringUpToDate() == all)
    // What the second commit replaced of the first is its list of sources alone.
    try folder.age("2.manifest", seconds: 40)
    let two = try bringUpToDate()
    #expect(!two.contains("1.manifest") && two.contains("1-1.segment"))
    #expect(two.contains("2.manifest"))
    // A clock that was put back keeps nothing for ever.
    try folder.age("3.manifest", seconds: -1_000)
    try folder.age("4.manifest", seconds: 40)
    #expect(
      try bringUpToDate() == ["3.sources", "4-1.segment", "4.manifest", "lock", "manifest"])
    #expect(try Searcher.check(index: folder.path).problems.isEmpty)
    #expect(try Self.count(folder.path) == 3)
  }

  @Test func aCommitRemovesWhatHasExpired() throws {
    let folder = try Self.folder(commits: 3)
    for name in ["1.manifest", "2.manifest", "3.manifest"] { try folder.age(name, seconds: 40) }
    try Self.commit("/4", to: folder.path)
    let manifests = try folder.names().filter { $0.hasSuffix(".manifest") }
    #expect(manifests == ["3.manifest", "4.manifest"])
    try Self.commit("/5", to: folder.path, grace: 0)
    #expect(
      try folder.names().filter { $0.hasSuffix(".manifest") } == ["5.manifest"])
    #expect(try Self.count(folder.path) == 5)
  }

  /// An index of before there were manifests of generations.
  @Test func oneManifestIsEnough() throws {
    let folder = try Self.folder(commits: 2)
    for name in ["1.manifest", "2.manifest"] { try folder.remove(name) }
    #expect(try Self.count(folder.path) == 2)
    #expect(try Searcher.check(index: folder.path).problems.isEmpty)
    try Self.commit("/3", to: folder.path)
    #expect(try Self.count(folder.path) == 3)
  }
}
