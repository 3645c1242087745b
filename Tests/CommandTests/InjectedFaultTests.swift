import Foundation
import Testing

/// The command itself meets failing calls of the system and is killed at them; needs `strace`.
@Suite struct InjectedFaultTests {
  /// Calls of the system, and what comes of them.
  struct Injection: Sendable, CustomStringConvertible {
    var calls: String
    var effect: String
    /// Whether files to index may be hit, so that a run can find less than there is.
    var hitsInput = false
    /// Every so many calls are hit: all of them together take minutes.
    var step = 1

    var description: String { "\(calls):\(effect)" }
  }

  static let injections: [Injection] = [
    .init(calls: "openat", effect: "signal=KILL", step: 4),
    .init(calls: "write", effect: "signal=KILL", step: 3),
    .init(
      calls: "fsync,?link,linkat,?rename,?renameat,?renameat2,?unlink,unlinkat",
      effect: "signal=KILL"),
    .init(calls: "ftruncate,flock,?mkdir,mkdirat", effect: "signal=KILL"),
    .init(calls: "close,fstat,?newfstatat,pread64", effect: "signal=KILL", step: 4),
    .init(calls: "openat", effect: "error=EMFILE", hitsInput: true, step: 5),
    .init(calls: "openat", effect: "error=EIO", hitsInput: true, step: 3),
    .init(calls: "pread64", effect: "error=EIO", hitsInput: true),
    .init(calls: "write", effect: "error=ENOSPC", step: 3),
    .init(calls: "write", effect: "error=EFBIG", step: 5),
    .init(calls: "fsync", effect: "error=EIO"),
    .init(calls: "?rename,?renameat,?renameat2", effect: "error=EIO"),
    .init(calls: "?link,linkat", effect: "error=EPERM"),
    .init(calls: "?unlink,unlinkat", effect: "error=EACCES"),
    .init(calls: "ftruncate,flock,?mkdir,mkdirat", effect: "error=EIO"),
  ]

  static var hasStrace: Bool {
    let outcome = try? CommandRunner.shell("strace -f -o /dev/null true")
    if outcome?.code != 0 { print("skipped: no strace that may trace") }
    return outcome?.code == 0
  }

  /// A folder that has changed since it was indexed, and a copy of that index.
  private static func prepared() throws -> UpdatedFolder {
    let folder = try UpdatedFolder()
    for number in 0..<4 { try folder.write("\(number).txt", "Number\(number) of all fees") }
    try folder.index("in")
    for number in 4..<6 {
      try folder.write("\(number).txt", "Number\(number) of all fees")
      try folder.index()
    }
    #expect(try folder.run("alert", "add", "fees", "fees").code == 0)
    try folder.copy("Index", to: "Start")
    try folder.write("1.txt", "Changed all fees")
    try folder.remove("in/2.txt")
    try folder.write("new.txt", "New of all fees")
    return folder
  }

  private static func startAgain(_ folder: UpdatedFolder) throws {
    try folder.remove("Index")
    try folder.copy("Start", to: "Index")
    // So long ago that the next commit removes what earlier ones have left.
    for name in try folder.names("Index") where name.hasSuffix(".manifest") {
      try folder.touch("Index/" + name, seconds: 1_000_000_000)
    }
  }

  private static func told(_ folder: UpdatedFolder) throws -> [String] {
    let name = "Index/alert-matches.jsonl"
    guard FileManager.default.fileExists(atPath: folder.path + "/" + name) else { return [] }
    return try folder.text(name).split(separator: "\n").map {
      try SampleIndex.object(String($0))["document"] as? String ?? ""
    }.sorted()
  }

  private static func files(_ folder: UpdatedFolder) throws -> [String] {
    let manifest = try folder.text("Index/manifest").split(separator: "\n").compactMap { line in
      let parts = line.split(separator: "\t")
      if parts[0] == "generation" { return "\(parts[1]).manifest" }
      return ["segment", "deletions", "sources"].contains(parts[0]) ? String(parts[1]) : nil
    }
    return (manifest + ["alert-matches.jsonl", "alerts", "lock", "manifest"]).sorted()
  }

