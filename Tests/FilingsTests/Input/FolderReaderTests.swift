import Foundation
import TestSupport
import Testing

@testable import Filings
@testable import TextSearch

/// Folders are read ahead on other threads, and what is found is what a plain walk finds.
@Suite struct FolderReaderTests {
  /// Many folders in folders, with files, links to folders and circles.
  private static func makeTree(_ root: String, _ random: inout SeededGenerator) throws {
    var folders = [root]
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    for number in 0..<400 {
      // Some stand deep, most are wide.
      let parent =
        number % 7 == 0 ? folders[folders.count - 1] : folders.randomElement(using: &random)
      let path = (parent ?? root) + "/" + ["a", "b.x", "b", "z"][number % 4] + "\(number)"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      folders.append(path)
      for file in 0..<Int.random(in: 0..<4, using: &random) {
        try Data("x".utf8).write(to: URL(fileURLWithPath: "\(path)/\(file).txt"))
      }
      if number % 11 == 0, let target = folders.randomElement(using: &random) {
        try FileManager.default.createSymbolicLink(
          atPath: path + "/link", withDestinationPath: target)
      }
    }
  }

  /// The files below a folder in order, by the plainest of all ways: each folder once, names in the
  /// order of their bytes, links followed.
  private static func plainWalk(_ root: String) throws -> [String] {
    var seen: Set<String> = []
    var files: [String] = []
    func walk(_ folder: String) throws {
      let identity = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
      guard seen.insert(identity).inserted else { return }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      for name in names {
        let path = folder + "/" + name
        guard FileManager.default.fileExists(atPath: path) else { continue }
        if path.hasSuffix(".txt") { files.append(path) } else { try walk(path) }
      }
    }
    try walk(root)
    return files
  }

  private static func paths(_ found: FoundFiles) -> [String] {
    found.list.indices.map { found.list.path($0) }
  }

  @Test func theOrderIsThatOfAPlainWalk() throws {
    let seed = TestSeed.announced("folders")
    var random = SeededGenerator(seed: seed)
    let root = try Folder.temporary() + "/tree"
    try Self.makeTree(root, &random)
    let expected = try Self.plainWalk(root)
    for turn in 0..<40 {
      let found = try InputFinder.find(at: [root])
      #expect(Self.paths(found) == expected, "seed \(seed), turn \(turn)")
      #expect(found.skipped.isEmpty && found.unreadable.isEmpty)
    }
  }

  /// Folders and files that come and go meanwhile may be found or not, all others are.
  @Test func changesMeanwhileDoNoHarm() throws {
    let seed = TestSeed.announced("folders that change")
    var random = SeededGenerator(seed: seed)
    let root = try Folder.temporary() + "/tree"
    try Self.makeTree(root, &random)
    let expected = Set(try Self.plainWalk(root))
    let folders = Set(expected.map { ($0 as NSString).deletingLastPathComponent }).sorted()
    let isDone = Monitor(false)
    let changes = TextSearch.Thread.start {
      var turn = 0
      while !isDone.change({ $0 }) {
        let folder = folders[turn &* 7_919 % folders.count] + "/passing\(turn % 5)"
        try? FileManager.default.createDirectory(
          atPath: folder + "/deep/deeper", withIntermediateDirectories: true)
        try? Data("x".utf8).write(to: URL(fileURLWithPath: folder + "/deep/passing.txt"))
        try? FileManager.default.removeItem(atPath: folder)
        turn += 1
      }
    }
    for turn in 0..<40 {
      let found = Self.paths(try InputFinder.find(at: [root]))
      let kept = found.filter { !$0.contains("/passing") }
      #expect(Set(kept) == expected, "seed \(seed), turn \(turn)")
      #expect(kept.count == expected.count && Set(found).count == found.count)
    }
    isDone.change { $0 = true }
    changes?.join()
  }

  /// What is read ahead and never asked for ends with the reader, whenever that is.
  @Test(arguments: 0..<30) func itEndsEarly(taken: Int) throws {
    var random = SeededGenerator(seed: TestSeed.announced("folders that are not asked for", taken))
    let root = try Folder.temporary() + "/tree"
    try Self.makeTree(root, &random)
    let listing = try Platform.listing(ofFolder: root)
    let folders = try Self.folders(root, listing)
    let reader = FolderReader()
    reader.expect(folders)
    for folder in folders.prefix(taken) {
      let ahead = try reader.listing(of: folder)
      let plain = try Platform.listing(ofFolder: folder.path)
      #expect((0..<ahead.count).map { ahead.name($0) } == (0..<plain.count).map { plain.name($0) })
    }
    reader.close()
  }

  private static func folders(_ root: String, _ listing: FolderListing) throws
    -> [FolderReader.Folder]
  {
    try (0..<listing.count).map { String(decoding: listing.name($0), as: UTF8.self) }.sorted()
      .compactMap { name in
        let status = try Platform.status(root + "/" + name)
        return status.kind == .folder
          ? .init(path: root + "/" + name, identity: status.identity) : nil
      }
  }

  /// A folder that goes after it was seen, and one that may not be read, are named with the reason,
  /// whether they were read ahead or not.
  @Test func foldersThatCannotBeRead() throws {
    let root = try Folder.temporary()
    for name in ["a", "b", "c"] { try Folder.write("x", "\(root)/\(name)/f.txt") }
    let folders = try Self.folders(root, Platform.listing(ofFolder: root))
    for isExpected in [false, true] {
      let reader = FolderReader()
      var gone = folders[1]
      gone.path += "/gone"
      if isExpected { reader.expect([folders[0], gone, folders[2]]) }
      #expect(try reader.listing(of: folders[0]).count == 1)
      #expect(throws: IndexError.self) { try reader.listing(of: gone) }
      #expect(try reader.listing(of: folders[2]).count == 1)
      reader.close()
    }
    Platform.faults.set(root + "/b") { operation, _ in operation == .list ? .error(EACCES) : nil }
    defer { Platform.faults.set(root + "/b", nil) }
    let found = try InputFinder.find(at: [root])
    #expect(Self.paths(found) == ["\(root)/a/f.txt", "\(root)/c/f.txt"])
    #expect(found.unreadable == ["\(root)/b"])
    #expect(found.skipped.map(\.path) == ["b/"])
  }
}
