import Filings
import TextSearch

/// Sources whose filings are in the index, by the fingerprint of their content.
struct Twins: Sendable {
  struct Twin: Sendable {
    var source: Source
    /// The accession number that is known besides the content.
    var accession: String?
    /// The fingerprint of the content alone.
    var content: UInt64

    init(source: Source, _ file: InputFile) {
      self.source = source
      accession = file.knownAccession
      content = source.fingerprint ^ file.factsFingerprint
    }
  }

  /// Whether `twin` and not `file` is to be in the index: of which more is known, else the one whose
  /// path comes first.
  static func isPreferred(_ twin: Twin, to file: InputFile) -> Bool {
    if (twin.accession == nil) != (file.knownAccession == nil) { return twin.accession != nil }
    return PathOrder.precedes(twin.source.path, file.path)
  }

  private var byContent: [UInt64: Twin] = [:]

  mutating func insert(_ twin: Twin) { byContent[twin.content] = twin }

  /// The source that has the same content as `file`; nil where the two are known to be of different
  /// filings, as exhibits that were filed several times are.
  func twin(of file: InputFile, content: UInt64) -> Twin? {
    guard let twin = byContent[content] else { return nil }
    if let one = twin.accession, let other = file.knownAccession, one != other { return nil }
    return twin
  }
}
