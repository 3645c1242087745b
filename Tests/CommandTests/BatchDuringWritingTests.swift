import Filings
import Foundation
import Testing
import TextSearch

/// Sessions of `folio search --batch` while an index changes.
@Suite struct BatchDuringWritingTests {
  private static let commitCount = 500
  private static let sessionCount = 4

  /// A session that is asked as the index changes.
  private struct Session {
    let process = Process()
    let input = Pipe()
    let output: URL

    init(_ folder: TemporaryFolder, _ number: Int) throws {
      output = URL(fileURLWithPath: try folder.write("answers\(number)", ""))
      process.executableURL = URL(fileURLWithPath: CommandRunner.binary)
      process.arguments = [
        "search", "--batch", "--no-snippets", "-n", "1", "--index", folder.path + "/Index",
      ]
      process.environment = CommandRunner.environment
      process.standardInput = input
      process.standardOutput = try FileHandle(forWritingTo: output)
      try process.run()
    }

    func ask(_ query: String) throws {
      try input.fileHandleForWriting.write(contentsOf: Data((query + "\n").utf8))
    }

    /// The total, and what the best document is called, of each answer.
    func end() throws -> [(total: Int, document: String)] {
      try input.fileHandleForWriting.close()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      return try String(contentsOf: output, encoding: .utf8).split(separator: "\n").map { line in
        let answer = try SampleIndex.object(String(line))
        let hit = (answer["hits"] as? [[String: Any]])?.first
        return (answer["total"] as? Int ?? -1, hit?["document"] as? String ?? "")
      }
    }
  }

  private static func record(_ path: String, _ text: String, _ writer: IndexWriter) throws {
    let number = writer.newSourceNumber()
    let groups = FilingReader.read(bytes: Array(text.utf8), path: path).filings.map {
      $0.group(source: number)
    }
    #expect(groups.count == 1)
    try writer.append(IndexWriter.analyze(groups, schema: FilingSchema.schema))
    try writer.record(
      Source(
        path: path, label: path, size: 1, modified: Int64(number), fingerprint: UInt64(number),
        number: number))
  }

  /// Commit `number` has so many documents with the word "all", and one that is called so.
  private static func write(_ number: Int, _ writer: IndexWriter) throws {
    try record("d\(number).txt", "All number \(number)", writer)
    try record("n\(number).txt", "Count", writer)
    if number > 1 { try writer.forget(path: "n\(number - 1).txt") }
    _ = try writer.commit()
    _ = try number % 60 == 0 ? writer.merge(leaving: 1) : writer.merge()
  }

  @Test func answersAreThoseOfCommits() throws {
    let folder = try TemporaryFolder()
    let writer = try IndexWriter(index: folder.path + "/Index", schema: FilingSchema.schema)
    try Self.write(1, writer)
    let sessions = try (0..<Self.sessionCount).map { try Session(folder, $0) }
    for number in 2...Self.commitCount {
      for session in sessions { try session.ask("all OR count^100") }
      try Self.write(number, writer)
    }
    for session in sessions {
      try session.ask("all OR count^100")
      let answers = try session.end()
      #expect(answers.count == Self.commitCount)
      var last = 0
      for answer in answers {
        let number = Int(answer.document.dropFirst().dropLast(4)) ?? -1
        #expect(answer.total == number + 1, "\(answer)")
        #expect(number >= last)
        last = number
      }
      #expect(last == Self.commitCount)
    }
  }
}
