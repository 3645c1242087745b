import Foundation
import Testing

@Suite struct IndexTests {
  @Test func jsonIsAsPromised() throws {
    let built = try SampleIndex.get()
    #expect(built.outcome.code == 0, "\(built.outcome.errors)")
    #expect(built.outcome.errors.isEmpty)
    let report = try SampleIndex.object(built.outcome.output)
    #expect(
      Set(report.keys) == [
        "filings", "documents", "tokens", "bytes_read", "index_bytes", "seconds", "generation",
        "added", "updated", "moved", "removed", "unchanged", "duplicates", "read", "skipped",
      ])
    #expect(report["filings"] as? Int == 4)
    #expect(report["documents"] as? Int == 5)
    #expect(report["added"] as? Int == 4)
    #expect((report["bytes_read"] as? Int ?? 0) >= SampleIndex.jsonLines.utf8.count)
    #expect((report["index_bytes"] as? Int ?? 0) > 0)
    #expect(report["read"] as? [String: Int] == ["json-lines": 4])
    let skipped = report["skipped"] as? [[String: Any]] ?? []
    #expect(skipped.map { $0["path"] as? String } == ["empty.txt", "zeros.bin"])
    #expect(skipped.map { $0["kind"] as? String } == ["empty", "binary"])
    #expect(skipped.allSatisfy { $0["part"] is NSNull })
    #expect(skipped.allSatisfy { !($0["reason"] as? String ?? "").isEmpty })
  }

  /// Every file of two indexes of the same input is the same, whatever the number of threads.
  @Test func threadsDoNotMatter() throws {
    let folder = try TemporaryFolder()
    for number in 0..<40 {
      let lines = (0..<50).map {
        "{\"id\":\"\(number)-\($0)\",\"body\":\"word\(number * $0 % 97) and word\($0) again\"}\n"
      }
      try folder.write("input/\(number).jsonl", lines.joined())
    }
    var files: [[String: Data]] = []
    for threads in ["1", "2", "5"] {
      let index = folder.path + "/Index\(threads)"
      let outcome = try CommandRunner.run(
        "index", folder.path + "/input", "--index", index, "--threads", threads, "--quiet")
      #expect(outcome.code == 0 && outcome.output.isEmpty && outcome.errors.isEmpty)
      var content: [String: Data] = [:]
      for name in try FileManager.default.contentsOfDirectory(atPath: index)
      where name != "lock" {
        content[name] = try Data(contentsOf: URL(fileURLWithPath: index + "/" + name))
      }
      files.append(content)
    }
    #expect(files[0].count > 1)
    #expect(files[0] == files[1])
    #expect(files[0] == files[2])
  }

  @Test func theFolderOfTheIndex() throws {
    let folder = try TemporaryFolder()
    try folder.write("in/a.txt", "one word")
    #expect(try CommandRunner.run("index", "in", folder: folder.path).code == 0)
    #expect(FileManager.default.fileExists(atPath: folder.path + "/Index"))
    let other = ["FOLIO_INDEX": folder.path + "/Other"]
    #expect(try CommandRunner.run("index", "in", environment: other, folder: folder.path).code == 0)
    #expect(FileManager.default.fileExists(atPath: folder.path + "/Other"))
    let third = try CommandRunner.run(
      "index", "in", "--index", "a b", environment: other, folder: folder.path)
    #expect(third.code == 0)
    #expect(third.output.hasPrefix("Filings: 1 added\na b: 1 filing, 1 document, "))
    #expect(FileManager.default.fileExists(atPath: folder.path + "/a b"))
    // An index below the folder that is read is not read itself.
    let all = try CommandRunner.run(
      "index", ".", "--index", "in/Index", "--json", folder: folder.path)
    #expect(all.code == 0)
  }

  @Test func nothingToIndexLeavesTheIndex() throws {
    let folder = try TemporaryFolder()
    try folder.write("in/a.txt", "one word")
    try folder.write("empty/nothing.txt", "")
    #expect(try CommandRunner.run("index", "in", folder: folder.path).code == 0)
    #expect(try CommandRunner.run("index", "empty", folder: folder.path).code == 0)
    let outcome = try CommandRunner.run("index", "empty", "--rebuild", folder: folder.path)
    #expect(outcome.code == 66)
    #expect(outcome.errors.contains("nothing was written"))
    #expect(outcome.errors.contains("Name a folder"))
    #expect(outcome.errors.contains("nothing.txt: "))
    #expect(try CommandRunner.run("search", "word", folder: folder.path).code == 0)
    #expect(try CommandRunner.run("index", "nowhere", folder: folder.path).code == 66)
    // Where there was no index, there is none, and no trace of the attempt.
    let other = try CommandRunner.run(
      "index", "empty", "--index", "new/Index", folder: folder.path)
    #expect(other.code == 66)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/new"))
  }

  @Test func checkCountsTheBytesOfAllFiles() throws {
    let index = try SampleIndex.get().index
    let outcome = try SampleIndex.run("check", "--json")
    var bytes = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: index) where name != "lock" {
      let attributes = try FileManager.default.attributesOfItem(atPath: index + "/" + name)
      bytes += attributes[.size] as? Int ?? 0
    }
    #expect(try SampleIndex.object(outcome.output)["bytes"] as? Int == bytes)
  }

  @Test func skippedFilesAreNamed() throws {
    let folder = try TemporaryFolder()
    try folder.write("in/a.txt", "one word")
    for number in 10..<25 { try folder.write("in/empty\(number).txt", "") }
    let outcome = try CommandRunner.run("index", "in", folder: folder.path)
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("\nRead by kind: 1 text\n"))
    #expect(outcome.output.contains("Passed over 15: 15 empty\n  empty10.txt: "))
    #expect(outcome.output.hasSuffix("\n  and 12 more empty\n"))
  }

  @Test func aSecondWriterIsTurnedAway() throws {
    let folder = try TemporaryFolder()
    try folder.write("in/a.txt", "one word")
    #expect(try CommandRunner.run("index", "in", folder: folder.path).code == 0)
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/flock") else {
      print("skipped: no flock to hold the lock with")
      return
    }
    let outcome = try CommandRunner.shell(
      "cd '\(folder.path)' && flock Index/lock \"$FOLIO\" index in")
    #expect(outcome.code == 75, "\(outcome)")
    #expect(outcome.errors.contains("try again"))
  }

  @Test func aSecondWriterNamesTheFirstOrWaitsForIt() throws {
    let folder = try TemporaryFolder()
    try folder.write("in/a.txt", "one word")
    #expect(try CommandRunner.run("index", "in", folder: folder.path).code == 0)
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/flock") else {
      print("skipped: no flock to hold the lock with")
      return
    }
    let lock = try String(contentsOfFile: folder.path + "/Index/lock", encoding: .utf8)
    #expect(lock.contains(/^process \d+ on \S+ since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/))
    let turnedAway = try CommandRunner.shell(
      "cd '\(folder.path)' && flock Index/lock \"$FOLIO\" index in --wait 1")
    #expect(turnedAway.code == 75, "\(turnedAway)")
    #expect(turnedAway.errors.contains("(\(lock))"))
    let waited = try CommandRunner.shell(
      """
      cd '\(folder.path)'
      flock Index/lock sh -c 'touch held; sleep 1' &
      until [ -e held ]; do sleep 0.02; done
      "$FOLIO" index in --wait 300
      """)
    #expect(waited.code == 0, "\(waited)")
  }
}

