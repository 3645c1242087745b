import Foundation
import Testing

/// Saved searches: each new match is told once.
@Suite struct AlertTests {
  private static let file = "Index/alert-matches.jsonl"

  private static func folder() throws -> UpdatedFolder {
    let folder = try UpdatedFolder()
    for number in 0..<3 { try folder.write("\(number).txt", "An access fee, number \(number)") }
    try folder.index("in")
    #expect(try folder.run("alert", "add", "fees", "access fee").code == 0)
    return folder
  }

  private static func told(_ folder: UpdatedFolder, _ name: String = file) throws -> [String] {
    guard FileManager.default.fileExists(atPath: folder.path + "/" + name) else { return [] }
    return try folder.text(name).split(separator: "\n").map { line in
      let match = try SampleIndex.object(String(line))
      return "\(match["alert"] ?? "") \(match["document"] ?? "")"
    }
  }

  @Test func searchesAreSaved() throws {
    let folder = try UpdatedFolder()
    #expect(try folder.run("alert", "add", "a", "fee").code == 66)
    try folder.write("0.txt", "An access fee")
    try folder.index("in")
    #expect(try folder.run("alert", "list").code == 1)
    #expect(try folder.run("alert", "add", "a", "fee OR royalty").code == 0)
    #expect(try folder.run("alert", "add", "b", "\"access fee\"", "--to", "b.jsonl").code == 0)
    #expect(try folder.run("alert", "add", "a", "fee").code == 64)
    #expect(try folder.run("alert", "add", "c", "lic*ns").code == 64)
    #expect(try folder.run("alert", "add", "c").code == 64)
    #expect(try folder.run("alert", "list").output == "a: fee OR royalty\nb: \"access fee\"\n")
    let list = try folder.run("alert", "list", "--json").output.split(separator: "\n")
    #expect(try list.map { try SampleIndex.object(String($0))["name"] as? String } == ["a", "b"])
    #expect(try folder.run("alert", "remove", "a").code == 0)
    #expect(try folder.run("alert", "remove", "a").code == 64)
    #expect(try folder.run("alert", "list").output == "b: \"access fee\"\n")
    // What was there before is not told.
    try folder.index("in")
    #expect(try Self.told(folder, "b.jsonl") == [])
    try folder.write("1.txt", "One more access fee")
    let outcome = try folder.run("index")
    #expect(outcome.output.contains("Alert b: 1.txt"), "\(outcome)")
    #expect(try Self.told(folder, "b.jsonl") == ["b 1.txt"])
  }

  @Test func eachMatchIsToldOnce() throws {
    let folder = try Self.folder()
    try folder.write("new.txt", "A new access fee")
    try folder.write("1.txt", "A changed access fee")
    try folder.write("other.txt", "Nothing of the kind")
    try folder.index()
    #expect(try Self.told(folder) == ["fees 1.txt", "fees new.txt"])
    for arguments in [["index"], ["merge"], ["index"], ["remove", "in/2.txt"], ["index"]] {
      #expect(try CommandRunner.run(arguments, folder: folder.path).code == 0)
    }
    #expect(try Self.told(folder) == ["fees 1.txt", "fees new.txt"])
    // A rebuild brings back what was removed, and nothing else is new.
    try folder.index("--rebuild")
    #expect(try Self.told(folder) == ["fees 1.txt", "fees new.txt", "fees 2.txt"])
    try folder.write("last.txt", "The last access fee")
    try folder.index("--commit-every", "1")
    #expect(try Self.told(folder) == ["fees 1.txt", "fees new.txt", "fees 2.txt", "fees last.txt"])
  }

  @Test(arguments: [[], ["--commit-every", "1"]])
  func rebuildsTellWhatHasChanged(_ arguments: [String]) throws {
    let folder = try Self.folder()
    try folder.write("new.txt", "A new access fee")
    try folder.write("1.txt", "A changed access fee")
    let rebuild = ["index", "--rebuild", "--threads", "1"] + arguments
    let outcome = try CommandRunner.run(rebuild, folder: folder.path)
    #expect(outcome.code == 0, "\(outcome)")
    #expect(outcome.output.contains("Alert fees: new.txt"), "\(outcome)")
    #expect(try Self.told(folder).sorted() == ["fees 1.txt", "fees new.txt"])
    // Nothing is left of the index before.
    let manifests = try folder.names("Index").filter { $0.hasSuffix(".manifest") }
    #expect(manifests.count == 1)
    #expect(try CommandRunner.run(rebuild, folder: folder.path).code == 0)
    try folder.index()
    #expect(try Self.told(folder).count == 2)
  }

