import TextSearch

/// The state of one search for files.
struct FolderWalk {
  var found = FoundFiles()
  /// Every folder entered or excluded.
  private var seenFolders: Set<Platform.Identity> = []
  /// The paths that were named and are files.
  private var namedFiles: Set<String> = []
  /// The path of the folder that is walked, with a slash at its end.
  private var folder: [UInt8] = []
  private let reader = FolderReader()
  /// The folder that is walked and those above it.
  private var levels: [Level] = []

  private struct Level {
    var listing: FolderListing
    var next = 0
    /// How long the path of the folder is.
    var pathLength: Int
  }

  /// Ends what the walk has begun.
  func close() { reader.close() }

  mutating func exclude(_ path: String) {
    if let status = try? Platform.status(path) { seenFolders.insert(status.identity) }
  }

  mutating func add(root path: String) throws(IndexError) {
    let status = try Platform.status(path)
    found.roots.append(FoundFiles.Root(path: path, isFile: status.kind == .file))
    switch status.kind {
    case .file: add(file: path, status)
    case .folder: walk(path, status)
    case .other:
      found.list.beginPart(labelStart: 0)
      skip(path, "not a file or a folder")
    }
  }

  private mutating func add(file path: String, _ status: Platform.Status) {
    let isKnown = namedFiles.contains(path) || wasFound(path)
    let name = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) }
    found.list.beginPart(
      labelStart: path.utf8.distance(from: path.startIndex, to: name ?? path.startIndex))
    guard !isKnown else { return }
    namedFiles.insert(path)
    found.list.append(path: path, size: status.size, modified: status.modified)
  }

  /// Whether a file is below one of the folders named before.
  private func wasFound(_ path: String) -> Bool {
    for (part, root) in found.roots.dropLast().enumerated()
    where !root.isFile && path.utf8.starts(with: root.path.utf8) {
      // A walk gives files in the order of their paths.
      if found.list.file(at: path, among: found.list.files(ofPart: part)) != nil { return true }
    }
    return false
  }

  private mutating func skip(_ path: String, _ reason: String) {
    found.skipped.append(.init(path: path, kind: .unreadable, reason: reason))
  }

  // MARK: Walking

  /// Depth first with a stack of its own, so that deep folders cost no call frames.
  private mutating func walk(_ top: String, _ status: Platform.Status) {
    folder = Array(top.utf8)
    if folder.last != UInt8(ascii: "/") { folder.append(UInt8(ascii: "/")) }
    let labelStart = folder.count
    found.list.beginPart(labelStart: labelStart)
    guard seenFolders.insert(status.identity).inserted else { return }
    enter(.init(path: top, identity: status.identity), label: top)
    while let level = levels.last {
      folder.removeSubrange(level.pathLength...)
      if level.next == level.listing.count {
        levels.removeLast()
      } else {
        levels[levels.count - 1].next += 1
        visit(level.next, of: level.listing, labelStart)
      }
    }
  }

  /// Goes into the folder whose path `folder` is.
  private mutating func enter(_ opened: FolderReader.Folder, label: String) {
    do throws(IndexError) {
      let listing = try reader.listing(of: opened)
      if listing.isIndex {
        found.skipped.append(.init(path: label, kind: .data, reason: "an index of filings"))
        return
      }
      reader.expect((0..<listing.count).compactMap { unseenFolder($0, of: listing) })
      found.folders.append(opened.path)
      levels.append(Level(listing: listing, pathLength: folder.count))
    } catch {
      found.unreadable.append(opened.path)
      skip(label, "\(error)")
    }
  }

  /// An entry that is a folder, unless it was entered already.
  private func unseenFolder(_ entry: Int, of listing: FolderListing) -> FolderReader.Folder? {
    guard case .present(let status) = listing.content(entry), status.kind == .folder,
      !seenFolders.contains(status.identity)
    else { return nil }
    let path = String(decoding: folder + listing.name(entry), as: UTF8.self)
    return FolderReader.Folder(path: path, identity: status.identity)
  }

  private mutating func visit(_ entry: Int, of listing: FolderListing, _ labelStart: Int) {
    let content = listing.content(entry)
    if case .present(let status) = content, status.kind == .file {
      addFile(entry, of: listing, status)
      return
    }
    folder.append(contentsOf: listing.name(entry))
    let path = String(decoding: folder, as: UTF8.self)
    let label = String(decoding: folder.dropFirst(labelStart), as: UTF8.self)
    switch content {
    case .present(let status) where status.kind == .folder:
      guard seenFolders.insert(status.identity).inserted else { return }
      folder.append(UInt8(ascii: "/"))
      enter(.init(path: path, identity: status.identity), label: label + "/")
    case .present: skip(label, "not a file or a folder")
    case .unreadable(let code):
      // A link that leads nowhere is as good as gone.
      if Platform.trouble(code) != .missing { found.unreadable.append(path) }
      skip(label, "\(IndexError.system(operation: "read", path: path, code: code))")
    }
  }

  private mutating func addFile(
    _ entry: Int, of listing: FolderListing, _ status: Platform.Status
  ) {
    if !namedFiles.isEmpty {
      let path = String(decoding: folder + listing.name(entry), as: UTF8.self)
      if namedFiles.contains(path) { return }
    }
    found.list.append(folder: folder, entry, of: listing, status)
  }
}

/// Makes the relative paths of several roots distinct.
enum RelativePaths {
  /// A root in a collision gets a prefix, first its own name, then its whole path, then its number
  /// among the roots.
  static func makeDistinct(_ found: inout FoundFiles) {
    guard found.roots.count > 1 else { return }
    for level in 1...3 {
      let colliding = collisions(found)
      if colliding.isEmpty { break }
      for root in colliding {
        let prefix = prefix(of: found.roots[root].path, number: root, level: level)
        found.list.setLabelPrefix(prefix, ofPart: root)
      }
    }
  }

  private static func prefix(of path: String, number: Int, level: Int) -> String {
    let names = path.split(separator: "/").filter { $0 != "." }
    switch level {
    case 1: return names.last.map { "\($0)/" } ?? ""
    case 2: return names.map { "\($0)/" }.joined()
    default: return "\(number + 1)/" + names.map { "\($0)/" }.joined()
    }
  }

  private static func collisions(_ found: FoundFiles) -> Set<Int> {
    var owner: [String: Int] = [:]
    var colliding: Set<Int> = []
    for root in found.roots.indices {
      for file in found.list.files(ofPart: root) {
        let other = owner.updateValue(root, forKey: found.list.label(file))
        if let other, other != root { colliding.formUnion([other, root]) }
      }
    }
    return colliding
  }
}
