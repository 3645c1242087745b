import TestSupport
import Testing

@testable import TextSearch

@Suite struct SourceDifferencesTests {
  @Test(arguments: 0..<20) func differencesAgreeWithADictionary(part: Int) throws {
    var random = SeededGenerator(seed: TestSeed.announced("differences", part))
    let folder = try TemporaryIndex()
    var known: [String: Source] = [:]
    for _ in 0..<Int.random(in: 0...300, using: &random) {
      let path = SourceFixture.path(&random)
      known[path] = SourceFixture.source(path, &random)
    }
    let table = try Self.table(known, folder, &random)
    let roots = part % 3 == 0 ? nil : ["/a", "/10-k/", "/a/b", "/10-k"]
    let (files, found) = Self.files(known, &random)
    var expected: Set<String> = []
    for (path, source) in known where found[path] == nil && Self.isIn(roots, path) {
      expected.insert("gone \(source.path)")
    }
    var sameCount = 0
    for (path, file) in found {
      guard let source = known[path] else {
        expected.insert("new \(path)")
        continue
      }
      let isSame =
        source.size == files.size(file) && source.modified == files.modified(file)
        && source.label == files.label(file)
      if isSame { sameCount += 1 } else { expected.insert("changed \(path) \(source.number)") }
    }
    var differences = try SourceDifferences(table, files, below: roots)
    var seen: Set<String> = []
    while let difference = try differences.next() {
      let isNew = seen.insert(Self.text(difference, files)).inserted
      #expect(isNew)
    }
    #expect(seen == expected)
    #expect(differences.sameCount == sameCount)
  }

  private static func text(
    _ difference: SourceDifferences.Difference, _ files: FileList
  ) -> String {
    switch difference {
    case .new(let file): "new \(files.path(file))"
    case .changed(let file, let source): "changed \(files.path(file)) \(source.number)"
    case .gone(let source): "gone \(source.path)"
    }
  }

  private static func isIn(_ roots: [String]?, _ path: String) -> Bool {
    guard let roots else { return true }
    return roots.contains { root in
      let root = root.hasSuffix("/") ? String(root.dropLast()) : root
      return path == root || path.hasPrefix(root + "/")
    }
  }

  /// A table of three lists, the older ones with things that are not so any more.
  private static func table(
    _ known: [String: Source], _ folder: TemporaryIndex, _ random: inout SeededGenerator
  ) throws -> SourceTable {
    var paths: [String] = []
    for number in 0..<3 {
      var changes = known.values.filter { _ in
        number == 2 || Int.random(in: 0...1, using: &random) == 0
      }.map { source in
        var source = source
        if number < 2 { source.size = 1 }
        return SourceChange.set(source)
      }
      let extra = SourceFixture.path(&random)
      if known[extra] == nil {
        changes.append(.gone(path: extra))
      }
      let path = folder.path + "/\(number).sources"
      _ = try SourceTable().write(changes, to: path)
      paths.append(path)
    }
    return try SourceTable(paths: paths)
  }

  /// Files of which some are new and some are as the sources say, and which is where.
  private static func files(
    _ known: [String: Source], _ random: inout SeededGenerator
  ) -> (FileList, [String: Int]) {
    var files = FileList()
    var found: [String: Int] = [:]
    let isShuffled = Bool.random(using: &random)
    var paths = known.keys.filter { _ in Int.random(in: 0..<4, using: &random) > 0 }
    for _ in 0..<20 { paths.append(SourceFixture.path(&random)) }
    paths = Array(Set(paths)).sorted {
      SourceFixture.components($0).lexicographicallyPrecedes(SourceFixture.components($1))
    }
    if isShuffled { paths.shuffle(using: &random) }
    for path in paths {
      let source = known[path] ?? SourceFixture.source(path, &random)
      switch Int.random(in: 0...2, using: &random) {
      case 0: files.beginPart(labelStart: 1)
      case 1:
        files.beginPart(labelStart: 0)
        files.setLabelPrefix("two/", ofPart: files.partCount - 1)
      default: files.beginPart(labelStart: max(0, path.utf8.count - source.label.utf8.count))
      }
      let change = Int.random(in: 0..<6, using: &random)
      found[path] = files.count
      files.append(
        path: path, size: change == 0 ? 3 : source.size, modified: change == 1 ? 4 : source.modified
      )
    }
    if let path = paths.first { files.append(path: path, size: 77, modified: 88) }
    return (files, found)
  }
}
