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
    /// The place of its file among those that are read together.
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
  private var files: KnownFiles
  /// Sources in the index, or read in this run, by their content.
  private var twins: Twins
  /// Paths of sources that the plan reads and that are not read yet, where there may be commits
  /// before.
  private var pending: Set<PathKey> = []
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
    files = plan.files
    twins = plan.twins
    if options.commitInterval != nil {
      pending = Set(plan.readings.compactMap { $0.known.map { PathKey($0.path) } })
    }
    for source in plan.gone where source.state == .indexed {
      goneByFingerprint[source.fingerprint] = source
    }
  }

  mutating func run(_ summary: inout IndexSummary) throws(IndexError) {
    writer.roots = plan.roots
    for source in plan.gone { try writer.forget(path: source.path) }
    for source in plan.touched { writer.touch(source) }
    var progress = Progress(isShown: options.showsProgress, total: plan.byteCount)
    defer { progress.erase() }
    try read(plan.readings, &summary) { update, summary throws(IndexError) in
      if update.isCommitDue { try update.commit(&summary) }
      progress.show(filings: summary.readCount, bytes: summary.bytesRead)
    }
    pending = []
    try commit(&summary)
    // Now that all is told, nobody needs what was there; an index written anew takes its place.
    if options.writer.startsOver { writer.removeSuperseded() }
  }

  /// Reads files, appends what is in them and records their sources.
  /// - Parameter body: Called whenever a file is read to its end and the next one is not begun.
  private mutating func read(
    _ readings: [UpdatePlan.Reading], _ summary: inout IndexSummary,
    then body: (inout IndexUpdate, inout IndexSummary) throws(IndexError) -> Void
  ) throws(IndexError) {
    let queue = WorkQueue(readings.map(\.file))
    let twins = twins
    let pipeline = OrderedPipeline(
      threads: options.threads, lookAhead: options.threads * Self.lookAheadPerThread,
      next: { queue.next() }, work: { Self.piece($0, readings, twins) })
    try pipeline.run { (piece: Piece) throws(IndexError) in
      try writer.append(piece.batch)
      for part in piece.parts { try take(part, of: readings[part.reading], &summary) }
      // A file that is read in part would be there twice if the run ended here.
      if piece.parts.last?.isLast == true { try body(&self, &summary) }
    }
  }

  /// Reads files again that gave way to others which are replaced or gone, so that the next best
  /// takes their place in the same commit.
  private mutating func readDisplaced(_ summary: inout IndexSummary) throws(IndexError) {
    while true {
      let displaced = try writer.displacedSources().filter { !pending.contains(PathKey($0.path)) }
      if displaced.isEmpty { return }
      var readings: [UpdatePlan.Reading] = []
      for source in displaced {
        if let file = files.file(of: source) {
          readings.append(
            .init(file: file, known: source, number: writer.newSourceNumber(), isAgain: true))
          summary.note(source)
        } else {
          writer.postpone(source)
        }
      }
      let paths = Set(displaced.map { PathKey($0.path) })
      // What is read again may have another content now.
      twins.remove { paths.contains(PathKey($0.source.path)) }
      let found = try Twins.find(for: readings, in: writer.sources, &files) { [writer] path in
        paths.contains(PathKey(path)) || writer.hasChanged(path)
      }
      twins.formUnion(found.twins)
      try read(readings, &summary) { _, _ in }
    }
  }

  private static func piece(
    _ work: WorkQueue.Work, _ readings: [UpdatePlan.Reading], _ twins: Twins
  ) -> Piece {
    var groups: [DocumentGroup] = []
    var parts: [Part] = []
    for (place, item) in work {
      let reading = readings[place]
      let result = FilingReader.read(item) { content in
        twins.better(than: item.file, content: content) != nil
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

  private mutating func take(
    _ part: Part, of reading: UpdatePlan.Reading, _ summary: inout IndexSummary
  ) throws(IndexError) {
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
      try finish(reading, &summary)
      current = Progressing()
      pending.remove(PathKey(reading.file.path))
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
    if let better = twins.better(than: reading.file, content: content) {
      source.state = .duplicate(of: better.source.path)
    } else if current.filings == 0 {
      source.state = .empty(reason: current.skipped.first?.reason ?? "no filing is in it")
    } else {
      for worse in twins.worse(than: reading.file, content: content) {
        try replace(worse, with: source, &summary)
      }
      twins.insert(Twins.Twin(source: source, reading.file))
      count(reading, source, &summary)
    }
    try writer.record(source)
  }

  private mutating func count(
    _ reading: UpdatePlan.Reading, _ source: Source, _ summary: inout IndexSummary
  ) {
    let change: IndexSummary.Change
    if let known = reading.known {
      // A file that is read again though it is as it was may be where it was.
      let isSame = known.state == .indexed && known.fingerprint == source.fingerprint
      change = isSame ? .none : .updated
    } else {
      let isMoved = goneByFingerprint.removeValue(forKey: source.fingerprint) != nil
      change = isMoved ? .moved : .added
    }
    summary.count(current.filings, change, of: source.number)
  }

  /// A file that could not be read, or not to its end, is tried again in the next run; till then
  /// the index has what it had, or else what could be read.
  private mutating func finishUnreadable(
    _ reading: UpdatePlan.Reading, _ summary: inout IndexSummary
  ) throws(IndexError) {
    if current.filings == 0 {
      if reading.isAgain, let known = reading.known { writer.postpone(known) }
      return
    }
    summary.count(
      current.filings, reading.known == nil ? .added : .updated, of: reading.number)
    try writer.record(
      Source(
        path: reading.file.path, label: reading.file.relativePath, size: reading.file.size,
        modified: 0, fingerprint: 0, number: reading.number))
  }

  /// `source` takes the place of one with the same content.
  private mutating func replace(
    _ twin: Twins.Twin, with source: Source, _ summary: inout IndexSummary
  ) throws(IndexError) {
    twins.remove(twin)
    summary.uncount(of: twin.source.number)
    var beaten = twin.source
    beaten.state = .duplicate(of: source.path)
    beaten.beatenBy = []
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
    try readDisplaced(&summary)
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
