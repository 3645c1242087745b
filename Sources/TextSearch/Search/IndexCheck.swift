/// What a look at every byte of an index found.
public struct CheckReport: Sendable, Equatable {
  /// Files that were read.
  public var fileCount: Int
  public var byteCount: Int
  /// `IndexError.damaged` for the most part; empty where all is well.
  public var problems: [IndexError]
  /// The commit that was checked; 0 where its manifest can't be read.
  public var generation: UInt64 = 0
  /// A newer commit that is not whole, for which that one stands in.
  public var incomplete: IncompleteGeneration?

  public init(fileCount: Int, byteCount: Int, problems: [IndexError]) {
    self.fileCount = fileCount
    self.byteCount = byteCount
    self.problems = problems
  }
}

extension Searcher {
  /// Reads every byte of the newest whole commit of the index in `path` and verifies what the format promises.
  ///
  /// Damage is reported, not thrown, the first places of it in each file.
  /// - Throws: `IndexError` where there is no index, or its manifest cannot be read.
  /// - Complexity: O(bytes of the index).
  public static func check(index path: String) throws(IndexError) -> CheckReport {
    while true {
      let whole = try WholeManifest(folder: path)
      let manifest = whole.manifest
      var check = IndexCheck(folder: path)
      check.report.byteCount = manifest.text().utf8.count
      check.report.generation = manifest.generation
      check.report.incomplete = whole.incomplete
      check.ownManifest(manifest)
      for entry in manifest.segments { check.segment(entry) }
      for file in manifest.sources { check.sources(file) }
      // A commit meanwhile removes files, and what is missing is then no damage.
      let isNewest = try Manifest(folder: path).generation == whole.newest
      if check.report.problems.isEmpty || isNewest { return check.report }
    }
  }
}

/// The steps of a check; each goes on where another found damage.
private struct IndexCheck {
  let folder: String
  // The manifest is read already.
  var report = CheckReport(fileCount: 1, byteCount: 0, problems: [])

  /// Places named of one file; a file that is damaged all over needs no more.
  private static let problemLimit = 20

  init(folder: String) { self.folder = folder }

  /// The manifest that the generation keeps beside the one in place. It need not be there; in a copy
  /// that was made during its commit it may be cut short.
  mutating func ownManifest(_ manifest: Manifest) {
    let path = folder + "/" + Manifest.name(ofGeneration: manifest.generation)
    guard Platform.exists(path) else { return }
    note { check throws(IndexError) in
      let (found, wanted) = (try Platform.read(path), Array(manifest.text().utf8))
      check.report.fileCount += 1
      check.report.byteCount += found.count
      guard found.count < wanted.count || found == wanted else {
        throw .damaged(
          file: path, section: "manifest", offset: 0, reason: "it is not the one in place")
      }
    }
  }

  mutating func segment(_ entry: Manifest.Entry) {
    let folder = folder
    file(Manifest.File(name: entry.name, byteCount: entry.byteCount)) { _ throws(IndexError) in
      // Reads the deletions, too.
      let segment = try Segment(entry, folder: folder)
      var check = SegmentCheck(segment)
      try check.run()
    }
    guard let deletions = entry.deletions else { return }
    note { check throws(IndexError) in _ = try check.size(of: deletions) }
  }

  mutating func sources(_ list: Manifest.File) {
    file(list) { path throws(IndexError) in try Self.checkRecords(of: SourceList(path: path)) }
  }

  /// Checks a file of sections, and then what `structures` finds in it.
  private mutating func file(
    _ file: Manifest.File, _ structures: (_ path: String) throws(IndexError) -> Void
  ) {
    note { check throws(IndexError) in
      let path = try check.size(of: file)
      let before = check.report.problems.count
      check.pages(of: try SegmentFile(path: path))
      // Rules of the content mean nothing where the bytes are not those that were written.
      if check.report.problems.count == before { try structures(path) }
    }
  }

  private mutating func note(_ body: (inout IndexCheck) throws(IndexError) -> Void) {
    do throws(IndexError) {
      try body(&self)
    } catch {
      report.problems.append(error)
    }
  }

  /// Counts the file, and compares its size with that in the manifest.
  /// - Returns: Its path.
  private mutating func size(of file: Manifest.File) throws(IndexError) -> String {
    let path = folder + "/" + file.name
    let size = try Platform.status(path).size
    report.fileCount += 1
    report.byteCount += size
    guard size == file.byteCount else {
      throw .damaged(
        file: path, section: "file", offset: min(size, file.byteCount),
        reason: "\(size) bytes where the manifest says \(file.byteCount)")
    }
    return path
  }

  private static func checkRecords(of list: SourceList) throws(IndexError) {
    var (count, goneCount) = (0, 0)
    var cursor = try list.cursor()
    while try cursor.next() {
      count += 1
      if cursor.isGone { goneCount += 1 } else { _ = try cursor.source() }
    }
    guard count == list.count, goneCount == list.goneCount else {
      throw list.records.damaged(
        at: 0,
        "\(count) records, \(goneCount) of them gone, where there are to be "
          + "\(list.count) and \(list.goneCount)")
    }
  }

  /// Verifies the checksum of every page, section by section.
  private mutating func pages(of file: SegmentFile) {
    let limit = report.problems.count + Self.problemLimit
    for (name, range) in file.sections {
      let section = Section(name: name, file: file.file, range: range)
      for start in stride(from: 0, to: section.count, by: PagedFile.pageSize) {
        guard report.problems.count < limit else { return }
        let part = start..<min(start + PagedFile.pageSize, section.count)
        do throws(IndexError) {
          try section.verify(part)
        } catch {
          if report.problems.last != error { report.problems.append(error) }
        }
      }
    }
  }
}
