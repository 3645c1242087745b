import Synchronization

/// The files and folders that writers of this process have made and that no commit has put in place.
///
/// A file is here from before it exists until the commit that names it is in place; so what is here
/// can be removed at any moment, and removing all of it leaves the last commit and nothing else.
public final class PendingFiles: Sendable {
  /// Those of the process.
  public static let shared = PendingFiles()

  private struct Entry {
    var path: String
    var isFolder: Bool

    func isIn(_ folder: String) -> Bool { path.hasPrefix(folder + "/") }

    /// Whether it is `folder` or a folder that `folder` is in.
    func holds(_ folder: String) -> Bool {
      isFolder && (path == folder || folder.hasPrefix(path + "/"))
    }
  }

  /// In the order in which they were made.
  private let entries = Mutex<[Entry]>([])

  init() {}

  /// The paths, in the order in which they were made.
  var paths: [String] { entries.withLock { $0.map(\.path) } }

  /// Makes a file by `make`, which cannot be interrupted by `end`.
  func create<Result>(_ path: String, _ make: () throws(IndexError) -> Result) throws(IndexError)
    -> Result
  {
    try entries.withLock { entries throws(IndexError) in
      if !entries.contains(where: { $0.path == path }) {
        entries.append(Entry(path: path, isFolder: false))
      }
      return try make()
    }
  }

  /// Makes the folder at `path` and those above it that are missing.
  /// - Returns: The folders that were made, outermost first.
  func makeFolder(_ path: String) throws(IndexError) -> [String] {
    try entries.withLock { entries throws(IndexError) in
      var made: [String] = []
      try Platform.makeFolder(path) {
        made.append($0)
        entries.append(Entry(path: $0, isFolder: true))
      }
      return made
    }
  }

  /// Makes the file at `path` pending that is there already; `discard` then removes it.
  func add(_ path: String) {
    entries.withLock { $0.append(Entry(path: path, isFolder: false)) }
  }

  /// Whether the folder at `path` was made here and nothing in it has been put in place.
  func hasFolder(_ path: String) -> Bool {
    entries.withLock { $0.contains { $0.isFolder && $0.path == path } }
  }

  /// Puts files of `folder` in place by `body`, which calls `settle` as soon as they are: then those
  /// of these names are pending no more, nor is the folder, whatever fails later.
  ///
  /// `end` waits for it, so that it happens whole or not at all; `body` makes no files.
  func commit(
    _ names: Set<String>, in folder: String,
    _ body: (_ settle: () -> Void) throws(IndexError) -> Void
  ) throws(IndexError) {
    try entries.withLock { entries throws(IndexError) in
      var isSettled = false
      defer {
        if isSettled {
          entries.removeAll { entry in
            entry.holds(folder)
              || entry.isIn(folder)
                && names.contains(String(entry.path.dropFirst(folder.count + 1)))
          }
        }
      }
      try body { isSettled = true }
    }
  }

  /// Removes what is pending in `folder`, and the folder itself where it is pending: its writer has
  /// given up. What cannot be removed is left to the next writer.
  func discard(in folder: String) { discard { $0.isIn(folder) || $0.holds(folder) } }

  /// Removes `folder` and those above it as far as they are pending and empty.
  func discard(folder: String) { discard { $0.holds(folder) } }

  private func discard(_ isOurs: (Entry) -> Bool) {
    entries.withLock { entries in
      Self.remove(entries.filter(isOurs))
      entries.removeAll(where: isOurs)
    }
  }

  private static func remove(_ entries: [Entry]) {
    for entry in entries.reversed() {
      if entry.isFolder {
        try? Platform.remove(folder: entry.path)
      } else {
        try? Platform.remove(entry.path)
      }
    }
  }

  /// Removes all that is pending and ends the process, its other threads wherever they are.
  ///
  /// A commit that is about to be in place is waited for, up to `patience`; then its files are left
  /// for the next writer to remove.
  /// - Parameter last: Called when the files are gone.
  public func end(patience seconds: Double, code: Int32, _ last: () -> Void) -> Never {
    let deadline = Platform.nanoseconds() + UInt64(seconds * 1e9)
    repeat {
      _ = entries.withLockIfAvailable { entries in
        Self.remove(entries)
        last()
        Platform.endAtOnce(code)
      }
      Platform.sleep(seconds: 0.005)
    } while Platform.nanoseconds() < deadline
    last()
    Platform.endAtOnce(code)
  }
}
