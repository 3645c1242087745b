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
  /// Whether other files say something of the filing in it.
  public var hasFacts: Bool { !facts.isEmpty }

  /// Whether a file of that name may say something of the filings in others.
  public static func mayHaveFactsOfOthers(_ path: String) -> Bool {
    FactSources.isSource(path)
  }

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
    var walk = FolderWalk()
    for path in excluding { walk.exclude(path) }
    for path in paths { try walk.add(root: path) }
    walk.addFacts()
    return (RelativePaths.distinct(walk.roots), walk.skipped)
  }

  /// The folders under `paths`, these among them, in which `files(at:excluding:)` looks.
  public static func folders(at paths: [String], excluding: [String] = []) -> [String] {
    var walk = FolderWalk()
    for path in excluding { walk.exclude(path) }
    for path in paths { try? walk.add(root: path) }
    return walk.folders
  }
}

/// The state of one search for files.
struct FolderWalk {
  /// A path that was named, and the files below it with their paths relative to it.
  struct Root {
    var path: String
    var files: [InputFile] = []
  }

  private(set) var roots: [Root] = []
  /// Every folder entered.
  private(set) var folders: [String] = []
  private(set) var skipped: [SkippedPart] = []
  /// Device and inode of every folder entered or excluded.
  private var seenFolders: Set<[UInt64]> = []
  private var seenFiles: Set<String> = []

  /// Gives every file what is said of it by others of its root, or beside a file that was named.
  mutating func addFacts() {
    for index in roots.indices { FactSources.apply(to: &roots[index]) }
  }

  mutating func exclude(_ path: String) {
    if let status = try? Platform.status(path) { seenFolders.insert(status.identity) }
  }

  mutating func add(root path: String) throws(IndexError) {
    let status = try Platform.status(path)
    var root = Root(path: path)
    switch status.kind {
    case .file: add(path, Self.lastName(of: path), status, to: &root)
    case .folder: walk(path, status, into: &root)
    case .other:
      skipped.append(.init(path: path, kind: .unreadable, reason: "not a file or a folder"))
    }
    roots.append(root)
  }

  private mutating func add(
    _ path: String, _ relative: String, _ status: Platform.Status, to root: inout Root
  ) {
    guard seenFiles.insert(path).inserted else { return }
    root.files.append(
      InputFile(
        path: path, relativePath: relative, size: status.size, modified: status.modified))
  }

  /// Depth first with a stack of its own, so that deep folders cost no call frames.
  private mutating func walk(
    _ top: String, _ status: Platform.Status, into root: inout Root
  ) {
    guard seenFolders.insert(status.identity).inserted else { return }
    var pending = contents(of: top, relative: "")
    while let (path, relative) = pending.popLast() {
      do throws(IndexError) {
        let status = try Platform.status(path)
        switch status.kind {
        case .file: add(path, relative, status, to: &root)
        case .folder where seenFolders.insert(status.identity).inserted:
          pending.append(contentsOf: contents(of: path, relative: relative + "/"))
        case .folder: break
        case .other:
          skipped.append(.init(path: relative, kind: .unreadable, reason: "not a file or a folder"))
        }
      } catch {
        skipped.append(.init(path: relative, kind: .unreadable, reason: "\(error)"))
      }
    }
  }

  /// The visible entries of a folder, the last name first, as they go on the stack.
  private mutating func contents(of folder: String, relative: String) -> [(String, String)] {
    folders.append(folder)
    do throws(IndexError) {
      let prefix = folder.utf8.last == UInt8(ascii: "/") ? folder : folder + "/"
      return try Platform.names(inFolder: folder).reversed()
        .filter { !$0.utf8.starts(with: ".".utf8) }
        .map { (prefix + $0, relative + $0) }
    } catch {
      skipped.append(
        .init(path: relative.isEmpty ? folder : relative, kind: .unreadable, reason: "\(error)"))
      return []
    }
  }

  static func lastName(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}

/// Makes the relative paths of several roots distinct.
enum RelativePaths {
  /// The files of all roots in order; a root in a collision gets a prefix, first its own name, then
  /// its whole path, then its number among the roots.
  static func distinct(_ roots: [FolderWalk.Root]) -> [InputFile] {
    var levels = [Int](repeating: 0, count: roots.count)
    var named = roots.map(\.files)
    for level in 1...3 {
      let colliding = collisions(named)
      if colliding.isEmpty { break }
      for root in colliding {
        levels[root] = level
        let prefix = prefix(of: roots[root].path, number: root, level: level)
        named[root] = roots[root].files.map { file in
          var file = file
          file.relativePath = prefix + file.relativePath
          return file
        }
      }
    }
    return named.flatMap { $0 }
  }

  private static func prefix(of path: String, number: Int, level: Int) -> String {
    let names = path.split(separator: "/").filter { $0 != "." }
    switch level {
    case 1: return names.last.map { "\($0)/" } ?? ""
    case 2: return names.map { "\($0)/" }.joined()
    default: return "\(number + 1)/" + names.map { "\($0)/" }.joined()
    }
  }

  private static func collisions(_ named: [[InputFile]]) -> Set<Int> {
    var owner: [String: Int] = [:]
    var colliding: Set<Int> = []
    for (root, files) in named.enumerated() {
      for file in files {
        if let other = owner.updateValue(root, forKey: file.relativePath), other != root {
          colliding.formUnion([other, root])
        }
      }
    }
    return colliding
  }
}
