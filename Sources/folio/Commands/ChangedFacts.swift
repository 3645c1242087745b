import Filings
import TextSearch

/// Files of facts that are new, changed or gone, and the files that they may say something of.
struct ChangedFacts {
  /// Files that notes are about.
  private var paths: Set<String> = []
  /// Folders, with the slash at the end, that a table or a list of filings is in …
  private var folders: Set<Substring> = []
  /// … and those in which one was already: what it said before is not known any more.
  private var oldFolders: Set<Substring> = []

  mutating func add(_ path: String, isNew: Bool) {
    switch InputFile.factScope(of: path) {
    case .files(let files): paths.formUnion(files)
    case .folder(let folder):
      folders.insert(folder)
      if !isNew { oldFolders.insert(folder) }
    case nil: break
    }
  }

  /// The numbers of the files found that what is said of may have changed, in rising order.
  func subjects(_ found: FoundFiles, _ table: SourceTable) throws(IndexError) -> [Int] {
    var files = Set(paths.compactMap { found.number(ofFileAt: $0) })
    if !folders.isEmpty {
      for file in found.filesWithFacts where Self.isBelow(found.list.path(file), folders) {
        files.insert(file)
      }
    }
    if !oldFolders.isEmpty {
      try table.visit { source in
        if Self.isBelow(source.path, oldFolders), let file = found.number(ofFileAt: source.path) {
          files.insert(file)
        }
        return true
      }
    }
    return files.sorted()
  }

  /// - Complexity: O(length of the path).
  private static func isBelow(_ path: String, _ folders: Set<Substring>) -> Bool {
    var rest = path[...]
    while let slash = rest.lastIndex(of: "/") {
      if folders.contains(path[...slash]) { return true }
      rest = path[..<slash]
    }
    return false
  }
}
