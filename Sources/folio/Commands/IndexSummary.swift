import Filings
import TextSearch

/// What `folio index` has done.
struct IndexSummary {
  let index: String
  /// Of the index, with all that it had before.
  private(set) var filings = 0
  private(set) var documents = 0
  private(set) var tokens = 0
  private(set) var indexBytes = 0
  private(set) var generation: UInt64 = 0
  /// How many filings of each kind were read.
  private(set) var read: [Filing.Kind: Int] = [:]
  var bytesRead = 0
  var skipped: [SkippedPart] = []
  /// Filings of new files, of changed ones, and of files that have another path than before.
  private(set) var added = 0
  private(set) var updated = 0
  private(set) var moved = 0
  /// Filings of files that are gone.
  private(set) var removed = 0
  private(set) var duplicates: [(path: String, of: String)] = []
  /// What was a duplicate before, of files that are read again.
  private var knownDuplicates: [PathKey: String] = [:]
  private(set) var commitCount = 0
  /// By source: filings read in this run that are shown.
  private var counted: [UInt32: (filings: Int, change: Change)] = [:]
  /// New matches of saved searches.
  var alerts: [String] = []
  /// Every folder that was looked into.
  var folders: [String] = []
  /// Files that are left for a later run.
  var waiting = 0
  private var nanoseconds: UInt64 = 0

  init(index: String) { self.index = index }

  mutating func add(_ counts: [Filing.Kind: Int]) {
    read.merge(counts, uniquingKeysWith: +)
  }

  /// Filings read so far.
  var readCount: Int { read.values.reduce(0, +) }

  /// What has happened to the file of a filing that was read.
  enum Change { case added, updated, moved, none }

  /// Counts filings that were read of a source.
  mutating func count(_ filings: Int, _ change: Change, of source: UInt32) {
    if filings > 0, change != .none { counted[source] = (filings, change) }
  }

  /// Takes back what was counted of a source, in part where only some of its filings are not shown.
  mutating func uncount(_ filings: Int = .max, of source: UInt32) {
    guard let earlier = counted[source] else { return }
    let left = earlier.filings - min(filings, earlier.filings)
    counted[source] = left > 0 ? (left, earlier.change) : nil
  }

  private func total(_ change: Change) -> Int {
    counted.values.reduce(0) { $0 + ($1.change == change ? $1.filings : 0) }
  }

  mutating func add(_ report: CommitReport) {
    for (source, filings) in report.changes.lostGroups { uncount(filings, of: source) }
    if report.generation != generation { commitCount += 1 }
    filings = report.groupCount
    documents = report.documentCount
    tokens = report.tokenCount
    indexBytes = report.indexBytes
    generation = report.generation
    removed += report.changes.removedGroups
    duplicates += report.changes.duplicates
  }

  /// Notes what a file that is read again was a duplicate of: that it still is, is no news.
  mutating func note(_ known: Source?) {
    if let known, case .duplicate(let other) = known.state {
      knownDuplicates[PathKey(known.path)] = other
    }
  }

  /// - Parameter generation: Of the commit that the run begins with.
  mutating func begin(generation: UInt64) { self.generation = generation }

  /// - Parameter table: The sources as they are now.
  mutating func finish(start: UInt64, _ table: SourceTable) throws(IndexError) {
    (added, updated, moved) = (total(.added), total(.updated), total(.moved))
    removed = max(0, removed - moved)
    try settleDuplicates(table)
    nanoseconds = Platform.nanoseconds() - start
  }

  /// Names each file once that gave way to another and still does; the other one may have given way
  /// itself since.
  private mutating func settleDuplicates(_ table: SourceTable) throws(IndexError) {
    var seen: Set<PathKey> = []
    var settled: [(path: String, of: String)] = []
    for (path, _) in duplicates where seen.insert(PathKey(path)).inserted {
      guard let source = try table.source(at: path), case .duplicate(let other) = source.state,
        knownDuplicates[PathKey(path)] != other
      else { continue }
      settled.append((path, other))
    }
    duplicates = settled
  }

  /// Filings that were there before and still are.
  private var unchanged: Int { max(0, filings - added - updated - moved) }

