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
    /// An XML form: ownership, 13F information table, D, N-PORT and the like.
    case xml
  }

  /// The accession number, else the path; of a JSON line without accession its `id`.
  public var id: String
  public var form: String?
  /// The parties of the filing; the one that it is about first.
  public var companies: [FilingCompany] = []
  public var accession: String?
  public var fileNumber: String?
  /// The filing date as `2009-08-06`.
  public var filed: String?
  /// What the filing reports on: a date as `2009-06-30`, else as printed ("December 2007").
  public var period: String?
  /// When the SEC accepted it, Eastern time: `2009-08-06T16:31:05`.
  public var accepted: String?
  /// The numbers of the items that the header of a report of events names: "2.02", "9.01"; "5" in
  /// old ones.
  public var items: [String] = []
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

/// A party of a filing: who files it, whom it is about, who owns.
public struct FilingCompany: Sendable, Equatable {
  /// What a party is to a filing, in the words of the SEC's header.
  public enum Role: String, Sendable, CaseIterable {
    case filer
    case subject = "subject company"
    case filedBy = "filed by"
    case filedFor = "filed for"
    case issuer
    case reportingOwner = "reporting owner"
    case depositor
    case securitizer
    case underwriter
    case issuingEntity = "issuing entity"
    case serialCompany = "serial company"
  }

  /// As printed.
  public var name: String?
  /// The SEC's number of the party, as digits.
  public var cik: String?
  /// The code of its industry, four digits, and what it stands for.
  public var sic: String?
  public var industry: String?
  public var role: Role
  /// Of incorporation, as the header has it: "DE".
  public var state: String?
  /// Month and day: "1231".
  public var fiscalYearEnd: String?
  public var fileNumber: String?
  public var formerNames: [String] = []

  public init(name: String? = nil, cik: String? = nil, role: Role = .filer) {
    self.name = name
    self.cik = cik
    self.role = role
  }
}

extension Filing {
  /// The name of the party that the filing is about.
  public var company: String? { companies.first?.name }
  /// The SEC's number of the party that the filing is about.
  public var cik: String? { companies.first?.cik }

  /// The names by which the filing is found: of the first parties, each once.
  ///
  /// Bounded, as some filings of asset-backed securities have hundreds of parties.
  var companyNames: [String] {
    var names: [String] = []
    var byteCount = 0
    for company in companies.prefix(Self.namedCompanyCount) {
      guard let name = company.name, !names.contains(name) else { continue }
      byteCount += name.utf8.count
      if byteCount > Self.namedByteCount, !names.isEmpty { break }
      names.append(name)
    }
    return names
  }

  private static let namedCompanyCount = 20
  /// EDGAR's names have some 60 letters; every document of a filing has a copy of them.
  private static let namedByteCount = 2000

  /// Sets what is given of the party that the filing is about, and leaves the rest as it is.
  mutating func setCompany(name: String? = nil, cik: String? = nil) {
    guard name != nil || cik != nil else { return }
    if companies.isEmpty { companies.append(FilingCompany()) }
    companies[0].name = name ?? companies[0].name
    companies[0].cik = cik ?? companies[0].cik
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

/// A file, or a part of one, that is not in the index, and why.
public struct SkippedPart: Sendable, Equatable {
  /// What was passed over.
  public enum Kind: String, Sendable, CaseIterable {
    case empty
    case binary
    case graphic
    case pdf
    case archive
    case spreadsheet
    /// A binary file written as text, of no other kind here.
    case encoded
    /// Raw XBRL: instances, schemas, linkbases, renderings.
    case xbrl
    /// Data that no one reads as text: XML, JSON, scripts.
    case data
    /// A list of filings or a table of facts about them.
    case list
    /// Damaged, or against the rules of its kind.
    case malformed
    /// The system could not read it.
    case unreadable
  }

  /// The file.
  public var path: String
  /// The part of it, by its filename, else by its sequence or type; nil is the whole file.
  public var part: String?
  public var kind: Kind
  public var reason: String

  public init(path: String, part: String? = nil, kind: Kind, reason: String) {
    self.path = path
    self.part = part
    self.kind = kind
    self.reason = reason
  }

  /// File and part as one name: `filing.txt#image.gif`.
  public var name: String { part.map { "\(path)#\($0)" } ?? path }
}

/// What one work item gave.
public struct ReadResult: Sendable {
  public var filings: [Filing]
  public var skipped: [SkippedPart]
  /// How many bytes were read.
  public var byteCount: Int
  /// Of the bytes read: equal bytes give equal fingerprints. Nil for members of an archive but its
  /// first ones, which have that of the file.
  public var fingerprint: UInt64?
  /// Whether it was left at the fingerprint, as the caller knows the content.
  public var isKnown: Bool

  public init(
    filings: [Filing] = [], skipped: [SkippedPart] = [], byteCount: Int = 0,
    fingerprint: UInt64? = nil, isKnown: Bool = false
  ) {
    self.filings = filings
    self.skipped = skipped
    self.byteCount = byteCount
    self.fingerprint = fingerprint
    self.isKnown = isKnown
  }
}
