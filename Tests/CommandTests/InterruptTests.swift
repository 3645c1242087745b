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

  /// Starts `folio index big`, and sends the signal when the run has taken the index's lock.
  private static func line(_ signal: String, _ index: String) -> String {
    """
    env --default-signal=INT "$FOLIO" index big --index \(index) --threads 1 --memory 16 &
    run=$!
    tries=0
    until [ -s \(index)/lock ] && grep -q "process $run " \(index)/lock; do
      tries=$((tries + 1)); [ $tries -lt 600 ] || exit 99
      sleep 0.05
    done
    kill -\(signal) $run
    wait $run
    """
  }

  private static var canResetSignals: Bool {
    let outcome = try? CommandRunner.shell("env --default-signal=INT true")
    if outcome?.code != 0 { print("skipped: no env that resets signals") }
    return outcome?.code == 0
  }

  @Test(arguments: [("INT", Int32(130)), ("TERM", 143)])
  func theLastCommitStays(_ signal: String, _ code: Int32) throws {
    guard Self.canResetSignals else { return }
    let folder = try TemporaryFolder()
    try Self.input(folder)
    try folder.write("in/a.txt", "one word")
    #expect(try CommandRunner.run("index", "in", folder: folder.path).code == 0)
    let outcome = try CommandRunner.shell(
      "cd '\(folder.path)'\n" + Self.line(signal, "Index"))
    #expect(outcome.code == code, "\(outcome)")
    #expect(
      outcome.errors
        == "folio: interrupted; Index is as its last commit left it (generation 1)\n")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/Index")
    #expect(names.sorted() == ["1-1.segment", "lock", "manifest"])
    #expect(try CommandRunner.run("search", "word", folder: folder.path).code == 0)
    #expect(try CommandRunner.run("check", folder: folder.path).code == 0)
  }

  @Test func whereThereWasNoIndexThereIsNone() throws {
    guard Self.canResetSignals else { return }
    let folder = try TemporaryFolder()
    try Self.input(folder)
    let outcome = try CommandRunner.shell(
      "cd '\(folder.path)'\n" + Self.line("TERM", "new/Index"))
    #expect(outcome.code == 143, "\(outcome)")
    #expect(outcome.errors.contains("nothing was committed"))
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/new"))
  }

  /// Shells start what runs in the background so that Ctrl-C does not reach it.
  @Test func anIgnoredSignalStaysIgnored() throws {
    let folder = try TemporaryFolder()
    try folder.write("in/a.txt", "one word")
    let outcome = try CommandRunner.shell(
      """
      cd '\(folder.path)'
      trap '' INT
      "$FOLIO" index in --quiet & run=$!
      kill -INT $run
      wait $run
      """)
    #expect(outcome.code == 0, "\(outcome)")
  }
}
