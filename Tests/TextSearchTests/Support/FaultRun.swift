import Synchronization

@testable import TextSearch

/// Runs something again and again, with one operation on files failing in each run.
///
/// The operations of a run are counted; then the first, the second and so on fails.
final class FaultRun: Sendable {
  /// How an operation fails.
  enum Kind: Sendable, CaseIterable, CustomStringConvertible {
    /// With EIO, and the operations after it work.
    case error
    /// With ENOSPC, as does every later one that writes; half of the first write is there.
    case fullDisk
    /// The process ends here: this and every later operation does nothing, so nothing is cleaned up.
    case death
    /// As `death`, but half of the bytes are written where it is a write.
    case deathInWrite

    var description: String {
      switch self {
      case .error: "error"
      case .fullDisk: "full disk"
      case .death: "death"
      case .deathInWrite: "death in a write"
      }
    }
  }

  struct Step: Sendable, Equatable {
    var operation: Platform.Operation
    var path: String
  }

  private static let ioError: Int32 = 5
  private static let noSpace: Int32 = 28

  private let folder: String
  private let steps = Mutex<[Step]>([])

  /// - Parameter folder: Operations elsewhere go on as ever.
  private init(_ folder: String) { self.folder = folder }

  /// What `body` asks of the files in `folder`.
  static func steps(in folder: String, _ body: () throws -> Void) rethrows -> [Step] {
    let run = FaultRun(folder)
    Platform.faults.set(folder) { operation, path in
      run.steps.withLock { $0.append(Step(operation: operation, path: path)) }
      return nil
    }
    defer { Platform.faults.set(folder, nil) }
    try body()
    return run.steps.withLock { $0 }
  }

  /// Runs `body`, in which operation `number` fails.
  /// - Returns: What failed, or nil where there were fewer operations; and the error of `body`.
  static func fail(
    at number: Int, _ kind: Kind, in folder: String, _ body: () throws -> Void
  ) -> (step: Step?, error: (any Error)?) {
    let run = FaultRun(folder)
    Platform.faults.set(folder) { run.fault(number, kind, Step(operation: $0, path: $1)) }
    defer { Platform.faults.set(folder, nil) }
    var failure: (any Error)?
    do { try body() } catch { failure = error }
    return (run.steps.withLock { $0.count > number ? $0[number] : nil }, failure)
  }

  private func fault(_ number: Int, _ kind: Kind, _ step: Step) -> Platform.Fault? {
    let place = steps.withLock { steps in
      steps.append(step)
      return steps.count - 1
    }
    if place < number { return nil }
    let isFirst = place == number
    switch kind {
    case .error: return isFirst ? .error(Self.ioError) : nil
    case .death: return .error(Self.ioError)
    case .deathInWrite:
      return isFirst ? .cutWrite(byteCount: 7, error: Self.ioError) : .error(Self.ioError)
    case .fullDisk:
      switch step.operation {
      case .write: return .cutWrite(byteCount: isFirst ? 7 : 0, error: Self.noSpace)
      case .create, .makeFolder, .link: return .error(Self.noSpace)
      default: return nil
      }
    }
  }
}
