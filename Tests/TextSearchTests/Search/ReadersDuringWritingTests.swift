import Synchronization
import TestSupport
import Testing

@testable import TextSearch

/// Readers that follow an index while it changes see whole commits, in their order.
@Suite struct ReadersDuringWritingTests {
  private static let schema = Schema(fields: [.init("body", boost: 1)], attributes: [])
  private static let commitCount = 500
  private static let readerCount = 4

  private static func group(_ path: String, _ text: String, _ source: UInt32) -> DocumentGroup {
    var document = Document(id: text)
    document.append(text.utf8, field: FieldID(rawValue: 0))
    return DocumentGroup(id: path, attributes: [], documents: [document], source: source)
  }

  private static func record(_ path: String, _ text: String, _ writer: IndexWriter) throws {
    let number = writer.newSourceNumber()
    try writer.append(IndexWriter.analyze([group(path, text, number)], schema: schema))
    try writer.record(
      Source(
        path: path, label: path, size: 1, modified: Int64(number), fingerprint: UInt64(number),
        number: number))
  }

  /// Commit `number` has so many documents with the word "all", and one that says so.
  private static func write(_ number: Int, _ writer: IndexWriter) throws {
    try record("/\(number)", "all \(number)", writer)
    try record("/count", "count \(number)", writer)
    // A document that comes and goes.
    if number % 3 == 0 { try record("/guest", "guest", writer) }
    if number % 3 == 1, number > 1 { try writer.forget(path: "/guest") }
    _ = try writer.commit()
    _ = try number % 50 == 0 ? writer.merge(leaving: 1) : writer.merge()
  }

  /// What a reader has seen.
  private final class Reader: Sendable {
    private let state = Mutex((last: 0, answers: 0, problems: [String]()))

    var answers: Int { state.withLock { $0.answers } }
    var problems: [String] { state.withLock { $0.problems } }

    func note(_ problem: String) { state.withLock { $0.problems.append(problem) } }

    func look(_ searcher: Searcher) throws {
      let total = try searcher.search(.phrase(["all"])).total
      let hits = try searcher.search(.phrase(["count"])).hits
      let text = try hits.first.map { try searcher.document($0.address).id } ?? ""
      let number = Int(text.dropFirst(6)) ?? -1
      let guests = try searcher.search(.phrase(["guest"])).total
      let wantedGuests = number % 3 == 0 ? 1 : 0
      let shown = try hits.first.map { try searcher.text($0.address).count } ?? 0
      state.withLock { state in
        state.answers += 1
        if total != number || hits.count != 1 || guests != wantedGuests || shown != 1 {
          state.problems.append("\(total) of \(number), \(hits.count) counts, \(guests) guests")
        }
        if number < state.last { state.problems.append("\(number) after \(state.last)") }
        state.last = max(state.last, number)
      }
    }

    func follow(_ path: String, until isDone: () -> Bool) {
      do {
        var searcher = try Searcher(index: path)
        var isLast = false
        while !isLast {
          isLast = isDone()
          // Some open the index anew, most go on from what they have.
          let next = answers % 5 == 0 ? try Searcher(index: path) : try searcher.newest()
          if next.generation < searcher.generation {
            note("generation \(next.generation) after \(searcher.generation)")
          }
          searcher = next
          try look(searcher)
        }
      } catch {
        note("\(error)")
      }
    }
  }

  @Test func readersSeeWholeCommits() throws {
    let folder = try TemporaryIndex()
    let path = folder.path
    let writer = try IndexWriter(index: path, schema: Self.schema)
    try Self.write(1, writer)
    let first = try Searcher(index: path)
    let readers = (0..<Self.readerCount).map { _ in Reader() }
    let flag = Flag()
    let threads = readers.map { reader in
      TextSearch.Thread.start { reader.follow(path) { flag.isSet } }
    }
    do {
      defer {
        flag.set()
        for thread in threads { thread?.join() }
      }
      for number in 2...Self.commitCount { try Self.write(number, writer) }
    }
    for reader in readers { #expect(reader.problems.isEmpty, "\(reader.problems.prefix(3))") }
    let answers = readers.map(\.answers)
    print("readers during \(Self.commitCount) commits: \(answers) answers")
    #expect(answers.allSatisfy { $0 > 0 })
    #expect(try first.search(.phrase(["all"])).total == 1)
    #expect(try Searcher(index: path).search(.phrase(["all"])).total == Self.commitCount)
  }

  private final class Flag: Sendable {
    private let value = Atomic(false)
    var isSet: Bool { value.load(ordering: .acquiring) }
    func set() { value.store(true, ordering: .releasing) }
  }
}
