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
  private(set) var commitCount = 0
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

  mutating func count(_ filings: Int, isUpdate: Bool, isMove: Bool) {
    if isUpdate { updated += filings } else if isMove { moved += filings } else { added += filings }
  }

  mutating func add(_ report: CommitReport) {
    if report.generation != generation { commitCount += 1 }
    filings = report.groupCount
    documents = report.documentCount
    tokens = report.tokenCount
    indexBytes = report.indexBytes
    generation = report.generation
    removed += report.changes.removedGroups
    duplicates += report.changes.duplicates
  }

  /// - Parameter generation: Of the commit that the run begins with.
  mutating func begin(generation: UInt64) { self.generation = generation }

  mutating func finish(start: UInt64) {
    removed = max(0, removed - moved)
    nanoseconds = Platform.nanoseconds() - start
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