  var json: JSONWriter {
    .object { json in
      json.member("filings", filings)
      json.member("documents", documents)
      json.member("tokens", tokens)
      json.member("bytes_read", bytesRead)
      json.member("index_bytes", indexBytes)
      json.member("seconds", Double(nanoseconds / 1_000_000) / 1000)
      json.member("generation", generation)
      json.member("added", added)
      json.member("updated", updated)
      json.member("moved", moved)
      json.member("removed", removed)
      json.member("unchanged", unchanged)
      json.member("duplicates", duplicates) { json, duplicate in
        json.object {
          $0.member("path", duplicate.path)
          $0.member("of", duplicate.of)
        }
      }
      json.key("read")
      json.object { json in
        for (kind, count) in readByKind { json.member(kind, count) }
      }
      json.member("skipped", skipped) { json, part in
        json.object {
          $0.member("path", part.path)
          $0.member("part", part.part)
          $0.member("kind", part.kind.rawValue)
          $0.member("reason", part.reason)
        }
      }
    }
  }

  private var readByKind: [(kind: String, count: Int)] {
    Filing.Kind.allCases.compactMap { kind in read[kind].map { (kind.rawValue, $0) } }
  }

  var text: String {
    let counts =
      "\(Numbers.count(filings, "filing")), \(Numbers.count(documents, "document")), "
      + Numbers.count(tokens, "word")
    let time = Numbers.duration(nanoseconds: nanoseconds)
    var text = hasChanges ? changesText : "Nothing has changed\n"
    text += "\(Printable.line(index)): \(counts), \(Numbers.bytes(indexBytes)); "
    text += "\(Numbers.bytes(bytesRead)) read in \(time)\n"
    let kinds = readByKind.map { "\(Numbers.grouped($0.count)) \($0.kind)" }
    if !kinds.isEmpty { text += "Read by kind: \(kinds.joined(separator: ", "))\n" }
    text += duplicatesText + skippedText
    return alerts.reduce(text) { $0 + "Alert \($1)\n" }
  }

  /// What a run did, in one line.
  var line: String {
    let changes = changesText.isEmpty ? "no change" : String(changesText.dropFirst(9).dropLast())
    let time = Numbers.duration(nanoseconds: nanoseconds)
    return "generation \(generation): \(changes); \(Numbers.count(filings, "filing")) (\(time))"
  }

  private var hasChanges: Bool { added + updated + moved + removed > 0 || !duplicates.isEmpty }

  private var changesText: String {
    let counts = [(added, "added"), (updated, "updated"), (moved, "moved"), (removed, "removed")]
    let named = counts.filter { $0.0 > 0 }.map { "\(Numbers.grouped($0.0)) \($0.1)" }
    return named.isEmpty ? "" : "Filings: \(named.joined(separator: ", "))\n"
  }

  private var duplicatesText: String {
    if duplicates.isEmpty { return "" }
    var text = "Duplicates: \(Numbers.count(duplicates.count, "file"))\n"
    for duplicate in duplicates.prefix(Self.shownCount) {
      text += "  \(Printable.line(duplicate.path)): the same as \(Printable.line(duplicate.of))\n"
    }
    let rest = duplicates.count - Self.shownCount
    return rest > 0 ? text + "  and \(Numbers.grouped(rest)) more\n" : text
  }

  var nothingRead: Failure {
    var failure = Failure(.missing, "there is no filing to index; nothing was written")
    failure.details = skippedText.split(separator: "\n").map(String.init)
    failure.details.append("Name a folder or a file with filings: folio index FOLDER")
    return failure
  }

  /// Skipped files that the text names, and of one kind where there are more.
  private static let shownCount = 10
  private static let shownOfKind = 3

  /// How many of each kind were passed over, the most frequent first, and some of each with why.
  private var skippedText: String {
    if skipped.isEmpty { return "" }
    let kinds = Dictionary(grouping: skipped, by: \.kind)
      .sorted { ($1.value.count, $0.key.rawValue) < ($0.value.count, $1.key.rawValue) }
    let counts = kinds.map { "\(Numbers.grouped($0.value.count)) \($0.key.rawValue)" }
    var text =
      "Passed over \(Numbers.grouped(skipped.count)): \(counts.joined(separator: ", "))\n"
    let isShort = skipped.count <= Self.shownCount
    for (kind, parts) in kinds {
      let shown = isShort ? parts[...] : parts.prefix(Self.shownOfKind)
      for part in shown {
        text += "  \(Printable.line(part.name)): \(Printable.line(part.reason))\n"
      }
      let rest = parts.count - shown.count
      if rest > 0 { text += "  and \(Numbers.grouped(rest)) more \(kind.rawValue)\n" }
    }
    return text
  }
}
