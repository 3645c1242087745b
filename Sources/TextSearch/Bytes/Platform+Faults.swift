import Synchronization

extension Platform {
  /// What is asked of the file system.
  enum Operation: String, Sendable, CaseIterable {
    case open, status, read, map, list
    case create, write, truncate, flush, flushFolder, rename, remove, link, lock
    case makeFolder, removeFolder

    /// Whether it leaves the disk as it was.
    var isReading: Bool {
      switch self {
      case .open, .status, .read, .map, .list: true
      default: false
      }
    }
  }

  /// What goes wrong in place of an operation.
  enum Fault: Sendable, Equatable {
    /// Nothing is done, and the error is this.
    case error(Int32)
    /// As on a full disk: the first bytes are written, then comes the error. Operations that write
    /// nothing just fail.
    case cutWrite(byteCount: Int, error: Int32)

    var code: Int32 {
      switch self {
      case .error(let code), .cutWrite(_, let code): code
      }
    }
  }

  /// The faults that tests ask for; none outside of tests.
  static let faults = Faults()

  /// Asked before each operation on files whether it is to fail.
  ///
  /// A hook is called only for its own folder and what is in it, so that tests that run at the same
  /// time do not meet.
  final class Faults: Sendable {
    typealias Hook = @Sendable (Operation, String) -> Fault?

    /// Without hooks an operation costs one look at this.
    private let count = Atomic(0)
    private let hooks = Mutex<[String: Hook]>([:])

    /// Sets the hook for a folder; nil takes it away.
    func set(_ folder: String, _ hook: Hook?) {
      hooks.withLock {
        $0[folder] = hook
        count.store($0.count, ordering: .releasing)
      }
    }

    func fault(_ operation: Operation, _ path: String) -> Fault? {
      if count.load(ordering: .acquiring) == 0 { return nil }
      let hook = hooks.withLock { hooks in
        hooks.first { path == $0.key || path.hasPrefix($0.key + "/") }?.value
      }
      return hook?(operation, path)
    }

    /// Throws the fault that is due, in the words of `name`.
    func check(_ operation: Operation, _ path: String, _ name: String) throws(IndexError) {
      if let fault = fault(operation, path) {
        throw .system(operation: name, path: path, code: fault.code)
      }
    }
  }
}
