#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Says when something changes in folders.
///
/// On Linux the system tells it (inotify); elsewhere it looks likely each time, so the caller looks
/// for itself. Folders below a watched one are watched only where they are added, too.
public final class FolderWatcher: Sendable {
  /// What happened in the watched folders.
  public struct Changes: Sendable, Equatable {
    /// A file was closed after writing, or a name came, went or changed.
    public var isAny = false
    /// More happened than the system kept, or it keeps nothing: folders may have come unseen.
    public var isIncomplete = false
  }

  #if os(Linux)
    private let descriptor: Int32

    public init() throws(IndexError) {
      descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
      guard descriptor >= 0 else { throw Platform.failure("watch", "folders") }
    }

    deinit { Platform.close(descriptor) }

    /// Writing is told at its end, so that a large file that grows does not wake anybody.
    private static let events =
      UInt32(IN_CLOSE_WRITE) | UInt32(IN_CREATE) | UInt32(IN_DELETE) | UInt32(IN_ATTRIB)
      | UInt32(IN_MOVED_FROM) | UInt32(IN_MOVED_TO) | UInt32(IN_DELETE_SELF)
      | UInt32(IN_MOVE_SELF) | UInt32(IN_ONLYDIR)

    /// Watches the folder at `path`; one that is watched already is fine.
    /// - Throws: Where the folder is gone, or the system watches no more of them (`ENOSPC`).
    public func add(_ path: String) throws(IndexError) {
      guard unsafe inotify_add_watch(descriptor, path, Self.events) >= 0 else {
        throw Platform.failure("watch", path)
      }
    }

    /// Sleeps until something has happened since the last call, but no longer than `seconds`.
    public func wait(seconds: Double) throws(IndexError) -> Changes {
      var changes = Changes()
      var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let limit = Int32(max(0, min(seconds, 1e6)) * 1000)
      let ready = unsafe Glibc.poll(&poll, 1, limit)
      if ready < 0, errno != EINTR { throw Platform.failure("watch", "folders") }
      guard ready > 0 else { return changes }
      while try readEvents(&changes) {}
      return changes
    }

    /// - Returns: Whether there were any; there may be more.
    private func readEvents(_ changes: inout Changes) throws(IndexError) -> Bool {
      let bytes: [UInt8]
      do throws(IndexError) {
        bytes = try Platform.readSome(descriptor, limit: 1 << 16, path: "folders")
      } catch {
        if case .system(_, _, EAGAIN) = error { return false }
        throw error
      }
      // An event is a watch, a mask, a cookie and the length of the name behind them, four bytes
      // each.
      var place = 0
      while place + 16 <= bytes.count {
        let mask = Self.number(bytes, place + 4)
        changes.isAny = true
        if mask & UInt32(IN_Q_OVERFLOW) != 0 { changes.isIncomplete = true }
        place += 16 + Int(Self.number(bytes, place + 12))
      }
      return !bytes.isEmpty
    }

    private static func number(_ bytes: [UInt8], _ place: Int) -> UInt32 {
      unsafe bytes.withUnsafeBytes {
        // `readEvents` has checked that the head of the event is there.
        unsafe $0.loadUnaligned(fromByteOffset: place, as: UInt32.self)
      }
    }
  #else
    public init() throws(IndexError) {}

    /// Watches the folder at `path`.
    public func add(_ path: String) throws(IndexError) { _ = try Platform.status(path) }

    /// Sleeps, and says that anything may have happened.
    public func wait(seconds: Double) throws(IndexError) -> Changes {
      Platform.sleep(seconds: seconds)
      return Changes(isAny: true, isIncomplete: true)
    }
  #endif
}
