/// What a snapshot has.
public struct SnapshotReport: Sendable, Equatable {
  public var generation: UInt64
  /// The manifest among them.
  public var fileCount = 1
  public var byteCount = 0
  /// Files that could not be linked, or were not to be; the manifest is always written.
  public var copiedCount = 0
  /// A newer commit of the index that is not whole, and of which there is no snapshot therefore.
  public var incomplete: IncompleteGeneration?
}

extension Searcher {
  /// Makes the folder `target`, which must not be there or be empty, an index with what the last
  /// whole commit of the index at `path` has.
  ///
  /// The files of an index never change, so a hard link does for a copy. Where a commit removes a
  /// file before it is linked, the newer commit is taken. The manifest comes last: a snapshot that
  /// is cut short is no index.
  public static func snapshot(
    ofIndex path: String, to target: String, copiesFiles: Bool = false
  ) throws(IndexError) -> SnapshotReport {
    while true {
      let whole = try WholeManifest(folder: path)
      do throws(IndexError) {
        var report = try snapshot(of: whole.manifest, path, to: target, copiesFiles)
        report.incomplete = whole.incomplete
        return report
      } catch {
        PendingFiles.shared.discard(in: target)
        if try Manifest(folder: path).generation == whole.newest { throw error }
      }
    }
  }

  private static func snapshot(
    of manifest: Manifest, _ path: String, to target: String, _ copiesFiles: Bool
  ) throws(IndexError) -> SnapshotReport {
    try IndexFolder(target).make()
    guard try Platform.names(inFolder: target).isEmpty else {
      throw .invalid(reason: "\(target): the folder is not empty; name one that is not there")
    }
    var report = SnapshotReport(generation: manifest.generation)
    for file in manifest.files {
      let isLinked = try place(file.name, from: path, in: target, copiesFiles)
      report.copiedCount += isLinked ? 0 : 1
      report.fileCount += 1
      report.byteCount += file.byteCount
    }
    try IndexFolder(target).commit(manifest, grace: 0)
    report.byteCount += manifest.text().utf8.count
    return report
  }

  /// - Returns: Whether the file was linked and not copied.
  private static func place(
    _ name: String, from path: String, in target: String, _ copiesFiles: Bool
  ) throws(IndexError) -> Bool {
    let (source, goal) = (path + "/" + name, target + "/" + name)
    PendingFiles.shared.add(goal)
    if !copiesFiles, (try? Platform.link(source, to: goal)) != nil { return true }
    try Platform.copy(source, to: goal)
    return false
  }
}
