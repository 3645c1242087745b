import Testing

@testable import folio

private let spec = CommandSpec(
  name: "test", summary: "", usage: [], about: "",
  options: [
    .init("--index", "DIR", ""), .init("-n", "N", ""), .init("--json", nil, ""),
    .init("--b", "N", ""), .init("--by", "UNIT", ""),
  ], examples: [], run: { _ in .done })

@Suite struct ArgumentsTests {
  @Test(arguments: [
    ["--index", "X", "-n", "5", "a", "b"], ["--index=X", "-n5", "a", "b"],
    ["a", "--index=X", "b", "-n", "5"], ["--index", "Y", "--index=X", "-n5", "--", "a", "b"],
  ])
  func formsThatAreTheSame(_ words: [String]) throws {
    let arguments = try Arguments(words, for: spec)
    #expect(arguments["--index"] == "X")
    #expect(try arguments.integer("-n", in: 0...9) == 5)
    #expect(arguments.operands == ["a", "b"])
    #expect(!arguments.has("--json"))
  }

  @Test func nothingIsAnOptionAfterTwoDashes() throws {
    let arguments = try Arguments(["--json", "--", "--index", "--", "-x"], for: spec)
    #expect(arguments.has("--json"))
    #expect(arguments.operands == ["--index", "--", "-x"])
  }

  @Test func aSingleDashIsAnOperand() throws {
    #expect(try Arguments(["-"], for: spec).operands == ["-"])
  }

  @Test func valuesMayLookLikeOptions() throws {
    #expect(try Arguments(["--index", "--json"], for: spec)["--index"] == "--json")
    #expect(try Arguments(["--index=a=b"], for: spec)["--index"] == "a=b")
  }

  @Test func numbersAndChoices() throws {
    let arguments = try Arguments(["--b=0.5", "--by", "fling", "-n", "12"], for: spec)
    #expect(try arguments.number("--b", in: 0...1) == 0.5)
    #expect(throws: Failure.self) { try arguments.integer("-n", in: 0...9) }
    let failure = #expect(throws: Failure.self) {
      try arguments.choice("--by", [("filing", 1), ("document", 2)])
    }
    #expect(failure?.message.contains("did you mean filing?") == true)
    #expect(try Arguments(["--b=nan"], for: spec)["--b"] == "nan")
    #expect(throws: Failure.self) {
      try Arguments(["--b=nan"], for: spec).number("--b", in: 0...1)
    }
  }
}

@Suite struct SuggestionTests {
  @Test(
    arguments: [
      ("serach", "search"), ("shwo", "show"), ("chekc", "check"), ("inde", "index"), ("xyz", nil),
      ("", nil), ("explian", "explain"),
    ] as [(String, String?)])
  func nearest(_ word: String, _ expected: String?) {
    #expect(Suggestion.nearest(to: word, in: Folio.commands.map(\.name)) == expected)
  }

  @Test func distances() {
    for (a, b, distance) in [
      ("", "", 0), ("", "abc", 3), ("ab", "ba", 1), ("kitten", "sitting", 3),
    ] {
      #expect(Suggestion.distance(Array(a.utf8), Array(b.utf8)) == distance)
      #expect(Suggestion.distance(Array(b.utf8), Array(a.utf8)) == distance)
    }
  }
}

@Suite struct ShellTests {
  @Test(arguments: [("Index", "Index"), ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("", "''")])
  func quotes(_ text: String, _ expected: String) { #expect(Shell.quoted(text) == expected) }
}
