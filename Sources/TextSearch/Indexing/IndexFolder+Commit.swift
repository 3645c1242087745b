extension IndexFolder {
  /// Puts `manifest` in place, and removes files that are needed no more.
  ///
  /// The segments are flushed already. The manifest is flushed under the name of its generation,
  /// gets a second name, is renamed, and the folder is flushed: before the rename nothing has
  /// happened, after it everything has. Where the last flush fails, both commits keep their files,
  /// as either may be there after a crash.
  /// - Parameter grace: See `IndexWriterOptions.graceInSeconds`.
  func commit(_ manifest: Manifest, grace: Double) throws(IndexError) {
    let name = Manifest.name(ofGeneration: manifest.generation)
    try write(manifest, name)
    // The names of the segments must be durable before a manifest that names them, and so must be
    // the name of the folder: the writer that made it may have come to nothing.
    try Platform.flush(folder: path)
    try Platform.flush(folder: Platform.parent(of: path))
    let temporary = path + "/" + Manifest.temporaryName
    PendingFiles.shared.add(temporary)
    do throws(IndexError) {
      try Platform.link(path + "/" + name, to: temporary)
    } catch {
      // There are disks without links, and a writer that died may have left its own.
      try? Platform.remove(temporary)
      try write(manifest, Manifest.temporaryName)
    }
    let names = manifest.files.map(\.name) + [name, Manifest.temporaryName, IndexLock.fileName]
    try PendingFiles.shared.commit(Set(names), in: path) { settle throws(IndexError) in
      try Platform.rename(temporary, to: path + "/" + Manifest.fileName)
      settle()
      try Platform.flush(folder: path)
      removeUnneeded(besides: manifest, grace: grace)
    }
  }

  private func write(_ manifest: Manifest, _ name: String) throws(IndexError) {
    let file = try OutputFile(path: path + "/" + name)
    try file.write(Array(manifest.text().utf8))
    try file.finish()
  }

  /// Removes manifests of commits that never were: a writer died before it had put them in place.
  /// - Parameter generation: The last one that was.
  func removeUncommitted(after generation: UInt64) throws(IndexError) {
    for newer in Manifest.generations(among: try Platform.names(inFolder: path))
    where newer > generation {
      try Platform.remove(path + "/" + Manifest.name(ofGeneration: newer))
    }
  }

  /// Removes what commits before `newest` have left, where the grace of one has ended.
  func removeExpired(before newest: Manifest, grace: Double) {
    guard let names = try? Platform.names(inFolder: path),
      let oldest = Manifest.generations(among: names).first, oldest < newest.generation,
      oldestKept(names, newest, grace) > oldest
    else { return }
    removeUnneeded(besides: newest, grace: grace)
  }

  /// Removes files of the index that are of no commit, or of one whose grace has ended, and not of a
  /// later one.
  ///
  /// One that can't be removed does no harm; the next commit tries again. A file is in all commits
  /// from the one that it came with to the last one that has it: so the commits between the oldest
  /// that is kept and the newest need not be looked into.
  private func removeUnneeded(besides newest: Manifest, grace: Double) {
    guard let names = try? Platform.names(inFolder: path) else { return }
    let oldest = oldestKept(names, newest, grace)
    var needed = Set(newest.files.map(\.name))
    if oldest < newest.generation {
      guard let manifest = try? Manifest(folder: path, generation: oldest) else { return }
      needed.formUnion(manifest.files.map(\.name))
    }
    let kept = Set(
      Manifest.generations(among: names).filter { oldest <= $0 && $0 <= newest.generation })
    let unneeded = names.filter { name in
      guard let generation = Manifest.generation(ofFile: name) else { return false }
      if name.hasSuffix(Manifest.suffix) { return !kept.contains(generation) }
      let isBetween = oldest < generation && generation < newest.generation
      return !needed.contains(name) && !(isBetween && kept.contains(generation))
    }
    // Manifests go last: as long as one is there, what it names will be looked for.
    let manifests = unneeded.filter { $0.hasSuffix(Manifest.suffix) }
    for name in unneeded.filter({ !$0.hasSuffix(Manifest.suffix) }) + manifests {
      try? Platform.remove(path + "/" + name)
    }
  }

  /// The oldest generation that a copy of the folder which is being made may still need.
  ///
  /// The manifest of the next generation tells by its time when one was superseded. A time that lies
  /// as far ahead is of another clock.
  private func oldestKept(_ names: [String], _ newest: Manifest, _ grace: Double) -> UInt64 {
    let generations = Manifest.generations(among: names).filter { $0 < newest.generation }
    let byteCount = newest.files.reduce(0) { $0 + $1.byteCount }
    let grace = grace * (1 + Double(byteCount) / Self.bytesPerGrace)
    let now = Platform.wallClockNanoseconds
    for (generation, next) in zip(generations, generations.dropFirst() + [newest.generation]) {
      let path = path + "/" + Manifest.name(ofGeneration: next)
      guard let time = try? Platform.status(path).modified,
        Double((now &- time).magnitude) >= grace * 1e9
      else { return generation }
    }
    return newest.generation
  }

  /// For so many bytes a copy gets the grace once more. Chosen: with the default grace, 36 MB a
  /// second, as a slow disk does.
  private static let bytesPerGrace = Double(1 << 30)
}
