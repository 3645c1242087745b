/// Reads the filings in an archive: each member as if it were a file of its own.
///
/// A member is called by the archive's path, a slash and its own path; what is in a plain gzip file
/// has the path of that file.
enum ArchiveReader {
  enum Kind { case gzip, tar, zip }

  /// An archive in an archive is read, one in that one is not.
  private static let greatestDepth = 2

  /// - Parameter depth: How many archives are around this one.
  static func read(
    _ bytes: [UInt8], as kind: Kind, path: String, depth: Int, facts: FilingFacts
  ) -> ReadResult {
    guard depth < greatestDepth else {
      let reason = "an archive inside an archive inside an archive is not read"
      return ReadResult(skipped: [.init(path: path, kind: .archive, reason: reason)])
    }
    var members = ArchiveMembers(
      of: bytes, kind, path: path, facts: facts, limit: ArchiveLimits.wholeByteCount(of: bytes))
    var result = ReadResult()
    while let member = members.next() { result.append(read(member, depth: depth + 1)) }
    return result
  }

  /// - Parameter depth: How many archives are around the member.
  static func read(_ member: ArchiveMember, depth: Int) -> ReadResult {
    switch member {
    case .file(let path, let content, let facts):
      FilingReader.read(content, path: path, depth: depth, facts: facts)
    case .skipped(let part): ReadResult(skipped: [part])
    }
  }
}

extension ReadResult {
  /// Adds what another part of the same file has.
  mutating func append(_ other: ReadResult) {
    filings += other.filings
    skipped += other.skipped
  }
}

/// The paths of members, which may try to lead out of the archive.
enum MemberPath {
  /// The names of the path without those that are no names (``, `.`, `..`) and without control
  /// characters; nil where none is left, or where one is hidden by a dot, as in folders.
  static func safe(_ path: String) -> String? {
    var names: [String] = []
    for name in path.split(whereSeparator: { $0 == "/" || $0 == "\\" }) {
      let name = String(
        String.UnicodeScalarView(
          name.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
      if name.isEmpty || name == "." || name == ".." { continue }
      if name.utf8.first == UInt8(ascii: ".") { return nil }
      names.append(name)
    }
    return names.isEmpty ? nil : names.joined(separator: "/")
  }
}
