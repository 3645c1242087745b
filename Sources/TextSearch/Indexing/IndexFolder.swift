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

  /// Opens the segments of a manifest; those that are open already are taken from `open`.
  func segments(of manifest: Manifest, reusing open: [Segment] = []) throws(IndexError) -> [Segment]
  {
    var segments: [Segment] = []
    for entry in manifest.segments {
      let same = open.first { $0.name == entry.name && $0.deletionsName == entry.deletions?.name }
      if let same {
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

  /// Puts `manifest` in place, and removes the files that it does not name.
  ///
  /// The segments are flushed already. The manifest is flushed under another name, renamed, and
  /// the folder is flushed: before the rename nothing has happened, after it everything has.
  func commit(_ manifest: Manifest) throws(IndexError) {
    let temporary = path + "/" + Manifest.temporaryName
    let file = try OutputFile(path: temporary)
    try file.write(Array(manifest.text().utf8))
    try file.finish()
    // The names of the segments must be durable before a manifest that names them.
    try Platform.flush(folder: path)
    try Platform.rename(temporary, to: path + "/" + Manifest.fileName)
    try Platform.flush(folder: path)
    try Platform.flush(folder: Platform.parent(of: path))
    removeLitter(keeping: Set(manifest.files.map(\.name)))
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

/// The advisory lock of an index's one writer.
final class IndexLock {
  private let descriptor: Int32

  static let fileName = "lock"

  init(folder: String) throws(IndexError) {
    let path = folder + "/" + Self.fileName
    guard let descriptor = try Platform.lock(path) else {
      let holder = (try? Platform.read(path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
      throw .locked(path: folder, holder: holder.isEmpty ? "process unknown" : holder)
    }
    self.descriptor = descriptor
    try Platform.truncate(descriptor, path: path)
    try Platform.write(descriptor, Array("process \(Platform.processID)".utf8), path: path)
  }

  deinit { Platform.close(descriptor) }
}
