import Filings
import TextSearch

/// What has to be done so that an index says again what is in the files.
struct UpdatePlan {
  /// A file to read.
  struct Reading: Sendable {
    var file: InputFile
    /// What the index has of its path.
    var known: Source?
    /// The number it gets as a source.
    var number: UInt32
  }

  private(set) var roots: [SourceRoot]
  /// New and changed files in the order of their paths.
  private(set) var readings: [Reading] = []
  private(set) var gone: [Source] = []
  private(set) var unchanged = 0
  private(set) var skipped: [SkippedPart] = []
  /// Files that may not be complete and are left for a later run.
  private(set) var waiting = 0
  /// Sources by their fingerprint, where a file to read may have the same.
  private(set) var twins: [UInt64: Source] = [:]

  /// - Parameter options: The paths to look at, and the index, whose own folder is passed over.
  init(_ options: IndexRun.Options, _ writer: IndexWriter) throws(IndexError) {
    settled =
      options.settlingSeconds > 0
      ? Platform.wallClockNanoseconds - Int64(options.settlingSeconds * 1e9) : .max
    var scopes = UpdateScopes(writer.roots)
    for operand in options.operands { try scopes.add(operand) }
    let found = try InputFinder.files(at: scopes.paths, excluding: [options.index])
    skipped = found.skipped
    try scopes.labelNewRoots(found.files, writer.sources)
    roots = scopes.roots
    let files = found.files.map { scopes.relabelled($0) }
    try compare(files, scopes, writer)
    try findTwins(writer.sources, scopes)
  }

  /// Whether a source with that content is in the index under a path that comes before `path`.
  func hasTwin(_ fingerprint: UInt64, before path: String) -> Bool {
    twins[fingerprint].map { PathOrder.precedes($0.path, path) } ?? false
  }

  private mutating func compare(
    _ files: [InputFile], _ scopes: UpdateScopes, _ writer: IndexWriter
  ) throws(IndexError) {
    var list = FileList()
    for file in files {
      list.beginPart(labelPrefix: file.relativePath, labelStart: file.path.utf8.count)
      list.append(path: file.path, size: file.size, modified: file.modified)
    }
    var differences = try SourceDifferences(writer.sources, list, below: scopes.paths)
    var changed: [(file: Int, known: Source?)] = []
    while let difference = try differences.next() {
      switch difference {
      case .new(let file): changed.append((file, nil))
      case .changed(let file, let source): changed.append((file, source))
      case .gone(let source): gone.append(source)
      }
    }
    unchanged = differences.sameCount
    try addDependents(files, &changed, writer.sources)
    for (file, known) in changed { take(files[file], known, writer) }
  }

  private mutating func take(_ file: InputFile, _ known: Source?, _ writer: IndexWriter) {
    // A time that lies ahead is of another clock and says nothing.
    if file.modified > settled, settled < .max - 60_000_000_000,
      file.modified <= settled + 60_000_000_000
    {
      waiting += 1
      return
    }
    if let known, known.size == file.size, known.label == file.relativePath,
      FileFingerprint.of(file) == known.fingerprint, !mustBeRead.contains(known.path)
    {
      unchanged += 1
      return
    }
    readings.append(Reading(file: file, known: known, number: writer.newSourceNumber()))
  }

  /// Files that were changed later may not be complete.
  private let settled: Int64

  /// Files to read though they are as they were: those that a source which goes has kept out.
  private var mustBeRead: Set<String> = []

  /// Adds files that depend on others which are new, changed or gone: those that gave way to them,
  /// and those that they may say something of.
  private mutating func addDependents(
    _ files: [InputFile], _ changed: inout [(file: Int, known: Source?)], _ table: SourceTable
  ) throws(IndexError) {
    let replaced = changed.compactMap(\.known) + gone
    let numbers = Set(replaced.map(\.number))
    let paths = Set(replaced.map(\.path))
    let factsChanged =
      changed.contains { InputFile.mayHaveFactsOfOthers(files[$0.file].path) }
      || gone.contains { InputFile.mayHaveFactsOfOthers($0.path) }
    if numbers.isEmpty, !factsChanged { return }
    var places: [String: Int] = [:]
    for (place, file) in files.enumerated() { places[file.path] = place }
    var dependents: [(file: Int, known: Source)] = []
    var beaten: Set<String> = []
    try table.forEach { source in
      guard let place = places[source.path], !paths.contains(source.path) else { return true }
      var isBeaten = source.beatenBy.contains { numbers.contains($0) }
      if case .duplicate(let other) = source.state, paths.contains(other) { isBeaten = true }
      if isBeaten { beaten.insert(source.path) }
      if isBeaten || factsChanged && files[place].hasFacts { dependents.append((place, source)) }
      return true
    }
    mustBeRead = beaten
    unchanged -= dependents.count
    changed += dependents.map { ($0.file, $0.known) }
    changed.sort { $0.file < $1.file }
  }

