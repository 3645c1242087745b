import Foundation
import Testing
import TextSearch

@Suite struct SearchTests {
  @Test func jsonIsAsPromised() throws {
    let outcome = try SampleIndex.run("search", "--json", "\"technology access fee\"")
    #expect(outcome.code == 0)
    #expect(outcome.errors.isEmpty)
    #expect(
      outcome.output.hasPrefix(
        #"{"query":"\"technology access fee\"","parsed":"\"technology access fee\"","total":1,"relaxed":false,"took_us":"#
      ), "\(outcome.output)")
    let answer = try SampleIndex.object(outcome.output)
    let hit = try #require((answer["hits"] as? [[String: Any]])?.first)
    #expect(
      Set(hit.keys) == [
        "rank", "score", "document", "filing", "form", "company", "cik", "accession", "filed",
        "period", "exhibit", "title", "path", "section", "snippet",
      ])
    #expect(hit["rank"] as? Int == 1)
    #expect((hit["score"] as? Double ?? 0) > 0)
    #expect(hit["document"] as? String == "f-main")
    #expect(hit["filing"] as? String == "0000000001-09-000001")
    #expect(hit["company"] as? String == "Flamel Technologies, S.A.")
    #expect(hit["filed"] as? String == "2009-08-06")
    #expect(hit["period"] as? String == "2009-06-30")
    #expect(hit["exhibit"] is NSNull)
    #expect(hit["path"] as? String == "filings.jsonl")
    let snippet = try #require(hit["snippet"] as? [[String: Any]])
    let matches = snippet.filter { $0["match"] as? Bool == true }.compactMap {
      $0["text"] as? String
    }
    #expect(matches.joined(separator: " ").contains("technology access fee"))
  }

  /// The options that decide what is found, and in which order.
  @Test(arguments: [
    (["royalty", "--sort", "newest"], ["f-99", "b-10k", "old"]),
    (["royalty", "--sort", "oldest"], ["old", "b-10k", "f-99"]),
    (["royalty", "--exact", "--sort=oldest"], ["old", "b-10k"]),
    (["royalty", "--sort", "newest", "-n", "1"], ["f-99"]),
    (["royalty", "--sort", "newest", "-n1", "--offset=1"], ["b-10k"]),
    (["royalty", "--sort", "newest", "--offset", "9"], []),
    (["fee royalty", "--by", "document", "--all"], ["f-99"]),
    (["fee granted", "--by", "document", "--all"], ["f-main"]),
    (["--", "royalty", "-technology", "-access"], ["old"]),
    (["title:quarter"], ["f-main"]), (["$(14.8)"], ["f-99"]), (["licenc*"], ["f-main"]),
    (["\"fees\""], ["f-99"]), (["charge zanzibar"], ["b-10k"]), (["charge zanzibar", "--all"], []),
    (["charge zanzibar", "--any"], ["b-10k"]),
    (["charge OR fiscal", "--sort", "newest"], ["b-10k", "old"]),
  ])
  func finds(_ arguments: [String], _ expected: [String]) throws {
    let index = try SampleIndex.get().index
    let outcome = try CommandRunner.run(
      ["search", "--jsonl", "--no-snippets", "--index", index] + arguments)
    let found = try outcome.output.split(separator: "\n").map {
      try SampleIndex.object(String($0))["document"] as? String ?? ""
    }
    #expect(found == expected, "\(outcome)")
  }

  @Test func counts() throws {
    let found = try SampleIndex.run("search", "--count", "royalty")
    #expect(found.code == 0 && found.output == "3\n")
    let documents = try SampleIndex.run("search", "--count", "access", "--by", "document")
    #expect(documents.output == "3\n")
    let none = try SampleIndex.run("search", "--count", "zanzibar")
    #expect(none.code == 1 && none.output == "0\n")
    let beyond = try SampleIndex.run("search", "--offset", "50", "royalty")
    #expect(beyond.code == 0)
    #expect(beyond.output.contains("3 filings"))
  }

  @Test func weightsChangeScores() throws {
    func score(_ arguments: String...) throws -> Double {
      let outcome = try CommandRunner.run(
        ["search", "--tsv", "annual"] + arguments,
        environment: ["FOLIO_INDEX": SampleIndex.get().index])
      #expect(outcome.code == 0, "\(outcome.errors)")
      return Double(outcome.output.split(separator: "\t")[1]) ?? 0
    }
    let plain = try score()
    #expect(try score("--boost", "title=3") == plain)
    #expect(try score("--boost", "title=1") != plain)
    #expect(try score("--k1", "0.5") != plain)
    #expect(try score("--b=0") != plain)
    let wrong = try SampleIndex.run("search", "a", "--boost", "titel=3")
    #expect(wrong.code == 64)
    #expect(wrong.errors.contains("the fields are title, exhibit, tables, body"))
    for text in [
      "title", "title=", "title=-1", "title=x", "title=3,,", "=3", "title=nan", "title=0",
    ] {
      #expect(try SampleIndex.run("search", "a", "--boost", text).code == 64, "\(text)")
    }
  }

  /// Many boosts around one word multiply; where the product is too large, that is said.
  @Test func boostsHaveALimit() throws {
    let query =
      String(repeating: "(", count: 20) + "fee"
      + String(repeating: ")^1000", count: 20)
    let outcome = try SampleIndex.run("search", query)
    #expect(outcome.code == 64)
    #expect(outcome.errors.contains("boosts must be from"), "\(outcome.errors)")
  }

  /// Other engines' syntax is answered as words, and a note says so.
  @Test(arguments: [
    ("fee~", 1), ("fee~2", 1), ("access NEAR fee", 1), ("access NEAR/3 fee", 1),
    ("[fee TO royalty]", 1), ("lic?nse fee", 1), ("\"access fee~\"", 0), ("NEAR fee", 0),
    ("~ fee", 0), ("fee?", 0), ("Fee TO access", 0), ("fee [royalty]", 0),
  ])
  func foreignSyntaxIsNoted(_ text: String, _ count: Int) throws {
    let json = try SampleIndex.run("search", "--json", "--any", text)
    // `fee~2` is `fee 2` side by side, which no filing has.
    #expect(json.code == (text == "fee~2" ? 1 : 0), "\(json.errors)")
    #expect(json.errors.isEmpty)
    let notes = try SampleIndex.object(json.output)["notes"] as? [String] ?? []
    #expect(notes.count == count, "\(notes)")
    let shown = try SampleIndex.run("search", "--any", text)
    #expect(shown.errors.split(separator: "\n").count == count, "\(shown.errors)")
  }

  /// Headings have no labels: what stands behind the colon is a word in them.
  @Test func wordsInHeadings() throws {
    let folder = try TemporaryFolder()
    let pages = "<html><body><h2>Liquidity and taxes</h2><p>Cash rose.</p></body></html>"
    try folder.write("in/a.htm", pages)
    #expect(try CommandRunner.run("index", "in", folder: folder.path).code == 0)
    for (query, code) in [
      ("heading:liquidity", 0), ("heading:\"and taxes\" cash", 0), ("heading:liquid* rose", 0),
      ("heading:cash", 1), ("heading:* liquidity", 0), ("heading:* cash", 1),
    ] {
      let result = try CommandRunner.run("search", "--all", query, folder: folder.path)
      #expect(result.code == Int32(code), "\(query): \(result.output) \(result.errors)")
    }
  }

  /// A query can be limited to an item of a form, and a hit says in which item it stands.
  @Test func hitsSayTheirItem() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "in/a.jsonl",
      #"{"id":"x","form":"10-K","item_1":"We sell tea.","item_1A":"The fee may fall."}"# + "\n")
    #expect(try CommandRunner.run("index", "in", folder: folder.path).code == 0)
    let json = try CommandRunner.run("search", "--json", "item:1A fee", folder: folder.path)
    let answer = try SampleIndex.object(json.output)
    let hits = try #require(answer["hits"] as? [[String: Any]])
    #expect(hits.map { $0["section"] as? String } == ["Item 1A"])
    let shown = try CommandRunner.run("search", "item:1A fee", folder: folder.path)
    #expect(shown.output.contains("\n    Item 1A\n"), "\(shown.output)")
    #expect(try CommandRunner.run("search", "item:1 fee", folder: folder.path).code == 1)
    #expect(try CommandRunner.run("search", "item:1 tea", folder: folder.path).code == 0)
    #expect(try CommandRunner.run("search", "item:", folder: folder.path).code == 64)
  }

  @Test func peopleReadThis() throws {
    let outcome = try SampleIndex.run("search", "access fee")
    #expect(outcome.code == 0)
    let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first == " 1. Flamel Technologies, S.A. · 6-K · 2009-08-06")
    #expect(outcome.output.contains("\n    also: "))
    #expect(outcome.output.contains("1 filing · "))
    #expect(!outcome.output.contains("\u{1B}"))
    #expect(!outcome.output.contains("relaxed"))
  }

  @Test func relaxationIsSaid() throws {
    let outcome = try SampleIndex.run("search", "charge zanzibar")
    #expect(outcome.code == 0)
    #expect(
      outcome.output.hasPrefix(
        "No filing has all of: charge, zanzibar; showing those with most of them.\n"),
      "\(outcome.output)")
    let json = try SampleIndex.run("search", "--json", "charge zanzibar")
    #expect(try SampleIndex.object(json.output)["relaxed"] as? Bool == true)
  }

  @Test func nothingFoundIsSaid() throws {
    let outcome = try SampleIndex.run("search", "company:zanzibar")
    #expect(outcome.code == 1)
    #expect(outcome.output.hasPrefix("No filing matches \"company zanzibar\" · "))
    #expect(outcome.output.contains("“company:” is no field"))
    let json = try SampleIndex.run("search", "--json", "zanzibar")
    #expect(json.code == 1)
    #expect(try SampleIndex.object(json.output)["total"] as? Int == 0)
  }

  @Test func tablesHaveTheirColumns() throws {
    let tsv = try SampleIndex.run("search", "--tsv", "royalty", "--sort", "newest")
    let rows = tsv.output.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false)
    }
    #expect(rows.map(\.count) == [10, 10, 10])
    #expect(rows.map { $0[0] } == ["1", "2", "3"])
    #expect(
      rows[1].dropFirst(2) == [
        "b-10k", "b-10k", "10-K", "Baxter International Inc.", "2007-12-20", "", "Annual report",
        "filings.jsonl",
      ])
    let trec = try SampleIndex.run("search", "--trec", "royalty", "--sort", "newest")
    let columns = trec.output.split(separator: "\n")[0].split(separator: " ")
    #expect(columns.count == 6)
    #expect(columns[...3] == ["1", "Q0", "f-99", "1"] && columns[5] == "folio")
  }

  @Test(arguments: [
    [String](), ["--json"], ["--jsonl"], ["--tsv"], ["--trec"], ["--color=never"],
  ])
  func nothingHostileGetsOut(_ options: [String]) throws {
    let index = try SampleIndex.get().index
    let outcome = try CommandRunner.run(
      ["search", "hostile"] + options, environment: ["FOLIO_INDEX": index])
    #expect(outcome.code == 0)
    #expect(
      !outcome.output.unicodeScalars.contains {
        $0 != "\n" && $0 != "\t" && Printable.isDangerous($0)
      }, "\(outcome.output.debugDescription)")
    if options == ["--tsv"] {
      #expect(outcome.output.filter { $0 == "\t" }.count == 9)
      #expect(outcome.output.filter { $0 == "\n" }.count == 1)
    }
    if options == ["--trec"] { #expect(outcome.output.split(separator: " ").count == 6) }
  }

  @Test func colours() throws {
    let index = try SampleIndex.get().index
    func output(_ options: [String], _ environment: [String: String] = [:]) throws -> String {
      try CommandRunner.run(
        ["search", "--index", index, "royalty"] + options, environment: environment
      ).output
    }
    #expect(try output(["--color=always"]).contains("\u{1B}[1;31m"))
    #expect(try output(["--color", "always"], ["NO_COLOR": "1"]).contains("\u{1B}["))
    #expect(try !output([]).contains("\u{1B}"))
    #expect(try !output(["--color=auto"]).contains("\u{1B}"))
    #expect(try !output(["--json", "--color=always"]).contains("\u{1B}"))
  }

  /// On a terminal there is colour, unless the environment does not want it.
  @Test func coloursOnATerminal() throws {
    let script = "/usr/bin/script"
    guard FileManager.default.isExecutableFile(atPath: script) else {
      print("skipped: no \(script) to make a terminal with")
      return
    }
    let index = try SampleIndex.get().index
    let line = "\(script) -qec '\"$FOLIO\" search --index \"\(index)\" royalty' /dev/null"
    #expect(
      try CommandRunner.shell(line, environment: ["TERM": "xterm"]).output.contains("\u{1B}[1;31m"))
    for environment in [["TERM": "dumb"], ["TERM": "xterm", "NO_COLOR": "1"]] {
      let plain = try CommandRunner.shell(line, environment: environment).output
      #expect(plain.contains("Baxter") && !plain.contains("\u{1B}"))
    }
  }

  @Test func aClosedPipeIsNoTrouble() throws {
    let index = try SampleIndex.get().index
    for command in [
      "\"$FOLIO\" search --index \"\(index)\" royalty | true",
      "\"$FOLIO\" help search | head -1", "\"$FOLIO\" show --index \"\(index)\" f-main | head -1",
    ] {
      let outcome = try CommandRunner.shell("{ \(command); } 2>&1 >/dev/null")
      #expect(outcome.output.isEmpty, "\(outcome.output)")
    }
  }

  @Test func fullDisksAreReported() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let outcome = try CommandRunner.shell("\"$FOLIO\" help > /dev/full")
    #expect(outcome.code == 74)
    #expect(outcome.errors.hasPrefix("folio: standard output: cannot write"))
  }
}

