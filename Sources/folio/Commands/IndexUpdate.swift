import Filings
import TextSearch

/// Reads the files of a plan and brings the index up to date with them.
struct IndexUpdate {
  /// What one thread makes of some files.
  private struct Piece: Sendable {
    var batch: AnalyzedBatch
    var parts: [Part] = []
  }

  /// What was read of one work item.
  private struct Part: Sendable {
    var reading: Int
    var isLast: Bool
    var byteCount: Int
    var fingerprint: UInt64?
    /// Filings by kind.
    var read: [Filing.Kind: Int] = [:]
    var skipped: [SkippedPart]
  }

  /// What has been read of the file that is not yet read to its end.
  private struct Progressing {
    var fingerprint = FileFingerprint()
    var filings = 0
    var skipped: [SkippedPart] = []
  }

  private let plan: UpdatePlan
  private let writer: IndexWriter
  private let options: IndexRun.Options
  private let alerts: Alerts
  private var current = Progressing()
  /// Sources in the index, or read in this run, by their content.
  private var twins: Twins
  private var goneByFingerprint: [UInt64: Source] = [:]
  /// Filings and bytes since the last commit.
  private var uncommitted = (filings: 0, bytes: 0)

  /// Results that may wait for their turn, per thread: enough that a large file holds nobody up.
  private static let lookAheadPerThread = 4

  init(
    _ plan: UpdatePlan, _ writer: IndexWriter, _ options: IndexRun.Options, _ alerts: Alerts
  ) {
    self.plan = plan
    self.writer = writer
    self.options = options
    self.alerts = alerts
    twins = plan.twins
    for source in plan.gone where source.state == .indexed {
      goneByFingerprint[source.fingerprint] = source
    }
  }

  mutating func run(_ summary: inout IndexSummary) throws(IndexError) {
    writer.roots = plan.roots
    for source in plan.gone { try writer.forget(path: source.path) }
    var progress = Progress(isShown: options.showsProgress, total: plan.byteCount)
    defer { progress.erase() }
    let plan = plan
    let queue = WorkQueue(plan.readings.map(\.file))
    let pipeline = OrderedPipeline(
      threads: options.threads, lookAhead: options.threads * Self.lookAheadPerThread,
      next: { queue.next() }, work: { Self.piece($0, plan) })
    try pipeline.run { (piece: Piece) throws(IndexError) in
      try writer.append(piece.batch)
      for part in piece.parts { try take(part, &summary) }
      // A file that is read in part would be there twice if the run ended here.
      if isCommitDue, piece.parts.last?.isLast == true { try commit(&summary) }
      progress.show(filings: summary.readCount, bytes: summary.bytesRead)
    }
    try commit(&summary)
    // Now that all is told, nobody needs what was there; an index written anew takes its place.
    if options.writer.startsOver { writer.removeSuperseded() }
  }

  private static func piece(_ work: WorkQueue.Work, _ plan: UpdatePlan) -> Piece {
    var groups: [DocumentGroup] = []
    var parts: [Part] = []
    for (place, item) in work {
      let reading = plan.readings[place]
      let result = FilingReader.read(item) { content in
        plan.twins.twin(of: item.file, content: content)
          .map { Twins.isPreferred($0, to: item.file) } ?? false
      }
      var part = Part(
        reading: place, isLast: item.isLast, byteCount: result.byteCount,
        fingerprint: result.fingerprint, skipped: result.skipped)
      // A filing of which nothing can be read has no place in the index.
      for filing in result.filings where !filing.documents.isEmpty {
        part.read[filing.kind, default: 0] += 1
        groups.append(filing.group(source: reading.number))
      }
      parts.append(part)
    }
    return Piece(batch: IndexWriter.analyze(groups, schema: FilingSchema.schema), parts: parts)
  }

  private mutating func take(_ part: Part, _ summary: inout IndexSummary) throws(IndexError) {
    let filings = part.read.values.reduce(0, +)
    current.fingerprint.add(part.fingerprint)
    current.filings += filings
    current.skipped += part.skipped
    uncommitted.filings += filings
    uncommitted.bytes += part.byteCount
    summary.add(part.read)
    summary.bytesRead += part.byteCount
    summary.skipped += part.skipped
    if part.isLast {
      try finish(plan.readings[part.reading], &summary)
      current = Progressing()
    }
  }

  /// Records the source that was read to its end, and what has become of it.
  private mutating func finish(
    _ reading: UpdatePlan.Reading, _ summary: inout IndexSummary
  ) throws(IndexError) {
    let content = current.fingerprint.value
    if current.skipped.contains(where: { $0.kind == .unreadable }) {
      return try finishUnreadable(reading, &summary)
    }
    var source = Source(
      path: reading.file.path, label: reading.file.relativePath, size: reading.file.size,
      modified: reading.file.modified,
      fingerprint: content ^ reading.file.factsFingerprint, number: reading.number)
    let twin = twins.twin(of: reading.file, content: content)
    if let twin, Twins.isPreferred(twin, to: reading.file) {
      source.state = .duplicate(of: twin.source.path)
    } else if current.filings == 0 {
      source.state = .empty(reason: current.skipped.first?.reason ?? "no filing is in it")
    } else {
      if let twin { try replace(twin, with: source) }
      twins.insert(Twins.Twin(source: source, reading.file))
      summary.count(
        current.filings, isUpdate: reading.known != nil,
        isMove: reading.known == nil
          && goneByFingerprint.removeValue(forKey: source.fingerprint) != nil)
    }
    try writer.record(source)
  }

  /// A file that could not be read, or not to its end, is tried again in the next run; till then
  /// the index has what it had, or else what could be read.
  private mutating func finishUnreadable(
    _ reading: UpdatePlan.Reading, _ summary: inout IndexSummary
  ) throws(IndexError) {
    if current.filings == 0 { return }
    summary.count(current.filings, isUpdate: reading.known != nil, isMove: false)
    try writer.record(
      Source(
        path: reading.file.path, label: reading.file.relativePath, size: reading.file.size,
        modified: 0, fingerprint: 0, number: reading.number))
  }

  /// `source` takes the place of one with the same content.
  private func replace(_ twin: Twins.Twin, with source: Source) throws(IndexError) {
    var beaten = twin.source
    beaten.state = .duplicate(of: source.path)
    beaten.number = writer.newSourceNumber()
    try writer.record(beaten)
  }

  private var isCommitDue: Bool {
    switch options.commitInterval {
    case .filings(let count): uncommitted.filings >= count
    case .bytes(let count): uncommitted.bytes >= count
    case nil: false
    }
  }

  private mutating func commit(_ summary: inout IndexSummary) throws(IndexError) {
    // An index of nothing is not worth a folder.
    if writer.isEmpty { return }
    summary.add(try writer.commit())
    uncommitted = (0, 0)
    summary.alerts += try alerts.tell()
    if try writer.merge() > 0 { summary.add(try writer.commit()) }
  }
}

/// How often a long run commits.
enum CommitInterval: Equatable {
  case filings(Int)
  case bytes(Int)

  /// "500" filings, or "64MIB" of input.
  init?(_ text: String) {
    let upper = text.uppercased()
    let isBytes = upper.hasSuffix("MIB")
    guard let number = Int(isBytes ? upper.dropLast(3) : upper[...]), number > 0,
      number <= 1 << 30
    else { return nil }
    self = isBytes ? .bytes(number << 20) : .filings(number)
  }
}
