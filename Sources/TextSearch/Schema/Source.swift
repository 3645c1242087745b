/// A file that was read for an index, and what came of it.
public struct Source: Sendable, Equatable {
  public enum State: Sendable, Equatable {
    /// Its groups are in the index.
    case indexed
    /// Nothing in it belongs in an index.
    case empty(reason: String)
    /// Its content is that of the source at another path, which is in the index.
    case duplicate(of: String)
  }

  /// Where the file is; no two sources have the same. Absolute, so that it means the same everywhere.
  public var path: String
  /// What names the file in results; nearly always the end of the path.
  public var label: String
  /// In bytes.
  public var size: Int
  /// Nanoseconds since 1970.
  public var modified: Int64
  /// A number that differs where the content of files differs.
  public var fingerprint: UInt64
  /// Unique in the index; rises from source to source and is never used again.
  public var number: UInt32
  public var state: State
  /// Numbers of sources that have groups of the same ids and are shown in place of this one's.
  public var beatenBy: [UInt32]

  public init(
    path: String, label: String, size: Int, modified: Int64, fingerprint: UInt64, number: UInt32,
    state: State = .indexed, beatenBy: [UInt32] = []
  ) {
    self.path = path
    self.label = label
    self.size = size
    self.modified = modified
    self.fingerprint = fingerprint
    self.number = number
    self.state = state
    self.beatenBy = beatenBy
  }
}

/// What a commit says of a path.
public enum SourceChange: Sendable, Equatable {
  /// The source is new, or is now so.
  case set(Source)
  /// There is no such source any more.
  case gone(path: String)

  public var path: String {
    switch self {
    case .set(let source): source.path
    case .gone(let path): path
    }
  }
}
