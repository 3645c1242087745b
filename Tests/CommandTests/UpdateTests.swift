import Foundation
import Testing

/// `folio index` on folders that have changed, and the commands that change an index otherwise.
@Suite struct UpdateTests {
  private static func folder(_ count: Int = 5) throws -> UpdatedFolder {
    let folder = try UpdatedFolder()
    for number in 0..<count { try folder.write("\(number).txt", "Number\(number) of them all") }
    try folder.index("in")
    return folder
  }

  private static func counts(_ report: [String: Any]) -> [Int] {
    ["added", "updated", "moved", "removed", "unchanged"].map { report[$0] as? Int ?? -1 }
  }

  @Test func whatIsUnchangedIsNotWritten() throws {
    let folder = try Self.folder()
    let before = try folder.files()
    #expect(try Self.counts(folder.index("in")) == [0, 0, 0, 0, 5])
    #expect(try folder.files() == before)
    try folder.touch("in/3.txt", seconds: 1_000_000_000)
    let report = try folder.index()
    #expect(Self.counts(report) == [0, 0, 0, 0, 5])
    #expect(report["generation"] as? Int == 1)
    #expect(try folder.files() == before)
    #expect(try folder.run("index").output.hasPrefix("Nothing has changed\nIndex: 5 filings, "))
    #expect(try folder.files() == before)
  }

