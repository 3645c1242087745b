import Foundation
import TestSupport
import Testing

/// Which of several files a filing is shown from depends on the files alone, not on the order in
/// which they came.
///
/// Files with the same content under several paths, several contents of one filing, changes, touches
/// and removals come in random order and in any number of commits; the index must then answer as one
/// that is made at once of the files that are there.
@Suite struct RivalFilesTests {
  @Test(arguments: 0..<4) func theOrderOfCommitsLeavesNoTrace(run: Int) throws {
    let seed = TestSeed.announced("rival files", run)
    var history = try RivalHistory(seed: seed)
    for turn in 0..<25 {
      try history.change()
      let problems = try history.update() + history.compare()
      guard problems.isEmpty else {
        Issue.record("seed \(seed), turn \(turn): \(problems.prefix(3).joined(separator: "\n"))")
        return
      }
    }
  }
}

extension RivalFilesTests {
  private static func counts(_ report: [String: Any]) -> [Int] {
    ["added", "updated", "moved", "removed", "unchanged"].map { report[$0] as? Int ?? -1 }
      + [(report["duplicates"] as? [Any])?.count ?? -1]
  }

  private static func write(
    _ folder: UpdatedFolder, _ name: String, _ word: String, seconds: Double
  ) throws {
    let line = #"{"id":"d","accession":"0000000001-09-000001","body":"filing \#(word)"}"#
    try folder.folder.write(name, line + "\n")
    try folder.touch(name, seconds: seconds)
  }

  /// Of three versions of a filing the last one wins; when it goes, the next best comes, and so on.
  @Test func theNextBestTakesThePlace() throws {
    let folder = try UpdatedFolder()
    try Self.write(folder, "in/a.jsonl", "middle", seconds: 2_000)
    #expect(try Self.counts(folder.index("in")) == [1, 0, 0, 0, 0, 0])
    // One that loses at once is a duplicate and not an addition.
    try Self.write(folder, "in/b.jsonl", "oldest", seconds: 1_000)
    #expect(try Self.counts(folder.index()) == [0, 0, 0, 0, 1, 1])
    try Self.write(folder, "in/c.jsonl", "newest", seconds: 3_000)
    #expect(try Self.counts(folder.index()) == [1, 0, 0, 0, 0, 1])
    #expect(try folder.find("filing", "path") == ["c.jsonl"])
    try folder.remove("in/c.jsonl")
    try folder.index()
    #expect(try folder.find("filing", "path") == ["a.jsonl"])
    // A time that is set decides, too, though the content is as it was.
    try folder.touch("in/b.jsonl", seconds: 4_000)
    try folder.index()
    #expect(try folder.find("filing", "path") == ["b.jsonl"])
    try folder.remove("in/b.jsonl")
    try folder.index()
    #expect(try folder.find("filing", "path") == ["a.jsonl"])
  }

  /// What goes from the folder that a run looks at may be in another one.
  @Test func theNextBestMayBeElsewhere() throws {
    let folder = try UpdatedFolder()
    try Self.write(folder, "in/a.jsonl", "newer", seconds: 2_000)
    try folder.write("more.txt", "Another filing")
    try Self.write(folder, "other/b.jsonl", "older", seconds: 1_000)
    try folder.folder.write("other/copy.txt", "Another filing")
    try folder.index("in", "other")
    #expect(try folder.find("filing", "path") == ["a.jsonl", "more.txt"])
    try folder.remove("in/a.jsonl")
    try folder.remove("in/more.txt")
    try folder.index("in", "--allow-empty")
    #expect(try folder.find("filing", "path") == ["../other/b.jsonl", "../other/copy.txt"])
    #expect(try folder.run("index").output.hasPrefix("Nothing has changed"))
  }