@Suite struct BatchTests {
  @Test func answersEveryLine() throws {
    let outcome = try SampleIndex.run(
      "search", "--batch", "--no-snippets",
      input: "royalty\n\n  \nq7\ta OR\nq8\t\"access fee\"\nzanzibar")
    #expect(outcome.code == 0)
    #expect(outcome.errors.isEmpty)
    let answers = try outcome.output.split(separator: "\n").map {
      try SampleIndex.object(String($0))
    }
    #expect(answers.count == 4)
    #expect(answers[0]["total"] as? Int == 3)
    #expect(answers[0]["id"] == nil)
    #expect(answers[1]["id"] as? String == "q7")
    #expect(answers[1]["query"] as? String == "a OR")
    #expect((answers[1]["error"] as? String)?.contains("needs a word") == true)
    #expect(answers[2]["id"] as? String == "q8")
    #expect(answers[3]["total"] as? Int == 0)
  }

  @Test func trecRuns() throws {
    let outcome = try SampleIndex.run(
      "search", "--batch", "--trec", "-n", "1", input: "q1\troyalty\naccess\nx\t(OR\n")
    #expect(outcome.code == 0)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.map { $0.split(separator: " ").first } == ["q1", "2"])
    #expect(outcome.errors.contains("folio: "))
  }

  /// A program can hold the command open: each answer comes before the next question.
  @Test func eachAnswerIsFlushed() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandRunner.binary)
    process.arguments = ["search", "--batch", "--index", try SampleIndex.get().index]
    process.environment = CommandRunner.environment
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    for query in ["royalty", "access", "hostile"] {
      try input.fileHandleForWriting.write(contentsOf: Data("\(query)\n".utf8))
      var answer = Data()
      while answer.last != 0x0A { answer += output.fileHandleForReading.availableData }
      #expect(
        try SampleIndex.object(String(decoding: answer, as: UTF8.self))["query"] as? String == query
      )
    }
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test func hugeLinesAreRefusedAndForgotten() throws {
    let huge = String(repeating: "word ", count: 200_000)
    let outcome = try SampleIndex.run("search", "--batch", input: huge + "\nroyalty\n")
    let answers = outcome.output.split(separator: "\n")
    #expect(answers.count == 2)
    #expect(answers.first?.contains("\"error\"") == true)
    #expect(answers.last?.contains("\"total\":3") == true)
  }
}
