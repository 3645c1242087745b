import TextSearch

/// `folio remove`: takes filings out of an index.
enum RemoveCommand {
  static let spec = CommandSpec(
    name: "remove",
    summary: "takes files, folders or filings out of an index",
    usage: ["folio remove PATH|FILING… [--index DIR] [--quiet] [--json]"],
    about: """
      A PATH is a file or a folder as it was indexed, or as results name it; a FILING is named
      as in results, mostly by its accession number. No file is touched but those of the index.
      Where one of the names is not in the index nothing is removed, and the exit code is 1.

      What is removed stays out though its folder is indexed again, until the file changes or
      the index is made anew with --rebuild. A folder that was named to `folio index` and is
      removed is forgotten. Where another file has what a removed file had, that one is indexed
      instead; a FILING that is removed is gone with all that files have of it.
      """,
    options: [
      IndexFolder.option,
      .init("--quiet", nil, "print nothing but errors"),
      .init("--json", nil, "print what was done as one JSON object"),
    ],
    examples: [
      ("folio remove 0000912057-00-023442", "a filing by its accession number"),
      ("folio remove Corpus/drafts", "all that was indexed of a folder"),
    ],
    run: run)

  static func run(_ arguments: Arguments) throws(Failure) -> ExitCode {
    let operands = try arguments.paths()
    guard !operands.isEmpty else {
      throw .usage("name what to remove: folio remove PATH or FILING", "remove")
    }
    let index = try IndexFolder.path(arguments)
    Interrupts.guardIndex(index)
    var summary = IndexSummary(index: index)
    do throws(IndexError) {
      var options = IndexRun.Options(index: index)
      options.writer.mustExist = true
      let writer = try IndexFolder.writer(index, options.writer)
      // A match that was not told yet is told with the commit that it came with.
      let alerts = Alerts(index: index)
      summary.alerts = try alerts.tell()
      for operand in operands {
        guard try Removal(operand, writer).isFound else {
          throw .invalid(reason: "nothing in the index is called “\(operand)”; nothing was removed")
        }
      }
      // Of no paths nothing is read but what takes the place of what was removed.
      var update = IndexUpdate(try UpdatePlan(options, writer), writer, options, alerts)
      try update.run(&summary)
      try summary.finish(start: 0, writer.sources)
    } catch .invalid(let reason) {
      throw Failure(.nothingFound, reason, "Names are as in the results of: folio search")
    } catch {
      throw Failure(error, index: index)
    }
    var output = Output()
    if arguments.has("--json") {
      output.line(
        .object { json in
          json.member("removed", summary.removed)
          json.member("filings", summary.filings)
          json.member("generation", summary.generation)
        })
    } else if !arguments.has("--quiet") {
      output.write("Removed \(Numbers.count(summary.removed, "filing"))\n")
      if summary.updated > 0 {
        output.write(
          "In their place: \(Numbers.count(summary.updated, "filing")) of other files\n")
      }
      output.write("\(Printable.line(index)): \(Numbers.count(summary.filings, "filing"))\n")
      for alert in summary.alerts { output.write("Alert \(alert)\n") }
    }
    try output.flush()
    return .done
  }
}

/// Takes out what one operand names.
private struct Removal {
  let isFound: Bool

  init(_ operand: String, _ writer: IndexWriter) throws(IndexError) {
    let path = try Platform.absolutePath(operand)
    let label = operand.hasSuffix("/") ? String(operand.dropLast()) : operand
    var sources: [Source] = []
    try writer.sources.visit { source in
      let isBelow =
        UpdateScopes.isBelow(source.path, path) || UpdateScopes.isBelow(source.label, label)
      if isBelow { sources.append(source) }
      return true
    }
    let rootCount = writer.roots.count
    writer.roots.removeAll { UpdateScopes.isBelow($0.path, path) }
    // A folder may have been indexed when nothing was in it.
    if sources.isEmpty, writer.roots.count == rootCount {
      isFound = try writer.remove(group: operand) > 0
      return
    }
    isFound = true
    for source in sources { try Self.remove(source, writer) }
  }

  /// A source that an indexed folder still has is remembered as removed.
  private static func remove(_ source: Source, _ writer: IndexWriter) throws(IndexError) {
    try writer.forget(path: source.path)
    guard writer.roots.contains(where: { UpdateScopes.isBelow(source.path, $0.path) }) else {
      return
    }
    var removed = source
    removed.number = writer.newSourceNumber()
    removed.state = .empty(reason: "removed by hand")
    try writer.record(removed)
  }
}
