import Foundation

/// An index of a few made-up filings, built once by the command itself.
enum SampleIndex {
  /// Adjacent lines of one accession are one filing; the last one tries to break things.
  static let lines: [[String: String]] = [
    [
      "id": "f-main", "accession": "0000000001-09-000001", "form": "6-K",
      "company": "Flamel Technologies, S.A.", "cik": "0001012477", "filed": "2009-08-06",
      "period": "2009-06-30", "title": "Second quarter results",
      "body": "The technology access fee was paid in June. A licence was granted.",
    ],
    [
      "id": "f-99", "accession": "0000000001-09-000001", "form": "6-K",
      "company": "Flamel Technologies, S.A.", "cik": "0001012477", "filed": "2009-08-06",
      "title": "Press release",
      "body": "Access fees and royalties rose. Net loss was $(14.8) million.",
    ],
    [
      "id": "b-10k", "form": "10-K", "company": "Baxter International Inc.", "filed": "2007-12-20",
      "title": "Annual report", "body": "A royalty on technology. Access to it was free of charge.",
    ],
    [
      "id": "old", "form": "10-K", "company": "Old Company", "filed": "1997-03-31",
      "title": "Annual report", "body": "Royalty income, by fiscal year.",
    ],
    [
      "id": "evil\u{1B}[31m\t2", "form": "8-K\u{7}", "company": "E\u{202E}vil\u{1B}]0;x\u{7} Co",
      "title": "Tab\there\nand line",
      "body": "hostile\u{1B}[2Jtext \u{9B}31m \u{200B}with\ttabs\nand\rreturns",
    ],
  ]

  static let jsonLines: String = lines.map { line in
    let data = try? JSONSerialization.data(withJSONObject: line, options: [.sortedKeys])
    return String(decoding: data ?? Data(), as: UTF8.self) + "\n"
  }.joined()

  struct Built: Sendable {
    let folder: TemporaryFolder
    let outcome: CommandRunner.Outcome
    var index: String { folder.path + "/Index" }
  }

  private static let built = Result { () throws -> Built in
    let folder = try TemporaryFolder()
    try folder.write("input/filings.jsonl", jsonLines)
    try folder.write("input/empty.txt", "")
    try folder.write("input/zeros.bin", Data(count: 5000))
    let outcome = try CommandRunner.run(
      "index", folder.path + "/input", "--index", folder.path + "/Index", "--json")
    return Built(folder: folder, outcome: outcome)
  }

  static func get() throws -> Built { try built.get() }

  /// Runs a command on the index.
  static func run(_ arguments: String..., input: String = "") throws -> CommandRunner.Outcome {
    try CommandRunner.run(
      arguments, input: Data(input.utf8), environment: ["FOLIO_INDEX": get().index])
  }

  static func object(_ text: String) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
  }
}
