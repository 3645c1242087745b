/// Why an index could not be read or written.
///
/// Every case carries what a person needs to find the place and to go on.
public enum IndexError: Error, Sendable, Equatable {
  /// Bytes of an index file are not what the format allows.
  case damaged(file: String, section: String, offset: Int, reason: String)
  /// There is no index at the path.
  case missing(path: String)
  /// The index was written by a version of the format that this program does not know.
  case unsupported(file: String, version: Int)
  /// A call of the operating system failed.
  case system(operation: String, path: String, code: Int32)
  /// Another writer holds the index.
  case locked(path: String, holder: String)
  /// A limit of the format or of the machine is reached.
  case limit(reason: String)
  /// The caller asked for something the index does not have.
  case invalid(reason: String)
}

extension IndexError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .damaged(let file, let section, let offset, let reason):
      "\(file): damaged at byte \(offset) (\(section)): \(reason)"
    case .missing(let path):
      "\(path): no index here"
    case .unsupported(let file, let version):
      "\(file): format version \(version) is not known to this program"
    case .system(let operation, let path, let code):
      "\(path): cannot \(operation): \(Platform.message(for: code))"
    case .locked(let path, let holder):
      "\(path): another writer is at work (\(holder))"
    case .limit(let reason), .invalid(let reason):
      reason
    }
  }
}
