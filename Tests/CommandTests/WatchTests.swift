import Foundation
import Testing

/// `folio watch` follows a folder until it is stopped.
@Suite struct WatchTests {
  /// Waits for something that comes within seconds, but for minutes before it gives up.
  private static func wait(_ what: String, for claim: () throws -> Bool) throws {
    for _ in 0..<6_000 {
      if try claim() { return }
      usleep(20_000)
    }
    Issue.record("waited in vain for \(what)")
  }

  private static var canResetSignals: Bool {
    let outcome = try? CommandRunner.shell("env --default-signal=INT true")
    if outcome?.code != 0 { print("skipped: no env that resets signals") }
    return outcome?.code == 0
  }

  private static func lock(_ folder: UpdatedFolder) -> String {
    (try? folder.text("Index/lock")) ?? ""
  }

  @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
  func whatArrivesIsFound(_ signal: Int32, _ code: Int32) throws {
    guard Self.canResetSignals else { return }
    let folder = try UpdatedFolder()
    try folder.write("first.txt", "First of all")
    let outcome = try CommandRunner.run(
      ["watch", "in", "--interval", "600"], folder: folder.path
    ) { process in
      defer { kill(process, signal) }
      func found(_ query: String) throws -> Int {
        guard FileManager.default.fileExists(atPath: folder.path + "/Index/manifest") else {
          return 0
        }
        return try folder.find(query).count
      }
      try Self.wait("the first file") { try found("all") == 1 }
      try folder.write("second.txt", "Second of all")
      try Self.wait("a new file") { try found("all") == 2 }
      for number in 0..<2_000 { try folder.write("more/\(number).txt", "Burst \(number)") }
      try Self.wait("a burst") { try found("burst") == 2_000 }
      try folder.write("second.txt", "Changed it is")
      try folder.remove("in/first.txt")
      try Self.wait("a change") { try found("all") == 0 && found("changed") == 1 }
    }
    #expect(outcome.code == code, "\(outcome)")
    #expect(outcome.errors.hasPrefix("folio: interrupted; Index is as its last commit left it"))
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count >= 4)
    let line = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ generation \d+: .*; .* filings? \(.*\)/
    #expect(lines.allSatisfy { $0.wholeMatch(of: line) != nil }, "\(outcome.output)")
    #expect(lines.first?.contains(": 1 added; 1 filing (") == true)
    #expect(try folder.run("check").code == 0)
    #expect(try folder.run("index").output.hasPrefix("Nothing has changed"))
  }
}
