import TextSearch

/// One submission to the SEC, or one file that holds a filing or a part of one.
public struct Filing: Sendable, Equatable {
  /// What the bytes turned out to be.
  public enum Kind: String, Sendable, CaseIterable {
    /// An EDGAR full submission: a header and its documents.
    case submission
    /// One HTML document.
    case html
    /// A text or Markdown rendition of a filing.
    case text
    /// A plain ASCII document with the SEC's layout tags (`<PAGE>`, `<TABLE>`, `<S>`, `<C>`).
    case ascii
    /// A line of a JSON Lines file.
    case jsonLines = "json-lines"
    /// A file that is one JSON object.
    case json
  }

  /// The accession number, else the path; of a JSON line without accession its `id`.
  public var id: String
  public var form: String?
  public var company: String?
  public var cik: String?
  public var accession: String?
  public var fileNumber: String?
  /// The filing date as `2009-08-06`.
  public var filed: String?
  /// What the filing reports on: a date as `2009-06-30`, else as printed ("December 2007").
  public var period: String?
  /// Relative to the folder that is read.
  public var path: String
  public var kind: Kind
  public var documents: [FilingDocument]

  public init(id: String, path: String, kind: Kind) {
    self.id = id
    self.path = path
    self.kind = kind
    documents = []
  }
}

/// The main document of a filing or one of its exhibits.
public struct FilingDocument: Sendable, Equatable {
  /// Unique in its filing.
  ///
  /// Of a JSON line its `id`; in a submission `accession:filename`; else the path, with `#` and the
  /// exhibit's number where a file holds several documents.
  public var id: String
  /// The exhibit's number: "99.1"; nil in a main document.
  public var exhibit: String?
  public var description: String?
  /// The headline.
  public var title: String?
  /// The SEC's type of the document: "10-K", "EX-99.1".
  public var type: String?
  public var filename: String?
  public var sequence: String?
  /// The text in reading order, as runs of fields, with its zones.
  public var document: Document

  public init(id: String) {
    self.id = id
    document = Document(id: id)
  }
}

/// A file, or a part of one, that could not be read, and why.
public struct SkippedPart: Sendable, Equatable {
  public var path: String
  public var reason: String

  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}

/// What one work item gave.
public struct ReadResult: Sendable {
  public var filings: [Filing]
  public var skipped: [SkippedPart]
  /// How many bytes were read.
  public var byteCount: Int
  /// Of the bytes read: equal bytes give equal fingerprints.
  public var fingerprint: UInt64

  public init(
    filings: [Filing] = [], skipped: [SkippedPart] = [], byteCount: Int = 0, fingerprint: UInt64 = 0
  ) {
    self.filings = filings
    self.skipped = skipped
    self.byteCount = byteCount
    self.fingerprint = fingerprint
  }
}
