/// What a commit put in place.
public struct CommitReport: Sendable, Equatable {
  public var generation: UInt64
  public var documentCount: Int
  public var groupCount: Int
  /// Words.
  public var tokenCount: Int
  public var segmentCount: Int
  /// Bytes of all files of the index.
  public var indexBytes: Int
  public var changes: CommitChanges
}

/// What a commit changed.
public struct CommitChanges: Sendable, Equatable {
  /// Groups of sources that are gone, or that were removed by their id.
  public var removedGroups = 0
  /// Sources that give way to another with the same content or the same groups, by path.
  public var duplicates: [(path: String, of: String)] = []
  /// By the number of its source: groups that gave way to others of the same id.
  public var lostGroups: [UInt32: Int] = [:]

  init() {}

  public static func == (a: CommitChanges, b: CommitChanges) -> Bool {
    a.removedGroups == b.removedGroups && a.lostGroups == b.lostGroups
      && a.duplicates.elementsEqual(b.duplicates) { $0 == $1 }
  }
}