  @Test(arguments: injections) func theLastCommitStays(_ injection: Injection) throws {
    guard Self.hasStrace else { return }
    let folder = try Self.prepared()
    let old = try folder.find("all")
    let new = Self.new
    var points = 0
    // Far more than there are calls.
    for number in stride(from: 1, to: 2_000, by: injection.step) {
      try Self.startAgain(folder)
      let outcome = try CommandRunner.shell(
        """
        cd '\(folder.path)' && exec strace -f -qq -o log -e trace=\(injection.calls) \
        -e inject=\(injection.calls):\(injection.effect):when=\(number) "$FOLIO" index --threads 1
        """)
      let log = try folder.text("log")
      guard log.contains("(INJECTED)") || log.contains("killed by SIGKILL") else {
        #expect(outcome.code == 0, "\(outcome)")
        break
      }
      points += 1
      let place = Comment("\(injection) at \(number): \(outcome)")
      #expect(!outcome.errors.contains("Fatal error"), place)
      let found = try folder.find("all")
      if !injection.hitsInput { #expect(found == old || found == new, place) }
      #expect(found.count >= 4, place)
      #expect(try folder.run("check").code == 0, place)
      // The next runs make it whole; one that writes leaves nothing that is not needed.
      #expect(try folder.run("index").code == 0, place)
      #expect(try folder.find("all") == new, place)
      #expect(try Self.told(folder) == ["1.txt", "new.txt"], place)
      #expect(try folder.run("merge").code == 0, place)
      #expect(try Set(folder.names("Index")).subtracting(Self.files(folder)) == [], place)
    }
    print("\(injection): \(points) points of failure")
    #expect(points > 0)
  }

  /// Another command than a plain `index`, and what may be in the index after it.
  struct Command: Sendable, CustomStringConvertible {
    var arguments: [String]
    var changed: [String]?

    var description: String { arguments.joined(separator: " ") }
  }

  private static let new = ["0.txt", "1.txt", "3.txt", "4.txt", "5.txt", "new.txt"]

  static let commands: [Command] = [
    .init(arguments: ["merge"]),
    .init(
      arguments: ["remove", "in/0.txt"], changed: ["1.txt", "2.txt", "3.txt", "4.txt", "5.txt"]),
    .init(arguments: ["snapshot", "Copy"]),
    .init(arguments: ["snapshot", "Copy", "--copy"]),
    .init(arguments: ["index", "--rebuild", "--threads", "1"], changed: new),
  ]

  /// A sample of the points.
  static let sample: [Injection] = [
    .init(calls: "openat,write", effect: "signal=KILL", step: 9),
    .init(
      calls: "fsync,?link,linkat,?rename,?renameat,?renameat2,?unlink,unlinkat",
      effect: "signal=KILL", step: 3),
    .init(calls: "fsync,?link,linkat,?rename,?renameat,?renameat2", effect: "error=EIO", step: 4),
    .init(calls: "write", effect: "error=ENOSPC", step: 6),
  ]

  @Test(arguments: commands, sample)
  func otherCommandsLeaveAWholeIndex(_ command: Command, _ injection: Injection) throws {
    guard Self.hasStrace else { return }
    let folder = try Self.prepared()
    let old = try folder.find("all")
    var points = 0
    for number in stride(from: 1, to: 2_000, by: injection.step) {
      try Self.startAgain(folder)
      try? folder.remove("Copy")
      let outcome = try CommandRunner.shell(
        """
        cd '\(folder.path)' && exec strace -f -qq -o log -e trace=\(injection.calls) \
        -e inject=\(injection.calls):\(injection.effect):when=\(number) "$FOLIO" \(command)
        """)
      let log = try folder.text("log")
      guard log.contains("(INJECTED)") || log.contains("killed by SIGKILL") else {
        #expect(outcome.code == 0, "\(outcome)")
        break
      }
      points += 1
      let place = Comment("\(command), \(injection) at \(number): \(outcome)")
      #expect(!outcome.errors.contains("Fatal error"), place)
      let found = try folder.find("all")
      #expect(found == old || found == command.changed, place)
      #expect(try folder.run("check").code == 0, place)
      if FileManager.default.fileExists(atPath: folder.path + "/Copy/manifest") {
        #expect(try folder.find("all", in: "Copy") == old, place)
        #expect(try folder.run("check", "--index", "Copy").code == 0, place)
      }
      let hasRemoved = command.arguments[0] == "remove" && found == command.changed
      #expect(try folder.run("index").code == 0, place)
      #expect(try folder.find("all") == Self.new.filter { !hasRemoved || $0 != "0.txt" }, place)
      #expect(try Self.told(folder) == ["1.txt", "new.txt"], place)
      #expect(try folder.run("merge").code == 0, place)
      #expect(try Set(folder.names("Index")).subtracting(Self.files(folder)) == [], place)
    }
    print("\(command), \(injection): \(points) points of failure")
    #expect(points > 0)
  }
}
