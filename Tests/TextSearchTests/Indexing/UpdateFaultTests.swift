import TestSupport
import Testing

@testable import TextSearch

/// Every operation on files fails once while an index with deletions and sources changes.
@Suite struct UpdateFaultTests {
  /// What is done to an index.
  enum Change: Sendable, CaseIterable {
    case update, merge, startOver

    func make(_ index: String, grace: Double) throws {
      var options = IndexWriterOptions()
      options.graceInSeconds = grace
      switch self {
      case .update:
        try UpdateFaultTests.commit(
          [("/a", "new"), ("/b", nil), ("/e", "first"), ("/twin", "first")], to: index, options)
      case .merge:
        let writer = try IndexWriter(
          index: index, schema: UpdateFaultTests.schema, options: options)
        _ = try writer.merge(leaving: 1)
      case .startOver:
        options.startsOver = true
        try UpdateFaultTests.commit([("/x", "new")], to: index, options)
      }
    }
  }

  fileprivate static let schema = Schema(fields: [.init("body", boost: 1)], attributes: [])

  /// Commits files, each of one document; nil takes one out.
  fileprivate static func commit(
    _ files: [(path: String, text: String?)], to index: String, _ options: IndexWriterOptions
  ) throws {
    var options = options
    options.memoryLimitInBytes = 1
    let writer = try IndexWriter(index: index, schema: schema, options: options)
    for (path, text) in files {
      guard let text else {
        try writer.forget(path: path)
        continue
      }
      let number = writer.newSourceNumber()
      var document = Document(id: "\(path) \(text)")
      document.append("all \(text)".utf8, field: FieldID(rawValue: 0))
      let id = path == "/twin" ? "/e" : path
      let group = DocumentGroup(id: id, attributes: [], documents: [document], source: number)
      try writer.append(IndexWriter.analyze([group], schema: schema))
      try writer.record(
        Source(
          path: path, label: path, size: text.utf8.count, modified: Int64(number),
          fingerprint: UInt64(number), number: number))
    }
    _ = try writer.commit()
  }

  private static func prepare(_ index: String) throws {
    try commit([("/a", "old"), ("/b", "old"), ("/c", "old")], to: index, .init())
    try commit([("/c", "changed"), ("/d", "old")], to: index, .init())
    try commit([("/f", "old"), ("/b", "older")], to: index, .init())
  }

  /// The documents, and what is known of their sources.
  private static func state(_ index: String) throws -> [String] {
    let searcher = try Searcher(index: index)
    var options = SearchOptions()
    options.limit = 1 << 30
    var state = try searcher.search(.phrase(["all"]), options).hits.map {
      try searcher.document($0.address).id
    }
    #expect(state.count == searcher.documentCount)
    try IndexFolder(index).sources(of: WholeManifest(folder: index).manifest).visit { source in
      state.append("\(source.path): \(source.size), \(source.state)")
      return true
    }
    return state.sorted()
  }

  /// The files of all commits that have a manifest.
  private static func names(of index: String) throws -> [String] {
    var names: Set<String> = ["lock", "manifest"]
    for generation in Manifest.generations(among: try Platform.names(inFolder: index)) {
      names.insert(Manifest.name(ofGeneration: generation))
      names.formUnion(try Manifest(folder: index, generation: generation).files.map(\.name))
    }
    return names.sorted()
  }

