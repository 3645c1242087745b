import TextSearch

/// `folio show`: prints a document as it was filed.
enum ShowCommand {
  static let spec = CommandSpec(
    name: "show",
    summary: "prints the text of a document",
    usage: ["folio show DOCUMENT [--query QUERY] [OPTION…]"],
    about: """
      Prints what is known of a document and its text as it was filed. Documents are named as
      in the results of a search: the id of a JSON line, accession:filename in a submission,
      else the path, with # and the exhibit's number where a file holds several.

      With --query, what the query matches is marked: in colour, or ⟦like this⟧ without.
      """,
    options: [
      IndexFolder.option,
      .init("--query", "QUERY", "mark what it matches"),
      .init("--exact", nil, "bare words of the query without their inflections"),
      .init("--color", "WHEN", "auto (default), always or never"),
    ],
    examples: [
      ("folio show 000_dcc4f5971d244bfc.txt", "a document"),
      ("folio show 002_81e6c8ac1485fcae.txt#99.1 --query fee | less", "an exhibit, fees marked"),
    ],
    run: run)

  static func run(_ arguments: Arguments) throws(Failure) -> ExitCode {
    guard let id = arguments.operands.first, arguments.operands.count == 1 else {
      throw .usage("name one document: folio show DOCUMENT", "show")
    }
    let color = try arguments.choice(
      "--color", [("auto", nil), ("always", true), ("never", false)] as [(String, Bool?)])
    let terminal = Terminal(color: color ?? nil)
    return try IndexFolder.read(arguments) { searcher throws(Failure) in
      var options = SearchOptions()
      options.usesStems = !arguments.has("--exact")
      let query = try arguments["--query"].map { text throws(Failure) in
        try SearchRequest.query(text)
      }
      let address = try searcher.named(id)
      return try show(address, query, options, searcher, terminal)
    }
  }

  private static func show(
    _ address: DocAddress, _ query: Query?, _ options: SearchOptions, _ searcher: Searcher,
    _ terminal: Terminal
  ) throws(Failure) -> ExitCode {
    let schema = searcher.schema
    let (document, runs) = try searcher.reading { searcher throws(IndexError) in
      (
        FoundDocument(try searcher.document(address), schema),
        try searcher.text(address, marking: query, options)
      )
    }
    var output = Output()
    for line in header(document, terminal) { output.line(line) }
    output.line()
    // The first run of titles names the document for the search; it is not part of the text.
    let isNamed = runs.first.map { schema.field(named: "title") == $0.field } ?? false
    var last: UInt8 = UInt8(ascii: "\n")
    for run in runs.dropFirst(isNamed ? 1 : 0) {
      for fragment in run.fragments where !fragment.text.isEmpty {
        output.write(marked(fragment, terminal))
        last = fragment.text.utf8.last ?? last
        try output.flushIfLarge()
      }
    }
    if last != UInt8(ascii: "\n") { output.line() }
    try output.flush()
    return .done
  }

  private static func marked(_ fragment: Fragment, _ terminal: Terminal) -> String {
    let text = Printable.lines(fragment.text)
    guard fragment.isMatch else { return text }
    return terminal.hasColor ? terminal.match(text) : "⟦\(text)⟧"
  }

  private static func header(_ document: FoundDocument, _ terminal: Terminal) -> [String] {
    let pairs = [
      ("Company", document.company), ("Form", document.form), ("Filed", document.filed),
      ("Period", document.period), ("Exhibit", document.exhibit),
      ("Described as", document.exhibitDescription), ("Title", document.title),
      ("Accession", document.accession), ("File", document.path), ("Document", document.id),
    ]
    return terminal.labelled(pairs)
  }
}
