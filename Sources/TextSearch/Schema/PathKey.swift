/// A path as a key of sets and dictionaries.
///
/// Two texts whose accents are encoded differently are equal as texts, and are names of two files.
public struct PathKey: Sendable, Hashable {
  private let bytes: [UInt8]

  public init(_ path: String) { bytes = Array(path.utf8) }
}
