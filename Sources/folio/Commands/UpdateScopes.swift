import TextSearch

/// The parts of the roots of an index that a run looks at.
///
/// Files are called by their paths from the root that was named first: those below it by the path
/// below it, others as `../other/a.htm`. So what a file is called depends on the roots in the order in
/// which they were named, and not on which files there are; no two files can have the same name.
struct UpdateScopes {
  private(set) var roots: [SourceRoot]
  /// Absolute paths to look at, each at or below a root.
  private(set) var paths: [String] = []
  private var knownPaths: Set<String> = []
  /// The places of roots by their paths.
  private var places: [String: Int] = [:]

  init(_ roots: [SourceRoot]) {
    self.roots = roots
    numberRoots()
  }

  private mutating func numberRoots() {
    places = [:]
    for (place, root) in roots.enumerated() { places[root.path] = place }
  }

  /// - Parameter table: The sources of the index.
  mutating func add(_ operand: String, _ table: SourceTable) throws(IndexError) {
    let path = try Platform.absolutePath(operand)
    guard knownPaths.insert(path).inserted else { return }
    paths.append(path)
    if place(of: path) != nil { return }
    let isFolder = try Platform.status(path).kind == .folder
    if isFolder {
      // What is below the new root belongs to it from now on.
      let before = roots.count
      roots.removeAll { Self.isBelow($0.path, path) }
      if roots.count < before { numberRoots() }
    }
    let label = try label(ofRoot: path, isFolder, table)
    places[path] = roots.count
    roots.append(SourceRoot(path: path, label: label))
  }

  static func isBelow(_ path: String, _ folder: String) -> Bool {
    let (path, folder) = (path.utf8, folder.utf8)
    guard path.starts(with: folder) else { return false }
    return path.count == folder.count || folder.last == UInt8(ascii: "/")
      || path.dropFirst(folder.count).first == UInt8(ascii: "/")
  }

  /// The root that a path is at or below.
  func root(of path: String) -> SourceRoot? { place(of: path).map { roots[$0] } }

  /// Whether the run looks at the path.
  func contains(_ path: String) -> Bool {
    Self.firstAncestor(of: path) { knownPaths.contains($0) } != nil
  }

  /// The place of the root that a path is at or below.
  private func place(of path: String) -> Int? {
    Self.firstAncestor(of: path) { places[$0] != nil }.flatMap { places[$0] }
  }

  /// The path itself or the nearest folder above it that `isWanted` takes.
  private static func firstAncestor(of path: String, _ isWanted: (String) -> Bool) -> String? {
    var path = path[...]
    while true {
      if isWanted(String(path)) { return String(path) }
      guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), path.utf8.count > 1 else {
        return nil
      }
      path = slash == path.startIndex ? "/" : path[..<slash]
    }
  }

  // MARK: Labels

  /// Gives the files the labels that their roots say; the parts of the list are those of `paths`.
  func label(_ list: inout FileList) {
    for (part, path) in paths.enumerated() {
      guard let root = root(of: path) else { continue }
      list.setLabelStart(Self.labelStart(root), ofPart: part)
      list.setLabelPrefix(root.label, ofPart: part)
    }
  }

  /// Where in paths the part begins that labels have: behind a folder, or at the name of a file.
  private static func labelStart(_ root: SourceRoot) -> Int {
    if root.path.utf8.last == UInt8(ascii: "/") { return root.path.utf8.count }
    if (try? Platform.status(root.path).kind) == .folder { return root.path.utf8.count + 1 }
    return root.path.utf8.count - (names(root.path).last?.count ?? 0)
  }

  /// What stands before the paths of the files of a new root: the way to it from the first root.
  private func label(
    ofRoot path: String, _ isFolder: Bool, _ table: SourceTable
  ) throws(IndexError) -> String {
    for root in roots where try hasMoved(root, to: path, table) { return root.label }
    guard let first = roots.first else { return "" }
    let isFile = try table.source(at: first.path) != nil || Self.isFile(first.path)
    let start = Self.names(first.path).dropLast(isFile ? 1 : 0)
    let end = Self.names(path).dropLast(isFolder ? 0 : 1)
    let common = zip(start, end).prefix { $0 == $1 }.count
    let up = [[UInt8]](repeating: Array("..".utf8), count: start.count - common)
    // The first root may have a label itself: that of a root before it which is no longer one.
    var way = Self.names(first.label)
    for name in up + end.dropFirst(common) {
      if name == Array("..".utf8), let last = way.last, last != name {
        way.removeLast()
      } else {
        way.append(name)
      }
    }
    return way.map { String(decoding: $0, as: UTF8.self) + "/" }.joined()
  }

  /// The names in a path, as bytes: texts of different bytes may count as equal.
  private static func names(_ path: String) -> [[UInt8]] {
    path.utf8.split(separator: UInt8(ascii: "/")).map { Array($0) }
  }

  private static func isFile(_ path: String) -> Bool {
    (try? Platform.status(path).kind) == .file
  }

  /// Whether a root is no longer there and its first file is at the same place below a new one, as
  /// when a folder is moved together with its index.
  private func hasMoved(
    _ root: SourceRoot, to path: String, _ table: SourceTable
  ) throws(IndexError) -> Bool {
    if Platform.exists(root.path) { return false }
    var first: Source?
    try table.visit { source in
      if Self.isBelow(source.path, root.path) { first = source }
      return first == nil
    }
    guard let first else { return false }
    let rest = first.path.utf8.dropFirst(root.path.utf8.count)
    let place = path + String(decoding: rest, as: UTF8.self)
    return (try? Platform.status(place).size) == first.size
  }
}
