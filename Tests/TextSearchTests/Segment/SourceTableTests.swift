import TestSupport
import Testing

@testable import TextSearch

@Suite struct SourceTableTests {
  /// A table grows commit by commit beside a dictionary.
  @Test(arguments: 0..<12) func commitsAgreeWithADictionary(part: Int) throws {
    var random = SeededGenerator(seed: TestSeed.announced("sources", part))
    let folder = try TemporaryIndex()
    var files: [String] = []
    var known: [String: Source] = [:]
    for commit in 0..<Int.random(in: 1...25, using: &random) {
      var changes = SourceFixture.changes(&random, upTo: commit % 6 == 0 ? 400 : 40)
      changes += known.values.filter { _ in Int.random(in: 0..<9, using: &random) == 0 }
        .map { .gone(path: $0.path) }
      let name = "\(commit).sources"
      let table = try SourceTable(paths: files)
      let report = try table.write(changes, to: folder.path + "/" + name)
      files = files.prefix(report.keptLists) + [folder.path + "/" + name]
      #expect(try folder.bytes(name).count == report.byteCount)
      for change in changes {
        switch change {
        case .set(let source): known[source.path] = source
        case .gone(let path): known[path] = nil
        }
      }
      try check(SourceTable(paths: files), known)
    }
    #expect(files.count < 8)
  }

  private func check(_ table: SourceTable, _ known: [String: Source]) throws {
    var walked: [Source] = []
    try table.visit {
      walked.append($0)
      return true
    }
    let expected = known.values.sorted {
      SourceFixture.components($0.path).lexicographicallyPrecedes(
        SourceFixture.components($1.path))
    }
    #expect(walked == expected)
    for source in expected { #expect(try table.source(at: source.path) == source) }
    for path in ["", "/", "/a", "/zzzz"] + expected.map({ $0.path + "x" }) {
      #expect(try table.source(at: path) == known[path])
    }
  }

  @Test func theLastChangeOfAPathCounts() throws {
    let folder = try TemporaryIndex()
    let one = SourceFixture.plain("/a", 1)
    let other = SourceFixture.plain("/a", 2)
    let path = folder.path + "/1.sources"
    _ = try SourceTable().write([.set(one), .gone(path: "/a"), .set(other)], to: path)
    #expect(try SourceTable(paths: [path]).source(at: "/a") == other)
    _ = try SourceTable().write([.set(one), .gone(path: "/a")], to: path)
    #expect(try SourceTable(paths: [path]).recordCount == 0)
  }

  @Test func smallCommitsLeaveALongListAlone() throws {
    let folder = try TemporaryIndex()
    var files: [String] = []
    var lengths: [Int] = []
    var written = 0
    for commit in 0..<200 {
      let count = commit == 0 ? 20_000 : 20
      let changes = (0..<count).map { number in
        SourceChange.set(SourceFixture.plain("/data/\(commit)/\(number).txt", UInt32(number)))
      }
      let path = folder.path + "/\(commit).sources"
      let report = try SourceTable(paths: files).write(changes, to: path)
      files = files.prefix(report.keptLists) + [path]
      lengths = lengths.prefix(report.keptLists) + [report.byteCount]
      if commit > 0 { written += report.byteCount }
      for (index, length) in lengths.enumerated() {
        #expect(length * 2 > lengths[(index + 1)...].reduce(0, +) * SourceTable.growth)
      }
    }
    #expect(files.first?.hasSuffix("/0.sources") == true)
    #expect(written < 20 * lengths[1...].reduce(0, +))
  }

  @Test func aLongPathIsRefused() throws {
    let folder = try TemporaryIndex()
    let longest = "/" + String(repeating: "a", count: SourceListWriter.longestPath - 1)
    let path = folder.path + "/1.sources"
    _ = try SourceTable().write([.set(SourceFixture.plain(longest, 1))], to: path)
    #expect(try SourceTable(paths: [path]).source(at: longest)?.number == 1)
    #expect(throws: IndexError.self) {
      try SourceTable().write([.set(SourceFixture.plain(longest + "a", 1))], to: path)
    }
  }

  @Test func aRecordIsShort() throws {
    let folder = try TemporaryIndex()
    let changes = (0..<10_000).map { number in
      let path = "/data/edgar/0000\(320_000 + number / 50)/0000320193-24-\(100_000 + number).txt"
      return SourceChange.set(
        Source(
          path: path, label: String(path.dropFirst(12)), size: 20_000 + number * 7919 % 90_000,
          modified: 1_700_000_000_000_000_000 + Int64(number * 7919 % 10_007) * 1_234_567_891,
          fingerprint: UInt64(number) &* 0x9E37_79B9_7F4A_7C15, number: UInt32(number)))
    }
    let report = try SourceTable().write(changes, to: folder.path + "/1.sources")
    #expect(report.byteCount < 32 * changes.count)
  }
}

/// Sources made for tests.
enum SourceFixture {
  static func plain(_ path: String, _ number: UInt32) -> Source {
    Source(path: path, label: path, size: 10, modified: 20, fingerprint: 30, number: number)
  }

  /// What a path is sorted by: its names, each by its bytes.
  static func components(_ path: String) -> [UInt16] {
    path.utf8.map { $0 == UInt8(ascii: "/") ? 0 : UInt16($0) + 1 }
  }

  private static let names = [
    "a", "a.txt", "a-b", "b", "c c", "é", "10-k", "10-k.htm", "0000320193-20-000096", "~", "!", "z",
  ]

  static func path(_ random: inout SeededGenerator) -> String {
    (0..<Int.random(in: 1...5, using: &random)).map { _ in
      "/" + names[Int.random(in: 0..<names.count, using: &random)]
    }.joined() + (Bool.random(using: &random) ? "" : "\(Int.random(in: 0...99, using: &random))")
  }

  static func source(_ path: String, _ random: inout SeededGenerator) -> Source {
    let cut = path.utf8.index(
      path.startIndex, offsetBy: Int.random(in: 0...path.utf8.count, using: &random))
    let labels = [
      String(path.dropFirst()), String(path[cut...]), path, "two/" + path, "", "other",
    ]
    let states: [Source.State] = [
      .indexed, .indexed, .indexed, .empty(reason: "binary file (PDF)"), .empty(reason: ""),
      .empty(reason: "reason \(random.next() % 50)"),
      .duplicate(of: path + "/x"), .duplicate(of: "/b"),
    ]
    return Source(
      path: path, label: labels[Int.random(in: 0..<labels.count, using: &random)],
      size: Int(truncatingIfNeeded: random.next() >> UInt64.random(in: 1...63, using: &random)),
      modified: Int64(bitPattern: random.next()) >> Int64.random(in: 0...63, using: &random),
      fingerprint: random.next(), number: UInt32(truncatingIfNeeded: random.next()),
      state: states[Int.random(in: 0..<states.count, using: &random)],
      beatenBy: (0..<max(0, Int.random(in: -9...3, using: &random))).map { _ in
        UInt32(truncatingIfNeeded: random.next())
      })
  }

  static func changes(_ random: inout SeededGenerator, upTo limit: Int) -> [SourceChange] {
    (0..<Int.random(in: 0...limit, using: &random)).map { _ in
      let path = path(&random)
      if Int.random(in: 0..<8, using: &random) == 0 { return .gone(path: path) }
      return .set(source(path, &random))
    }
  }
}
