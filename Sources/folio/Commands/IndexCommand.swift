import Filings
import TextSearch

/// `folio index`: reads filings and commits an index of them.
enum IndexCommand {
  static let spec = CommandSpec(
    name: "index",
    summary: "reads filings and makes an index of them",
    usage: [
      "folio index PATH… [--index DIR] [--threads N] [--memory MIB] [--wait SECONDS] [--quiet] "
        + "[--json]"
    ],
    about: """
      Reads the filings under the paths (files, or folders with all that is below them) and
      makes an index: EDGAR submissions, HTML, plain text, Markdown renditions, JSON Lines;
      which it is, is told by the content. What cannot be read is reported and passed over.

      The new index takes the place of the old one at the very end, in one step; searches
      go on meanwhile. The same filings give the same bytes, whatever --threads says. Ctrl-C
      leaves the index as it was.
      """,
    options: [
      IndexFolder.option,
      .init("--threads", "N", "how many threads work (default: as many as there are)"),
      .init("--memory", "MIB", "how much memory the words of filings may take (default: 1024)"),
      .init("--wait", "SECONDS", "wait so long for another writer of the index (default: 0)"),
      .init("--quiet", nil, "print nothing but errors"),
      .init("--json", nil, "print what was done as one JSON object"),
    ],
    examples: [
      ("folio index Corpus", "index the folder Corpus into ./Index"),
      ("folio index filings.jsonl 10-K/ --index /data/edgar", "several inputs, another index"),
      ("FOLIO_INDEX=/data/edgar folio index filings", "the same index for every command"),
    ],
    run: run)

  static func run(_ arguments: Arguments) throws(Failure) -> ExitCode {
    guard !arguments.operands.isEmpty else {
      throw .usage("name the folders or files to index: folio index FOLDER", "index")
    }
    var options = IndexWriterOptions()
    let threads = try arguments.integer("--threads", in: 1...256) ?? Platform.processorCount
    let memory = try arguments.integer("--memory", in: 16...(1 << 20)) ?? 1024
    options.memoryLimitInBytes = memory << 20
    options.threadCount = threads
    options.lockWaitInSeconds = Double(try arguments.integer("--wait", in: 0...1_000_000) ?? 0)
    let index = try IndexFolder.path(arguments)
    Interrupts.guardIndex(index)
    let run = IndexRun(
      input: try InputPaths.files(arguments.operands, excluding: [index]), index: index,
      options: options,
      threads: threads,
      showsProgress: !arguments.has("--quiet") && Platform.isTerminal(2))
    let summary = try run.run()
    var output = Output()
    if arguments.has("--json") {
      output.line(summary.json)
    } else if !arguments.has("--quiet") {
      output.write(summary.text)
    }
    try output.flush()
    return .done
  }
}

/// The files that a command line names.
enum InputPaths {
  static func files(
    _ paths: [String], excluding: [String] = []
  ) throws(Failure) -> IndexRun.Input {
    do throws(IndexError) {
      return try InputFinder.files(at: paths, excluding: excluding)
    } catch {
      throw Failure(.missing, "\(error)", "Name files or folders that are there and readable.")
    }
  }
}