  /// Finds the sources that may have the content of a file to read.
  private mutating func findTwins(_ table: SourceTable, _ scopes: UpdateScopes) throws(IndexError) {
    if readings.isEmpty { return }
    let sizes = Set(readings.map(\.file.size))
    let replaced = Set(readings.map(\.file.path) + gone.map(\.path))
    var twins: [UInt64: Source] = [:]
    var lost: [Source] = []
    try table.forEach { source in
      if sizes.contains(source.size), case .indexed = source.state, !replaced.contains(source.path)
      {
        // A folder that was moved with its index leaves sources that are no longer there.
        let isThere = scopes.contains(source.path) || Platform.exists(source.path)
        if isThere { twins[source.fingerprint] = source } else { lost.append(source) }
      }
      return true
    }
    self.twins = twins
    let fingerprints = Set(lost.map(\.fingerprint))
    let arrived = readings.contains { reading in
      reading.known == nil && fingerprints.contains(FileFingerprint.of(reading.file) ?? 0)
    }
    if arrived { gone += lost }
  }

  /// Whether so much is gone that a folder may be missing by mistake: more than half of the files
  /// that are known, not counting those that are there under another name.
  func losesMost(of table: SourceTable) -> Bool {
    var arrived: [[Int64]: Int] = [:]
    for reading in readings where reading.known == nil {
      arrived[[Int64(reading.file.size), reading.file.modified], default: 0] += 1
    }
    var lost = 0
    for source in gone {
      let key = [Int64(source.size), source.modified]
      if let count = arrived[key], count > 0 { arrived[key] = count - 1 } else { lost += 1 }
    }
    return lost * 2 > table.recordCount
  }

  /// What to say where most is gone.
  var lossWarning: String {
    let first = gone.first.map { ", the first of them \($0.path)" } ?? ""
    return
      "\(Numbers.count(gone.count, "indexed file")) of which most are gone\(first); nothing was "
      + "changed. If that is meant, say --allow-empty"
  }

  var byteCount: Int { readings.reduce(0) { $0 + $1.file.size } }
}

/// The parts of the roots of an index that a run looks at.
struct UpdateScopes {
  private(set) var roots: [SourceRoot]
  /// Absolute paths to look at, each at or below a root.
  private(set) var paths: [String] = []
  private var newRoots: Set<String> = []

  init(_ roots: [SourceRoot]) { self.roots = roots }

  mutating func add(_ operand: String) throws(IndexError) {
    let path = try Platform.absolutePath(operand)
    if !paths.contains(path) { paths.append(path) }
    if root(of: path) != nil { return }
    // What is below the new root belongs to it from now on.
    roots.removeAll { Self.isBelow($0.path, path) }
    roots.append(SourceRoot(path: path, label: ""))
    newRoots.insert(path)
  }

  /// Whether the run looks at the path.
  func contains(_ path: String) -> Bool { paths.contains { Self.isBelow(path, $0) } }

  static func isBelow(_ path: String, _ folder: String) -> Bool {
    path == folder || path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
  }

  private func root(of path: String) -> SourceRoot? {
    roots.first { Self.isBelow(path, $0.path) }
  }

  /// The file with the label that its root gives it.
  func relabelled(_ file: InputFile) -> InputFile {
    guard let root = root(of: file.path) else { return file }
    var file = file
    file.relativePath = root.label + Self.relative(file.path, root)
    return file
  }

  private static func relative(_ path: String, _ root: SourceRoot) -> String {
    if path == root.path { return path.split(separator: "/").last.map(String.init) ?? path }
    return String(path.dropFirst(root.path.hasSuffix("/") ? root.path.count : root.path.count + 1))
  }

  /// Gives a new root a label where its files would be called like others: the folder's name, or
  /// if that is not enough its path.
  mutating func labelNewRoots(_ files: [InputFile], _ table: SourceTable) throws(IndexError) {
    if newRoots.isEmpty { return }
    var taken: [String: String] = [:]
    try table.forEach { source in
      taken[source.label] = source.path
      return true
    }
    for place in roots.indices where newRoots.contains(roots[place].path) {
      let own = files.filter { Self.isBelow($0.path, roots[place].path) }
      let names = roots[place].path.split(separator: "/")
      let labels = ["", names.last.map { "\($0)/" } ?? "", names.map { "\($0)/" }.joined()]
      roots[place].label =
        labels.first { label in
          own.allSatisfy { file in
            let owner = taken[label + Self.relative(file.path, roots[place])]
            return owner == nil || owner == file.path
          }
        } ?? labels[2]
      for file in own {
        taken[roots[place].label + Self.relative(file.path, roots[place])] = file.path
      }
    }
  }
}