  @Test func whatIsNewChangedMovedOrGoneIsFound() throws {
    let folder = try Self.folder()
    try folder.write("new.txt", "A new one of all")
    try folder.write("1.txt", "Changed, as all is")
    try folder.move("in/2.txt", to: "in/moved.txt")
    try folder.remove("in/3.txt")
    #expect(try Self.counts(folder.index()) == [1, 1, 1, 1, 2])
    #expect(
      try folder.find("all") == ["0.txt", "1.txt", "4.txt", "moved.txt", "new.txt"])
    #expect(try folder.find("changed") == ["1.txt"])
    #expect(try folder.find("number1") == [])
    #expect(try folder.find("number2", "path") == ["moved.txt"])
    #expect(try folder.run("check").code == 0)
  }

  /// A run looks only at the paths that are named; others stay as they are.
  @Test func otherPathsStay() throws {
    let folder = try Self.folder()
    try folder.folder.write("more/9.txt", "One more of all")
    try folder.write("1.txt", "Changed, as all is")
    #expect(try Self.counts(folder.index("more")) == [1, 0, 0, 0, 5])
    #expect(try folder.find("changed") == [])
    #expect(try Self.counts(folder.index()) == [0, 1, 0, 0, 5])
    #expect(try folder.find("all").count == 6)
    // Below a folder that is known, only that part is looked at.
    try folder.write("sub/a.txt", "Below of all")
    try folder.write("2.txt", "Changed, as all is")
    #expect(try Self.counts(folder.index("in/sub")) == [1, 0, 0, 0, 6])
    #expect(try folder.find("below", "path") == ["sub/a.txt"])
  }

  @Test func aFolderThatIsMissingIsNoticed() throws {
    let folder = try Self.folder()
    try folder.folder.write("away/keep", "")
    for number in 0..<3 { try folder.move("in/\(number).txt", to: "away/\(number).txt") }
    let before = try folder.files()
    let outcome = try folder.run("index")
    #expect(outcome.code == 64)
    #expect(outcome.errors.contains("--allow-empty"))
    #expect(try folder.files() == before)
    #expect(try Self.counts(folder.index("--allow-empty")) == [0, 0, 0, 3, 2])
    // Half is not most.
    try folder.remove("in/3.txt")
    #expect(try Self.counts(folder.index()) == [0, 0, 0, 1, 1])
    try folder.remove("in/4.txt")
    #expect(try folder.run("index").code == 64)
    #expect(try Self.counts(folder.index("--allow-empty")) == [0, 0, 0, 1, 0])
    #expect(try folder.find("all") == [])
    for number in 0..<3 { try folder.move("away/\(number).txt", to: "in/\(number).txt") }
    #expect(try Self.counts(folder.index()) == [3, 0, 0, 0, 0])
    #expect(try folder.find("all").count == 3)
  }

  @Test func rebuildingStartsOver() throws {
    let folder = try Self.folder()
    try folder.folder.write("other/x.txt", "Another of all")
    #expect(try Self.counts(folder.index("other", "--rebuild")) == [1, 0, 0, 0, 0])
    #expect(try folder.find("all") == ["x.txt"])
    try folder.remove("other/x.txt")
    try folder.folder.write("other/y.txt", "Another of all")
    #expect(try Self.counts(folder.index("--rebuild")) == [1, 0, 0, 0, 0])
    #expect(try folder.find("all") == ["y.txt"])
  }

  @Test func duplicatesAreNamed() throws {
    let folder = try Self.folder()
    func duplicates(_ report: [String: Any]) -> [[String]] {
      (report["duplicates"] as? [[String: String]] ?? []).map { duplicate in
        ["path", "of"].map { URL(fileURLWithPath: duplicate[$0] ?? "").lastPathComponent }
      }
    }
    try folder.copy("in/4.txt", to: "in/9.txt")
    #expect(try duplicates(folder.index()) == [["9.txt", "4.txt"]])
    #expect(try folder.find("number4") == ["4.txt"])
    // Where the first goes, the other takes its place.
    try folder.remove("in/4.txt")
    try folder.index()
    #expect(try folder.find("number4") == ["9.txt"])
    func filing(_ text: String) -> String {
      "{\"id\":\"\(text)\",\"accession\":\"0000000001-09-000001\",\"body\":\"\(text) filing\"}\n"
    }
    try folder.write("a.jsonl", filing("old"))
    try folder.write("b.jsonl", filing("newer"))
    try folder.touch("in/a.jsonl", seconds: 1_000_000_000)
    #expect(try duplicates(folder.index()) == [["a.jsonl", "b.jsonl"]])
    #expect(try folder.find("filing") == ["newer"])
    try folder.remove("in/b.jsonl")
    try folder.index()
    #expect(try folder.find("filing") == ["old"])
    let text = try folder.run("index", "--rebuild").output
    #expect(!text.contains("Duplicates"))
    try folder.copy("in/0.txt", to: "in/8.txt")
    let named = try folder.run("index").output
    #expect(named.contains("Duplicates: 1 file\n  "), "\(named)")
    #expect(named.contains("/8.txt: the same as "), "\(named)")
  }

  /// What other files say of a filing is part of it, though its own file is as it was.
  @Test func sidecarsCount() throws {
    let folder = try Self.folder()
    func form(_ number: Int) throws -> [String] { try folder.find("number\(number)", "form") }
    try folder.write("1.txt.json", #"{"form":"10-K"}"#)
    #expect(try Self.counts(folder.index()) == [0, 1, 0, 0, 4])
    #expect(try form(1) == ["10-K"])
    try folder.write("1.txt.json", #"{"form":"10-Q/A"}"#)
    try folder.index()
    #expect(try form(1) == ["10-Q/A"])
    try folder.remove("in/1.txt.json")
    try folder.index()
    #expect(try form(1) == [""])
    func table(_ rows: [String]) throws {
      try folder.write(
        "MANIFEST.tsv", (["path\tform"] + rows).map { $0 + "\n" }.joined())
      try folder.index()
    }
    try table(["2.txt\t8-K", "3.txt\t6-K"])
    #expect(try form(2) + form(3) == ["8-K", "6-K"])
    try table(["2.txt\t20-F"])
    #expect(try form(2) + form(3) == ["20-F", ""])
    try folder.remove("in/MANIFEST.tsv")
    #expect(try Self.counts(folder.index()) == [0, 1, 0, 0, 4])
    #expect(try form(2) == [""])
    let before = try folder.files()
    try folder.index()
    #expect(try folder.files() == before)
  }

  @Test func filesAndFilingsAreRemoved() throws {
    let folder = try Self.folder()
    try folder.write("sub/a.txt", "Sub of all")
    try folder.write("sub/b.txt", "Sub of all too")
    try folder.write("sub2/c.txt", "Sub of all else")
    try folder.write(
      "two.jsonl",
      #"{"id":"x","accession":"0000000001-09-000001","body":"one of all"}"# + "\n"
        + #"{"id":"y","accession":"0000000001-09-000002","body":"two of all"}"# + "\n")
    try folder.index()
    #expect(try folder.find("all").count == 10)
    let before = try folder.files()
    for name in ["nothing.txt", "in/su"] {
      let unknown = try folder.run("remove", name)
      #expect(unknown.code == 1)
      #expect(unknown.errors.contains(name))
    }
    // One unknown name of several removes nothing.
    #expect(try folder.run("remove", "in/0.txt", "nothing").code == 1)
    #expect(try folder.files() == before)
    #expect(try folder.run("remove", "in/0.txt").output.hasPrefix("Removed 1 filing\n"))
    #expect(try folder.run("remove", "1.txt").code == 0)
    #expect(try folder.run("remove", "sub/").output.hasPrefix("Removed 2 filings\n"))
    #expect(try folder.run("remove", "0000000001-09-000002").code == 0)
    let left = ["2.txt", "3.txt", "4.txt", "c.txt", "x"]
    func found() throws -> [String] {
      try folder.find("all").map { $0.split(separator: "/").last.map(String.init) ?? "" }
    }
    #expect(try found() == left)
    try folder.index()
    #expect(try found() == left)
    try folder.run("merge")
    #expect(try found() == left)
    // A file that changes comes back.
    try folder.write("0.txt", "Again of all")
    try folder.index()
    #expect(try found() == ["0.txt"] + left)
    try folder.index("--rebuild")
    #expect(try found().count == 10)
    #expect(try folder.run("remove", "in").code == 0)
    #expect(try found() == [])
    #expect(try folder.run("index").code == 64, "no folder is known any more")
    #expect(try folder.run("remove").code == 64)
  }

  @Test func segmentsAreMerged() throws {
    let folder = try Self.folder()
    for number in 10..<14 {
      try folder.write("\(number).txt", "More of them all \(number)")
      try folder.index()
    }
    let before = try folder.find("all")
    func merge(_ arguments: String...) throws -> [String: Any] {
      let outcome = try CommandRunner.run(["merge", "--json"] + arguments, folder: folder.path)
      #expect(outcome.code == 0, "\(outcome)")
      return try SampleIndex.object(outcome.output)
    }
    #expect(try merge("--max-segments", "2")["segments"] as? Int == 2)
    #expect(try folder.find("all") == before)
    #expect(try merge()["segments"] as? Int == 1)
    let files = try folder.files()
    #expect(try merge()["merges"] as? Int == 0)
    #expect(try folder.files() == files)
    #expect(try folder.find("all") == before)
    #expect(try folder.run("check").code == 0)
    #expect(try folder.run("merge", "--index", "nowhere").code == 66)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/nowhere"))
    #expect(try folder.run("merge", "--max-segments", "0").code == 64)
  }

  @Test(arguments: [[], ["--copy"]]) func snapshotsAreIndexes(_ arguments: [String]) throws {
    let folder = try Self.folder()
    try folder.write("1.txt", "Changed, as all is")
    try folder.index()
    let outcome = try CommandRunner.run(
      ["snapshot", "copy/of", "--json"] + arguments, folder: folder.path)
    #expect(outcome.code == 0, "\(outcome)")
    let report = try SampleIndex.object(outcome.output)
    #expect((report["copied"] as? Int ?? 0 > 0) == !arguments.isEmpty)
    let found = try folder.find("all")
    try folder.write("2.txt", "Changed again")
    try folder.index()
    try folder.run("merge")
    #expect(try folder.find("all", in: "copy/of") == found)
    #expect(try folder.run("check", "--index", "copy/of").code == 0)
    let before = try folder.files(of: "copy/of")
    #expect(try folder.run("snapshot", "copy/of").code == 64)
    #expect(try folder.files(of: "copy/of") == before)
    #expect(try folder.run("snapshot", "in").code == 64)
    // A snapshot is brought up to date like any index.
    #expect(try Self.counts(folder.index("--index", "copy/of")) == [0, 1, 0, 0, 4])
    #expect(try folder.find("again", in: "copy/of") == folder.find("again"))
  }

  /// An unset variable of a shell makes an empty name, which must not be taken for the folder.
  @Test(arguments: ["index", "remove", "watch", "snapshot"]) func anEmptyNameIsRefused(
    _ command: String
  ) throws {
    let folder = try Self.folder()
    let before = try folder.files(of: "Index")
    #expect(try folder.run(command, "").code == 64)
    #expect(try folder.files(of: "Index") == before)
  }

  @Test(arguments: ["300", "1MIB"]) func longRunsCommitAlongTheWay(_ interval: String) throws {
    let folder = try UpdatedFolder()
    for file in 0..<6 {
      let lines = (0..<400).map {
        "{\"id\":\"\(file)-\($0)\",\"body\":\"all \(String(repeating: "word\($0) ", count: 200))\"}\n"
      }
      try folder.write("\(file).jsonl", lines.joined())
    }
    let report = try folder.index("in", "--commit-every", interval, "--threads", "2")
    #expect((report["generation"] as? Int ?? 0) > 2, "\(report)")
    try folder.index("in", "--index", "Whole")
    for query in ["all", "word7 word9 zebra", "\"word3 word3\""] {
      let arguments = ["search", "--json", "--by", "document", query]
      let parts = try CommandRunner.run(arguments, folder: folder.path).output
      let whole = try CommandRunner.run(arguments + ["--index", "Whole"], folder: folder.path)
      #expect(SameAnswersTests.withoutTime(parts) == SameAnswersTests.withoutTime(whole.output))
    }
    #expect(try folder.run("index", "in", "--commit-every", "0").code == 64)
  }
}
