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
    /// Whether the file is as it was, and read as another one goes that was shown in its place.
    var isAgain = false
  }

  private(set) var roots: [SourceRoot]
  /// New and changed files in the order of their paths.
  private(set) var readings: [Reading] = []
  private(set) var gone: [Source] = []
  /// Sources whose files are as they were but for their time.
  private(set) var touched: [Source] = []
  private(set) var unchanged = 0
  private(set) var skipped: [SkippedPart] = []
  /// Every folder that was looked into.
  private(set) var folders: [String] = []
  /// Files that may not be complete and are left for a later run.
  private(set) var waiting = 0
  /// Sources by the fingerprint of their content, where a file to read may have the same.
  private(set) var twins = Twins()
  /// The files of all sources.
  private(set) var files: KnownFiles

  /// - Parameter options: The paths to look at, and the index, whose own folder is passed over.
  init(_ options: IndexRun.Options, _ writer: IndexWriter) throws(IndexError) {
    settled =
      options.settlingSeconds > 0
      ? Platform.wallClockNanoseconds - Int64(options.settlingSeconds * 1e9) : .max
    var scopes = UpdateScopes(writer.roots)
    for operand in options.operands { try scopes.add(operand, writer.sources) }
    var found = try InputFinder.find(at: scopes.paths, excluding: [options.index])
    scopes.label(&found.list)
    found.addFacts()
    skipped = found.skipped
    folders = found.folders
    roots = scopes.roots
    files = KnownFiles(found, scopes, index: options.index)
    try compare(found, scopes, writer)
    try findTwins(writer.sources)
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
    let subjects = try subjects(found, changed, writer.sources)
    unchanged -= subjects.count
    changed += subjects
    let order = changed.map { found.list.path($0.file) }
    for place in changed.indices.sorted(by: { PathOrder.precedes(order[$0], order[$1]) }) {
      try take(found.file(changed[place].file), changed[place].known, writer)
    }
  }

  private mutating func take(
    _ file: InputFile, _ known: Source?, _ writer: IndexWriter
  ) throws(IndexError) {
    // A time that lies ahead is of another clock and says nothing.
    if file.modified > settled, settled < .max - 60_000_000_000,
      file.modified <= settled + 60_000_000_000
    {
      waiting += 1
      return
    }
    if let known, known.size == file.size, known.label == file.relativePath,
      FileFingerprint.of(file).map({ $0 ^ file.factsFingerprint }) == known.fingerprint
    {
      let isTouched = known.modified != file.modified
      let hasRivals = isTouched ? try hasRivals(known, writer.sources) : false
      if !hasRivals {
        if isTouched { touch(known, file) }
        unchanged += 1
        return
      }
    }
    readings.append(Reading(file: file, known: known, number: writer.newSourceNumber()))
  }

  private mutating func touch(_ known: Source, _ file: InputFile) {
    var source = known
    source.modified = file.modified
    touched.append(source)
  }

  /// Files that were changed later may not be complete.
  private let settled: Int64
  /// The numbers of sources that others gave way to; found out when it is first asked for.
  private var winners: Set<UInt32>?

  /// Whether the time of a source decides which one of several is shown.
  private mutating func hasRivals(
    _ source: Source, _ table: SourceTable
  ) throws(IndexError) -> Bool {
    if !source.beatenBy.isEmpty { return true }
    if let winners { return winners.contains(source.number) }
    var winners: Set<UInt32> = []
    try table.visitBeaten { winners.formUnion($0.beatenBy) }
    self.winners = winners
    return winners.contains(source.number)
  }

  /// Unchanged files that files which are new, changed or gone may say something of.
  private func subjects(
    _ found: FoundFiles, _ changed: [(file: Int, known: Source?)], _ table: SourceTable
  ) throws(IndexError) -> [(file: Int, known: Source?)] {
    var facts = ChangedFacts()
    for (file, known) in changed { facts.add(found.list.path(file), isNew: known == nil) }
    for source in gone { facts.add(source.path, isNew: false) }
    let taken = Set(changed.map(\.file))
    var subjects: [(file: Int, known: Source?)] = []
    for file in try facts.subjects(found, table) where !taken.contains(file) {
      if let known = try table.source(at: found.list.path(file)) { subjects.append((file, known)) }
    }
    return subjects
  }

  /// Finds the sources that may have the content of a file to read.
  private mutating func findTwins(_ table: SourceTable) throws(IndexError) {
    let replaced = Set((readings.map(\.file.path) + gone.map(\.path)).map(PathKey.init))
    let (found, lost) = try Twins.find(for: readings, in: table, &files) {
      replaced.contains(PathKey($0))
    }
    twins = found
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
