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
  /// Whether the index is written anew: what it holds stays visible until the first commit, which
  /// leaves nothing of it.
  public var startsOver = false
  /// Whether it is an error that there is no index yet.
  public var mustExist = false
  /// How long to wait for another writer of the index to end.
  public var lockWaitInSeconds = 0.0
  /// How long files stay that a commit has no more, so that a copy of the folder that is being made
  /// meanwhile has all files of one commit; as long again for each GiB of the index.
  ///
  /// A later commit removes them, also one that has nothing to write; with 0 the same commit does.
  public var graceInSeconds = 30.0

  public init() {}

  /// As by default, for an index that is written anew.
  public static var startingOver: IndexWriterOptions {
    var options = IndexWriterOptions()
    options.startsOver = true
    return options
  }
}

/// Adds documents to an index, takes some out, and makes that visible in one step by `commit()`.
///
/// Documents belong to sources: a source that is recorded anew takes the place of the one with its
/// path. Until a commit nothing that a reader sees has changed. A writer that ends before removes
/// what it has written; where its process is killed, the next writer does. One writer at a time: the
/// lock ends with the process that holds it. After an error a writer does nothing more, as what it
/// has written may not be on the disk, even where a second attempt to flush it says so.
public final class IndexWriter {
  let path: String
  let schema: Schema
  let options: IndexWriterOptions
  private let lock: IndexLock
  /// What the last whole commit, of this or an earlier writer, has put in place.
  private(set) var manifest: Manifest
  /// The commit that is newer than the one that this writer goes on from, and not whole.
  public private(set) var incomplete: IncompleteGeneration?
  /// The segments of that commit.
  private(set) var segments: [Segment]
  /// The sources of that commit.
  public private(set) var sources: SourceTable
  /// The files and folders that are kept up to date; a change takes effect with the next commit.
  public var roots: [SourceRoot]
  /// The generation that the next commit makes.
  private(set) var nextGeneration: UInt64
  private var nextSource: UInt32
  private var builder: SegmentBuilder
  /// The group that was added last.
  private var lastGroup: (id: String, source: UInt32)?
  /// Segments that are written, and that no commit names yet.
  private var written: [Manifest.Entry] = []
  private var changes = SourceChanges()
  /// Groups to delete one by one.
  private var removedGroups: [DocAddress] = []
  /// What went wrong before.
  private var failure: IndexError?

  /// Opens the index in the folder `path` for writing and makes the folder where it is missing.
  /// - Throws: `IndexError.locked` while another writer is at work; `IndexError.damaged` where the
  ///   index can't be read, unless the options say to start over.
  public init(index path: String, schema: Schema, options: IndexWriterOptions = .init())
    throws(IndexError)
  {
    self.path = path
    self.schema = schema
    self.options = options
    if options.mustExist { _ = try Manifest(folder: path) }
    lock = try IndexLock(folder: path, wait: options.lockWaitInSeconds)
    let folder = IndexFolder(path)
    nextGeneration = try folder.nextGeneration()
    let whole = options.startsOver ? nil : try folder.wholeManifest()
    manifest = whole?.manifest ?? Manifest(generation: 0)
    incomplete = whole?.incomplete
    // One that stands in for another is the last that counts.
    let last = incomplete == nil ? folder.newestGeneration() : manifest.generation
    // Where the manifest is damaged nothing can be told of the others.
    if let last { try folder.removeUncommitted(after: last) }
    segments = try folder.segments(of: manifest)
    sources = try folder.sources(of: manifest)
    roots = manifest.roots
    nextSource = manifest.nextSource
    // What is left is more than the files that one run can read.
    guard nextSource < 1 << 31 else {
      throw .invalid(reason: "\(path): numbers for sources run out; write the index anew")
    }
    builder = SegmentBuilder(schema: schema)
    for segment in segments where segment.info.schema != schema {
      throw .invalid(
        reason: "\(path): the index was written with other fields or attributes; write it anew")
    }
  }

  /// Of the last commit.
  public var generation: UInt64 { manifest.generation }

  /// Groups of the last commit.
  public var groupCount: Int { segments.reduce(0) { $0 + $1.liveGroupCount } }

  /// Cuts documents into words; call it from any thread.
  public static func analyze(_ groups: [DocumentGroup], schema: Schema) -> AnalyzedBatch {
    var analyzer = BatchAnalyzer(schema: schema)
    for group in groups { analyzer.add(group) }
    return analyzer.finish()
  }

  /// A number for one more source.
  public func newSourceNumber() -> UInt32 {
    defer { nextSource += 1 }
    return nextSource
  }

  /// Adds documents behind those that were added before.
  ///
  /// A segment ends only where a group ends: in two segments its parts would be two hits.
  public func append(_ batch: AnalyzedBatch) throws(IndexError) {
    guard let first = batch.groups.first else { return }
    if let failure { throw failure }
    let goesOn =
      lastGroup.map { last in
        last.source == first.source && last.id.utf8.elementsEqual(first.id.utf8)
      } ?? false
    if builder.memory >= options.memoryLimitInBytes, !goesOn {
      try orFail { () throws(IndexError) in try finishSegment() }
    }
    builder.append(batch)
    lastGroup = batch.groups.last.map { ($0.id, $0.source) }
  }

  /// Where something goes wrong, nothing more can be done.
  func orFail<Result>(_ body: () throws(IndexError) -> Result) throws(IndexError) -> Result {
    do throws(IndexError) {
      return try body()
    } catch {
      failure = error
      throw error
    }
  }

  /// Records that a source was read whole and all its documents, if any, are appended. The one of
  /// the same path that was there before goes, with its documents.
  public func record(_ source: Source) throws(IndexError) {
    try changes.set(source, in: sources)
  }

