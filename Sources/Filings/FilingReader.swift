import TextSearch

/// Reads filings of every kind; what it cannot read it reports.
public enum FilingReader {
  /// Reads a work item; never throws: what fails is in `skipped` with its reason.
  public static func read(_ item: InputItem) -> ReadResult {
    do throws(IndexError) {
      let bytes = try Platform.read(item.file.path, item.range)
      return read(bytes, path: item.file.relativePath, firstLine: item.firstLine)
    } catch {
      return ReadResult(skipped: [.init(path: item.file.relativePath, reason: "\(error)")])
    }
  }

  /// Reads the bytes of a whole file.
  public static func read(bytes: [UInt8], path: String) -> ReadResult {
    read(bytes, path: path, firstLine: 1)
  }

  private static func read(_ bytes: [UInt8], path: String, firstLine: Int) -> ReadResult {
    var result = ReadResult(byteCount: bytes.count, fingerprint: Fingerprint.of(bytes))
    switch Content.kind(of: bytes) {
    case .nothing(let reason):
      result.skipped = [.init(path: path, reason: reason)]
    case .jsonLines:
      (result.filings, result.skipped) = JSONLinesReader.read(
        bytes, path: path, firstLine: firstLine)
    case .text:
      result.filings = [TextReader.read(bytes, path: path)]
    }
    return result
  }
}

/// What bytes are, told by themselves.
enum Content {
  enum Kind: Equatable {
    case nothing(reason: String)
    case jsonLines
    case text
  }

  static func kind(of bytes: [UInt8]) -> Kind {
    guard let first = bytes.first(where: { !$0.isSpace }) else {
      return .nothing(reason: "empty file")
    }
    if bytes.prefix(4096).contains(0) { return .nothing(reason: "binary file") }
    if first == UInt8(ascii: "{") { return .jsonLines }
    return .text
  }
}
