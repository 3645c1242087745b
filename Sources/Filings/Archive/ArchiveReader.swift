/// Reads the filings in an archive: each member as if it were a file of its own.
///
/// A member is called by the archive's path, a slash and its own path; what is in a plain gzip file
/// has the path of that file.
struct ArchiveReader {
  enum Kind { case gzip, tar, zip }

  private let path: String
  /// How many archives are around the members.
  private let depth: Int
  private var result = ReadResult()
  /// How many bytes may still be unpacked.
  private var budget: Int

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
    var reader = ArchiveReader(path, depth + 1, ArchiveLimits.byteCount(of: bytes))
    do throws(ArchiveError) {
      switch kind {
      case .zip: try reader.readZip(bytes)
      case .tar, .gzip: try reader.readStream(bytes, isGzip: kind == .gzip, facts)
      }
    } catch {
      reader.result.skipped.append(.init(path: path, kind: .archive, reason: error.reason))
    }
    if reader.result.filings.isEmpty, reader.result.skipped.isEmpty {
      reader.result.skipped = [.init(path: path, kind: .empty, reason: "an archive without a file")]
    }
    return reader.result
  }

  private init(_ path: String, _ depth: Int, _ budget: Int) {
    self.budget = budget
    self.path = path
    self.depth = depth
  }

  private mutating func readStream(
    _ bytes: [UInt8], isGzip: Bool, _ facts: FilingFacts
  ) throws(ArchiveError) {
    var source = try MemberSource(bytes, isGzip: isGzip, budget: budget)
    guard TarReader.isHeader(try source.peek(TarReader.blockSize)) else {
      let content = try source.rest()
      return add(FilingReader.read(content, path: path, depth: depth, facts: facts))
    }
    var tar = TarReader(source)
    while let member = try tar.next() {
      guard let name = MemberPath.safe(member.name) else { continue }
      add(FilingReader.read(member.content, path: "\(path)/\(name)", depth: depth))
    }
  }

  private mutating func readZip(_ bytes: [UInt8]) throws(ArchiveError) {
    let archive = try ZipArchive(bytes)
    if archive.isOfficeDocument {
      result.skipped.append(
        .init(path: path, kind: .spreadsheet, reason: "an office document is not read"))
      return
    }
    for entry in archive.entries {
      let isFolder = entry.name.utf8.last == UInt8(ascii: "/")
      guard !isFolder, let name = MemberPath.safe(entry.name) else { continue }
      let path = "\(path)/\(name)"
      do throws(ArchiveError) {
        let content = try archive.content(of: entry, budget: &budget)
        add(FilingReader.read(content, path: path, depth: depth))
      } catch {
        result.skipped.append(.init(path: path, kind: .archive, reason: error.reason))
      }
    }
  }

  private mutating func add(_ member: ReadResult) {
    result.filings += member.filings
    result.skipped += member.skipped
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
