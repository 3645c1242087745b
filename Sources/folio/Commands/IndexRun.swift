import Filings
import Synchronization
import TextSearch

/// One run of `folio index`: what is new or changed in files goes in, a commit comes out.
struct IndexRun {
  /// What the command line asks for.
  struct Options {
    var operands: [String] = []
    /// Whether the operands are what the index was made of, and not of the command line.
    var followsRoots = false
    var index: String
    var writer = IndexWriterOptions()
    var threads = 1
    /// Whether more than half of what is indexed may go.
    var allowsEmpty = false
    /// Commits when so many filings or bytes have been read since the last one.
    var commitInterval: CommitInterval?
    var showsProgress = false
    /// Whether it is fine that there is no filing yet.
    var waitsForFiles = false
    /// Files that were changed less than so many seconds ago are left for a later run.
    var settlingSeconds = 0.0
  }

  let options: Options

  /// - Throws: Where there is no filing and no index, too: an empty folder is a slip of the hand,
  ///   and must not make an index.
  func run() throws(Failure) -> IndexSummary {
    let start = Platform.nanoseconds()
    var summary = IndexSummary(index: options.index)
    var alerts = Alerts(index: options.index)
    do throws(IndexError) {
      for operand in options.operands { _ = try Platform.status(operand) }
    } catch {
      throw missing(error)
    }
    do throws(IndexError) {
      let writer = try IndexFolder.writer(options.index, options.writer)
      summary.alerts +=
        options.writer.startsOver ? try alerts.beginRebuild() : try alerts.tell()
      summary.begin(generation: writer.generation)
      let plan = try UpdatePlan(options, writer)
      summary.skipped = plan.skipped
      summary.waiting = plan.waiting
      summary.folders = plan.folders
      if !options.allowsEmpty, try plan.losesMost(of: writer.sources) {
        throw .invalid(reason: plan.lossWarning)
      }
      var update = IndexUpdate(plan, writer, options, alerts)
      try update.run(&summary)
      try summary.finish(start: start, writer.sources)
    } catch {
      throw Failure(error, index: options.index)
    }
    guard summary.generation > 0 || options.waitsForFiles else { throw summary.nothingRead }
    return summary
  }
}

extension IndexRun {
  private func missing(_ error: IndexError) -> Failure {
    guard options.followsRoots, case .system(_, let path, _) = error else {
      return Failure(.missing, "\(error)", "Name files or folders that are there and readable.")
    }
    let index = Shell.quoted(options.index)
    return Failure(
      .missing, "\(error)", "It was indexed before. Bring it back, or take it out of the index:",
      "folio remove \(Shell.quoted(path)) --index \(index)")
  }
}

/// Gives out the files as pieces of work of some size, in order.
final class WorkQueue: Sendable {
  /// Items with the place of their file among all.
  typealias Work = [(file: Int, item: InputItem)]

  private struct State {
    var files: ArraySlice<InputFile>
    /// The place of the file whose items are given out.
    var file = -1
    var items: InputItems?
    /// Of that file, so far.
    var itemCount = 0
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
          // With the end of a large file a piece ends, too, as only there can be a commit.
          let wasLarge = state.itemCount > 1
          state.itemCount = 0
          if wasLarge, !work.isEmpty { break }
          guard let file = state.files.popFirst() else { break }
          state.items = InputFinder.items(of: file)
          state.file += 1
          continue
        }
        state.itemCount += 1
        bytes += item.byteCount
        work.append((state.file, item))
      }
      return work.isEmpty ? nil : work
    }
  }
}
