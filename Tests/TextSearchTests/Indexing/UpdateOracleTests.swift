import TestSupport
import Testing

@testable import TextSearch

/// Random changes, commits and merges: after each commit the index answers as one that was made of
/// the same documents in one go.
@Suite struct UpdateOracleTests {
  /// Each run is of so many operations; more than 10,000 in all.
  static let runs = 0..<24
  static let operationCount = 430

  @Test(arguments: runs) func answersDoNotTellHowTheIndexCameAbout(run: Int) throws {
    let seed = TestSeed.announced("updates", run)
    var history = try UpdateHistory(seed: seed)
    for turn in 0..<Self.operationCount {
      let problems = try history.step()
      guard problems.isEmpty else {
        Issue.record("seed \(seed), turn \(turn): \(problems.prefix(3))")
        return
      }
    }
    let problems = try history.finish()
    #expect(problems.isEmpty, "seed \(seed): \(problems.prefix(3))")
  }
}

/// An index that changes at random, and what must be in it.
private struct UpdateHistory {
  private struct File: Equatable {
    var source: Source
    /// The group's id and which group of the pool its content is.
    var groups: [(id: String, content: Int)]

    static func == (a: File, b: File) -> Bool { a.source == b.source }
  }

  private let folder: TemporaryIndex
  private let pool: [DocumentGroup]
  private let schema: Schema
  private let corpus: OracleCorpus
  private var random: SeededGenerator
  private var writer: IndexWriter?
  private var committed: [String: File] = [:]
  private var files: [String: File] = [:]
  private var clock: Int64 = 1000
  private var generation: UInt64 = 0
  /// What files of a fingerprint have.
  private var contents: [UInt64: [(id: String, content: Int)]] = [:]
  private var reader: Searcher?
  /// A snapshot that is kept, and an answer that it must give for ever.
  private var kept: (searcher: Searcher, query: Query, options: SearchOptions, lines: [String])?

  init(seed: UInt64) throws {
    folder = try TemporaryIndex()
    let shape = CorpusShape(
      "updates", groups: 60, vocabulary: 80, fields: 3, lengths: [1, 1, 20, 0.3, 0])
    var made = RandomCorpus(shape, SeededGenerator(seed: seed))
    pool = made.groups()
    schema = made.schema
    corpus = OracleCorpus(pool, schema: schema)
    random = made.random
  }

