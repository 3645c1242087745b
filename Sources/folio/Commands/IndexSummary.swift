import Filings
import TextSearch

/// What `folio index` has done.
struct IndexSummary {
  let index: String
  var filings = 0
  /// How many filings of each kind were read.
  private(set) var read: [Filing.Kind: Int] = [:]
  var documents = 0
  var tokens = 0
  var bytesRead = 0
  var indexBytes = 0
  var nanoseconds: UInt64 = 0
  var generation: UInt64 = 0
  var skipped: [SkippedPart]

  init(index: String, skipped: [SkippedPart]) {
    self.index = index
    self.skipped = skipped
  }

  mutating func add(_ counts: [Filing.Kind: Int]) {
    read.merge(counts, uniquingKeysWith: +)
    filings += counts.values.reduce(0, +)
  }

  mutating func finish(_ report: CommitReport, start: UInt64) {
    filings = report.groupCount
    documents = report.documentCount
    tokens = report.tokenCount
    indexBytes = report.indexBytes
    generation = report.generation
    nanoseconds = Platform.nanoseconds() - start
  }

  var json: JSONWriter {
    .object { json in
      json.member("filings", filings)
      json.member("documents", documents)
      json.member("tokens", tokens)
      json.member("bytes_read", bytesRead)
      json.member("index_bytes", indexBytes)
      json.member("seconds", Double(nanoseconds / 1_000_000) / 1000)
      json.member("generation", generation)
      json.member("added", filings)
      json.member("updated", 0)
      json.member("removed", 0)
      json.member("unchanged", 0)
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
    var text = "Indexed \(counts): \(Numbers.bytes(bytesRead)) read in \(time)\n"
    text += "\(Printable.line(index)): \(Numbers.bytes(indexBytes))\n"
    let kinds = readByKind.map { "\(Numbers.grouped($0.count)) \($0.kind)" }
    text += "Read by kind: \(kinds.joined(separator: ", "))\n"
    return text + skippedText
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
