/// The list of the files that make up an index: what a commit puts in place.
///
/// ```
/// manifest := "folio index" TAB version LF
///             "generation" TAB number LF
///             "next source" TAB number LF
///             { "root" TAB path TAB label LF }
///             { "segment" TAB file name TAB bytes TAB documents TAB ("new" | "merged") LF
///               [ "deletions" TAB file name TAB bytes TAB deleted documents LF ] }
///             { "sources" TAB file name TAB bytes LF }
///             "checksum" TAB eight hexadecimal digits LF
/// ```
/// See `SignedLines` for escapes and the checksum.
struct Manifest: Sendable, Equatable {
  struct File: Sendable, Equatable {
    var name: String
    var byteCount: Int
  }

  struct Entry: Sendable, Equatable {
    var name: String
    var byteCount: Int
    /// Deleted ones among them.
    var documentCount: Int
    /// Whether a merge made it, so that it has nothing that older segments did not have.
    var isMerged = false
    var deletions: File?
    var deletedCount = 0
  }

  /// History: 2, which lists roots, deletions and sources; 1, segments only.
  static let version = 2
  static let fileName = "manifest"
  /// The name under which a manifest is put in place.
  static let temporaryName = "manifest.new"
  /// Of manifests that stay as they are, beside the one in place.
  static let suffix = ".manifest"
  static let segmentSuffix = ".segment"
  static let sourcesSuffix = ".sources"

  /// Rises by one with each commit.
  var generation: UInt64
  /// The number that the next source gets.
  var nextSource: UInt32 = 1
  var roots: [SourceRoot] = []
  var segments: [Entry] = []
  /// Files of records of sources; a record replaces those of its path in files before.
  var sources: [File] = []

  /// The name of the file of segment `number` of the commit that makes `generation`.
  static func segmentName(_ generation: UInt64, _ number: Int) -> String {
    "\(generation)-\(number)\(segmentSuffix)"
  }

  /// The name of the manifest of a generation that stays as it is.
  static func name(ofGeneration generation: UInt64) -> String { "\(generation)\(suffix)" }

  /// The generations whose manifests are among these files, rising.
  static func generations(among names: [String]) -> [UInt64] {
    names.compactMap { $0.hasSuffix(suffix) ? generation(ofFile: $0) : nil }.sorted()
  }

  /// The generation that wrote a file of an index; nil for other files.
  static func generation(ofFile name: String) -> UInt64? {
    let suffixes = [segmentSuffix, sourcesSuffix, Deletions.suffix, suffix]
    guard suffixes.contains(where: name.hasSuffix) else { return nil }
    return UInt64(name.prefix { $0.isASCII && $0.isNumber })
  }

  /// All files but the manifest itself.
  var files: [File] {
    segments.flatMap {
      [File(name: $0.name, byteCount: $0.byteCount)] + ($0.deletions.map { [$0] } ?? [])
    }
      + sources
  }

  func text() -> String {
    var lines = [
      ["folio index", "\(Self.version)"], ["generation", "\(generation)"],
      ["next source", "\(nextSource)"],
    ]
    for root in roots { lines.append(["root", root.path, root.label]) }
    for segment in segments {
      lines.append([
        "segment", segment.name, "\(segment.byteCount)", "\(segment.documentCount)",
        segment.isMerged ? "merged" : "new",
      ])
      if let file = segment.deletions {
        lines.append(["deletions", file.name, "\(file.byteCount)", "\(segment.deletedCount)"])
      }
    }
    for file in sources { lines.append(["sources", file.name, "\(file.byteCount)"]) }
    return SignedLines.text(lines)
  }
}

