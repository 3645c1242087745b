/// What a commit put in place.
public struct CommitReport: Sendable, Equatable {
  public var generation: UInt64
  public var documentCount: Int
  public var groupCount: Int
  /// Words.
  public var tokenCount: Int
  public var segmentCount: Int
  /// Bytes of all files of the index.
  public var indexBytes: Int
}

/// How an index is written.
public struct IndexWriterOptions: Sendable, Equatable {
  /// Memory for documents that are not yet in a segment, about; a group is never cut, whatever its
  /// size.
  ///
  /// The same input gives the same bytes only under the same limit, as it decides where segments
  /// end.
  public var memoryLimitInBytes = 1 << 30
  /// Threads that make the parts of a segment, the caller's among them; the bytes do not depend on
  /// it. No more than four find work.
  public var threadCount = 2
  /// How long to wait for another writer of the index to end.
  public var lockWaitInSeconds = 0.0

  public init() {}
}

/// Writes a new generation of an index, and puts it in the place of the old one by `commit()`.
///
/// Until then nothing that a reader sees has changed. A writer that ends before removes what it has
/// written; where its process is killed, the next writer does. One writer at a time: the lock ends
/// with the process that holds it. After an error a writer does nothing more, as what it has written
/// may not be on the disk, even where a second attempt to flush it says so.
public final class IndexWriter {
  private let path: String
  private let schema: Schema
  private let options: IndexWriterOptions
  private let lock: IndexLock
  private let generation: UInt64
  private var builder: SegmentBuilder
  /// The id of the group that was added last.
  private var lastGroup: String?
  /// What went wrong before.
  private var failure: IndexError?
  private var segments: [(entry: Manifest.Entry, info: SegmentInfo)] = []

  /// Opens the index in the folder `path` for writing and makes the folder where it is missing.
  /// - Throws: `IndexError.locked` while another writer is at work.
  public init(index path: String, schema: Schema, options: IndexWriterOptions = .init())
    throws(IndexError)
  {
    self.path = path
    self.schema = schema
    self.options = options
    lock = try IndexLock(folder: path, wait: options.lockWaitInSeconds)
    generation = try IndexFolder(path).nextGeneration()
    builder = SegmentBuilder(schema: schema)
  }

  /// Cuts documents into words; call it from any thread.
  public static func analyze(_ groups: [DocumentGroup], schema: Schema) -> AnalyzedBatch {
    var analyzer = BatchAnalyzer(schema: schema)
    for group in groups { analyzer.add(group) }
    return analyzer.finish()
  }

  /// Adds documents behind those that were added before.
  ///
  /// A segment ends only where a group ends: in two segments its parts would be two hits.
  public func append(_ batch: AnalyzedBatch) throws(IndexError) {
    guard let first = batch.groups.first else { return }
    if let failure { throw failure }
    if builder.memory >= options.memoryLimitInBytes, first.id != lastGroup {
      try orFail { () throws(IndexError) in try finishSegment() }
    }
    builder.append(batch)
    lastGroup = batch.groups.last?.id
  }

  private func orFail<Result>(_ body: () throws(IndexError) -> Result) throws(IndexError)
    -> Result
  {
    do throws(IndexError) {
      return try body()
    } catch {
      failure = error
      throw error
    }
  }

  private func finishSegment() throws(IndexError) {
    let name = Manifest.segmentName(generation, segments.count + 1)
    let summary = try builder.write(to: path + "/" + name, threads: options.threadCount)
    segments.append(
      (
        Manifest.Entry(
          name: name, byteCount: summary.byteCount, documentCount: summary.info.documentCount),
        summary.info
      ))
    builder = SegmentBuilder(schema: schema)
  }

  /// Makes everything that was added durable, and visible in one step.
  ///
  /// The new index holds the documents added to this writer and no others.
  public func commit() throws(IndexError) -> CommitReport {
    if let failure { throw failure }
    let manifestBytes = try orFail { () throws(IndexError) in
      if !builder.isEmpty || segments.isEmpty { try finishSegment() }
      let manifest = Manifest(generation: generation, segments: segments.map(\.entry))
      return try IndexFolder(path).commit(manifest)
    }
    let infos = segments.map(\.info)
    return CommitReport(
      generation: generation,
      documentCount: infos.reduce(0) { $0 + $1.documentCount },
      groupCount: infos.reduce(0) { $0 + $1.groupCount },
      tokenCount: infos.reduce(0) { $0 + $1.wordCount },
      segmentCount: segments.count,
      indexBytes: segments.reduce(manifestBytes) { $0 + $1.entry.byteCount })
  }
}
