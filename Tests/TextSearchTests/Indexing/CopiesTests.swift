import Synchronization
import TestSupport
import Testing

@testable import TextSearch

/// A copy of an index's folder, made file by file while commits go on, is an index of some commit.
@Suite struct CopiesTests {
  private static let schema = Schema(fields: [.init("body", boost: 1)], attributes: [])
  private static let commitCount = 400

  private static func record(_ path: String, _ text: String, _ writer: IndexWriter) throws {
    let number = writer.newSourceNumber()
    var document = Document(id: "\(path) \(text)")
    document.append("all \(text)".utf8, field: FieldID(rawValue: 0))
    let group = DocumentGroup(id: path, attributes: [], documents: [document], source: number)
    try writer.append(IndexWriter.analyze([group], schema: schema))
    try writer.record(
      Source(
        path: path, label: path, size: 1, modified: Int64(number), fingerprint: UInt64(number),
        number: number))
  }

  /// The documents of the commit that answers.
  private static func documents(_ searcher: Searcher) throws -> Set<String> {
    var options = SearchOptions()
    options.limit = 1 << 30
    return Set(
      try searcher.search(.phrase(["all"]), options).hits.map {
        try searcher.document($0.address).id
      })
  }

  /// Copies a folder as `cp -r` does: the names first, then the files one by one, in any order and
  /// with pauses in which commits come.
  private static func copy(
    _ folder: String, to copy: TemporaryIndex, _ random: inout SeededGenerator
  ) throws {
    for name in try Platform.names(inFolder: folder).shuffled(using: &random) {
      if Int.random(in: 0..<4, using: &random) == 0 {
        Platform.sleep(seconds: Double.random(in: 0..<0.002, using: &random))
      }
      // What has vanished is passed over.
      if let bytes = try? Platform.read(folder + "/" + name) { try copy.put(bytes, name) }
    }
  }

  /// What a copier has found.
  private final class Copier: Sendable {
    private let state = Mutex((copies: 0, older: 0, problems: [String]()))
    let documents = Mutex([UInt64: Set<String>]())

    var copies: Int { state.withLock { $0.copies } }
    var older: Int { state.withLock { $0.older } }
    var problems: [String] { state.withLock { $0.problems } }

    func run(_ path: String, seed: UInt64, until isDone: () -> Bool) {
      var random = SeededGenerator(seed: seed)
      while !isDone() {
        do {
          let copy = try TemporaryIndex()
          try CopiesTests.copy(path, to: copy, &random)
          let searcher = try Searcher(index: copy.path)
          let problems = try Searcher.check(index: copy.path).problems
          let found = try CopiesTests.documents(searcher)
          let earlier = documents.withLock { documents in
            defer { documents[searcher.generation] = found }
            return documents[searcher.generation]
          }
          state.withLock { state in
            state.copies += 1
            if searcher.incomplete != nil { state.older += 1 }
            state.problems += problems.map { "\($0)" }
            if let earlier, earlier != found {
              state.problems.append("generation \(searcher.generation) has two contents")
            }
          }
        } catch {
          state.withLock { $0.problems.append("\(error)") }
        }
      }
    }
  }

  @Test func copiesMadeDuringCommitsAreWhole() throws {
    let seed = TestSeed.announced("copies")
    var random = SeededGenerator(seed: seed)
    let folder = try TemporaryIndex()
    let path = folder.path
    let writer = try IndexWriter(index: path, schema: Self.schema)
    try Self.record("/0", "first", writer)
    _ = try writer.commit()
    var committed: [UInt64: Set<String>] = [
      writer.generation: try Self.documents(Searcher(index: path))
    ]
    let copiers = (0..<2).map { _ in Copier() }
    let flag = Flag()
    let threads = copiers.enumerated().map { number, copier in
      TextSearch.Thread.start {
        copier.run(path, seed: seed &+ UInt64(number)) { flag.isSet }
      }
    }
    do {
      defer {
        flag.set()
        for thread in threads { thread?.join() }
      }
      for turn in 1...Self.commitCount {
        try Self.record("/\(Int.random(in: 0..<60, using: &random))", "turn \(turn)", writer)
        if turn % 3 == 0 {
          try writer.forget(path: "/\(Int.random(in: 0..<60, using: &random))")
        }
        _ = try writer.commit()
        committed[writer.generation] = try Self.documents(Searcher(index: path))
        if try writer.merge() > 0 {
          committed[writer.generation] = try Self.documents(Searcher(index: path))
        }
      }
    }
    for copier in copiers {
      #expect(copier.problems.isEmpty, "seed \(seed): \(copier.problems.prefix(3))")
      for (generation, documents) in copier.documents.withLock({ $0 }) {
        #expect(committed[generation] == documents, "seed \(seed), generation \(generation)")
      }
    }
    print(
      "copies during \(Self.commitCount) commits: \(copiers.map(\.copies)), of which an older",
      "commit answers in \(copiers.map(\.older))")
    #expect(copiers.allSatisfy { $0.copies > 0 })
  }

  private final class Flag: Sendable {
    private let value = Atomic(false)
    var isSet: Bool { value.load(ordering: .acquiring) }
    func set() { value.store(true, ordering: .releasing) }
  }
}
