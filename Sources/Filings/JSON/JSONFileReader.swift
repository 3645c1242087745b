/// Reads a file that is one JSON object over several lines.
enum JSONFileReader {
  /// - Parameter facts: What is known from outside; the object's own members are worth more.
  static func read(
    _ bytes: [UInt8], path: String, facts: FilingFacts
  ) -> (filings: [Filing], skipped: [SkippedPart]) {
    var scanner = JSONScanner(bytes, 0..<bytes.count)
    do throws(JSONError) {
      let record = try JSONRecord(&scanner)
      guard scanner.peek() == nil else { throw scanner.expected("the end of the file") }
      guard record.hasContent else {
        let reason = "JSON without the text of a filing"
        return ([], [.init(path: path, kind: .list, reason: reason)])
      }
      return ([JSONFiling.filing(record, path: path, number: nil, kind: .json, known: facts)], [])
    } catch {
      return ([], [.init(path: path, kind: .malformed, reason: error.reason)])
    }
  }
}
