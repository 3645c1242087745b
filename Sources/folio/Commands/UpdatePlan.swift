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
  /// Every folder that was looked into.
  private(set) var folders: [String] = []
  /// Files that may not be complete and are left for a later run.
  private(set) var waiting = 0
  /// Sources by the fingerprint of their content, where a file to read may have the same.
  private(set) var twins = Twins()

  /// - Parameter options: The paths to look at, and the index, whose own folder is passed over.
  init(_ options: IndexRun.Options, _ writer: IndexWriter) throws(IndexError) {
    settled =
      options.settlingSeconds > 0
      ? Platform.wallClockNanoseconds - Int64(options.settlingSeconds * 1e9) : .max
    var scopes = UpdateScopes(writer.roots)
    for operand in options.operands { try scopes.add(operand) }
    var found = try InputFinder.find(at: scopes.paths, excluding: [options.index])
    try scopes.label(&found.list, writer.sources)
    found.addFacts()
    skipped = found.skipped
    folders = found.folders
    roots = scopes.roots
    try compare(found, scopes, writer)
    try findTwins(found, writer.sources, scopes)
  }

  private mutating func compare(
    _ found: FoundFiles, _ scopes: UpdateScopes, _ writer: IndexWriter
  ) throws(IndexError) {
    var differences = try SourceDifferences(writer.sources, found.list, below: scopes.paths)
    var changed: [(file: Int, known: Source?)] = []
    while let difference = try differences.next() {
      switch difference {
      case .new(let file): changed.append((file, nil))
      case .changed(let file, let source): changed.append((file, source))
      case .gone(let source):
        // What cannot be read now is not gone.
        if found.unreadable.contains(where: { UpdateScopes.isBelow(source.path, $0) }) {
          unchanged += 1
        } else {
          gone.append(source)
        }
      }
    }
    unchanged += differences.sameCount
    let dependents = try dependents(found, changed, writer.sources)
    unchanged -= dependents.count
    changed += dependents.map { ($0.file, $0.known) }
    let order = changed.map { found.list.path($0.file) }
    for place in changed.indices.sorted(by: { PathOrder.precedes(order[$0], order[$1]) }) {
      take(found.file(changed[place].file), changed[place].known, writer)
    }
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
      FileFingerprint.of(file).map({ $0 ^ file.factsFingerprint }) == known.fingerprint,
      !mustBeRead.contains(known.path)
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

  /// Unchanged files that depend on others which are new, changed or gone: those that gave way to
  /// them, and those that they may say something of.
  private mutating func dependents(
    _ found: FoundFiles, _ changed: [(file: Int, known: Source?)], _ table: SourceTable
  ) throws(IndexError) -> [(file: Int, known: Source)] {
    let replaced = changed.compactMap(\.known) + gone
    let paths = Set(replaced.map(\.path))
    var dependents: [(file: Int, known: Source)] = []
    if !replaced.isEmpty {
      let numbers = Set(replaced.map(\.number))
      try table.visitBeaten { source in
        var isBeaten = source.beatenBy.contains { numbers.contains($0) }
        if case .duplicate(let other) = source.state, paths.contains(other) { isBeaten = true }
        guard isBeaten, !paths.contains(source.path), let file = found.number(ofFileAt: source.path)
        else { return }
        mustBeRead.insert(source.path)
        dependents.append((file, source))
      }
    }
    var facts = ChangedFacts()
    for (file, known) in changed { facts.add(found.list.path(file), isNew: known == nil) }
    for source in gone { facts.add(source.path, isNew: false) }
    let taken = Set(changed.map(\.file) + dependents.map(\.file))
    for file in try facts.subjects(found, table) where !taken.contains(file) {
      if let known = try table.source(at: found.list.path(file)) {
        dependents.append((file, known))
      }
    }
    return dependents
  }

  /// Finds the sources that may have the content of a file to read.
  private mutating func findTwins(
    _ found: FoundFiles, _ table: SourceTable, _ scopes: UpdateScopes
  ) throws(IndexError) {
    if readings.isEmpty { return }
    let sizes = Set(readings.map(\.file.size))
    let replaced = Set(readings.map(\.file.path) + gone.map(\.path))
    var lost: [Twins.Twin] = []
    try table.visitIndexed(ofSizes: sizes) { source in
      if replaced.contains(source.path) { return }
      let file =
        found.number(ofFileAt: source.path).map { found.file($0) }
        ?? InputFile(
          path: source.path, relativePath: source.label, size: source.size,
          modified: source.modified)
      let twin = Twins.Twin(source: source, file)
      // A folder that was moved with its index leaves sources that are no longer there.
      let isThere = scopes.contains(source.path) || Platform.exists(source.path)
      if isThere { twins.insert(twin) } else { lost.append(twin) }
    }
    if !lost.isEmpty { forgetMoved(lost) }
  }

  /// Takes sources that are no longer there, and whose content has come under another path, for
  /// moved; a root that is no longer there goes with them.
  private mutating func forgetMoved(_ lost: [Twins.Twin]) {
    let arrived = Set(
      readings.compactMap { $0.known == nil ? FileFingerprint.of($0.file) : nil })
    let moved = lost.filter { arrived.contains($0.content) }.map(\.source)
    gone += moved
    roots.removeAll { root in
      moved.contains { UpdateScopes.isBelow($0.path, root.path) } && !Platform.exists(root.path)
    }
  }

  /// Whether so much is gone that a folder may be missing by mistake: more than half of the files
  /// that are known, not counting those that are there under another name.
  func losesMost(of table: SourceTable) throws(IndexError) -> Bool {
    var arrived: [[Int64]: Int] = [:]
    for reading in readings where reading.known == nil {
      arrived[[Int64(reading.file.size), reading.file.modified], default: 0] += 1
    }
    var lost = 0
    for source in gone {
      let key = [Int64(source.size), source.modified]
      if let count = arrived[key], count > 0 { arrived[key] = count - 1 } else { lost += 1 }
    }
    if lost == 0 { return false }
    return try table.hasFewer(than: lost * 2)
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
  private var knownPaths: Set<String> = []
  private var newRoots: Set<String> = []
  /// The places of roots by their paths.
  private var places: [String: Int] = [:]

  init(_ roots: [SourceRoot]) {
    self.roots = roots
    numberRoots()
  }

  private mutating func numberRoots() {
    places = [:]
    for (place, root) in roots.enumerated() { places[root.path] = place }
  }

  mutating func add(_ operand: String) throws(IndexError) {
    let path = try Platform.absolutePath(operand)
    guard knownPaths.insert(path).inserted else { return }
    paths.append(path)
    if place(of: path) != nil { return }
    if try Platform.status(path).kind == .folder {
      // What is below the new root belongs to it from now on.
      let before = roots.count
      roots.removeAll { Self.isBelow($0.path, path) }
      if roots.count < before { numberRoots() }
    }
    places[path] = roots.count
    roots.append(SourceRoot(path: path, label: ""))
    newRoots.insert(path)
  }

  static func isBelow(_ path: String, _ folder: String) -> Bool {
    path == folder || path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
  }

  /// Whether the run looks at the path.
  func contains(_ path: String) -> Bool {
    Self.firstAncestor(of: path) { knownPaths.contains($0) } != nil
  }

  /// The place of the root that a path is at or below.
  private func place(of path: String) -> Int? {
    Self.firstAncestor(of: path) { places[$0] != nil }.flatMap { places[$0] }
  }

  /// The path itself or the nearest folder above it that `isWanted` takes.
  private static func firstAncestor(of path: String, _ isWanted: (String) -> Bool) -> String? {
    var path = path[...]
    while true {
      if isWanted(String(path)) { return String(path) }
      guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), path.utf8.count > 1 else {
        return nil
      }
      path = slash == path.startIndex ? "/" : path[..<slash]
    }
  }

  /// Gives the files the labels that their roots say; the parts of the list are those of `paths`.
  mutating func label(_ list: inout FileList, _ table: SourceTable) throws(IndexError) {
    for (part, path) in paths.enumerated() {
      guard let place = place(of: path) else { continue }
      list.setLabelStart(Self.labelStart(roots[place]), ofPart: part)
      list.setLabelPrefix(roots[place].label, ofPart: part)
    }
    if newRoots.isEmpty { return }
    try labelNewRoots(&list, table)
  }

  /// Where in paths the part begins that labels have: behind a folder, or at the name of a file.
  private static func labelStart(_ root: SourceRoot) -> Int {
    if root.path.hasSuffix("/") { return root.path.utf8.count }
    if (try? Platform.status(root.path).kind) == .folder { return root.path.utf8.count + 1 }
    let name = root.path.utf8.lastIndex(of: UInt8(ascii: "/")).map {
      root.path.utf8.index(after: $0)
    }
    return root.path.utf8.distance(from: root.path.startIndex, to: name ?? root.path.startIndex)
  }

  /// Gives a new root a label where its files would be called like others: the folder's name, or
  /// if that is not enough its path.
  private mutating func labelNewRoots(_ list: inout FileList, _ table: SourceTable)
    throws(IndexError)
  {
    var taken: [String: String] = [:]
    try table.visit { source in
      taken[source.label] = source.path
      return true
    }
    for (part, path) in paths.enumerated() where newRoots.contains(path) {
      guard let place = places[path] else { continue }
      let names = path.split(separator: "/").dropLast(isFile(roots[place]) ? 1 : 0)
      let labels = ["", names.last.map { "\($0)/" } ?? "", names.map { "\($0)/" }.joined()]
      for label in labels {
        roots[place].label = label
        list.setLabelPrefix(label, ofPart: part)
        let isFree = list.files(ofPart: part).allSatisfy { file in
          let owner = taken[list.label(file)]
          // What is no longer there has been moved, maybe to here.
          return owner.map { $0 == list.path(file) || !Platform.exists($0) } ?? true
        }
        if isFree { break }
      }
      for file in list.files(ofPart: part) { taken[list.label(file)] = list.path(file) }
    }
  }

  private func isFile(_ root: SourceRoot) -> Bool {
    (try? Platform.status(root.path).kind) == .file
  }
}
