import TextSearch

/// Reads filings of every kind; what it cannot read it reports.
public enum FilingReader {
  /// Reads a work item; never throws: what fails is in `skipped` with its reason.
  ///
  /// - Complexity: O(n) in time; memory is a few times the item.
  public static func read(_ item: InputItem) -> ReadResult {
    let path = item.file.relativePath
    do throws(IndexError) {
      let bytes = try Platform.read(item.file.path, item.range)
      let isPart = item.range != 0..<item.file.size
      let kind = isPart ? .jsonLines : Content.kind(of: bytes)
      return read(bytes, as: kind, path: path, firstLine: item.firstLine)
    } catch {
      return ReadResult(skipped: [.init(path: path, kind: .unreadable, reason: "\(error)")])
    }
  }

  /// Reads the bytes of a whole file.
  public static func read(bytes: [UInt8], path: String) -> ReadResult {
    read(bytes, as: Content.kind(of: bytes), path: path, firstLine: 1)
  }

  private static func read(
    _ bytes: [UInt8], as kind: Content.Kind, path: String, firstLine: Int
  ) -> ReadResult {
    var result = ReadResult(byteCount: bytes.count, fingerprint: Fingerprint.of(bytes))
    switch kind {
    case .nothing(let kind, let reason):
      result.skipped = [.init(path: path, kind: kind, reason: reason)]
    case .jsonLines:
      (result.filings, result.skipped) = JSONLinesReader.read(
        bytes, path: path, firstLine: firstLine)
    case .json:
      (result.filings, result.skipped) = JSONFileReader.read(bytes, path: path)
    case .submission:
      (result.filings, result.skipped) = SubmissionReader.read(bytes, path: path)
    case .html:
      result.filings = [FlatFiling.html(TextEncoding.utf8(bytes), path: path)]
    case .xml:
      (result.filings, result.skipped) = XMLFormReader.read(bytes, path: path)
    case .text:
      result.filings = [FlatFiling.text(TextEncoding.utf8(bytes), path: path)]
    }
    return result
  }
}