  /// What a commit replaces is removed at once, or stays for a while.
  @Test(
    arguments: Change.allCases.flatMap { [($0, 0.0), ($0, 3_600.0)] }, FaultRun.Kind.allCases)
  func noChangeIsSeenHalfDone(_ way: (Change, Double), _ kind: FaultRun.Kind) throws {
    let (change, grace) = way
    var options = IndexWriterOptions()
    options.graceInSeconds = grace
    let base = try TemporaryIndex()
    let (start, goal) = (base.path + "/start", base.path + "/goal")
    try Self.prepare(start)
    _ = try Searcher.snapshot(ofIndex: start, to: goal)
    try change.make(goal, grace: grace)
    let (old, new) = (try Self.state(start), try Self.state(goal))
    #expect((change == .merge) == (old == new))
    try Self.commit([("/z", "last")], to: goal, options)
    let last = try Self.state(goal)
    var number = 0
    while true {
      let folder = try TemporaryIndex()
      let index = folder.path + "/Index"
      _ = try Searcher.snapshot(ofIndex: start, to: index)
      let before = try Searcher(index: index)
      let result = FaultRun.fail(at: number, kind, in: folder.path) {
        try change.make(index, grace: grace)
      }
      guard let step = result.step else {
        #expect(result.error == nil)
        break
      }
      let place = Comment("\(change), \(kind) at \(number), \(step)")
      let found = try Self.state(index)
      #expect(found == old || found == new, place)
      #expect(try Searcher.check(index: index).problems.isEmpty, place)
      if result.error == nil { #expect(found == new, place) }
      let isDead = kind == .death || kind == .deathInWrite
      if !isDead, result.error != nil, try Searcher(index: index).generation == before.generation {
        let names = Set(try Platform.names(inFolder: index)).union(["lock"])
        #expect(names.sorted() == (try Self.names(of: index)), place)
      }
      try change.make(index, grace: grace)
      #expect(try Self.state(index) == new, place)
      try Self.commit([("/z", "last")], to: index, options)
      #expect(try Self.state(index) == last, place)
      if grace > 0 {
        #expect(try Set(Self.names(of: index)).isSubset(of: folder.names("Index")), place)
        for name in try folder.names("Index") where name.hasSuffix(Manifest.suffix) {
          try folder.age("Index/" + name, seconds: 2 * grace)
        }
        _ = try IndexWriter(index: index, schema: Self.schema, options: options).commit()
      }
      let names = try folder.names("Index")
      #expect(names == (try Self.names(of: index)), place)
      #expect(names.filter { $0.hasSuffix(Manifest.suffix) }.count == 1, place)
      #expect(try before.search(.phrase(["all"])).total == before.documentCount, place)
      number += 1
    }
    #expect(try Self.state(start) == old)
    print("\(change), grace \(grace), \(kind): \(number) points of failure")
    #expect(number > 30)
  }

  /// A snapshot is whole or none, and the index that it is of stays.
  @Test(arguments: [false, true], FaultRun.Kind.allCases)
  func noSnapshotIsSeenHalfDone(_ copiesFiles: Bool, _ kind: FaultRun.Kind) throws {
    let base = try TemporaryIndex()
    try Self.prepare(base.path + "/Index")
    let old = try Self.state(base.path + "/Index")
    let files = try Platform.names(inFolder: base.path + "/Index")
    var number = 0
    while true {
      let folder = try TemporaryIndex()
      let (index, target) = (folder.path + "/Index", folder.path + "/backup/copy")
      _ = try Searcher.snapshot(ofIndex: base.path + "/Index", to: index)
      let result = FaultRun.fail(at: number, kind, in: folder.path) {
        _ = try Searcher.snapshot(ofIndex: index, to: target, copiesFiles: copiesFiles)
      }
      guard let step = result.step else { break }
      let place = Comment("\(kind) at \(number), \(step)")
      #expect(try Self.state(index) == old, place)
      if Searcher.generation(ofIndex: target) != nil {
        #expect(try Self.state(target) == old, place)
        #expect(try Searcher.check(index: target).problems.isEmpty, place)
      } else {
        #expect(result.error != nil, place)
        let isDead = kind == .death || kind == .deathInWrite
        if !isDead, ![.remove, .removeFolder].contains(step.operation) {
          #expect(try Platform.names(inFolder: folder.path) == ["Index"], place)
        }
      }
      number += 1
    }
    #expect(try Platform.names(inFolder: base.path + "/Index") == files)
    print(
      "snapshot \(copiesFiles ? "by copies" : "by links"), \(kind): \(number) points of failure")
    #expect(number > 10)
  }

  /// Saved searches are those of before or of after.
  @Test(arguments: FaultRun.Kind.allCases)
  func savedSearchesAreNeverLost(_ kind: FaultRun.Kind) throws {
    var number = 0
    while true {
      let folder = try TemporaryIndex()
      func saved(_ names: [String]) throws -> SavedSearches {
        var saved = try SavedSearches(index: folder.path)
        saved.all = names.map { SavedSearch(name: $0, query: $0, generation: 7, file: "f") }
        return saved
      }
      try saved(["old"]).save()
      let new = try saved(["old", "new"])
      let result = FaultRun.fail(at: number, kind, in: folder.path) { try new.save() }
      guard let step = result.step else { break }
      let place = Comment("\(kind) at \(number), \(step)")
      let found = try SavedSearches(index: folder.path).all.map(\.name)
      #expect(found == ["old"] || found == ["old", "new"], place)
      if result.error == nil { #expect(found.count == 2, place) }
      try saved(["third"]).save()
      #expect(try SavedSearches(index: folder.path).all.map(\.name) == ["third"], place)
      #expect(try folder.names() == ["alerts"], place)
      number += 1
    }
    print("saved searches, \(kind): \(number) points of failure")
    #expect(number > 3)
  }
}
