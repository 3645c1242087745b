import TextSearch

/// The fields, attributes and zones of filings in an index.
public enum FilingSchema {
  /// Headline, and what names the document: form, company, exhibit number, description.
  public static let title = FieldID(rawValue: 0)
  /// Running text of an exhibit.
  public static let exhibit = FieldID(rawValue: 1)
  /// Rows of tables.
  public static let tables = FieldID(rawValue: 2)
  /// Running text of a main document.
  public static let body = FieldID(rawValue: 3)

  public static let schema = Schema(
    fields: [
      .init("title", boost: 3), .init("exhibit", boost: 1), .init("tables", boost: 2),
      .init("body", boost: 1),
    ],
    attributes: [
      "form", "company", "cik", "accession", "file_number", "filed", "period", "path", "kind",
      "accepted", "items", "sic", "companies",
    ].map { .init($0, of: .group) }
      + ["exhibit", "description", "title", "type", "filename", "sequence"].map {
        .init($0, of: .document)
      },
    zoneKinds: FilingZone.allCases.map { .init($0.name, number: $0.rawValue) })

  /// The kinds of zones that have no labels, so that `heading:fee` asks for a word in a heading.
  public static let unlabelledZones = Set(
    FilingZone.allCases.filter { $0 != .item && $0 != .part }.map(\.rawValue))
}

/// The kinds of zones in a filing's document; raw values are stored in indexes.
public enum FilingZone: UInt8, Sendable, CaseIterable {
  case heading = 1
  case table = 2
  /// The cover page of a form.
  case cover = 3
  /// The signature page.
  case signature = 4
  /// An item of a form; its label names it ("Item 1A").
  case item = 5
  /// The list of the exhibits.
  case exhibitIndex = 6
  /// The table of contents.
  case contents = 7
  /// A part of a form; its label names it ("Part II").
  case part = 8

  /// What people and programs call it, also in queries: `item:1A`.
  public var name: String {
    switch self {
    case .heading: "heading"
    case .table: "table"
    case .cover: "cover"
    case .signature: "signature"
    case .item: "item"
    case .exhibitIndex: "exhibit_index"
    case .contents: "toc"
    case .part: "part"
    }
  }
}

extension Filing {
  /// All parties, one a line: name, CIK and role with tabs between; nil where there are none.
  private var parties: String? {
    if companies.isEmpty { return nil }
    return companies.prefix(Self.storedCompanyCount).map { company in
      [company.name ?? "", company.cik ?? "", company.role.rawValue].joined(separator: "\t")
    }.joined(separator: "\n")
  }

  private static let storedCompanyCount = 1000

  /// The filing as it goes into an index with `FilingSchema.schema`.
  public func group() -> DocumentGroup {
    DocumentGroup(
      id: id,
      attributes: [
        form, company, cik, accession, fileNumber, filed, period, path, kind.rawValue, accepted,
        items.isEmpty ? nil : items.joined(separator: " "), companies.first?.sic, parties,
      ],
      documents: documents.map { part in
        var document = part.document
        document.id = part.id
        document.attributes = [
          part.exhibit, part.description, part.title, part.type, part.filename, part.sequence,
        ]
        return document
      })
  }
}
