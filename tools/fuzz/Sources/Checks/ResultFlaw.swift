import Filings
import TextSearch

/// What is wrong with a result.
enum ResultFlaw {
  /// The first flaw, or nil.
  static func find(in result: ReadResult, of bytes: [UInt8]) -> String? {
    if result.byteCount != bytes.count { return "byte count \(result.byteCount)" }
    if result.filings.isEmpty, result.skipped.isEmpty { return "neither read nor skipped" }
    if let part = result.skipped.first(where: \.reason.isEmpty) { return "\(part.name): no reason" }
    let isText = isText(bytes)
    for filing in result.filings {
      if filing.id.isEmpty { return "a filing without an id" }
      // Of a submission no part may be readable; then each is reported.
      if filing.documents.isEmpty, filing.kind != .submission || result.skipped.isEmpty {
        return "\(filing.id): neither read nor skipped"
      }
      if let flaw = flaw(of: filing, isText: isText) { return "\(filing.id): \(flaw)" }
    }
    return isArchive(bytes) ? nil : size(result, bytes)
  }

  /// Text is not made in proportion to a number, nor copied into every part.
  private static func size(_ result: ReadResult, _ bytes: [UInt8]) -> String? {
    let documents = result.filings.flatMap(\.documents)
    let text = documents.reduce(0) { $0 + $1.document.text.count }
    let isTooMuch = text > 8 * bytes.count + 4096 * documents.count
    return isTooMuch ? "\(text) bytes of text out of \(bytes.count)" : nil
  }

  private static func isArchive(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x1F, 0x8B]) || bytes.starts(with: "PK".utf8)
      || bytes.dropFirst(257).starts(with: "ustar".utf8)
  }

  private static func isText(_ bytes: [UInt8]) -> Bool {
    String(validating: bytes, as: UTF8.self) != nil
  }

  /// - Parameter isText: Whether the file is UTF-8, and what is read of it is, too.
  private static func flaw(of filing: Filing, isText: Bool) -> String? {
    // Ids of JSON Lines are given by the file.
    if filing.kind != .jsonLines {
      let ids = Set(filing.documents.map(\.id))
      if ids.count != filing.documents.count { return "two documents of one id" }
    }
    for document in filing.documents {
      if isText, !Self.isText(document.document.text) { return "\(document.id): no UTF-8" }
      if let flaw = flaw(of: document.document) { return "\(document.id): \(flaw)" }
    }
    return nil
  }

  /// Runs cover the text in order; zones are inside of it, in order of their starts; both are cut
  /// between characters where the text is UTF-8.
  private static func flaw(of document: Document) -> String? {
    let text = document.text
    let isCut = isText(text) ? isInside : { _, _ in false }
    var end = 0
    for run in document.runs {
      if run.range.lowerBound != end || run.range.isEmpty { return "run \(run.range) after \(end)" }
      if isCut(run.range.lowerBound, text) { return "run \(run.range) cuts a character" }
      end = run.range.upperBound
    }
    if end != text.count { return "runs end at \(end) of \(text.count)" }
    var start = 0
    for zone in document.zones {
      let range = zone.range
      if range.lowerBound < start { return "zone \(range) before \(start)" }
      start = range.lowerBound
      if range.isEmpty || range.upperBound > text.count { return "zone \(range) of \(text.count)" }
      if isCut(start, text) || isCut(range.upperBound, text) {
        return "zone \(range) cuts a character"
      }
    }
    return nil
  }

  /// Whether a place is inside of a character's bytes.
  private static func isInside(_ place: Int, _ text: [UInt8]) -> Bool {
    place < text.count && text[place] & 0xC0 == 0x80
  }
}
