import TextSearch

/// `folio snapshot`: copies an index as it is at one moment.
enum SnapshotCommand {
  static let spec = CommandSpec(
    name: "snapshot",
    summary: "makes a consistent copy of an index",
    usage: ["folio snapshot DIR [--copy] [--index DIR] [--json]"],
    about: """
      Makes the folder DIR, which must be new or empty, an index with what the last commit has,
      whatever is written meanwhile. Files of an index never change, so on one disk they get a
      second name (a hard link) and take no more space; on another disk, or with --copy, they
      are copied. Saved searches are not taken along. A plain copy of the folder (cp -r) is an
      index, too, also one that is made while `folio index` or `folio watch` commits.
      """,
    options: [
      IndexFolder.option,
      .init("--copy", nil, "copy files though they could be linked"),
      .init("--json", nil, "print what was done as one JSON object"),
    ],
    examples: [
      ("folio snapshot /backup/edgar-2026-11-25", "a copy of ./Index"),
      ("folio search --index /backup/edgar-2026-11-25 fee", "search in it"),
    ],
    run: run)

  static func run(_ arguments: Arguments) throws(Failure) -> ExitCode {
    guard arguments.operands.count == 1, let target = try arguments.paths().first else {
      throw .usage("name the folder to make: folio snapshot DIR", "snapshot")
    }
    let index = try IndexFolder.path(arguments)
    Interrupts.guardIndex(target)
    let report: SnapshotReport
    do throws(IndexError) {
      report = try Searcher.snapshot(
        ofIndex: index, to: target, copiesFiles: arguments.has("--copy"))
    } catch {
      throw Failure(error, index: index)
    }
    IndexFolder.tell(report.incomplete, standsIn: report.generation)
    var output = Output()
    if arguments.has("--json") {
      output.line(
        .object { json in
          json.member("index", target)
          json.member("generation", report.generation)
          json.member("files", report.fileCount)
          json.member("bytes", report.byteCount)
          json.member("copied", report.copiedCount)
        })
    } else {
      let how = report.copiedCount == 0 ? "linked" : "copied"
      output.write(
        "\(Printable.line(target)): generation \(report.generation), "
          + "\(Numbers.count(report.fileCount, "file")) \(how), "
          + "\(Numbers.bytes(report.byteCount))\n")
    }
    try output.flush()
    return .done
  }
}
