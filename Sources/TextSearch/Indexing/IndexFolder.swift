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

  /// The generation of the manifest in place; 0 where there is none.
  func newestGeneration() -> UInt64? {
    do throws(IndexError) {
      return try Manifest(folder: path).generation
    } catch .missing {
      return 0
    } catch {
      return nil
    }
  }

  /// The manifest of the newest whole commit; nil where there is no index.
  func wholeManifest() throws(IndexError) -> WholeManifest? {
    do throws(IndexError) {
      return try WholeManifest(folder: path)
    } catch .missing {
      return nil
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
}
