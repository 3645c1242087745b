/// The members of one JSON object that say something about a filing.
struct JSONRecord {
  /// What a member means; several names may mean one thing.
  enum Meaning: Int, CaseIterable {
    case id, title, body, tables, exhibit
    case form, company, cik, accession, fileNumber, filed, period, year
    case filename, description, type, sequence, exhibitNumber, link
    case accepted, items, sic, industry, state, fiscalYearEnd
  }

  let bytes: [UInt8]
  private var values = [JSONScanner.Value?](repeating: nil, count: Meaning.allCases.count)
  /// The items of an EDGAR-CORPUS object in order: "1A" and its text.
  private(set) var items: [(label: String, value: JSONScanner.Value)] = []

  /// Reads one object; the scanner stands before it.
  init(_ scanner: inout JSONScanner) throws(JSONError) {
    bytes = scanner.bytes
    try scanner.require(UInt8(ascii: "{"))
    if scanner.pass(UInt8(ascii: "}")) { return }
    repeat {
      guard scanner.peek() == UInt8(ascii: "\"") else { throw scanner.expected("a member's name") }
      let name = try scanner.string()
      try scanner.require(UInt8(ascii: ":"))
      try take(scanner.value(), for: JSONText.string(name, of: bytes))
    } while scanner.pass(UInt8(ascii: ","))
    try scanner.require(UInt8(ascii: "}"))
  }

  private mutating func take(_ value: JSONScanner.Value, for name: String) throws(JSONError) {
    if let (meaning, isOwn) = Self.meaning(of: name) {
      let place = meaning.rawValue
      let bit: UInt32 = 1 &<< UInt32(place)
      if values[place] != nil {
        // A value under the meaning's own name wins over those under other names.
        if !isOwn { return }
        if synonyms & bit == 0 { throw JSONError(reason: "'\(name)' is there twice") }
      }
      if isOwn { synonyms &= ~bit } else { synonyms |= bit }
      values[place] = value
    } else if let label = Self.itemLabel(name) {
      if items.contains(where: { $0.label == label }) {
        throw JSONError(reason: "'\(name)' is there twice")
      }
      items.append((label, value))
    }
  }

  /// The meanings, as bits, whose value came by another name than their own.
  private var synonyms: UInt32 = 0

  /// Whether the object says anything that belongs into an index.
  var hasContent: Bool {
    !items.isEmpty || [.id, .title, .body, .tables, .exhibit].contains { text(of: $0) != nil }
  }

  /// Whether the object has the text of a document.
  var hasText: Bool {
    !items.isEmpty || [.title, .body, .tables, .exhibit].contains { text(of: $0) != nil }
  }

  /// The string or the number that a member has; nil where it is missing, null or nested.
  func text(of meaning: Meaning) -> JSONScanner.Value? {
    guard let value = values[meaning.rawValue] else { return nil }
    return Self.isText(value) ? value : nil
  }

  /// As `text(of:)`, trimmed of spaces; nil where nothing is left.
  func string(_ meaning: Meaning) -> String? {
    guard let value = text(of: meaning) else { return nil }
    let string = JSONText.string(value, of: bytes).trimmed
    return string.isEmpty ? nil : string
  }

  static func isText(_ value: JSONScanner.Value) -> Bool {
    value.kind == .string || value.kind == .number
  }
}

// MARK: Facts

extension JSONRecord {
  /// What the members say of the filing.
  var facts: FilingFacts {
    var values = FactValues()
    for meaning in Meaning.allCases where !meaning.isText {
      if let value = string(meaning) { values[meaning] = value }
    }
    return values.facts
  }
}

extension JSONRecord.Meaning {
  /// Whether it is the document's own, and says nothing of the filing.
  fileprivate var isText: Bool {
    switch self {
    case .id, .title, .body, .tables, .exhibit: true
    default: false
    }
  }
}

/// What a JSON object or the row of a table says of a filing, as text.
struct FactValues {
  private var strings = [String?](repeating: nil, count: JSONRecord.Meaning.allCases.count)

  subscript(meaning: JSONRecord.Meaning) -> String? {
    get { strings[meaning.rawValue] }
    set { strings[meaning.rawValue] = newValue }
  }

  var facts: FilingFacts {
    var facts = FilingFacts()
    facts.form = self[.form]
    facts.accession = accession
    facts.fileNumber = self[.fileNumber]
    facts.filed = self[.filed].map { DateText.iso($0.prefix(10)) ?? DateText.iso($0) ?? $0 }
    facts.period = self[.period].map { DateText.iso($0) ?? $0 } ?? self[.year]
    facts.accepted = self[.accepted].flatMap(Self.time)
    facts.items = self[.items].map { $0.split { $0 == "," || $0 == " " }.map(String.init) } ?? []
    facts.type = self[.type]
    facts.filename = self[.filename]
    facts.sequence = self[.sequence]
    facts.description = self[.description]
    if self[.company] != nil || self[.cik] != nil { facts.companies = [company] }
    return facts
  }

