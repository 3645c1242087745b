import TextSearch

/// `folio explain`: shows how a document's score comes about.
enum ExplainCommand {
  static let spec = CommandSpec(
    name: "explain",
    summary: "shows the numbers behind a document's score",
    usage: ["folio explain QUERY… DOCUMENT [OPTION…]"],
    about: """
      Shows how the score of a document for a query comes about: what every word and phrase
      gives, how often it occurs in which field, how rare it is, how long the document is.
      The last word names the document, as in the results of a search.
      """,
    options: [IndexFolder.option] + SearchRequest.wordOptions + SearchRequest.rankingOptions + [
      .init("--json", nil, "one JSON object")
    ],
    examples: [
      ("folio explain access fee 002_81e6c8ac1485fcae.txt#99.1", "two words in an exhibit"),
      ("folio explain '\"access fee\"' 002_81e6c8ac1485fcae.txt#99.1", "a phrase"),
    ],
    run: run)

  static func run(_ arguments: Arguments) throws(Failure) -> ExitCode {
    guard arguments.operands.count >= 2, let id = arguments.operands.last else {
      throw .usage("give a query and a document: folio explain QUERY DOCUMENT", "explain")
    }
    let text = arguments.operands.dropLast().joined(separator: " ")
    let options = try SearchRequest.options(arguments)
    return try IndexFolder.read(arguments) { searcher throws(Failure) in
      let query = try SearchRequest.query(text)
      let address = try searcher.named(id)
      let found = try searcher.reading { searcher throws(IndexError) in
        try searcher.explain(query, address, options)
      }
      let parsed = query.printed(in: searcher.schema)
      guard let explanation = found else {
        throw Failure(.nothingFound, "“\(id)” does not match \(parsed)")
      }
      var output = Output()
      if arguments.has("--json") {
        output.line(json(text, parsed, id, explanation))
      } else {
        for line in lines(explanation) { output.line(line) }
      }
      try output.flush()
      return .done
    }
  }

  /// A line per number, its parts below it and farther to the right.
  static func lines(_ explanation: Explanation) -> [String] {
    var lines: [String] = []
    var pending = [(explanation, depth: 0)]
    while let (part, depth) = pending.popLast() {
      let indent = String(repeating: "  ", count: min(depth, 40))
      lines.append("\(indent)\(part.value)  \(Printable.line(part.text))")
      pending += part.parts.reversed().map { ($0, depth + 1) }
    }
    return lines
  }

  private static func json(
    _ text: String, _ parsed: String, _ id: String, _ explanation: Explanation
  ) -> JSONWriter {
    .object { json in
      json.member("query", text)
      json.member("parsed", parsed)
      json.member("document", id)
      json.member("score", explanation.value)
      json.key("explanation")
      write(explanation, to: &json)
    }
  }

  /// As deep as the query, whose depth is limited.
  private static func write(_ explanation: Explanation, to json: inout JSONWriter) {
    json.object { json in
      json.member("value", explanation.value)
      json.member("text", explanation.text)
      json.member("parts", explanation.parts) { json, part in write(part, to: &json) }
    }
  }
}
