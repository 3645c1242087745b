import Filings
import TextSearch

/// `folio watch`: follows folders and indexes what arrives in them.
enum WatchCommand {
  static let spec = CommandSpec(
    name: "watch",
    summary: "follows folders and indexes what arrives in them",
    usage: ["folio watch [PATH…] [--index DIR] [--interval SECONDS] [--json]"],
    about: """
      Brings the index up to date with the paths, or with all paths indexed before, and does
      so again whenever something changes in them, until it is stopped: by Ctrl-C (exit code
      130) or TERM (143). A file that is still being written is waited for. Each commit is
      logged in one line, errors go to standard error, and what failed is tried again.

      Where the system tells of changes they are indexed within seconds; besides, and
      elsewhere, the folders are looked at every SECONDS.
      """,
    options: [
      IndexFolder.option,
      .init("--interval", "SECONDS", "look at the folders at least so often (default: 30)"),
      .init("--threads", "N", "how many threads work (default: as many as there are)"),
      .init("--json", nil, "log each commit as one JSON object"),
    ],
    examples: [
      ("folio watch filings --index /data/edgar", "follow a folder"),
      ("folio watch", "follow all that is in ./Index"),
    ],
    run: run)

  static func run(_ arguments: Arguments) throws(Failure) -> ExitCode {
    let index = try IndexFolder.path(arguments)
    Interrupts.guardIndex(index)
    var options = IndexRun.Options(operands: try arguments.paths(), index: index)
    options.threads = try arguments.integer("--threads", in: 1...256) ?? Platform.processorCount
    options.writer.threadCount = options.threads
    options.writer.lockWaitInSeconds = 60
    options.waitsForFiles = true
    options.settlingSeconds = Watch.settling
    if options.operands.isEmpty {
      options.operands = IndexRoots.known(index)
      options.followsRoots = true
      guard !options.operands.isEmpty else {
        throw .usage("name the folders to follow: folio watch FOLDER", "watch")
      }
    }
    let interval = try arguments.integer("--interval", in: 1...86_400) ?? 30
    var watch = try Watch(options, interval: Double(interval), isJSON: arguments.has("--json"))
    try watch.run()
  }
}

/// The loop of `folio watch`.
private struct Watch {
  /// A file that was changed less than so many seconds ago may not be complete.
  static let settling = 1.0
  /// Changes that follow each other within this time are indexed together …
  private static let quiet = 0.3
  /// … but not longer than so many seconds after the first.
  private static let patience = 3.0

  /// Seconds until what went wrong is tried again.
  private static let pauseAfterFailure = 5.0

  private let options: IndexRun.Options
  private let interval: Double
  private let isJSON: Bool
  private let watcher: FolderWatcher
  private var watched: Set<String> = []
  private var lastFailure = ""

  init(_ options: IndexRun.Options, interval: Double, isJSON: Bool) throws(Failure) {
    self.options = options
    self.interval = interval
    self.isJSON = isJSON
    do throws(IndexError) {
      watcher = try FolderWatcher()
    } catch {
      throw Failure(error, index: options.index)
    }
  }

  mutating func run() throws(Failure) -> Never {
    while true {
      sleep(min(interval, try update()))
    }
  }

  /// - Returns: After how many seconds a later look may find more.
  private mutating func update() throws(Failure) -> Double {
    do throws(Failure) {
      let summary = try IndexRun(options: options).run()
      lastFailure = ""
      if summary.commitCount > 0 { try log(summary) }
      return watch(summary.folders) || summary.waiting > 0 ? Self.settling : interval
    } catch {
      if error.isClosedPipe { throw error }
      // What goes wrong once may be well the next time: a folder that is away, another writer.
      if error.message != lastFailure { ErrorOutput.report(error) }
      lastFailure = error.message
      return Self.pauseAfterFailure
    }
  }

  private func log(_ summary: IndexSummary) throws(Failure) {
    var output = Output()
    if isJSON {
      output.line(summary.json)
    } else {
      output.write("\(Platform.timestamp(Platform.wallClock)) \(summary.line)\n")
      for match in summary.alerts { output.write("\(match)\n") }
    }
    try output.flush()
  }

  /// Sleeps until there is something to do.
  private func sleep(_ seconds: Double) {
    guard let changes = try? watcher.wait(seconds: seconds), changes.isAny else { return }
    let start = Platform.nanoseconds()
    while Double(Platform.nanoseconds() - start) / 1e9 < Self.patience {
      guard let more = try? watcher.wait(seconds: Self.quiet), more.isAny else { return }
    }
  }

  /// Watches all folders; what cannot be watched is looked at every interval all the same.
  /// - Returns: Whether there are new ones, in which something may have come before they were watched.
  private mutating func watch(_ folders: [String]) -> Bool {
    for folder in folders { try? watcher.add(folder) }
    let before = watched
    watched = Set(folders)
    return !watched.isSubset(of: before)
  }
}
