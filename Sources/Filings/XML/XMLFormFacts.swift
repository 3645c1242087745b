/// What an XML form says of itself: its type, period and parties.
struct XMLFormFacts {
  private(set) var facts = FilingFacts()

  /// Facts stand at the start; of large forms no more nodes are looked at.
  private static let searchedNodeCount = 3000

  private var filerNumbers: [String] = []

  init(_ tree: XMLTree) {
    let count = min(tree.nodes.count, Self.searchedNodeCount)
    let matters = tree.names.map(Self.matters)
    for node in 0..<count where matters[tree.nodes[node].name] { take(node, tree) }
    // Filers by number only, where no name in the form is theirs.
    for cik in filerNumbers where !facts.companies.contains(where: { $0.cik == cik }) {
      if let nameless = facts.companies.firstIndex(where: { $0.cik == nil && $0.role != .subject })
      {
        facts.companies[nameless].cik = cik
      } else {
        facts.companies.append(FilingCompany(cik: cik))
      }
    }
    // What the form is about comes first.
    facts.companies = facts.companies.filter(\.isSubject) + facts.companies.filter { !$0.isSubject }
  }

  private static let forms: Set<String> = ["documentType", "submissionType"]
  private static let periods: Set<String> = [
    "periodOfReport", "reportCalendarOrQuarter", "repPdDate", "reportEndingPeriod",
    "lastDayOfFiscalYear",
  ]
  /// Elements that name a filer by number.
  private static let filers: Set<String> = [
    "filerCredentials", "issuerCredentials", "credentials", "filer", "municipalFiler",
  ]

  /// Whether an element of the name says a fact.
  private static func matters(_ name: String) -> Bool {
    forms.contains(name) || periods.contains(name) || filers.contains(name)
      || fileNumbers[name] != nil || parties.contains { $0.element == name }
  }

  private mutating func take(_ node: Int, _ tree: XMLTree) {
    let name = tree.name(node)
    if Self.forms.contains(name) {
      facts.form = facts.form ?? tree.text(node)
    } else if Self.periods.contains(name) {
      facts.period = facts.period ?? tree.text(node).flatMap { DateText.iso($0) }
    } else if Self.filers.contains(name) {
      for key in ["cik", "filerCik", "filerId"] {
        if let cik = Self.number(tree.value(key, of: node)), !filerNumbers.contains(cik) {
          filerNumbers.append(cik)
        }
      }
    }
    if let key = Self.fileNumbers[name] {
      facts.fileNumber = facts.fileNumber ?? tree.value(key, of: node)
    }
    for party in Self.parties where party.element == name {
      guard let text = tree.value(party.name, of: node) else { continue }
      let cik = party.cik.flatMap { Self.number(tree.value($0, of: node)) }
      let known = facts.companies.firstIndex {
        $0.name == text && $0.role == party.role && (cik == nil || $0.cik == nil || $0.cik == cik)
      }
      if let known {
        facts.companies[known].cik = facts.companies[known].cik ?? cik
      } else {
        facts.companies.append(FilingCompany(name: text, cik: cik, role: party.role))
      }
    }
  }

  /// A CIK without its leading zeros.
  private static func number(_ text: String?) -> String? {
    guard let text, text.utf8.count <= 10, text.utf8.allSatisfy(\.isDigit) else { return nil }
    let digits = text.drop { $0 == "0" }
    return digits.isEmpty ? nil : String(digits)
  }

  /// Elements whose child is the form's file number.
  private static let fileNumbers = [
    "coverPage": "form13FFileNumber", "genInfo": "regFileNumber", "issuerInfo": "secFileNumber",
    "registrantInfo": "investmentCompFileNo", "item3": "investmentCompActFileNo",
    "filer": "fileNumber",
  ]

  private typealias Party = (
    element: String, name: String, cik: String?, role: FilingCompany.Role
  )

  /// Elements that name a party.
  private static let parties: [Party] = [
    ("issuer", "issuerName", "issuerCik", .issuer),
    ("reportingOwnerId", "rptOwnerName", "rptOwnerCik", .reportingOwner),
    ("filingManager", "name", nil, .filer),
    ("primaryIssuer", "entityName", "cik", .filer), ("issuer", "entityName", "cik", .filer),
    ("genInfo", "regName", "regCik", .filer),
    ("registrantInfo", "registrantFullName", "registrantCik", .filer),
    ("issuerInfo", "issuerName", "issuerCik", .subject),
    ("issuerInfo", "issuerName", "issuerCIK", .subject),
    ("issuerInfo", "nameOfPersonForWhoseAccountTheSecuritiesAreToBeSold", nil, .reportingOwner),
    ("issuerInfo", "nameOfIssuer", nil, .filer), ("item1", "nameOfIssuer", nil, .filer),
    ("coverPageHeaderReportingPersonDetails", "reportingPersonName", nil, .filedBy),
    ("reportingPersonInfo", "reportingPersonName", "reportingPersonCIK", .filedBy),
    ("municipalFirm", "municipalFirmName", nil, .filer),
    ("partOne", "txPart1Item2ATSName", nil, .filer),
  ]
}

extension FilingCompany {
  /// Whether a form is about it, rather than by it.
  fileprivate var isSubject: Bool { role == .subject || role == .issuer }
}
