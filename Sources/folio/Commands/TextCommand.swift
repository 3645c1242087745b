import Filings
import TextSearch

/// `folio text`: prints what the reader makes of files.
enum TextCommand {
  static let spec = CommandSpec(
    name: "text",
    summary: "prints what is read of a file, as a search sees it",
    usage: ["folio text PATH… [--json]"],
    about: """
      Reads the files under the paths as folio index does and prints, instead of indexing it,
      what was made of each filing: its facts, the text of its documents and what was passed
      over, with the reason. It needs no index. So it shows why a search does or does not
      find something.

      Stretches of a kind are marked: ⟦item Item 1A. Risk Factors⟧ … ⟦/item⟧. The kinds are
      cover, toc, part, item, heading, table, exhibit_index and signature.

      With --json each filing is an object on a line of its own:

        {"path","kind","accession","form","filed","period","accepted","file_number",
         "items","companies":[{"name","cik","sic","role"}],
         "documents":[{"document","type","sequence","filename","exhibit","description",
          "title","text","zones":[{"kind","label","start","end"}]}],
         "skipped":[{"part","kind","reason"}]}

      What is unknown is null. Places count the Unicode scalars of the text before them. A
      file of which nothing was read gives an object without documents, with the reason.
      """,
    options: [
      .init("--json", nil, "a JSON object per filing, each on a line"),
      .init("--color", "WHEN", "auto (default), always or never"),
    ],
    examples: [
      ("folio text filing.txt | less", "one filing"),
      ("folio text --json 10-K | grep -c '\"kind\":\"html\"'", "a folder, for other programs"),
    ],
    run: run)

  static func run(_ arguments: Arguments) throws(Failure) -> ExitCode {
    guard !arguments.operands.isEmpty else {
      throw .usage("name the files or folders to read: folio text FILE", "text")
    }
    let color = try arguments.choice(
      "--color", [("auto", nil), ("always", true), ("never", false)] as [(String, Bool?)])
    let input = try InputPaths.files(arguments.operands)
    let terminal = arguments.has("--json") ? nil : Terminal(color: color ?? nil)
    var run = TextRun(terminal: terminal)
    for part in input.skipped { try run.take(ReadResult(skipped: [part])) }
    for file in input.files { try run.read(file) }
    try run.finish()
    return .done
  }
}

/// One run of `folio text`: reads file by file and writes what came of each at once.
private struct TextRun: ~Copyable {
  /// Nil where JSON is asked for.
  let terminal: Terminal?
  private var output = Output()
  private var filings = 0

  init(terminal: Terminal?) { self.terminal = terminal }

  mutating func read(_ file: InputFile) throws(Failure) {
    for item in InputFinder.items(of: file) { try take(FilingReader.read(item)) }
  }

  mutating func take(_ result: ReadResult) throws(Failure) {
    filings += result.filings.count
    for reading in FilingReading.all(of: result) {
      if let terminal {
        try FilingText(terminal: terminal).write(reading, to: &output)
      } else {
        output.line(reading.json)
      }
      try output.flush()
    }
  }

  /// - Throws: Where no filing could be read.
  mutating func finish() throws(Failure) {
    try output.flush()
    if filings == 0 {
      throw Failure(
        .missing, "there is no filing to read",
        "Why a file was passed over is on standard output.")
    }
  }
}