  /// Takes out a source with its documents.
  public func forget(path: String) throws(IndexError) {
    try changes.forget(path, in: sources)
  }

  /// Notes that a source of the last commit is as it was but for the time of its last change. That
  /// alone is not worth a commit; it is written with the next one.
  public func touch(_ source: Source) { changes.touch(source) }

  /// Makes a source look changed to a later run: its file can't be read now.
  public func postpone(_ source: Source) { changes.postpone(source) }

  /// Whether a path was recorded, forgotten or postponed since the last commit.
  public func hasChanged(_ path: String) -> Bool { changes.has(path) }

  /// The sources that gave way to others which have been replaced or forgotten since the last commit.
  ///
  /// Who has the files reads them again and records them before the commit, until there are no
  /// more: so the next best takes the place of what goes.
  /// - Complexity: O(sources) where a source was replaced or forgotten, else O(1).
  public func displacedSources() throws(IndexError) -> [Source] {
    try changes.displaced(in: sources)
  }

  /// Takes out all groups of that id, and nothing else of their sources.
  /// - Returns: How many there are.
  /// - Complexity: O(segments · log groups).
  public func remove(group id: String) throws(IndexError) -> Int {
    var count = 0
    for (number, segment) in segments.enumerated() {
      for group in try segment.groups(withID: Array(id.utf8))
      where segment.deletions?.contains(group) != true {
        removedGroups.append(DocAddress(segment: number, document: DocID(group)))
        count += 1
      }
    }
    return count
  }

  private func finishSegment() throws(IndexError) {
    let name = Manifest.segmentName(nextGeneration, written.count + 1)
    let summary = try builder.write(to: path + "/" + name, threads: options.threadCount)
    written.append(
      Manifest.Entry(
        name: name, byteCount: summary.byteCount, documentCount: summary.info.documentCount))
    builder = SegmentBuilder(schema: schema)
    lastGroup = nil
  }

  /// Whether there is anything that a commit would write.
  private var hasChanges: Bool {
    !builder.isEmpty || !written.isEmpty || !changes.isEmpty || !removedGroups.isEmpty
      || roots != manifest.roots || manifest.generation == 0 || incomplete != nil
  }

  /// Whether there is an index, or will be by a commit.
  public var isEmpty: Bool { manifest.generation == 0 && builder.isEmpty && written.isEmpty }

  /// Makes everything that was added and taken out durable, and visible in one step.
  ///
  /// Where nothing has changed, nothing is written; files of earlier commits go if it is time. Of the
  /// groups of one id in several sources those of one stay: of the source that was modified last, and
  /// of several the one whose path comes first. See `displacedSources` for what was beaten by sources
  /// that go.
  public func commit() throws(IndexError) -> CommitReport {
    if let failure { throw failure }
    guard hasChanges else {
      IndexFolder(path).removeExpired(before: manifest, grace: options.graceInSeconds)
      return report(CommitChanges())
    }
    return try orFail { () throws(IndexError) in try commitChanges() }
  }

  private func commitChanges() throws(IndexError) -> CommitReport {
    if !builder.isEmpty || (written.isEmpty && segments.isEmpty) { try finishSegment() }
    let folder = IndexFolder(path)
    var next = manifest
    next.generation = nextGeneration
    next.nextSource = nextSource
    next.roots = roots
    next.segments += written
    let added = try folder.open(written)
    var report = CommitChanges()
    var deleter = GroupDeleter(segments + added, firstNew: segments.count)
    for place in removedGroups { deleter.delete(Int(place.document), in: place.segment) }
    try deleter.delete(sources: changes.forgottenNumbers)
    report.removedGroups = deleter.count
    try deleter.delete(sources: changes.replacedNumbers)
    try deleter.resolveDuplicates(sources, &changes)
    report.duplicates = changes.duplicates
    report.lostGroups = changes.lostGroups
    try deleter.write(into: &next, folder: path, generation: nextGeneration)
    if next.segments.isEmpty {
      try finishSegment()
      next.segments = written.suffix(1)
    }
    if !changes.isEmpty {
      let name = "\(nextGeneration)\(Manifest.sourcesSuffix)"
      let list = try sources.write(changes.list, to: path + "/" + name)
      next.sources =
        manifest.sources.prefix(list.keptLists) + [
          Manifest.File(name: name, byteCount: list.byteCount)
        ]
    }
    try put(next)
    return self.report(report)
  }

  /// Removes at once what commits before the last one have left, whatever the grace.
  public func removeSuperseded() {
    IndexFolder(path).removeExpired(before: manifest, grace: 0)
  }

  /// Puts a manifest in place and begins anew from it.
  func put(_ next: Manifest) throws(IndexError) {
    let folder = IndexFolder(path)
    try folder.commit(next, grace: options.graceInSeconds)
    manifest = next
    incomplete = nil
    segments = try folder.segments(of: next, reusing: segments)
    sources = try folder.sources(of: next)
    nextGeneration = next.generation + 1
    written = []
    changes = SourceChanges()
    removedGroups = []
  }

  func report(_ changes: CommitChanges) -> CommitReport {
    CommitReport(
      generation: manifest.generation,
      documentCount: segments.reduce(0) { $0 + $1.liveDocumentCount },
      groupCount: segments.reduce(0) { $0 + $1.liveGroupCount },
      tokenCount: segments.reduce(0) { $0 + $1.liveWordCount },
      segmentCount: segments.count,
      indexBytes: manifest.files.reduce(manifest.text().utf8.count) { $0 + $1.byteCount },
      changes: changes)
  }
}