  @Test func whatIsRemovedByHandGivesItsPlace() throws {
    let folder = try UpdatedFolder()
    try Self.write(folder, "in/a.jsonl", "older", seconds: 1_000)
    try Self.write(folder, "in/b.jsonl", "newer", seconds: 2_000)
    try folder.write("c.txt", "Another filing")
    try folder.copy("in/c.txt", to: "in/d.txt")
    try folder.index("in")
    let outcome = try folder.run("remove", "in/b.jsonl", "c.txt")
    #expect(
      outcome.output == "Removed 2 filings\nIn their place: 2 filings of other files\n"
        + "Index: 2 filings\n")
    #expect(try folder.find("filing", "path") == ["a.jsonl", "d.txt"])
    #expect(try folder.run("index").output.hasPrefix("Nothing has changed"))
    #expect(try folder.find("filing", "path") == ["a.jsonl", "d.txt"])
  }

  /// Files are called by their paths from the folder that was named first, whether all were named
  /// at once and whatever is in them.
  @Test func namesDependOnTheFoldersAlone() throws {
    let folder = try UpdatedFolder()
    for name in ["x/in/a.txt", "x/in/b/c.txt", "x/b/c.txt", "y/in/a.txt", "y/z.txt"] {
      try folder.folder.write(name, "The text of \(name)")
    }
    try folder.index("x/in", "x/b", "y/z.txt", "--index", "Once")
    try folder.index("x/in")
    try folder.index("x/b", "--threads", "1")
    try folder.index("y/z.txt")
    let names = ["../../y/z.txt", "../b/c.txt", "a.txt", "b/c.txt"]
    for index in ["Once", "Index"] { #expect(try folder.find("text", "path", in: index) == names) }
    // A folder keeps its name when another one is named, or the first is forgotten.
    try folder.index("y/in")
    #expect(try folder.find("text", "path") == ["../../y/in/a.txt"] + names)
    try folder.run("remove", "x/in")
    try folder.index()
    try folder.folder.write("y/more/d.txt", "The text of more")
    try folder.index("y/more")
    #expect(
      try folder.find("text", "path")
        == ["../../y/in/a.txt", "../../y/more/d.txt", "../../y/z.txt", "../b/c.txt"])
  }

  /// Names that are equal as texts and not as bytes are names of two files.
  @Test func namesAreBytes() throws {
    let folder = try UpdatedFolder()
    try folder.write("caf\u{E9}.txt", "One filing")
    try folder.write("cafe\u{301}.txt", "Two filing")
    guard try folder.names("in").count == 2 else { return }
    #expect(try Self.counts(folder.index("in")) == [2, 0, 0, 0, 0, 0])
    #expect(try folder.find("filing").count == 2)
    #expect(try folder.run("index").output.hasPrefix("Nothing has changed"))
  }

  /// Of indexes in a folder none reads another.
  @Test func indexesAreNotRead() throws {
    let folder = try UpdatedFolder()
    try folder.write("a.txt", "A filing")
    for index in ["in/One", "in/sub/Two", "in/One"] {
      try folder.index("in", "--index", index)
      #expect(try folder.find("filing", "path", in: index) == ["a.txt"])
      #expect(try folder.run("index", "--index", index).output.hasPrefix("Nothing has changed"))
    }
  }

  /// A table of facts that has changed makes its files be looked at, and those be indexed again of
  /// which it says something else.
  @Test func onlyWhatATableSaysAnewIsIndexedAgain() throws {
    let folder = try UpdatedFolder()
    for number in 0..<20 { try folder.write("\(number).txt", "Filing number\(number)") }
    func table(_ form: (Int) -> String) throws {
      let rows = (0..<20).map { "\($0).txt\t\(form($0))\n" }
      try folder.write("MANIFEST.tsv", "path\tform\n" + rows.joined())
    }
    try table { _ in "8-K" }
    try folder.index("in")
    try table { $0 == 7 ? "10-K" : "8-K" }
    #expect(try Self.counts(folder.index()) == [0, 1, 0, 0, 19, 0])
    #expect(try folder.find("number7", "form") == ["10-K"])
    // Another table that says the same changes nothing in the index.
    try table { $0 == 7 ? "10-K" : "8-K" }
    try folder.write("MANIFEST.tsv", try folder.text("in/MANIFEST.tsv") + "\n")
    #expect(try Self.counts(folder.index()) == [0, 0, 0, 0, 20, 0])
  }
}

/// Folders whose files rival, and an index that follows them.
private struct RivalHistory {
  private let folder: UpdatedFolder
  private var random: TestRandom
  private var files: [String: String] = [:]
  private var times: Set<String> = []
  private var isTold = false
  private var clock = 1_000_000_000
  private var log: [String] = []

  /// Some are in folders that say an accession number, and one content is of two filings.
  private static let paths =
    ["in", "other"].flatMap { root in
      ["a", "b", "c", "sub/d", "edgar/data/7/000000000909000001/e", "z"].map {
        "\(root)/\($0).jsonl"
      }
    }
  private static let contents: [String] = (0..<9).map { number in
    let shared = "\"accession\":\"0000000001-09-00000\(number % 3)\","
    let second = "\"accession\":\"0000000002-09-00000\(number % 2)\","
    func line(_ accession: String, _ part: Int) -> String {
      "{\"id\":\"d\(number)-\(part)\",\(accession)\"body\":\"filing number\(number) part\(part)\"}\n"
    }
    return switch number {
    case 0..<5: line(shared, 1)
    case 5..<8: line(shared, 1) + line(second, 2)
    // Without an accession number the path names the filing.
    default: "A filing without a number, number\(number)"
    }
  }

  init(seed: UInt64) throws {
    folder = try UpdatedFolder()
    random = TestRandom(seed)
    for root in ["in", "other"] { try folder.folder.write("\(root)/keep.txt", "Kept \(root)") }
  }

