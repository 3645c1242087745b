import TextSearch

/// `folio info`: says what is in an index.
enum InfoCommand {
  static let spec = CommandSpec(
    name: "info",
    summary: "says what is in an index and how large it is",
    usage: ["folio info [--index DIR] [--json]"],
    about: """
      Shows how many filings, documents and words an index has, and the bytes of every
      section of its segments.
      """,
    options: [IndexFolder.option, .init("--json", nil, "one JSON object")],
    examples: [
      ("folio info", "the index in ./Index"),
      ("folio info --index /data/edgar --json", "another index, for a program"),
    ],
    run: run)

  static func run(_ arguments: Arguments) throws(Failure) -> ExitCode {
    try arguments.noOperands()
    return try IndexFolder.read(arguments) { searcher throws(Failure) in
      let details = try searcher.reading { searcher throws(IndexError) in
        try searcher.details()
      }
      let report = InfoReport(searcher: searcher, details: details)
      var output = Output()
      if arguments.has("--json") {
        output.line(report.json)
      } else {
        output.write(report.text)
      }
      try output.flush()
      return .done
    }
  }
}

/// What `folio info` prints.
struct InfoReport {
  let searcher: Searcher
  let details: IndexDetails

  var json: JSONWriter {
    .object { json in
      json.member("index", searcher.path)
      json.member("generation", details.generation)
      json.member("filings", searcher.groupCount)
      json.member("documents", searcher.documentCount)
      json.member("tokens", searcher.tokenCount)
      json.member("terms", termCount)
      json.member("index_bytes", details.byteCount)
      json.member("bits_per_token", bitsPerToken ?? .nan)
      json.member("segments", details.segments) { json, segment in
        json.object { write(segment, to: &$0) }
      }
    }
  }

  private func write(_ segment: IndexDetails.Segment, to json: inout JSONWriter) {
    json.member("file", segment.file)
    json.member("filings", segment.groupCount)
    json.member("documents", segment.documentCount)
    json.member("tokens", segment.tokenCount)
    json.member("terms", segment.termCount)
    json.member("bytes", segment.byteCount)
    json.key("sections")
    json.object { json in
      for section in segment.sections { json.member(section.name, section.byteCount) }
    }
  }

  /// The sum over the segments; a term counts in each that has it.
  private var termCount: Int { details.segments.reduce(0) { $0 + $1.termCount } }

  private var bitsPerToken: Double? {
    searcher.tokenCount == 0 ? nil : 8 * Double(details.byteCount) / Double(searcher.tokenCount)
  }

  var text: String {
    var text = """
      \(Printable.line(searcher.path)), generation \(details.generation)
        filings    \(Numbers.grouped(searcher.groupCount))
        documents  \(Numbers.grouped(searcher.documentCount))
        words      \(Numbers.grouped(searcher.tokenCount))
        terms      \(Numbers.grouped(termCount))
        size       \(Numbers.bytes(details.byteCount))
      """
    if let bits = bitsPerToken { text += ", \(Numbers.fixed(bits, 2)) bits per word" }
    text += "\n"
    for segment in details.segments { text += self.text(segment) }
    return text
  }

  private func text(_ segment: IndexDetails.Segment) -> String {
    let counts =
      "\(Numbers.count(segment.documentCount, "document")), "
      + "\(Numbers.count(segment.tokenCount, "word")), \(Numbers.count(segment.termCount, "term"))"
    var sizes = segment.sections.filter { $0.byteCount > 0 }.map { ($0.name, $0.byteCount) }
    sizes.append(("checksums, table", segment.byteCount - sizes.reduce(0) { $0 + $1.1 }))
    let rows = sizes.map { ($0.0, Numbers.grouped($0.1), $0.1) }
    let name = rows.map(\.0.count).max() ?? 0
    let size = rows.map(\.1.count).max() ?? 0
    return rows.reduce("\(segment.file): \(counts)\n") { text, row in
      text + "  \(pad(row.0, name, isLeft: true))  \(pad(row.1, size, isLeft: false))"
        + share(row.2, segment.tokenCount) + "\n"
    }
  }

  private func share(_ bytes: Int, _ tokens: Int) -> String {
    tokens == 0 ? "" : "  \(Numbers.fixed(8 * Double(bytes) / Double(tokens), 2)) bits per word"
  }

  private func pad(_ text: String, _ width: Int, isLeft: Bool) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    return isLeft ? text + space : space + text
  }
}
