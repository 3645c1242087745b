/// What the SEC's header of a submission says.
///
/// Three ways of writing one fact are known: `COMPANY CONFORMED NAME:  ACME`, a tag a line
/// (`<CONFORMED-NAME>ACME`), and the first with Markdown's stars around it.
struct SubmissionHeader {
  private(set) var facts = FilingFacts()
  /// In the order of the header.
  private var companies: [FilingCompany] = []
  private var itemTitles: [String] = []
  private var formOfParty: String?

  /// Reads the lines of a header; nil where they are none.
  ///
  /// - Complexity: O(n).
  init?(_ bytes: ArraySlice<UInt8>) {
    for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D })
    where line.count <= Self.longestLine {
      take(line)
    }
    facts.form = facts.form ?? formOfParty
    facts.companies = ordered()
    let hasParty = companies.contains { $0.name != nil }
    guard facts.accession != nil || facts.form != nil && hasParty else { return nil }
    facts.fileNumber = facts.companies.lazy.compactMap(\.fileNumber).first
    for title in itemTitles {
      guard let number = EventItems.number(title, filed: facts.filed) else { continue }
      if !facts.items.contains(number) { facts.items.append(number) }
    }
  }

  private static let longestLine = 1000

  /// The parties that the filing is about before those that file or own.
  private func ordered() -> [FilingCompany] {
    let named = companies.filter { $0.name != nil || $0.cik != nil }
    return named.indices.sorted {
      (Self.rank(named[$0].role), $0) < (Self.rank(named[$1].role), $1)
    }.map { named[$0] }
  }

  private static func rank(_ role: FilingCompany.Role) -> Int {
    switch role {
    case .filer, .subject, .issuer: 0
    case .filedFor, .serialCompany, .issuingEntity: 1
    case .filedBy, .depositor, .securitizer: 2
    case .reportingOwner, .underwriter: 3
    }
  }

  // MARK: Lines

  /// Splits a line into the fact's name, with spaces for hyphens, and its value.
  ///
  /// The name is empty where it is none of those that are looked for.
  private static func fact(_ line: ArraySlice<UInt8>) -> (name: String, value: String)? {
    let text = line.drop { $0.isSpace || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "*") }
    let isTag = text.first == UInt8(ascii: "<")
    let border = isTag ? UInt8(ascii: ">") : UInt8(ascii: ":")
    guard let end = text.prefix(longestName).firstIndex(of: border) else { return nil }
    guard let name = known(text[..<end].dropFirst(isTag ? 1 : 0)) else { return ("", "") }
    return (name, plain(String(decoding: text[(end + 1)...], as: UTF8.self)))
  }

  /// The one of the names looked for that is written so, in whatever case.
  private static func known(_ name: ArraySlice<UInt8>) -> String? {
    let letters = name.lazy.filter { $0 != UInt8(ascii: "*") }
      .map { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") ? 0x20 : $0.lowered }
    let start = letters.drop(while: \.isSpace)
    guard let first = start.first, first.isLetter else { return nil }
    return names[Int(first) - 0x61].first { known in
      // Space may follow a name.
      var rest = known.bytes[...]
      return start.allSatisfy { byte in
        guard let next = rest.popFirst() else { return byte.isSpace }
        return next == byte
      } && rest.isEmpty
    }?.name
  }

  /// The names looked for, by their first letter, with their small letters.
  private static let names: [[(bytes: [UInt8], name: String)]] = {
    var names = [[(bytes: [UInt8], name: String)]](repeating: [], count: 26)
    for name in filingFacts + partyFacts.sorted() + roles.keys.sorted() {
      let bytes = name.utf8.map(\.lowered)
      names[Int(bytes[0]) - 0x61].append((bytes, name))
    }
    return names
  }()

  private static let filingFacts = [
    "ACCESSION NUMBER", "CONFORMED SUBMISSION TYPE", "TYPE", "FORM TYPE",
    "CONFORMED PERIOD OF REPORT", "PERIOD", "FILED AS OF DATE", "FILING DATE",
    "ACCEPTANCE DATETIME", "ACCEPTANCE DATE TIME", "ITEM INFORMATION", "ITEMS",
  ]

  private static let longestName = 64

  /// A value without Markdown's stars, with `&`, `<` and `>` where references stand for them.
  private static func plain(_ value: String) -> String {
    var value = value.trimmed(of: "* \t")
    guard value.utf8.contains(UInt8(ascii: "&")) else { return value }
    for (reference, character) in [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")] {
      value = value.split(separator: reference, omittingEmptySubsequences: false)
        .joined(separator: character)
    }
    return value
  }

  private mutating func take(_ line: ArraySlice<UInt8>) {
    guard let (name, value) = Self.fact(line) else { return takeBareTime(line) }
    if name.isEmpty { return }
    if value.isEmpty {
      if let role = Self.roles[name] { companies.append(FilingCompany(role: role)) }
      return
    }
    switch name {
    case "ACCESSION NUMBER":
      facts.accession = facts.accession ?? AccessionNumber.first(in: value)
    case "CONFORMED SUBMISSION TYPE", "TYPE": facts.form = facts.form ?? value
    case "FORM TYPE": formOfParty = formOfParty ?? value
    case "CONFORMED PERIOD OF REPORT", "PERIOD":
      facts.period = facts.period ?? DateText.iso(value)
    case "FILED AS OF DATE", "FILING DATE": facts.filed = facts.filed ?? DateText.iso(value)
    case "ACCEPTANCE DATETIME", "ACCEPTANCE DATE TIME":
      facts.accepted = facts.accepted ?? DateText.time(value)
    case "ITEM INFORMATION", "ITEMS": itemTitles.append(value)
    default: takeParty(name, value)
    }
  }

  /// The acceptance time of a header whose tags were taken out stands alone in its line.
  private mutating func takeBareTime(_ line: ArraySlice<UInt8>) {
    guard facts.accession == nil, facts.accepted == nil, line.count == 14 else { return }
    facts.accepted = DateText.time(String(decoding: line, as: UTF8.self))
  }

  private static let roles: [String: FilingCompany.Role] = {
    var roles: [String: FilingCompany.Role] = [:]
    for role in FilingCompany.Role.allCases { roles[role.rawValue.uppercased()] = role }
    return roles
  }()

  // MARK: Parties

  private static let partyFacts: Set<String> = [
    "COMPANY CONFORMED NAME", "CONFORMED NAME", "CENTRAL INDEX KEY", "CIK",
    "STANDARD INDUSTRIAL CLASSIFICATION", "ASSIGNED SIC", "STATE OF INCORPORATION",
    "FISCAL YEAR END", "SEC FILE NUMBER", "FILE NUMBER", "FORMER CONFORMED NAME",
  ]

  private mutating func takeParty(_ name: String, _ value: String) {
    guard Self.partyFacts.contains(name) else { return }
    if companies.isEmpty { companies.append(FilingCompany()) }
    let last = companies.count - 1
    switch name {
    case "COMPANY CONFORMED NAME", "CONFORMED NAME":
      companies[last].name = companies[last].name ?? value
    case "CENTRAL INDEX KEY", "CIK": companies[last].cik = companies[last].cik ?? CIK.normal(value)
    case "STANDARD INDUSTRIAL CLASSIFICATION", "ASSIGNED SIC": takeIndustry(value, last)
    case "STATE OF INCORPORATION": companies[last].state = companies[last].state ?? value
    case "FISCAL YEAR END":
      companies[last].fiscalYearEnd = companies[last].fiscalYearEnd ?? value
    case "SEC FILE NUMBER", "FILE NUMBER":
      companies[last].fileNumber = companies[last].fileNumber ?? value
    default: companies[last].formerNames.append(value)
    }
  }

  /// "PHARMACEUTICAL PREPARATIONS [2834]", or the code alone.
  private mutating func takeIndustry(_ value: String, _ company: Int) {
    guard companies[company].sic == nil else { return }
    let parts = value.split(separator: "[", omittingEmptySubsequences: false)
    let code = parts[parts.count - 1].prefix { $0 != "]" }.trimmed
    guard code.utf8.count == 4, code.utf8.allSatisfy(\.isDigit) else { return }
    companies[company].sic = code
    let industry = parts.dropLast().joined(separator: "[").trimmed
    companies[company].industry = industry.isEmpty ? nil : industry
  }
}