  /// What an index had that can't be read is not known, so nothing of the new one is told.
  @Test(arguments: ["manifest", "1-1.segment"]) func damageIsNotNews(_ name: String) throws {
    let folder = try Self.folder()
    try folder.folder.write("Index/" + name, "rubbish")
    #expect(try folder.run("index", "in", "--rebuild").code == 0)
    #expect(try Self.told(folder) == [])
    try folder.write("new.txt", "A new access fee")
    try folder.index()
    #expect(try Self.told(folder) == ["fees new.txt"])
  }

  /// A file of many documents is read again for one of them; a filing gets another path.
  @Test func whatIsAsItWasIsNotTold() throws {
    let folder = try UpdatedFolder()
    func line(_ number: Int, _ text: String) -> String {
      "{\"accession\":\"0000912057-00-00000\(number)\",\"body\":\"\(text)\"}\n"
    }
    try folder.write("all.jsonl", line(1, "one fee") + line(2, "two fees") + line(3, "three"))
    try folder.index("in")
    #expect(try folder.run("alert", "add", "fees", "fee").code == 0)
    try folder.write(
      "all.jsonl", line(1, "one fee") + line(2, "two new fees") + line(3, "a third fee"))
    try folder.index()
    let told = try Self.told(folder)
    #expect(told.count == 2, "\(told)")
    #expect(told.allSatisfy { !$0.contains("000001") }, "\(told)")
    try folder.move("in/all.jsonl", to: "in/moved.jsonl")
    try folder.index()
    #expect(try Self.told(folder) == told)
  }

  /// What a run that was cut short has told is not told again, and what it has not is.
  @Test(arguments: ["index", "merge", "remove"]) func crashesAreMadeGood(_ next: String) throws {
    for cut in [0, 5, 1_000] {
      let folder = try Self.folder()
      #expect(try folder.run("alert", "add", "more", "fee").code == 0)
      let saved = try folder.text("Index/alerts")
      try folder.write("new.txt", "A new access fee")
      try folder.write("newer.txt", "A newer access fee")
      try folder.index()
      let all = ["fees new.txt", "fees newer.txt", "more new.txt", "more newer.txt"]
      #expect(try Self.told(folder) == all)
      // As if the run had ended before it noted what was told, and in the middle of a line.
      let matches = try folder.text(Self.file)
      try folder.folder.write(Self.file, String(matches.dropLast(cut)))
      try folder.folder.write("Index/alerts", saved)
      let arguments = ["index": ["index"], "merge": ["merge"], "remove": ["remove", "in/new.txt"]]
      let outcome = try CommandRunner.run(arguments[next] ?? [], folder: folder.path)
      #expect(outcome.code == 0, "\(outcome)")
      #expect(try Self.told(folder).sorted() == all, "\(next), \(cut)")
      try folder.index()
      #expect(try Self.told(folder).sorted() == all, "\(next), \(cut)")
    }
  }

  @Test func matchesAreGivenToAProgram() throws {
    let folder = try Self.folder()
    let add = ["alert", "add", "run", "fee", "--exec", "tee got.txt"]
    #expect(try CommandRunner.run(add, folder: folder.path).code == 0)
    #expect(try folder.run("alert", "add", "bad", "fee", "--exec", "false").code == 0)
    try folder.write("new.txt", "A new access fee")
    let outcome = try folder.run("index", "--quiet")
    #expect(outcome.code == 0, "\(outcome)")
    #expect(outcome.errors.contains("bad ended with 1"), "\(outcome)")
    // What the program writes is not among what a caller of folio reads.
    #expect(outcome.output.isEmpty && outcome.errors.contains("\"run\""), "\(outcome)")
    #expect(try Self.told(folder, "got.txt") == ["run new.txt"])
    try folder.index()
    #expect(try Self.told(folder, "got.txt") == ["run new.txt"])
    #expect(try Self.told(folder) == ["fees new.txt", "run new.txt", "bad new.txt"])
  }
}
