import TextSearch

/// A file found under the paths given.
public struct InputFile: Sendable, Equatable {
  /// What to open.
  public var path: String
  /// What names the file in results; see `InputFinder.files(at:excluding:)`.
  public var relativePath: String
  /// In bytes.
  public var size: Int
  /// Nanoseconds since 1970.
  public var modified: Int64
  /// What files beside it say of the filing in it, the best source first.
  var facts: [FilingFacts] = []

  public init(path: String, relativePath: String, size: Int, modified: Int64) {
    self.path = path
    self.relativePath = relativePath
    self.size = size
    self.modified = modified
  }
}

extension InputFile {
  /// A number that differs where something else is known of the filing besides the file's content.
  public var factsFingerprint: UInt64 { knownFacts.fingerprint }

  /// The accession number of the filing, as far as it is known besides the file's content.
  public var knownAccession: String? { knownFacts.accession }

  /// The files that one of facts says something of.
  public enum FactScope: Sendable, Equatable {
    case files([String])
    /// Any below the folder, which has its slash at the end.
    case folder(Substring)
  }

  /// What the file at `path` may say something of, by its name; nil where it is no file of facts.
  public static func factScope(of path: String) -> FactScope? { FactSources.scope(of: path) }

  /// What is known of the filing besides the file's content.
  var knownFacts: FilingFacts {
    var known = FilingFacts()
    for source in facts { known.complete(with: source) }
    // The folders above the named one say something, too.
    known.complete(with: PathFacts.of(path))
    return known
  }
}

/// Finds the files to read and cuts them into work items.
public enum InputFinder {
  /// The files under `paths`, folders in the byte order of their names, and what was passed over.
  ///
  /// Symbolic links are followed, but a folder is read once however often it is reached, so circles
  /// end. Names that begin with a dot are passed over without a word. The relative path is the path
  /// below the named folder, or the name of a named file. Where files of two named folders would
  /// have the same relative path, all files of those folders have the folder's name in front, and
  /// if that is not enough the folder's path.
  ///
  /// What lists and tables of facts among the files say is kept with the files that it is about.
  ///
  /// - Parameter excluding: Folders not to enter, such as the index itself.
  /// - Throws: `IndexError.system` for a named path that cannot be read.
  public static func files(
    at paths: [String], excluding: [String] = []
  ) throws(IndexError) -> (files: [InputFile], skipped: [SkippedPart]) {
    var found = try find(at: paths, excluding: excluding)
    RelativePaths.makeDistinct(&found)
    found.addFacts()
    return (found.list.indices.map { found.file($0) }, found.skipped)
  }

  /// The same with all paths in one list, without a word of what lists among the files say, and with
  /// relative paths that may be those of files of another named folder, too.
  ///
  /// - Complexity: A call of the system for each file, and no memory of its own for any.
  public static func find(
    at paths: [String], excluding: [String] = []
  ) throws(IndexError) -> FoundFiles {
    var walk = FolderWalk()
    defer { walk.close() }
    for path in excluding { walk.exclude(path) }
    for path in paths { try walk.add(root: path) }
    return walk.found
  }
}

/// The files under some paths.
public struct FoundFiles: Sendable {
  /// A part for each path that was named.
  public var list = FileList()
  public internal(set) var skipped: [SkippedPart] = []
  /// Files and folders that are there and could not be looked at, by their paths.
  public internal(set) var unreadable: [String] = []
  /// Every folder that was looked into.
  public internal(set) var folders: [String] = []
  /// What other files say of a file, the best source first.
  var facts: [Int: [FilingFacts]] = [:]
  var roots: [Root] = []

  /// A path that was named.
  struct Root: Sendable {
    var path: String
    var isFile: Bool
  }

  /// The number of the file at a path.
  public func number(ofFileAt path: String) -> Int? {
    for part in roots.indices {
      if let file = list.file(at: path, among: list.files(ofPart: part)) { return file }
    }
    return nil
  }

  /// The files that others say something of.
  public var filesWithFacts: [Int] { facts.keys.sorted() }

  public func file(_ number: Int) -> InputFile {
    var file = InputFile(
      path: list.path(number), relativePath: list.label(number), size: list.size(number),
      modified: list.modified(number))
    file.facts = facts[number] ?? []
    return file
  }

  /// Gives every file what is said of it by others of its root, or beside a file that was named.
  public mutating func addFacts() {
    for part in roots.indices {
      facts.merge(FactSources.facts(ofPart: part, in: self)) { first, _ in first }
    }
  }
}
