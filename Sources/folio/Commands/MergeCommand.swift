import TextSearch

/// `folio merge`: makes fewer segments of an index.
enum MergeCommand {
  static let spec = CommandSpec(
    name: "merge",
    summary: "makes fewer, larger segments of an index",
    usage: ["folio merge [--max-segments N] [--index DIR] [--quiet] [--json]"],
    about: """
      Writes segments together and leaves out what is deleted. Documents are taken from the
      index; no filing is read again, and answers stay as they are. `folio index` and `folio
      watch` merge as needed, so this is for an index that is to be as small and as fast as
      can be. It needs memory and free disk space in proportion to what it merges.

      What the segment takes the place of is removed at once, also what earlier commits have
      left for copies of the folder: one that is being made meanwhile may lack files. `folio
      snapshot` makes one at any time.
      """,
    options: [
      IndexFolder.option,
      .init("--max-segments", "N", "how many segments may be left (default: 1)"),
      .init("--threads", "N", "how many threads work (default: as many as there are)"),
      .init("--quiet", nil, "print nothing but errors"),
      .init("--json", nil, "print what was done as one JSON object"),
    ],
    examples: [
      ("folio merge", "one segment with nothing deleted in it"),
      ("folio merge --max-segments 4 --index /data/edgar", "four at most"),
    ],
    run: run)

  static func run(_ arguments: Arguments) throws(Failure) -> ExitCode {
    try arguments.noOperands()
    let count = try arguments.integer("--max-segments", in: 1...1_000_000) ?? 1
    let threads = try arguments.integer("--threads", in: 1...256) ?? Platform.processorCount
    let index = try IndexFolder.path(arguments)
    Interrupts.guardIndex(index)
    let start = Platform.nanoseconds()
    let written: Int
    let report: CommitReport
    let alerts: [String]
    do throws(IndexError) {
      var options = IndexWriterOptions()
      options.threadCount = threads
      options.mustExist = true
      // What is merged is to be gone from the disk.
      options.graceInSeconds = 0
      let writer = try IndexFolder.writer(index, options)
      // What is not told is not known as new once it is merged.
      alerts = try Alerts(index: index).tell()
      written = try writer.merge(leaving: count)
      report = try writer.commit()
    } catch {
      throw Failure(error, index: index)
    }
    var output = Output()
    if arguments.has("--json") {
      output.line(
        .object { json in
          json.member("merges", written)
          json.member("segments", report.segmentCount)
          json.member("index_bytes", report.indexBytes)
          json.member("generation", report.generation)
        })
    } else if !arguments.has("--quiet") {
      let size = Numbers.bytes(report.indexBytes)
      let segments = Numbers.count(report.segmentCount, "segment")
      let time = Numbers.duration(nanoseconds: Platform.nanoseconds() - start)
      output.write(
        written == 0
          ? "Nothing to merge\n\(Printable.line(index)): \(segments), \(size)\n"
          : "\(Printable.line(index)): \(segments), \(size); merged in \(time)\n")
      for alert in alerts { output.write("Alert \(alert)\n") }
    }
    try output.flush()
    return .done
  }
}
