import Filings
import Synchronization
import TextSearch

/// One run of `folio index`: files in, a commit out.
struct IndexRun {
  typealias Input = (files: [InputFile], skipped: [SkippedPart])

  /// What one thread makes of some files.
  private struct Piece: Sendable {
    var batch: AnalyzedBatch
    var read: [Filing.Kind: Int] = [:]
    var byteCount = 0
    var skipped: [SkippedPart] = []
  }

  let input: Input
  let index: String
  let options: IndexWriterOptions
  let threads: Int
  let showsProgress: Bool

  /// Results that may wait for their turn, per thread: enough that a large file holds nobody up.
  private static let lookAheadPerThread = 4

  /// - Throws: Where no filing could be read, too: an empty folder is a slip of the hand, and must
  ///   not replace an index.
  func run() throws(Failure) -> IndexSummary {
    let start = Platform.nanoseconds()
    var summary = IndexSummary(index: index, skipped: input.skipped)
    do throws(IndexError) {
      // Made when there is something to write, so that nothing is left where there is not.
      var writer: IndexWriter?
      try append(to: &writer, &summary)
      if let writer { summary.finish(try writer.commit(), start: start) }
    } catch {
      throw Failure(error, index: index)
    }
    guard summary.filings > 0 else { throw summary.nothingRead }
    return summary
  }

  private func append(to writer: inout IndexWriter?, _ summary: inout IndexSummary)
    throws(IndexError)
  {
    var progress = Progress(
      isShown: showsProgress, total: input.files.reduce(0) { $0 + $1.size })
    defer { progress.erase() }
    let queue = WorkQueue(input.files)
    let pipeline = OrderedPipeline(
      threads: threads, lookAhead: threads * Self.lookAheadPerThread,
      next: { queue.next() }, work: { Self.piece($0) })
    try pipeline.run { (piece: Piece) throws(IndexError) in
      if writer == nil, !piece.read.isEmpty {
        writer = try IndexWriter(index: index, schema: FilingSchema.schema, options: options)
      }
      try writer?.append(piece.batch)
      summary.add(piece.read)
      summary.bytesRead += piece.byteCount
      summary.skipped += piece.skipped
      progress.show(filings: summary.filings, bytes: summary.bytesRead)
    }
  }

  private static func piece(_ work: WorkQueue.Work) -> Piece {
    var groups: [DocumentGroup] = []
    var piece = Piece(batch: IndexWriter.analyze([], schema: FilingSchema.schema))
    for item in work {
      let result = FilingReader.read(item)
      piece.byteCount += result.byteCount
      piece.skipped += result.skipped
      // A filing of which nothing can be read has no place in the index.
      let filings = result.filings.filter { !$0.documents.isEmpty }
      for filing in filings { piece.read[filing.kind, default: 0] += 1 }
      groups += filings.map { $0.group() }
    }
    piece.batch = IndexWriter.analyze(groups, schema: FilingSchema.schema)
    return piece
  }
}

/// Gives out the files as pieces of work of some size, in order.
final class WorkQueue: Sendable {
  typealias Work = [InputItem]

  private struct State {
    var files: ArraySlice<InputFile>
    var items: InputItems?
  }

  /// Small files go together, as words that many of them share are then looked up once.
  private static let byteCount = 1 << 20
  private static let fileCount = 256

  private let state: Mutex<State>

  init(_ files: [InputFile]) { state = Mutex(State(files: files[...])) }

  /// The next piece, or nil at the end.
  func next() -> Work? {
    state.withLock { state in
      var work: Work = []
      var bytes = 0
      while work.count < Self.fileCount, bytes < Self.byteCount {
        guard let item = state.items?.next() else {
          guard let file = state.files.popFirst() else { break }
          state.items = InputFinder.items(of: file)
          continue
        }
        bytes += item.range.count
        work.append(item)
      }
      return work.isEmpty ? nil : work
    }
  }
}