@Suite struct MissingAndDamagedTests {
  @Test(arguments: [
    ["search", "a"], ["search", "--batch"], ["show", "a"], ["explain", "a", "b"], ["info"],
    ["check"],
  ])
  func withoutAnIndex(_ arguments: [String]) throws {
    let folder = try TemporaryFolder()
    let outcome = try CommandRunner.run(arguments, folder: folder.path)
    #expect(outcome.code == 66)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("folio index FOLDER --index Index"), "\(outcome.errors)")
  }

  /// Every file of the index, cut and changed at many places: an exit code, never a crash.
  @Test func damageIsNamed() throws {
    let built = try SampleIndex.get()
    let names = try FileManager.default.contentsOfDirectory(atPath: built.index).sorted()
    let right = try SampleIndex.run("search", "--jsonl", "royalty").output
    for name in names where name != "lock" {
      let whole = try Data(contentsOf: URL(fileURLWithPath: built.index + "/" + name))
      var copies = [Data(), whole.prefix(whole.count / 2), whole.dropLast()]
      for place in stride(from: 0, to: whole.count, by: max(1, whole.count / 12)) {
        var copy = whole
        copy[place] ^= 0xFF
        copies.append(copy)
      }
      for copy in copies {
        let folder = try TemporaryFolder()
        for other in names where other != name {
          try folder.write(
            "Index/" + other, try Data(contentsOf: URL(fileURLWithPath: built.index + "/" + other)))
        }
        try folder.write("Index/" + name, copy)
        let check = try CommandRunner.run("check", folder: folder.path)
        #expect([0, 65].contains(check.code) && !check.wasKilled, "\(name): \(check)")
        if check.code == 65 { #expect(check.errors.contains(name), "\(check.errors)") }
        let search = try CommandRunner.run(
          "search", "--jsonl", "royalty", folder: folder.path)
        #expect([0, 65].contains(search.code) && !search.wasKilled, "\(name): \(search)")
        // Only bytes that mean nothing may be wrong unnoticed.
        if check.code == 0 { #expect(search.output == right) }
      }
    }
  }
}
