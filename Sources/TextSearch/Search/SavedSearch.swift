/// A query whose new matches are told after each commit.
public struct SavedSearch: Sendable, Equatable {
  /// Unique among those of an index.
  public var name: String
  /// As it was typed.
  public var query: String
  /// The commit up to which all matches are told.
  public var generation: UInt64
  /// The file that matches are appended to.
  public var file: String
  /// How long that file was when the last match was told; what follows is of a run that was cut
  /// short.
  public var fileLength: Int
  /// A program and its arguments that are given the matches; empty for none.
  public var command: [String]

  public init(
    name: String, query: String, generation: UInt64, file: String, fileLength: Int = 0,
    command: [String] = []
  ) {
    self.name = name
    self.query = query
    self.generation = generation
    self.file = file
    self.fileLength = fileLength
    self.command = command
  }
}

/// The saved searches of an index, in the file `alerts` of its folder.
///
/// ```
/// alerts := "folio alerts" TAB version LF
///           { "alert" TAB name TAB query TAB generation TAB file TAB file length
///             { TAB word of the command } LF }
///           checksum
/// ```
/// See `SignedLines`. Only who holds the lock of the writer writes it.
public struct SavedSearches: Sendable, Equatable {
  public static let fileName = "alerts"
  /// History: 1, the first.
  private static let version = 1

  private let folder: String
  /// In the order in which they were added.
  public var all: [SavedSearch] = []

  /// Those of the index in the folder `path`; none where there is no such file.
  public init(index path: String) throws(IndexError) {
    folder = path
    let file = path + "/" + Self.fileName
    let bytes: [UInt8]
    do {
      bytes = try Platform.read(file)
    } catch {
      if Platform.isMissing(error) { return }
      throw error
    }
    for (offset, fields) in try SignedLines.lines(of: bytes, file, section: "alerts") {
      guard try accept(fields, file) else {
        throw .damaged(
          file: file, section: "alerts", offset: offset, reason: "a line that does not belong here")
      }
    }
  }

  private mutating func accept(_ fields: [String], _ file: String) throws(IndexError) -> Bool {
    if fields.count == 2, fields[0] == "folio alerts", let version = Int(fields[1]) {
      if version != Self.version { throw .unsupported(file: file, version: version) }
      return true
    }
    guard fields.count >= 6, fields[0] == "alert", let generation = UInt64(fields[3]),
      let length = Int(fields[5]), length >= 0
    else { return false }
    all.append(
      SavedSearch(
        name: fields[1], query: fields[2], generation: generation, file: fields[4],
        fileLength: length, command: Array(fields[6...])))
    return true
  }

  /// Puts the file in place in one step.
  public func save() throws(IndexError) {
    var lines = [["folio alerts", "\(Self.version)"]]
    for search in all {
      lines.append(
        [
          "alert", search.name, search.query, "\(search.generation)", search.file,
          "\(search.fileLength)",
        ] + search.command)
    }
    try Platform.replace(folder + "/" + Self.fileName, with: Array(SignedLines.text(lines).utf8))
  }
}
