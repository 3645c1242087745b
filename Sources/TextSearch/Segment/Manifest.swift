/// The list of the segments that make up an index: what a commit puts in place.
///
/// ```
/// manifest := "folio index" TAB version LF
///             "generation" TAB number LF
///             { "segment" TAB file name TAB bytes TAB documents LF }
///             "checksum" TAB eight hexadecimal digits LF
/// ```
/// A text file, so that a person can read it. The checksum is the CRC-32C of all lines above it.
struct Manifest: Sendable, Equatable {
  struct Entry: Sendable, Equatable {
    var name: String
    var byteCount: Int
    var documentCount: Int
  }

  /// History: 1, the first.
  static let version = 1
  static let fileName = "manifest"
  /// The manifest of a commit that is not yet in place.
  static let temporaryName = "manifest.new"
  static let segmentSuffix = ".segment"

  /// Rises by one with each commit.
  var generation: UInt64
  var segments: [Entry]

  /// The name of the file of segment `number` of the commit that makes `generation`.
  static func segmentName(_ generation: UInt64, _ number: Int) -> String {
    "\(generation)-\(number)\(segmentSuffix)"
  }

  func text() -> String {
    var lines = "folio index\t\(Self.version)\ngeneration\t\(generation)\n"
    for segment in segments {
      lines += "segment\t\(segment.name)\t\(segment.byteCount)\t\(segment.documentCount)\n"
    }
    return lines + "checksum\t\(Self.hexadecimal(Checksum.crc32c(Array(lines.utf8))))\n"
  }

  private static func hexadecimal(_ number: UInt32) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
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
      let parts = line.split(separator: UInt8(ascii: "\t")).map {
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
      manifest = Manifest(generation: generation, segments: [])
      return true
    case ("segment", 4):
      guard let bytes = Int(parts[2]), let documents = Int(parts[3]), isPlainName(parts[1]) else {
        return false
      }
      manifest?.segments.append(
        Entry(name: parts[1], byteCount: bytes, documentCount: documents))
      return manifest != nil
    default:
      return false
    }
  }

  /// Whether a name can be that of a segment: it must not lead out of the folder.
  private static func isPlainName(_ name: String) -> Bool {
    name.hasSuffix(segmentSuffix) && !name.utf8.contains(UInt8(ascii: "/"))
  }
}
