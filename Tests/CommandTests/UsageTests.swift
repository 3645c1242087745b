import Testing

@testable import folio

@Suite struct UsageTests {
  /// Command lines that are wrong, their exit code, and what the message says.
  @Test(arguments: [
    (["serch"], 64, "did you mean search?"), (["--verson"], 64, "did you mean --version?"),
    (["frobnicate"], 64, "unknown command “frobnicate”\nSee: folio help"),
    (["help", "serch"], 64, "did you mean search?"), ([""], 64, "unknown command"),
    (["search"], 64, "give a query"), (["search", "--jsn", "a"], 64, "did you mean --json?"),
    (["search", "--index"], 64, "--index needs a value"),
    (["search", "--json=1", "a"], 64, "--json takes no value"),
    (["search", "-n", "x", "a"], 64, "-n takes a whole number"),
    (["search", "-n-1", "a"], 64, "-n takes a whole number"),
    (["search", "-n", "99999999999999999999", "a"], 64, "-n takes"),
    (["search", "--offset=-1", "a"], 64, "--offset takes"),
    (["search", "--json", "--tsv", "a"], 64, "--json and --tsv cannot be used together"),
    (["search", "--color", "blue", "a"], 64, "--color takes auto, always, never"),
    (["search", "fee", "-royalty"], 64, "folio search -- fee -royalty"),
    (["search", "--batch", "a"], 64, "standard input"),
    (["search", "--batch", "--tsv"], 64, "--json or --trec"),
    (["search", "--parsed", "a OR"], 64, "needs a word after it"),
    (["search", "--index=", "a"], 64, "name of a folder"),
    (["show"], 64, "name one document"), (["show", "a", "b"], 64, "name one document"),
    (["explain", "a"], 64, "give a query and a document"),
    (["info", "x"], 64, "takes only options"), (["check", "x"], 64, "takes only options"),
    (["index"], 64, "name the folders"), (["index", "--threads", "0", "x"], 64, "--threads takes"),
    (["index", "--memory", "1", "x"], 64, "--memory takes"),
    (["text"], 64, "name the files"), (["text", "/nowhere/at-all"], 66, "/nowhere/at-all"),
    (["index", "/nowhere/at-all"], 66, "/nowhere/at-all"),
  ])
  func mistakesAreExplained(_ arguments: [String], _ code: Int32, _ words: String) throws {
    let outcome = try CommandRunner.run(arguments)
    #expect(outcome.code == code)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("folio: "), "\(outcome.errors)")
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count >= 2, "no advice: \(outcome.errors)")
  }

  @Test func withoutArguments() throws {
    let outcome = try CommandRunner.run()
    #expect(outcome.code == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors == Help.overview)
  }

  @Test func version() throws {
    for word in ["--version", "-V"] {
      let outcome = try CommandRunner.run(word)
      #expect(outcome.code == 0)
      #expect(outcome.output == "folio \(Folio.version)\n")
    }
  }

  @Test(arguments: [["--help"], ["-h"], ["help"], ["help", "help"]])
  func overview(_ arguments: [String]) throws {
    let outcome = try CommandRunner.run(arguments)
    #expect(outcome.code == 0)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output == Help.overview)
    for command in Folio.commands { #expect(outcome.output.contains(command.summary)) }
  }

  @Test(arguments: Folio.commands.map(\.name))
  func everyCommandHasItsPage(_ name: String) throws {
    let page = try CommandRunner.run("help", name)
    #expect(page.code == 0)
    #expect(page.output.hasPrefix("Usage: folio \(name)"))
    #expect(page.output.contains("\nExamples:\n"))
    let spec = try #require(Folio.commands.first { $0.name == name })
    for option in spec.allOptions { #expect(page.output.contains("  \(option.name) ")) }
    for line in page.output.split(separator: "\n") { #expect(line.count <= 90, "\(line)") }
    for arguments in [[name, "--help"], [name, "-h"], [name, "--nonsense", "--help", "x"]] {
      #expect(try CommandRunner.run(arguments).output == page.output)
    }
  }

  @Test func hostileWordsAreShownHarmlessly() throws {
    let outcome = try CommandRunner.run("search", "--\u{1B}[2J\u{202E}x", "a")
    #expect(outcome.code == 64)
    #expect(!outcome.errors.contains("\u{1B}") && !outcome.errors.contains("\u{202E}"))
  }
}

@Suite struct ParsedQueryTests {
  @Test(arguments: [
    ("technology access fee", "technology access fee"), ("$(14.8) 10-K", "14.8 10-k"),
    ("a b OR c", "a (b OR c)"), ("Title:x body:\"y z\"", "title:x body:\"y z\""),
  ])
  func isPrinted(_ query: String, _ parsed: String) throws {
    let outcome = try CommandRunner.run("search", "--parsed", query)
    #expect(outcome.code == 0)
    #expect(outcome.output == parsed + "\n")
    #expect(
      try CommandRunner.run(
        ["search", "--parsed", "--"] + query.split(separator: " ").map(String.init)
      ).output == outcome.output)
  }

  @Test func aSignAfterTheEndOfOptionsIsPartOfTheQuery() throws {
    #expect(
      try CommandRunner.run("search", "--parsed", "--", "fee", "-royalty").output
        == "fee -royalty\n")
  }

  @Test func theCaretStandsUnderThePlace() throws {
    let outcome = try CommandRunner.run("search", "--parsed", "日本 fee OR")
    #expect(outcome.code == 64)
    #expect(outcome.errors.hasSuffix("\n  日本 fee OR\n           ^\n"), "\(outcome.errors)")
  }
}
