/// What a look at every byte of an index found.
public struct CheckReport: Sendable, Equatable {
  /// Files that were read.
  public var fileCount: Int
  public var byteCount: Int
  /// `IndexError.damaged` for the most part; empty where all is well.
  public var problems: [IndexError]

  public init(fileCount: Int, byteCount: Int, problems: [IndexError]) {
    self.fileCount = fileCount
    self.byteCount = byteCount
    self.problems = problems
  }
}

extension Searcher {
  /// Reads every byte of the index in the folder `path` and verifies what the format promises.
  ///
  /// Damage is reported, not thrown, the first places of it in each file.
  /// - Throws: `IndexError` where there is no index, or its manifest cannot be read.
  /// - Complexity: O(bytes of the index).
  public static func check(index path: String) throws(IndexError) -> CheckReport {
    let manifest = try Manifest(folder: path)
    var check = IndexCheck(folder: path)
    check.report.byteCount = manifest.text().utf8.count
    for entry in manifest.segments { check.segment(entry) }
    return check.report
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

  mutating func segment(_ entry: Manifest.Entry) {
    let path = folder + "/" + entry.name
    do throws(IndexError) {
      let size = try Platform.status(path).size
      report.fileCount += 1
      report.byteCount += size
      guard size == entry.byteCount else {
        throw .damaged(
          file: path, section: "file", offset: min(size, entry.byteCount),
          reason: "\(size) bytes where the manifest says \(entry.byteCount)")
      }
      let file = try SegmentFile(path: path)
      let before = report.problems.count
      pages(of: file)
      // Rules of the content mean nothing where the bytes are not those that were written.
      if report.problems.count == before { try structures(entry) }
    } catch {
      report.problems.append(error)
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

  private func structures(_ entry: Manifest.Entry) throws(IndexError) {
    let segment = try Segment(entry, folder: folder)
    var check = SegmentCheck(segment)
    try check.run()
  }
}