  private mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }

  // MARK: Operations

  mutating func step() throws -> [String] {
    switch number(0..<100) {
    case 0..<38: try set(path: "/filings/\(number(0..<400))")
    case 38..<58:
      if let path = files.keys.sorted().randomElement(using: &random) {
        try set(path: path)
      }
    case 58..<72:
      if let path = files.keys.sorted().randomElement(using: &random) {
        try open().forget(path: path)
        files[path] = nil
      }
    case 72..<78:
      // A writer that gives up leaves nothing.
      writer = nil
      files = committed
    case 78..<90: return try commit()
    case 90..<94: return try merge()
    default: return try compare()
    }
    return []
  }

  mutating func finish() throws -> [String] {
    let problems = try commit() + merge(leaving: 1) + compare()
    return problems + (try Searcher.check(index: folder.path).problems.map { "\($0)" })
  }

  private mutating func open() throws -> IndexWriter {
    if let writer { return writer }
    var options = IndexWriterOptions()
    // Segments end where they like.
    options.memoryLimitInBytes = [1 << 10, 1 << 16, 1 << 30][number(0..<3)]
    let opened = try IndexWriter(index: folder.path, schema: schema, options: options)
    writer = opened
    return opened
  }

  private mutating func set(path: String) throws {
    clock += 1
    // Now and then a file is a copy of another one.
    let copied = number(0..<10) == 0 ? files.keys.sorted().randomElement(using: &random) : nil
    let fingerprint = copied.flatMap { files[$0]?.source.fingerprint } ?? UInt64(clock)
    let groups = contents[fingerprint] ?? newGroups(path)
    contents[fingerprint] = groups
    var file = File(
      source: Source(
        path: path, label: path, size: number(0..<1000), modified: clock,
        fingerprint: fingerprint, number: try open().newSourceNumber()), groups: groups)
    if file.groups.isEmpty { file.source.state = .empty(reason: "nothing") }
    try open().append(
      IndexWriter.analyze(
        file.groups.map { group($0, source: file.source.number) }, schema: schema))
    try open().record(file.source)
    files[path] = file
  }

  private mutating func newGroups(_ path: String) -> [(id: String, content: Int)] {
    var groups: [(id: String, content: Int)] = []
    for part in 0..<number(0..<4) {
      // Some ids are those of other files, too.
      let id = number(0..<8) == 0 ? "shared \(number(0..<12))" : "\(path) \(part)"
      if !groups.contains(where: { $0.id == id }) { groups.append((id, number(0..<pool.count))) }
    }
    return groups
  }

  private func group(_ own: (id: String, content: Int), source: UInt32) -> DocumentGroup {
    var group = pool[own.content]
    group.id = own.id
    group.source = source
    for place in group.documents.indices { group.documents[place].id = "\(own.id)#\(place)" }
    return group
  }

  private mutating func commit() throws -> [String] {
    let report = try open().commit()
    let problem = report.generation < generation ? ["generation \(report.generation)"] : []
    generation = report.generation
    // Losers stay lost: who keeps files brings them again when the winner goes.
    let winners = winners(files)
    for (path, file) in files {
      files[path]?.groups = file.groups.filter { winners[$0.id] == path }
    }
    committed = files
    return problem + (try compare())
  }

  /// By the group's id: the file that was changed last; no two have the same time.
  private func winners(_ files: [String: File]) -> [String: String] {
    var rivals: [String: [Source]] = [:]
    for file in files.values {
      for (id, _) in file.groups { rivals[id, default: []].append(file.source) }
    }
    return rivals.mapValues { rivals in
      rivals.max { $0.modified < $1.modified }?.path ?? ""
    }
  }

  private mutating func merge(leaving count: Int? = nil) throws -> [String] {
    // What is not committed yet would be lost with the model's idea of it.
    let problems = try commit()
    if count == nil, number(0..<3) == 0 {
      _ = try open().merge()
      return problems + (try compare())
    }
    let wanted = count ?? number(1..<6)
    _ = try open().merge(leaving: wanted)
    let searcher = try Searcher(index: folder.path)
    let isFew = searcher.segments.count <= wanted
    let isClean = searcher.segments.allSatisfy { $0.deletions == nil }
    return problems + (isFew && isClean ? [] : ["merged to \(searcher.segments.count)"])
      + (try compare())
  }

  // MARK: Comparing

  private mutating func compare() throws -> [String] {
    guard generation > 0 else { return [] }
    let expected = try TemporaryIndex(
      committed.values.sorted { $0.source.path < $1.source.path }.flatMap { file in
        file.groups.map { group($0, source: 0) }
      }, schema: schema)
    let found = try reader?.newest() ?? Searcher(index: folder.path)
    reader = found
    let wanted = try Searcher(index: expected.path)
    guard found.documentCount == wanted.documentCount, found.groupCount == wanted.groupCount,
      found.tokenCount == wanted.tokenCount
    else {
      return [
        "\(found.groupCount), \(found.documentCount), \(found.tokenCount) in place of "
          + "\(wanted.groupCount), \(wanted.documentCount), \(wanted.tokenCount)"
      ]
    }
    var queries = RandomQuery(corpus, random)
    for _ in 0..<4 {
      let (query, options) = (queries.query(), queries.options())
      let (a, b) = (try lines(found, query, options), try lines(wanted, query, options))
      if a != b { return ["\(query) \(options): \(a) in place of \(b)"] }
      if kept == nil { kept = (found, query, options, a) }
    }
    random = queries.random
    return try lookBack()
  }

  /// A snapshot answers as ever, though its files may be gone.
  private mutating func lookBack() throws -> [String] {
    guard let old = kept, old.searcher.generation + 7 < generation else { return [] }
    kept = nil
    let lines = try lines(old.searcher, old.query, old.options)
    return lines == old.lines ? [] : ["a kept snapshot: \(lines) in place of \(old.lines)"]
  }

  /// All of an answer, without where documents are.
  private func lines(_ searcher: Searcher, _ query: Query, _ options: SearchOptions) throws
    -> [String]
  {
    let result = try searcher.search(query, options)
    var lines = ["\(result.total) \(result.isRelaxed)"]
    for hit in result.hits {
      let document = try searcher.document(hit.address)
      let others = try hit.others.map { try searcher.document($0).id }
      lines.append("\(document) \(hit.score) \(others)")
    }
    if let first = result.hits.first {
      lines.append("\(try searcher.text(first.address, marking: query, options))")
      lines.append("\(try searcher.snippet(first.address, for: query, options))")
      lines.append("\(String(describing: try searcher.explain(query, first.address, options)))")
    }
    return lines
  }
}
