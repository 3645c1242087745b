/// Reads a file that is one JSON object over several lines.
enum JSONFileReader {
  static func read(_ bytes: [UInt8], path: String) -> (filings: [Filing], skipped: [SkippedPart]) {
    var scanner = JSONScanner(bytes, 0..<bytes.count)
    do throws(JSONError) {
      let record = try JSONRecord(&scanner)
      guard scanner.peek() == nil else { throw scanner.expected("the end of the file") }
      guard record.hasContent else { throw JSONError(reason: "JSON without id and text") }
      return ([JSONFiling.filing(record, path: path, number: nil, kind: .json)], [])
    } catch {
      return ([], [.init(path: path, kind: .malformed, reason: error.reason)])
    }
  }
}
