import Foundation
import Testing

/// Signals to a run that writes: the last commit stays, and nothing else.
@Suite struct InterruptTests {
  /// Filings enough that a run on one thread is not done before it is stopped.
  private static func input(_ folder: TemporaryFolder) throws {
    var text = ""
    for number in 0..<20_000 {
      text += "{\"id\":\"d\(number)\",\"body\":\""
      for word in 0..<60 { text += "word\(number &* 7919 &* (word + 1) % 100_003) " }
      text += "\"}\n"
    }
    for number in 0..<3 {
      try folder.write(
        "big/\(number).jsonl", text.replacingOccurrences(of: "\"d", with: "\"d\(number)-"))
    }
  }

  /// Runs `folio index big`, and sends the signal when the run has taken the index's lock.
  private static func run(_ signal: Int32, _ index: String, _ folder: TemporaryFolder) throws
    -> CommandRunner.Outcome
  {
    let arguments = ["index", "big", "--index", index, "--threads", "1", "--memory", "16"]
    return try CommandRunner.run(arguments, folder: folder.path) { process in
      let lock = folder.path + "/" + index + "/lock"
      for _ in 0..<2_000 {
        let text = (try? String(contentsOfFile: lock, encoding: .utf8)) ?? ""
        if text.hasPrefix("process \(process) ") { break }
        usleep(20_000)
      }
      kill(process, signal)
    }
  }

  private static var canResetSignals: Bool {
    let outcome = try? CommandRunner.shell("env --default-signal=INT true")
    if outcome?.code != 0 { print("skipped: no env that resets signals") }
    return outcome?.code == 0
  }

  @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
  func theLastCommitStays(_ signal: Int32, _ code: Int32) throws {
    guard Self.canResetSignals else { return }
    let folder = try TemporaryFolder()
    try Self.input(folder)
    try folder.write("in/a.txt", "one word")
    #expect(try CommandRunner.run("index", "in", folder: folder.path).code == 0)
    let outcome = try Self.run(signal, "Index", folder)
    #expect(outcome.code == code, "\(outcome)")
    #expect(
      outcome.errors
        == "folio: interrupted; Index is as its last commit left it (generation 1)\n")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/Index")
    #expect(names.sorted() == ["1-1.segment", "1.manifest", "1.sources", "lock", "manifest"])
    #expect(try CommandRunner.run("search", "word", folder: folder.path).code == 0)
    #expect(try CommandRunner.run("check", folder: folder.path).code == 0)
  }

  @Test func whereThereWasNoIndexThereIsNone() throws {
    guard Self.canResetSignals else { return }
    let folder = try TemporaryFolder()
    try Self.input(folder)
    let outcome = try Self.run(SIGTERM, "new/Index", folder)
    #expect(outcome.code == 143, "\(outcome)")
    #expect(outcome.errors.contains("nothing was committed"))
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/new"))
  }

  /// The process that `strace` runs.
  private static func child(of process: Int32) -> Int32? {
    let list = try? String(
      contentsOfFile: "/proc/\(process)/task/\(process)/children", encoding: .utf8)
    return list?.split(separator: " ").first.flatMap { Int32($0) }
  }

  /// Runs a command with slow flushes, and sends the signal when the first new file is there.
  private static func run(_ signal: Int32, slowly arguments: [String], _ folder: UpdatedFolder)
    throws -> CommandRunner.Outcome
  {
    let files = try Set(folder.names("Index"))
    func hasBegun() -> Bool {
      let names = (try? folder.names("Index")) ?? []
      return !Set(names).isSubset(of: files) || (try? folder.names("Copy"))?.isEmpty == false
    }
    return try CommandRunner.run(
      ["-f", "-qq", "-o", "log", "-e", "inject=fsync:delay_enter=3000000", CommandRunner.binary]
        + arguments, program: "strace", folder: folder.path
    ) { process in
      for _ in 0..<3_000 where !hasBegun() { usleep(5_000) }
      if let child = child(of: process) { kill(child, signal) }
    }
  }

  @Test(
    arguments: [["merge"], ["remove", "in/0.txt"], ["snapshot", "Copy", "--copy"]],
    [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
  func otherCommandsLeaveNothing(_ arguments: [String], _ way: (signal: Int32, code: Int32)) throws
  {
    guard Self.canResetSignals, InjectedFaultTests.hasStrace else { return }
    let folder = try UpdatedFolder()
    for number in 0..<4 {
      try folder.write("\(number).txt", "number\(number) of all")
      try folder.index("in")
    }
    let (names, found) = (try folder.names("Index"), try folder.find("all"))
    let outcome = try Self.run(way.signal, slowly: arguments, folder)
    #expect(outcome.code == way.code, "\(outcome)")
    #expect(outcome.errors.contains("folio: interrupted; "), "\(outcome)")
    #expect(try folder.names("Index") == names)
    #expect(try folder.find("all") == found)
    #expect(try folder.run("check").code == 0)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/Copy"))
    #expect(try CommandRunner.run(arguments, folder: folder.path).code == 0)
  }
}
