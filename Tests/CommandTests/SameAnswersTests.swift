import Foundation
import Testing

/// How an index came about leaves no trace in its answers.
@Suite struct SameAnswersTests {
  /// Filings with items, dates and exhibits, and twins whose scores are the same.
  private static func filings(_ random: inout TestRandom) -> [(name: String, text: String)] {
    let words = [
      "fee", "royalty", "licence", "technology", "access", "merger", "waiver", "of", "the",
    ]
    return (0..<60).map { number in
      let accession = "0000000001-09-" + String(100_000 + number)
      func text(_ count: Int) -> String {
        (0..<count).map { _ in words[random.number(words.count)] }.joined(separator: " ")
      }
      let same = number % 5 == 0 ? "the same access fee" : text(20 + random.number(60))
      var lines = ""
      for part in 0...(number % 3) {
        let line: [String: String] = [
          "id": "d\(number)-\(part)", "accession": accession, "form": ["10-K", "8-K"][number % 2],
          "company": "Company \(number % 7)", "filed": "20\(10 + number % 9)-0\(1 + number % 8)-11",
          "title": part == 0 ? "Report \(number)" : "Exhibit \(text(2))",
          "exhibit_number": part == 0 ? "" : "99.\(part)", "body": same,
          "item_1A": part == 0 ? text(12) : "", "item_7": part == 0 ? text(9) : "",
        ]
        let data = try? JSONSerialization.data(withJSONObject: line, options: [.sortedKeys])
        lines += String(decoding: data ?? Data(), as: UTF8.self) + "\n"
      }
      return ("\(number % 4)/\(number).jsonl", lines)
    }
  }

  private static let searches: [[String]] = [
    ["access fee"], ["fee"], ["\"access fee\""], ["royalty zebra licence"], ["zebra"],
    ["item:1A fee royalty"], ["item:7"], ["merger OR waiver", "--sort", "newest"],
    ["fee NOT royalty", "--by", "document"], ["title:report", "--sort", "oldest"],
    ["lic* \"of the\"", "--any", "-n", "100"], ["the", "--offset", "7"], ["exhibit:merger"],
    ["fee", "--by", "document", "-n", "200"],
  ]

  /// The answer without what may differ: how long it took.
  static func withoutTime(_ answer: String) -> String {
    answer.replacing(/"took_us":\d+/, with: "\"took_us\":0")
  }

  private static func answers(_ folder: UpdatedFolder, _ index: String) throws -> [String] {
    try searches.map { arguments in
      withoutTime(
        try CommandRunner.run(
          ["search", "--json", "--index", index] + arguments, folder: folder.path
        ).output)
    }
  }

  @Test func manyCommitsAreAsOne() throws {
    let folder = try UpdatedFolder()
    var random = TestRandom(7)
    let filings = Self.filings(&random)
    for filing in filings { try folder.write(filing.name, filing.text) }
    try folder.index("in", "--index", "One")
    let expected = try Self.answers(folder, "One")
    #expect(expected.contains { $0.contains("\"relaxed\":true") })
    #expect(expected.filter { $0.contains("\"total\":0") }.count < 3)
    for filing in filings { try folder.remove("in/" + filing.name) }
    var order = filings
    for place in order.indices.reversed() { order.swapAt(place, random.number(place + 1)) }
    try folder.write("first.txt", "An access fee that goes again")
    try folder.index("in")
    while !order.isEmpty {
      for _ in 0...random.number(6) {
        guard let filing = order.popLast() else { break }
        // Now and then another version comes first.
        if random.number(3) == 0, !order.isEmpty {
          try folder.write(
            filing.name, filing.text.replacingOccurrences(of: "fee", with: "zebra"))
          order.insert(filing, at: random.number(order.count))
        } else {
          try folder.write(filing.name, filing.text)
        }
      }
      try folder.index()
    }
    try folder.remove("in/first.txt")
    try folder.index()
    #expect(try Self.answers(folder, "Index") == expected)
    try folder.run("merge", "--max-segments", "3")
    #expect(try Self.answers(folder, "Index") == expected)
    try folder.run("merge")
    #expect(try Self.answers(folder, "Index") == expected)
  }
}

/// Random numbers that are the same in each run.
struct TestRandom {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func number(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % count
  }
}
