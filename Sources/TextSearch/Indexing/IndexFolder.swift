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
      if let generation = Self.generation(ofSegment: name) { last = max(last, generation) }
    }
    return last + 1
  }

  private static func generation(ofSegment name: String) -> UInt64? {
    guard name.hasSuffix(Manifest.segmentSuffix) else { return nil }
    return name.split(separator: "-").first.flatMap { UInt64($0) }
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
  /// - Returns: The bytes of the manifest.
  func commit(_ manifest: Manifest) throws(IndexError) -> Int {
    let text = Array(manifest.text().utf8)
    let temporary = path + "/" + Manifest.temporaryName
    let file = try OutputFile(path: temporary)
    try file.write(text)
    try file.finish()
    // The names of the segments must be durable before a manifest that names them, and so must be
    // the name of the folder: the writer that made it may have come to nothing.
    try Platform.flush(folder: path)
    try Platform.flush(folder: Platform.parent(of: path))
    let names = Set(manifest.segments.map(\.name))
    try PendingFiles.shared.commit(
      names.union([Manifest.temporaryName, IndexLock.fileName]), in: path
    ) { settle throws(IndexError) in
      try Platform.rename(temporary, to: path + "/" + Manifest.fileName)
      settle()
      try Platform.flush(folder: path)
      removeLitter(keeping: names)
    }
    return text.count
  }

  /// Removes segments that no manifest names. A file that can't be removed does no harm; the next
  /// writer tries again.
  private func removeLitter(keeping names: Set<String>) {
    for name in (try? Platform.names(inFolder: path)) ?? []
    where Self.generation(ofSegment: name) != nil && !names.contains(name) {
      try? Platform.remove(path + "/" + name)
    }
  }
}