extension FolderListing {
  /// Whether the folder is an index, to go by the names in it.
  ///
  /// What is in one changes with each commit, and is not for another index to read.
  public var isIndex: Bool {
    var hasManifest = false
    var hasSegment = false
    for entry in 0..<count {
      let name = name(entry)
      if name.elementsEqual(Manifest.fileName.utf8) { hasManifest = true }
      if !hasSegment,
        name.suffix(Manifest.segmentSuffix.utf8.count)
          .elementsEqual(Manifest.segmentSuffix.utf8)
      {
        hasSegment = Manifest.generation(ofFile: String(decoding: name, as: UTF8.self)) != nil
      }
    }
    return hasManifest && hasSegment
  }
}

extension Manifest {
  /// Reads the manifest of the index in `folder`; `IndexError.missing` where there is none.
  init(folder: String) throws(IndexError) {
    let path = folder + "/" + Self.fileName
    let bytes: [UInt8]
    do {
      bytes = try Platform.read(path)
    } catch {
      if Platform.isMissing(error) { throw .missing(path: folder) }
      throw error
    }
    self = try Self.parse(bytes, path)
  }

  /// Reads the manifest of a generation that stays as it is.
  init(folder: String, generation: UInt64) throws(IndexError) {
    let path = folder + "/" + Self.name(ofGeneration: generation)
    self = try Self.parse(try Platform.read(path), path)
    guard self.generation == generation else {
      throw .damaged(
        file: path, section: "manifest", offset: 0, reason: "generation \(self.generation)")
    }
  }

  private static func parse(_ bytes: [UInt8], _ path: String) throws(IndexError) -> Manifest {
    var manifest: Manifest?
    for (offset, parts) in try SignedLines.lines(of: bytes, path, section: "manifest") {
      guard try accept(parts, into: &manifest, path) else {
        throw .damaged(
          file: path, section: "manifest", offset: offset,
          reason: "a line that a manifest does not have")
      }
    }
    guard let manifest else {
      throw .damaged(file: path, section: "manifest", offset: 0, reason: "no generation")
    }
    return manifest
  }

  private static func accept(_ parts: [String], into manifest: inout Manifest?, _ path: String)
    throws(IndexError) -> Bool
  {
    switch (parts.first, parts.count) {
    case ("folio index", 2):
      if let version = Int(parts[1]), version != Self.version {
        throw .unsupported(file: path, version: version)
      }
      return Int(parts[1]) != nil
    case ("generation", 2):
      guard let generation = UInt64(parts[1]) else { return false }
      manifest = Manifest(generation: generation)
      return true
    default:
      return manifest?.accept(parts) ?? false
    }
  }

  private mutating func accept(_ parts: [String]) -> Bool {
    switch (parts[0], parts.count) {
    case ("next source", 2):
      guard let number = UInt32(parts[1]) else { return false }
      nextSource = number
    case ("root", 3):
      roots.append(SourceRoot(path: parts[1], label: parts[2]))
    case ("segment", 5):
      guard let file = Self.file(parts, Self.segmentSuffix), let documents = Self.count(parts[3]),
        parts[4] == "new" || parts[4] == "merged"
      else { return false }
      segments.append(
        Entry(
          name: file.name, byteCount: file.byteCount, documentCount: documents,
          isMerged: parts[4] == "merged"))
    case ("deletions", 4):
      guard let file = Self.file(parts, Deletions.suffix), let deleted = Self.count(parts[3]),
        let segment = segments.last, segment.deletions == nil, deleted <= segment.documentCount
      else { return false }
      segments[segments.count - 1].deletions = file
      segments[segments.count - 1].deletedCount = deleted
    case ("sources", 3):
      guard let file = Self.file(parts, Self.sourcesSuffix) else { return false }
      sources.append(file)
    default: return false
    }
    return true
  }

  /// The file of a line; its name must be of its kind and not lead out of the folder.
  private static func file(_ parts: [String], _ suffix: String) -> File? {
    guard parts[1].hasSuffix(suffix), !parts[1].utf8.contains(UInt8(ascii: "/")),
      let bytes = count(parts[2])
    else { return nil }
    return File(name: parts[1], byteCount: bytes)
  }

  private static func count(_ text: String) -> Int? { Int(text).flatMap { $0 >= 0 ? $0 : nil } }
}
