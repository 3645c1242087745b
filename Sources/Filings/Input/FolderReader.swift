import TextSearch

/// Reads folders ahead of a walk on other threads, as nearly all of a walk's time goes into asking
/// the system about each file.
///
/// The walk says which folders it will come to; threads read some of them, the next ones first.
final class FolderReader: Sendable {
  struct Folder: Sendable {
    var path: String
    var identity: Platform.Identity
  }

  private enum Progress {
    case expected
    case reading
    case done(Result<FolderListing, IndexError>)
  }

  private struct State {
    /// Folders to read, the next one last; some may have been read by the walk itself.
    var expected: [Folder] = []
    var progress: [Platform.Identity: Progress] = [:]
    /// How many folders are read and not taken yet, or are being read.
    var aheadCount = 0
    var isClosed = false
    var threads: [Thread]?
  }

  /// Enough that no thread waits for the walk, few enough that the listings take little memory.
  private static let mostAhead = 64
  /// More threads than this hardly help, as the system's own locks are in the way.
  private static let mostThreads = 8

  private let state = Monitor(State())

  /// Says that the walk will ask for these folders, in this order, before those expected earlier.
  func expect(_ folders: [Folder]) {
    let helpers = min(Platform.processorCount, Self.mostThreads) - 1
    guard helpers > 0, !folders.isEmpty else { return }
    let isFirst = state.change { state in
      for folder in folders.reversed() where state.progress[folder.identity] == nil {
        state.progress[folder.identity] = .expected
        state.expected.append(folder)
      }
      defer { state.threads = state.threads ?? [] }
      return state.threads == nil
    }
    if isFirst { start(helpers) }
  }

  private func start(_ count: Int) {
    let walker = Platform.threadNumber
    let threads = (0..<count).compactMap { _ in
      // Where there are no more threads, this runs on the walk's own, which has other things to do.
      Thread.start { if Platform.threadNumber != walker { self.help() } }
    }
    state.change { $0.threads = threads }
  }

  private typealias Listing = Result<FolderListing, IndexError>

  /// What the walk does for a folder that it asks for.
  private enum Step {
    case read
    case take(Listing)
    /// Another thread is reading it; meanwhile the walk reads another.
    case help(Folder)
  }

  /// What is in a folder; read now, unless it was read already.
  func listing(of folder: Folder) throws(IndexError) -> FolderListing {
    while true {
      switch state.wait({ Self.step(for: folder, &$0) }) {
      case .read: return try Platform.listing(ofFolder: folder.path)
      case .take(.success(let listing)): return listing
      case .take(.failure(.system(let operation, _, let code))):
        // The folder may have been read under another path.
        throw .system(operation: operation, path: folder.path, code: code)
      case .take(.failure(let error)): throw error
      case .help(let other): read(other)
      }
    }
  }

  private static func step(for folder: Folder, _ state: inout State) -> Step? {
    switch state.progress[folder.identity] {
    case nil, .expected:
      state.progress[folder.identity] = nil
      return .read
    case .reading: return nextExpected(&state).map(Step.help)
    case .done(let result):
      state.progress[folder.identity] = nil
      state.aheadCount -= 1
      return .take(result)
    }
  }

  /// Ends the threads; nothing may be asked afterwards.
  func close() {
    let threads = state.change { state in
      state.isClosed = true
      return state.threads ?? []
    }
    for thread in threads { thread.join() }
  }

  // MARK: Threads

  private func help() {
    while let folder = next() { read(folder) }
  }

  private func read(_ folder: Folder) {
    let result: Listing
    do throws(IndexError) {
      result = .success(try Platform.listing(ofFolder: folder.path))
    } catch {
      result = .failure(error)
    }
    state.change { $0.progress[folder.identity] = .done(result) }
  }

  /// The next folder to read, waited for; nil at the end.
  private func next() -> Folder? {
    state.wait { state -> Folder?? in
      if state.isClosed { return .some(nil) }
      return Self.nextExpected(&state).map { .some($0) }
    }
  }

  private static func nextExpected(_ state: inout State) -> Folder? {
    guard state.aheadCount < mostAhead else { return nil }
    while let folder = state.expected.popLast() {
      guard case .expected = state.progress[folder.identity] else { continue }
      state.progress[folder.identity] = .reading
      state.aheadCount += 1
      return folder
    }
    return nil
  }
}
