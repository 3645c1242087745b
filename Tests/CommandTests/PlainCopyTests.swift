import Foundation
import Testing

/// Plain copies of an index's folder, and the files that stay for them.
@Suite struct PlainCopyTests {
  /// A folder that was indexed file by file, and a copy of its index that lacks a segment.
  private static func folder() throws -> UpdatedFolder {
    let folder = try UpdatedFolder()
    for number in 0..<3 {
      try folder.write("\(number).txt", "Number\(number) of all")
      try folder.index("in")
    }
    try folder.copy("Index", to: "Copy")
    try folder.remove("Copy/3-1.segment")
    return folder
  }

  private static let note =
    "folio: note: generation 3 is not whole here: 3-1.segment is missing; generation 2 answers\n"

  @Test func theCommitBeforeAnswers() throws {
    let folder = try Self.folder()
    let search = try folder.run("search", "--json", "--index", "Copy", "all")
    #expect(search.code == 0)
    #expect(search.errors == Self.note)
    #expect(try SampleIndex.object(search.output)["total"] as? Int == 2)
    let check = try folder.run("check", "--json", "--index", "Copy")
    #expect(check.code == 0)
    #expect(check.errors == Self.note)
    let report = try SampleIndex.object(check.output)
    #expect(report["sound"] as? Bool == true)
    #expect(report["generation"] as? Int == 2)
    #expect(
      report["incomplete"] as? String == "generation 3 is not whole here: 3-1.segment is missing")
    let snapshot = try folder.run("snapshot", "Snapshot", "--index", "Copy")
    #expect(snapshot.code == 0)
    #expect(snapshot.errors == Self.note)
    #expect(try folder.find("all", in: "Snapshot") == ["0.txt", "1.txt"])
    #expect(try folder.run("check", "--index", "Snapshot").errors == "")
  }

  @Test func theNextRunHeals() throws {
    let folder = try Self.folder()
    let outcome = try folder.run("index", "--json", "--index", "Copy")
    #expect(outcome.code == 0)
    #expect(outcome.errors == Self.note)
    // What was lost is read again.
    let report = try SampleIndex.object(outcome.output)
    #expect(report["added"] as? Int == 1)
    #expect(report["generation"] as? Int == 4)
    #expect(try folder.find("all", in: "Copy") == folder.find("all"))
    let check = try folder.run("check", "--json", "--index", "Copy")
    #expect(check.errors == "")
    #expect(try SampleIndex.object(check.output)["incomplete"] is NSNull)
  }

  @Test func filesStayUntilALaterRun() throws {
    let folder = try UpdatedFolder()
    for number in 0..<3 {
      try folder.write("\(number).txt", "Number\(number) of all")
      try folder.index("in")
    }
    let manifests = ["1.manifest", "2.manifest", "3.manifest"]
    func found() throws -> [String] {
      try folder.names("Index").filter { $0.hasSuffix(".manifest") }
    }
    let files = try folder.files()
    try folder.index()
    #expect(try folder.files() == files)
    #expect(try found() == manifests)
    for name in manifests { try folder.touch("Index/" + name, seconds: 1_000_000_000) }
    try folder.index()
    #expect(try found() == ["3.manifest"])
    // Who merges wants the room.
    try folder.write("0.txt", "Changed of all")
    try folder.index()
    #expect(try found() == ["3.manifest", "4.manifest"])
    #expect(try folder.run("merge").code == 0)
    #expect(try found() == ["5.manifest"])
    #expect(
      try folder.names("Index")
        == ["3.sources", "4.sources", "5-1.segment", "5.manifest", "lock", "manifest"])
    #expect(try folder.find("all") == ["0.txt", "1.txt", "2.txt"])
  }

  @Test func aMissingRootIsTold() throws {
    let folder = try UpdatedFolder()
    for name in ["one", "two"] {
      try folder.folder.write("\(name)/\(name).txt", "All of \(name)")
    }
    try FileManager.default.createDirectory(
      atPath: folder.path + "/empty", withIntermediateDirectories: true)
    try folder.index("one", "two", "empty")
    for name in ["one", "empty"] {
      try folder.remove(name)
      let outcome = try folder.run("index")
      #expect(outcome.code == 66, "\(outcome)")
      let command = outcome.errors.split(separator: "\n").last.map(String.init) ?? ""
      #expect(command.hasPrefix("folio remove "), "\(outcome)")
      let line = command.replacingOccurrences(of: "folio remove", with: "\"$FOLIO\" remove")
      let removal = try CommandRunner.shell("cd '\(folder.path)' && \(line)")
      #expect(removal.code == 0, "\(removal)")
      #expect(try folder.run("index").code == 0)
    }
    #expect(try folder.find("all") == ["../two/two.txt"])
  }
}
