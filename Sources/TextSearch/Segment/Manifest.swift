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
/// A text file, so that a person can read it. In paths and labels, `%`, control characters and
/// nothing else are written as `%` and two hexadecimal digits. The checksum is the CRC-32C of all
/// lines above it.
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
  /// The manifest of a commit that is not yet in place.
  static let temporaryName = "manifest.new"
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

  /// All files but the manifest itself.
  var files: [File] {
    segments.flatMap {
      [File(name: $0.name, byteCount: $0.byteCount)] + ($0.deletions.map { [$0] } ?? [])
    }
      + sources
  }

  func text() -> String {
    var lines = "folio index\t\(Self.version)\ngeneration\t\(generation)\n"
    lines += "next source\t\(nextSource)\n"
    for root in roots {
      lines += "root\t\(Self.escaped(root.path))\t\(Self.escaped(root.label))\n"
    }
    for segment in segments {
      lines += "segment\t\(segment.name)\t\(segment.byteCount)\t\(segment.documentCount)"
      lines += "\t\(segment.isMerged ? "merged" : "new")\n"
      if let file = segment.deletions {
        lines += "deletions\t\(file.name)\t\(file.byteCount)\t\(segment.deletedCount)\n"
      }
    }
    for file in sources { lines += "sources\t\(file.name)\t\(file.byteCount)\n" }
    return lines + "checksum\t\(Self.hexadecimal(Checksum.crc32c(Array(lines.utf8))))\n"
  }

  private static func hexadecimal(_ number: UInt32) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  private static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if byte == UInt8(ascii: "%") || byte < 0x20 || byte == 0x7F {
        bytes += "%\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Nil where a `%` is not followed by two hexadecimal digits.
  private static func unescaped(_ text: String) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      if byte != UInt8(ascii: "%") {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2,
        let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      else { return nil }
      bytes.append(code)
      rest = rest.dropFirst(2)
    }
    return String(decoding: bytes, as: UTF8.self)
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

  private static func parse(_ bytes: [UInt8], _ path: String) throws(IndexError) -> Manifest {
    func damaged(_ offset: Int, _ reason: String) -> IndexError {
      .damaged(file: path, section: "manifest", offset: offset, reason: reason)
    }
    // "checksum" TAB, eight digits, LF
    let tail = 18
    guard bytes.count > tail else { throw damaged(bytes.count, "the file is cut short") }
    let body = Array(bytes.dropLast(tail))
    let expected = "checksum\t\(hexadecimal(Checksum.crc32c(body)))\n"
    guard bytes.suffix(tail).elementsEqual(expected.utf8) else {
      throw damaged(body.count, "the checksum is wrong; the file is damaged or cut short")
    }
    var manifest: Manifest?
    var offset = 0
    for line in body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .dropLast()
    {
      let parts = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map {
        String(decoding: $0, as: UTF8.self)
      }
      guard try accept(parts, into: &manifest, path) else {
        throw damaged(offset, "a line that a manifest does not have")
      }
      offset += line.count + 1
    }
    guard let manifest else { throw damaged(0, "no generation") }
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
      guard let path = Self.unescaped(parts[1]), let label = Self.unescaped(parts[2]) else {
        return false
      }
      roots.append(SourceRoot(path: path, label: label))
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
