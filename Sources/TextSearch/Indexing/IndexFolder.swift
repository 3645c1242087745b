/// The files of an index, as its writer handles them.
struct IndexFolder {
  let path: String

  init(_ path: String) { self.path = path }

  /// A generation above every one that left a trace in the folder.
  ///
  /// A damaged manifest does not stand in the way of writing the index anew; segments left behind
  /// still tell their generations.
  func nextGeneration() throws(IndexError) -> UInt64 {
    var last: UInt64 = 0
    if let manifest = try? Manifest(folder: path) { last = manifest.generation }
    for name in try Platform.names(inFolder: path) {
      if let generation = Manifest.generation(ofFile: name) { last = max(last, generation) }
    }
    // No index comes so far; a file with such a name is of nobody's making.
    guard last < 1 << 62 else {
      throw .invalid(reason: "\(path): there is no generation after \(last); use another folder")
    }
    return last + 1
  }

  /// The manifest in place, or an empty one of generation 0 where there is no index.
  func manifest() throws(IndexError) -> Manifest {
    do throws(IndexError) {
      return try Manifest(folder: path)
    } catch .missing {
      return Manifest(generation: 0)
    }
  }

  /// Opens the segments of a manifest; of those in `open` the ones that are still in place are taken.
  func segments(of manifest: Manifest, reusing open: [Segment] = []) throws(IndexError) -> [Segment]
  {
    var segments: [Segment] = []
    for entry in manifest.segments {
      if let same = open.first(where: { $0.isSegment(entry, folder: path) }) {
        segments.append(same)
      } else {
        segments.append(try Segment(entry, folder: path))
      }
    }
    return segments
  }

  func open(_ entries: [Manifest.Entry]) throws(IndexError) -> [Segment] {
    var segments: [Segment] = []
    for entry in entries { segments.append(try Segment(entry, folder: path)) }
    return segments
  }

  func sources(of manifest: Manifest) throws(IndexError) -> SourceTable {
    try SourceTable(paths: manifest.sources.map { path + "/" + $0.name })
  }

  /// Makes the folder where it is missing, durably, with those above it.
  func make() throws(IndexError) {
    for folder in try PendingFiles.shared.makeFolder(path) {
      try Platform.flush(folder: Platform.parent(of: folder))
    }
  }

  /// Puts `manifest` in place, and removes the files that it does not name.
  ///
  /// The segments are flushed already. The manifest is flushed under another name, renamed, and
  /// the folder is flushed: before the rename nothing has happened, after it everything has. Where
  /// the last flush fails, both commits keep their files, as either may be there after a crash.
  func commit(_ manifest: Manifest) throws(IndexError) {
    let temporary = path + "/" + Manifest.temporaryName
    let file = try OutputFile(path: temporary)
    try file.write(Array(manifest.text().utf8))
    try file.finish()
    // The names of the segments must be durable before a manifest that names them, and so must be
    // the name of the folder: the writer that made it may have come to nothing.
    try Platform.flush(folder: path)
    try Platform.flush(folder: Platform.parent(of: path))
    let names = Set(manifest.files.map(\.name))
    try PendingFiles.shared.commit(
      names.union([Manifest.temporaryName, IndexLock.fileName]), in: path
    ) { settle throws(IndexError) in
      try Platform.rename(temporary, to: path + "/" + Manifest.fileName)
      settle()
      try Platform.flush(folder: path)
      removeLitter(keeping: names)
    }
  }

  /// Removes files of the index that no manifest names. A file that can't be removed does no harm; the next
  /// writer tries again.
  private func removeLitter(keeping names: Set<String>) {
    for name in (try? Platform.names(inFolder: path)) ?? []
    where Manifest.generation(ofFile: name) != nil && !names.contains(name) {
      try? Platform.remove(path + "/" + name)
    }
  }
}
