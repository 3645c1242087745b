import Filings
import TextSearch

/// `folio search`: finds documents and shows them.
enum SearchCommand {
  static let spec = CommandSpec(
    name: "search",
    summary: "finds filings with words and phrases, best first",
    usage: [
      "folio search QUERY… [OPTION…]", "folio search --batch [OPTION…] < QUERIES",
    ],
    about: """
      The words of a query must all be in a document; where no document has all of them,
      those with most of them are shown. The query language:

        technology access fee      these words, with their inflections (fees, accessed)
        "technology access fee"    exactly these words, side by side (quote it for the shell:
                                   '"technology access fee"')
        fee OR royalty             one of the two at least. OR joins its two neighbours:
                                   baxter fee OR royalty = baxter (fee OR royalty)
        fee -royalty               without this word; also: fee NOT royalty
        +fee                       this word must be there, whatever is left out
        (a OR b) "c d"             groups
        title:fee                  in one field: title, exhibit, tables, body;
                                   also title:"a b" and title:(a b)
        item:1A fee                inside such zones only: item:1A, item:"risk factors", item:*;
                                   also part:
        heading:fee                in a heading; also table:, cover:, toc:, signature:,
                                   exhibit_index:, and heading:* for several words
        fee (item:1A OR item:7 risk)
                                   parentheses say what is limited
        licens*                    words that begin so
        fee^2.5                    counts that much more

      Punctuation is no trouble: 10-K, S.A., $(14.8), Q&A.
      """,
    options: [IndexFolder.option] + resultOptions + SearchRequest.wordOptions
      + SearchRequest.rankingOptions + formatOptions,
    examples: [
      ("folio search technology access fee", "filings with these words"),
      ("folio search '\"technology access fee\"' --sort newest", "the exact phrase, newest first"),
      ("folio search -- net loss -royalty", "a word to leave out: -- ends the options"),
      ("folio search -n 100 --tsv 'title:earnings 2009' | cut -f 3", "for other programs"),
      ("folio search --batch --json < queries.txt", "a query a line, an answer a line"),
    ],
    run: run)

  private static let resultOptions: [OptionSpec] = [
    .init("-n", "N", "show N hits (default: 10)"),
    .init("--offset", "N", "leave out the N best hits"),
    .init("--by", "UNIT", "a hit is a filing (default) or a document"),
    .init("--sort", "ORDER", "relevance (default), newest or oldest"),
  ]

  private static let formatOptions: [OptionSpec] = [
    .init("--json", nil, "one JSON object"),
    .init("--jsonl", nil, "a JSON object per hit, each on a line"),
    .init(
      "--tsv", nil,
      "columns with tabs between: rank, score, document, filing, form,\n"
        + "company, filed, exhibit, title, path"),
    .init("--trec", nil, "a TREC run: query, Q0, document, rank, score, folio"),
    .init("--count", nil, "only how many there are"),
    .init("--parsed", nil, "only the query as it is understood; needs no index"),
    .init(
      "--batch", nil,
      "read queries from standard input, one a line, and answer each with\n"
        + "a line of JSON at once; a line may be ID, tab, query"),
    .init("--no-snippets", nil, "no text of the hits"),
    .init("--color", "WHEN", "auto (default), always or never"),
  ]

  private static let formats = ["--json", "--jsonl", "--tsv", "--trec", "--count", "--parsed"]

  static func run(_ arguments: Arguments) throws(Failure) -> ExitCode {
    let format = try arguments.oneOf(formats)
    let color = try arguments.choice(
      "--color", [("auto", nil), ("always", true), ("never", false)] as [(String, Bool?)])
    let text = arguments.operands.joined(separator: " ")
    if arguments.has("--batch") {
      try checkBatch(arguments, format)
    } else if arguments.operands.isEmpty {
      throw .usage("give a query: folio search technology access fee", "search")
    }
    if format == "--parsed" { return try printParsed(text) }
    let options = try SearchRequest.options(arguments)
    return try IndexFolder.read(arguments) { searcher throws(Failure) in
      if arguments.has("--batch") {
        var batch = Batch(searcher: searcher, options: options, arguments: arguments)
        return try batch.run()
      }
      let terminal = Terminal(color: color ?? nil)
      let one = OneSearch(
        searcher: searcher, options: options, terminal: terminal,
        hasSnippets: !arguments.has("--no-snippets"))
      return try one.run(text, format)
    }
  }

  /// Needs no index: all indexes of filings have the same fields.
  private static func printParsed(_ text: String) throws(Failure) -> ExitCode {
    let query = try SearchRequest.query(text, FilingSchema.schema)
    var output = Output()
    output.line(query.printed(in: FilingSchema.schema))
    try output.flush()
    return .done
  }

  private static func checkBatch(_ arguments: Arguments, _ format: String?) throws(Failure) {
    if let format, format != "--json", format != "--trec" {
      throw .usage("--batch answers with --json or --trec, not \(format)", "search")
    }
    if !arguments.operands.isEmpty {
      throw .usage("--batch reads its queries from standard input, not from here", "search")
    }
  }
}

/// One query, answered in one of the formats.
struct OneSearch {
  let searcher: Searcher
  let options: SearchOptions
  let terminal: Terminal
  let hasSnippets: Bool

  /// Characters of a snippet for programs.
  static let snippetWidth = 240

  func run(_ text: String, _ format: String?) throws(Failure) -> ExitCode {
    var output = Output()
    var answer = try Answer(text, searcher, format == "--count" ? counting : options)
    try load(&answer, format)
    if format != "--json" { ErrorOutput.notes(answer.notes) }
    switch format {
    case "--json": output.line(answer.json(searcher.schema))
    case "--count": output.line("\(answer.result.total)")
    case nil: AnswerText(terminal: terminal, schema: searcher.schema).write(answer, to: &output)
    default: try lines(answer, format, &output)
    }
    try output.flush()
    return answer.result.total > 0 ? .done : .nothingFound
  }

  private var counting: SearchOptions {
    var options = options
    options.limit = 0
    return options
  }

  private func load(_ answer: inout Answer, _ format: String?) throws(Failure) {
    var width: Int?
    switch format {
    case nil: width = 2 * (terminal.width - 6)
    case "--json", "--jsonl": width = Self.snippetWidth
    default: width = nil
    }
    try answer.load(searcher, snippetWidth: hasSnippets ? width : nil, namesOthers: format == nil)
  }

  private func lines(_ answer: Answer, _ format: String?, _ output: inout Output) throws(Failure) {
    for document in answer.found {
      switch format {
      case "--jsonl":
        var json = JSONWriter()
        document.write(to: &json)
        output.line(json)
      case "--tsv": output.line(AnswerTable.tsv(document))
      default: output.line(AnswerTable.trec(document, query: "1"))
      }
      try output.flushIfLarge()
    }
  }
}
