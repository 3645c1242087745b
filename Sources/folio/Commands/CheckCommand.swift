import TextSearch

/// `folio check`: verifies an index.
enum CheckCommand {
  static let spec = CommandSpec(
    name: "check",
    summary: "reads every byte of an index and verifies it",
    usage: ["folio check [--index DIR] [--json]"],
    about: """
      Reads every byte of an index, verifies every checksum and what every structure promises,
      and names file, section and byte of all damage. Ends with 65 where there is any.

      A copy of an index that was made during commits may lack files of the newest one; then
      the commit before that answers is checked, and a note says so (“incomplete” in JSON).
      """,
    options: [IndexFolder.option, .init("--json", nil, "one JSON object")],
    examples: [
      ("folio check", "the index in ./Index"),
      ("folio check --index /data/edgar --json", "another index, for a program"),
    ],
    run: run)

  static func run(_ arguments: Arguments) throws(Failure) -> ExitCode {
    try arguments.noOperands()
    let path = try IndexFolder.path(arguments)
    let start = Platform.nanoseconds()
    let report = try check(path)
    let time = Platform.nanoseconds() - start
    IndexFolder.tell(report.incomplete, standsIn: report.generation)
    var output = Output()
    if arguments.has("--json") {
      output.line(json(report, path, time))
    } else if report.problems.isEmpty {
      output.line(
        "\(Printable.line(path)): sound; \(Numbers.count(report.fileCount, "file")), "
          + "\(Numbers.bytes(report.byteCount)) read in \(Numbers.duration(nanoseconds: time))")
    }
    try output.flush()
    guard let failure = failure(report, path) else { return .done }
    if !arguments.has("--json") { throw failure }
    return failure.code
  }

  private static func check(_ path: String) throws(Failure) -> CheckReport {
    do throws(IndexError) {
      return try Searcher.check(index: path)
    } catch {
      // Damage so early that the files cannot be told apart is a finding, not a failure.
      if case .damaged = error { return CheckReport(fileCount: 0, byteCount: 0, problems: [error]) }
      throw Failure(error, index: path)
    }
  }

  private static func failure(_ report: CheckReport, _ path: String) -> Failure? {
    guard let first = report.problems.first else { return nil }
    var failure = Failure(first, index: path)
    let count = report.problems.count
    failure.message =
      "\(Printable.line(path)): \(Numbers.count(count, "place is", "places are")) damaged"
    failure.details = report.problems.map { "  \(Printable.line("\($0)"))" }
    failure.details.append(
      "Make the index again: folio index FOLDER --rebuild --index \(Shell.quoted(path))")
    return failure
  }

  private static func json(_ report: CheckReport, _ path: String, _ time: UInt64) -> JSONWriter {
    .object { json in
      json.member("index", path)
      json.member("sound", report.problems.isEmpty)
      json.member("generation", report.generation)
      json.member("incomplete", report.incomplete.map { "\($0)" })
      json.member("files", report.fileCount)
      json.member("bytes", report.byteCount)
      json.member("seconds", Double(time / 1_000_000) / 1000)
      json.member("problems", report.problems) { json, problem in
        json.object { write(problem, to: &$0) }
      }
    }
  }

  private static func write(_ problem: IndexError, to json: inout JSONWriter) {
    if case .damaged(let file, let section, let offset, let reason) = problem {
      json.member("file", file)
      json.member("section", section)
      json.member("offset", offset)
      json.member("reason", reason)
    } else {
      json.member("reason", "\(problem)")
    }
  }
}
