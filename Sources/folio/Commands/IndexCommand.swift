import Filings
import TextSearch

/// `folio index`: reads filings and commits an index of them.
enum IndexCommand {
  static let spec = CommandSpec(
    name: "index",
    summary: "reads filings and brings an index up to date with them",
    usage: ["folio index PATH… [OPTION…]", "folio index [OPTION…]"],
    about: """
      Reads the filings under the paths (files, or folders with all that is below them) and
      brings the index up to date with them: EDGAR submissions, HTML, plain text, Markdown
      renditions, JSON Lines; which it is, is told by the content. What cannot be read is
      reported and passed over.

      Only files that are new or have changed since the last run are read. What was indexed
      of other paths stays as it is; without a path, all paths indexed before are looked at.
      Of files with the same content the one whose path comes first is in the index, of files
      with the same filing the one that was changed last; the others are reported.

      Results name files by their paths below the folder that was named first, and files of
      other folders by the way from there: ../other/a.htm.

      A commit takes the place of the one before in one step, at the very end or as often as
      --commit-every says; searches go on meanwhile. Ctrl-C and TERM leave the index as its
      last commit left it (exit codes 130 and 143); the next run goes on from there.

      Files that a commit replaces stay for half a minute (and as long again for each GiB), so
      that a plain copy of the index's folder can be made at any time; a later run removes
      them. --rebuild removes the index before it at once.

      Files that were named once are followed: what is gone of them is taken out. If more
      than half would go, as when a disk is not mounted, nothing is changed and the exit code
      is 64, unless --allow-empty or --rebuild is said. To take something out for good:
      folio remove.
      """,
    options: [
      IndexFolder.option,
      .init("--rebuild", nil, "make the index anew from the paths, or from those indexed before"),
      .init("--allow-empty", nil, "go on though more than half of the indexed files are gone"),
      .init(
        "--commit-every", "N",
        "commit along the way: each N filings, or with 64MIB each 64 MiB read"),
      .init("--threads", "N", "how many threads work (default: as many as there are)"),
      .init("--memory", "MIB", "how much memory the words of filings may take (default: 1024)"),
      .init("--wait", "SECONDS", "wait for another writer of the index to end (default: 0)"),
      .init("--quiet", nil, "print nothing but errors"),
      .init("--json", nil, "print what was done as one JSON object"),
    ],
    examples: [
      ("folio index Corpus", "index the folder Corpus into ./Index"),
      ("folio index", "bring ./Index up to date with all that was indexed before"),
      ("folio index --rebuild", "read all of it again and make ./Index anew"),
      ("folio index filings.jsonl 10-K/ --index /data/edgar", "several inputs, another index"),
      ("FOLIO_INDEX=/data/edgar folio index filings", "the same index for every command"),
    ],
    run: run)

  static func run(_ arguments: Arguments) throws(Failure) -> ExitCode {
    let index = try IndexFolder.path(arguments)
    var options = IndexRun.Options(operands: try arguments.paths(), index: index)
    options.threads = try arguments.integer("--threads", in: 1...256) ?? Platform.processorCount
    let memory = try arguments.integer("--memory", in: 16...(1 << 20)) ?? 1024
    options.writer.memoryLimitInBytes = memory << 20
    options.writer.threadCount = options.threads
    options.writer.lockWaitInSeconds = Double(
      try arguments.integer("--wait", in: 0...1_000_000) ?? 0)
    options.allowsEmpty = arguments.has("--allow-empty")
    if let text = arguments["--commit-every"] {
      guard let interval = CommitInterval(text) else {
        throw .usage("--commit-every takes a number of filings, or of MiB as in 64MIB", "index")
      }
      options.commitInterval = interval
    }
    let roots = IndexRoots.known(index)
    if options.operands.isEmpty {
      guard !roots.isEmpty else {
        throw .usage("name the folders or files to index: folio index FOLDER", "index")
      }
      options.operands = roots
      options.followsRoots = true
    }
    options.writer.startsOver = arguments.has("--rebuild")
    Interrupts.guardIndex(index)
    options.showsProgress = !arguments.has("--quiet") && Platform.isTerminal(2)
    let summary = try IndexRun(options: options).run()
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

/// The paths that an index was made of.
enum IndexRoots {
  /// None where there is no index, or none that can be read.
  static func known(_ index: String) -> [String] {
    (try? Searcher.roots(ofIndex: index).map(\.path)) ?? []
  }
}

/// The files that a command line names.
enum InputPaths {
  static func files(
    _ paths: [String], excluding: [String] = []
  ) throws(Failure) -> (files: [InputFile], skipped: [SkippedPart]) {
    do throws(IndexError) {
      return try InputFinder.files(at: paths, excluding: excluding)
    } catch {
      throw Failure(.missing, "\(error)", "Name files or folders that are there and readable.")
    }
  }
}
