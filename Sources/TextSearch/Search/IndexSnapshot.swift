/// What a snapshot has.
public struct SnapshotReport: Sendable, Equatable {
  public var generation: UInt64
  /// The manifest among them.
  public var fileCount = 1
  public var byteCount = 0
  /// Files that could not be linked, or were not to be; the manifest is always written.
  public var copiedCount = 0
}

extension Searcher {
  /// Makes the folder `target`, which must not be there or be empty, an index with what the last
  /// commit of the index at `path` has.
  ///
  /// The files of an index never change, so a hard link does for a copy. Where a commit removes a
  /// file before it is linked, the newer commit is taken. The manifest comes last: a snapshot that
  /// is cut short is no index.
  public static func snapshot(
    ofIndex path: String, to target: String, copiesFiles: Bool = false
  ) throws(IndexError) -> SnapshotReport {
    var manifest = try Manifest(folder: path)
    while true {
      do throws(IndexError) {
        return try snapshot(of: manifest, path, to: target, copiesFiles)
      } catch {
        PendingFiles.shared.discard(in: target)
        let newer = try Manifest(folder: path)
        if newer.generation == manifest.generation { throw error }
        manifest = newer
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
    try IndexFolder(target).commit(manifest)
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