  /// The accession number, if need be out of a file name or a link.
  private var accession: String? {
    if let accession = self[.accession] { return accession }
    for meaning in [JSONRecord.Meaning.filename, .link] {
      if let text = self[meaning], let found = AccessionNumber.first(in: text) { return found }
    }
    return nil
  }

  private var company: FilingCompany {
    var company = FilingCompany(name: self[.company], cik: self[.cik])
    company.sic = self[.sic]
    company.industry = self[.industry]
    company.state = self[.state]
    company.fiscalYearEnd = self[.fiscalYearEnd]
    return company
  }

  /// `2024-01-19T16:21:45` of that, of one with a space or a zone's letter, or of fourteen digits.
  private static func time(_ text: String) -> String? {
    let digits = text.utf8.filter(\.isDigit).prefix(14)
    return DateText.time(String(decoding: Array(digits), as: UTF8.self))
  }
}

extension JSONRecord {
  /// What a member or a column of the name means, and whether that is the meaning's own name.
  ///
  /// Words may be joined as in `filing_date`, `filing-date`, `Filing Date` or `filingDate`.
  static func meaning(of name: some StringProtocol) -> (meaning: Meaning, isOwn: Bool)? {
    if let known = meanings[String(name)] { return known }
    guard name.utf8.count <= 40 else { return nil }
    var words = ""
    var wasSmall = false
    for character in name {
      if character.isUppercase, wasSmall { words.append("_") }
      wasSmall = character.isLowercase
      words += " -_".contains(character) ? "_" : character.lowercased()
    }
    return meanings[words].map { ($0.0, false) }
  }

  /// By its name what a member means, and whether that is the meaning's own name.
  private static let meanings: [String: (Meaning, Bool)] = {
    var meanings: [String: (Meaning, Bool)] = [:]
    for (name, meaning) in ownNames { meanings[name] = (meaning, true) }
    for (name, meaning) in otherNames { meanings[name] = (meaning, false) }
    return meanings
  }()

  private static let ownNames: [(String, Meaning)] = [
    ("id", .id), ("title", .title), ("body", .body), ("tables", .tables), ("exhibit", .exhibit),
    ("form", .form), ("company", .company), ("cik", .cik), ("accession", .accession),
    ("file_number", .fileNumber), ("filed", .filed), ("period", .period), ("year", .year),
    ("filename", .filename), ("description", .description), ("type", .type),
    ("sequence", .sequence), ("exhibit_number", .exhibitNumber), ("accepted", .accepted),
    ("items", .items), ("sic", .sic), ("industry", .industry), ("state", .state),
    ("fiscal_year_end", .fiscalYearEnd),
  ]

  private static let otherNames: [(String, Meaning)] = [
    ("content", .body), ("text", .body), ("form_type", .form), ("filing_type", .form),
    ("company_name", .company), ("accession_number", .accession),
    ("commission_file_number", .fileNumber), ("filing_date", .filed), ("filed_at", .filed),
    ("period_of_report", .period), ("report_date", .period), ("complete_text_filing_link", .link),
    ("htm_filing_link", .link), ("filing_html_index", .link), ("accession_no", .accession),
    ("filing_accession_number", .accession), ("cik_number", .cik), ("entity_name", .company),
    ("company_conformed_name", .company), ("form_name", .form), ("date_filed", .filed),
    ("filed_date", .filed), ("file_date", .filed), ("filed_as_of_date", .filed),
    ("period_ending", .period), ("conformed_period_of_report", .period),
    ("acceptance_datetime", .accepted), ("acceptance_date_time", .accepted),
    ("accepted_at", .accepted), ("state_of_inc", .state), ("state_of_incorporation", .state),
    ("sic_code", .sic), ("sic_description", .industry),
  ]

  /// "1A" of `item_1A` and of `item1a`, "5.02" of `item_5.02`; nil for other names.
  static func itemLabel(_ name: String) -> String? {
    guard name.utf8.count <= 12, name.lowercased().hasPrefix("item") else { return nil }
    let label = name.dropFirst(4).drop { $0 == "_" || $0 == " " }.uppercased()
    guard let first = label.utf8.first, first &- UInt8(ascii: "0") < 10,
      label.utf8.allSatisfy({
        $0 == UInt8(ascii: ".") || UnicodeScalar($0).properties.isAlphabetic
          || $0 &- UInt8(ascii: "0") < 10
      })
    else { return nil }
    return label
  }
}