  private mutating func number(_ count: Int) -> Int { random.number(count) }

  // MARK: Changes

  mutating func change() throws {
    for _ in 0...number(3) {
      let path = Self.paths[number(Self.paths.count)]
      switch number(10) {
      case 0..<6: try write(path, Self.contents[number(Self.contents.count)])
      case 6..<8:
        if files.removeValue(forKey: path) != nil {
          try folder.remove(path)
          log.append("remove \(path)")
        }
      default: if files[path] != nil { try touch(path) }
      }
    }
    if number(4) == 0 { try tell() }
  }

  /// A table beside the files says something of one of them, or nothing any more.
  private mutating func tell() throws {
    let row = number(2) == 0 ? "b.jsonl\t10-K\t0000000003-09-000001\n" : ""
    try folder.write("MANIFEST.tsv", "path\tform\taccession\n" + row)
    log.append("table \(row)")
  }

  private mutating func write(_ path: String, _ text: String) throws {
    try folder.folder.write(path, text)
    files[path] = text
    log.append("write \(path) \(text.prefix(60))")
    try touch(path)
  }

  /// Gives a file a time of some seconds, so that two files have the same now and then; but never one
  /// file twice, as a change of the content alone is no change that is looked for.
  private mutating func touch(_ path: String) throws {
    var time = clock + number(12)
    while !times.insert("\(path) \(time)").inserted { time += 1 }
    if number(6) == 0 { clock += 5 }
    try folder.touch(path, seconds: Double(time))
    log.append("touch \(path) \(time)")
  }

  // MARK: Updates

  /// Brings the index up to date in one of several ways.
  mutating func update() throws -> [String] {
    if !isTold {
      isTold = true
      try folder.index("in")
      return report(try folder.index("other"))
    }
    let ways = [
      [[]], [["in"], []], [["other"], []], [["--commit-every", "1"]], [["other", "in"]],
      [["in", "--commit-every", "2"], ["--threads", "1"]],
    ]
    let way = ways[number(ways.count)]
    var problems: [String] = []
    for arguments in way {
      log.append("index \(arguments)")
      let outcome = try CommandRunner.run(
        ["index", "--json", "--allow-empty"] + arguments, folder: folder.path)
      if outcome.code != 0 { return ["\(outcome)"] }
      problems += report(try SampleIndex.object(outcome.output))
    }
    if number(4) == 0 {
      log.append("merge")
      try folder.run("merge")
    }
    return problems
  }

  /// What is wrong with the numbers of a report.
  private func report(_ report: [String: Any]) -> [String] {
    func count(_ name: String) -> Int { report[name] as? Int ?? -1 }
    let kinds = ["added", "updated", "moved", "unchanged"].map(count)
    let duplicates = report["duplicates"] as? [[String: String]] ?? []
    var problems: [String] = []
    if kinds.reduce(0, +) != count("filings") || kinds.contains(where: { $0 < 0 }) {
      problems.append("numbers that do not add up: \(report)")
    }
    if Set(duplicates.map { $0["path"] }).count != duplicates.count {
      problems.append("a duplicate that is named twice: \(report)")
    }
    return problems
  }

  // MARK: Comparing

  /// How the index differs from one that is made at once.
  mutating func compare() throws -> [String] {
    let fresh = ["index", "in", "other", "--index", "Fresh", "--rebuild", "--quiet"]
    let made = try CommandRunner.run(fresh, folder: folder.path)
    if made.code != 0 { return ["\(made)"] }
    let (found, wanted) = (try answers("Index"), try answers("Fresh"))
    for (one, other) in zip(found, wanted) where one != other {
      let history = log.suffix(30).joined(separator: "\n")
      return ["\(one)\nin place of\n\(other)\nafter\n\(history)"]
    }
    return []
  }

  private func answers(_ index: String) throws -> [String] {
    let queries =
      ["filing", "kept", "part2"] + (0..<9).map { "number\($0)" } + ["filing number1 number5"]
    let batch = try folder.run(
      "search", "--batch", "--index", index, "-n", "100",
      input: queries.enumerated().map { "q\($0)\t\($1)\n" }.joined())
    let documents = try folder.find("filing OR kept", in: index)
    let shown = try Set(documents).sorted().prefix(3).map {
      try folder.run("show", $0, "--index", index).output
    }
    let info = try SampleIndex.object(try folder.run("info", "--json", "--index", index).output)
    let counts = ["filings", "documents", "tokens"].map { "\($0) \(info[$0] ?? 0)" }
    return [counts.joined(separator: " ")] + [documents.joined(separator: " ")]
      + SameAnswersTests.withoutTime(batch.output).split(separator: "\n").map(String.init) + shown
  }
}
