import Filings
import TextSearch

/// What `folio index` has done.
struct IndexSummary {
  let index: String
  var filings = 0
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
      json.member("skipped", skipped) { json, part in
        json.object {
          $0.member("path", part.name)
          $0.member("reason", part.reason)
        }
      }
    }
  }

  /// Skipped files that the text names.
  private static let shownCount = 10

  var text: String {
    let counts =
      "\(Numbers.count(filings, "filing")), \(Numbers.count(documents, "document")), "
      + Numbers.count(tokens, "word")
    let time = Numbers.duration(nanoseconds: nanoseconds)
    var text = "Indexed \(counts): \(Numbers.bytes(bytesRead)) read in \(time)\n"
    text += "\(Printable.line(index)): \(Numbers.bytes(indexBytes))\n"
    return text + skippedText
  }

  var nothingRead: Failure {
    var failure = Failure(.missing, "there is no filing to index; nothing was written")
    failure.details = skippedText.split(separator: "\n").map(String.init)
    failure.details.append("Name a folder or a file with filings: folio index FOLDER")
    return failure
  }

  private var skippedText: String {
    if skipped.isEmpty { return "" }
    var text = "Passed over \(Numbers.grouped(skipped.count)):\n"
    for part in skipped.prefix(Self.shownCount) {
      text += "  \(Printable.line(part.name)): \(Printable.line(part.reason))\n"
    }
    let rest = skipped.count - Self.shownCount
    return rest > 0 ? text + "  and \(Numbers.grouped(rest)) more\n" : text
  }
}
