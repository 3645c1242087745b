/// A file or a folder that is kept up to date in an index.
public struct SourceRoot: Sendable, Hashable {
  /// Absolute.
  public var path: String
  /// What stands before the paths of its files in results; empty for nothing.
  public var label: String

  public init(path: String, label: String) {
    self.path = path
    self.label = label
  }
}
