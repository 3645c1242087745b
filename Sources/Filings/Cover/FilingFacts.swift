/// What one source says of a filing besides its text; sources are merged, the best first.
struct FilingFacts: Equatable, Sendable {
  var form: String?
  /// Whether the form is the name of a folder, which does not tell amendments and variants apart.
  var isFormRough = false
  var accession: String?
  var filed: String?
  var period: String?
  var accepted: String?
  var fileNumber: String?
  var items: [String] = []
  /// The party that the filing is about first.
  var companies: [FilingCompany] = []
  /// Of the one document that the facts are about.
  var type: String?
  var filename: String?
  var sequence: String?
  var description: String?

  var isEmpty: Bool { self == FilingFacts() }

  /// A number that differs where the facts differ; 0 where there are none.
  var fingerprint: UInt64 { isEmpty ? 0 : Fingerprint.of(Array("\(self)".utf8)) }

  /// Takes from a source of less worth what is still missing.
  ///
  /// A party is taken from it where there is none; name and number of the first party complete each
  /// other where both sources speak of one party.
  mutating func complete(with other: FilingFacts) {
    takeForm(of: other)
    accession = accession ?? other.accession
    filed = filed ?? other.filed
    period = period ?? other.period
    accepted = accepted ?? other.accepted
    fileNumber = fileNumber ?? other.fileNumber
    type = type ?? other.type
    filename = filename ?? other.filename
    sequence = sequence ?? other.sequence
    description = description ?? other.description
    if items.isEmpty { items = other.items }
    completeCompanies(with: other.companies)
  }

  private mutating func takeForm(of other: FilingFacts) {
    guard let otherForm = other.form else { return }
    if let form, !isFormRough || !otherForm.hasPrefix(form) { return }
    form = otherForm
    isFormRough = other.isFormRough
  }

  private mutating func completeCompanies(with others: [FilingCompany]) {
    guard let own = companies.first else {
      companies = others
      return
    }
    guard let same = others.first(where: { Self.mayBeOne(own, $0) }) else {
      // A party that is known by name stands before one that is a number in a path.
      if own.name == nil { companies = others + companies }
      return
    }
    companies[0].name = own.name ?? same.name
    companies[0].cik = own.cik ?? same.cik
    companies[0].sic = own.sic ?? same.sic
    companies[0].industry = own.industry ?? same.industry
    companies[0].state = own.state ?? same.state
    companies[0].fiscalYearEnd = own.fiscalYearEnd ?? same.fiscalYearEnd
    if own.name == nil { companies += others.filter { $0 != same } }
  }

  private static func mayBeOne(_ a: FilingCompany, _ b: FilingCompany) -> Bool {
    if let a = a.cik, let b = b.cik { return a == b || CIK.normal(a) == CIK.normal(b) }
    if a.cik == nil, b.cik == nil, let a = a.name, let b = b.name { return a == b }
    return true
  }

  /// Puts the facts into a filing, whose own give way.
  func fill(_ filing: inout Filing) {
    filing.form = form ?? filing.form
    filing.accession = accession ?? filing.accession
    filing.filed = filed ?? filing.filed
    filing.period = period ?? filing.period
    filing.accepted = accepted ?? filing.accepted
    filing.fileNumber = fileNumber ?? filing.fileNumber
    if !items.isEmpty { filing.items = items }
    if !companies.isEmpty { filing.companies = companies }
  }
}

extension [FilingCompany] {
  /// The parties that the filing is about before those that file or own, else in their order.
  var byRole: [FilingCompany] {
    indices.sorted { (Self.rank(self[$0].role), $0) < (Self.rank(self[$1].role), $1) }
      .map { self[$0] }
  }

  private static func rank(_ role: FilingCompany.Role) -> Int {
    switch role {
    case .filer, .subject, .issuer: 0
    case .filedFor, .serialCompany, .issuingEntity: 1
    case .filedBy, .depositor, .securitizer: 2
    case .reportingOwner, .underwriter: 3
    }
  }
}

/// The SEC's number of a party.
enum CIK {
  /// The digits without leading zeros; nil where the text is no such number.
  static func normal(_ text: some StringProtocol) -> String? {
    let digits = text.trimmed.utf8.drop { $0 == UInt8(ascii: "0") }
    guard (1...10).contains(digits.count), digits.allSatisfy(\.isDigit) else { return nil }
    return String(Substring(digits))
  }
}
