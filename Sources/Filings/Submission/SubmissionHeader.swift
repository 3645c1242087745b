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
    var place = 0
    while place < bytes.count {
      let end = ByteScan.lineBreak(in: bytes.span, place, bytes.count)
      let line = bytes.startIndex + place..<bytes.startIndex + end
      if !line.isEmpty, line.count <= Self.longestLine { take(bytes[line]) }
      place = end + 1
    }
    facts.form = facts.form ?? formOfParty
    facts.companies = companies.filter { $0.name != nil || $0.cik != nil }.byRole
    let hasParty = companies.contains { $0.name != nil }
    guard facts.accession != nil || facts.form != nil && hasParty else { return nil }
    facts.fileNumber = facts.companies.lazy.compactMap(\.fileNumber).first
    for title in itemTitles {
      guard let number = EventItems.number(title, filed: facts.filed) else { continue }
      if !facts.items.contains(number) { facts.items.append(number) }
    }
  }

  private static let longestLine = 1000

  // MARK: Lines

  /// What a line of a header may say.
  private enum Fact {
    case accession, form, formOfParty, period, filed, accepted, item
    case party(PartyFact)
    case role(FilingCompany.Role)
  }

  private enum PartyFact {
    case name, cik, industry, state, fiscalYearEnd, fileNumber, formerName
  }

  /// The facts by the hashes of their names in small letters.
  private static let names: [UInt64: Fact] = {
    var names: [UInt64: Fact] = [
      hash("accession number"): .accession, hash("conformed submission type"): .form,
      hash("type"): .form, hash("form type"): .formOfParty,
      hash("conformed period of report"): .period, hash("period"): .period,
      hash("filed as of date"): .filed, hash("filing date"): .filed,
      hash("acceptance datetime"): .accepted, hash("acceptance date time"): .accepted,
      hash("item information"): .item, hash("items"): .item,
      hash("company conformed name"): .party(.name), hash("conformed name"): .party(.name),
      hash("central index key"): .party(.cik), hash("cik"): .party(.cik),
      hash("standard industrial classification"): .party(.industry),
      hash("assigned sic"): .party(.industry), hash("state of incorporation"): .party(.state),
      hash("fiscal year end"): .party(.fiscalYearEnd),
      hash("sec file number"): .party(.fileNumber), hash("file number"): .party(.fileNumber),
      hash("former conformed name"): .party(.formerName),
    ]
    for role in FilingCompany.Role.allCases { names[hash(role.rawValue)] = .role(role) }
    return names
  }()

  private static func hash(_ name: String) -> UInt64 { hash(Array(name.utf8)[...]) }

  /// A hash of a name in whatever case, with spaces for hyphens and without Markdown's stars and
  /// the space around it.
  private static func hash(_ name: ArraySlice<UInt8>) -> UInt64 {
    let start: UInt64 = 0xCBF2_9CE4_8422_2325
    var hash = start
    var hashToLetter = start
    for byte in name where byte != UInt8(ascii: "*") {
      let isHyphen = byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      let letter = isHyphen ? 0x20 : byte.lowered
      if letter.isSpace, hashToLetter == start { continue }
      hash = (hash ^ UInt64(letter)) &* 0x0000_0100_0000_01B3
      if !letter.isSpace { hashToLetter = hash }
    }
    return hashToLetter
  }

  private static let longestName = 64

  /// The place of the byte that ends a name, within the first bytes of the line.
  private static func nameEnd(_ text: ArraySlice<UInt8>, _ border: UInt8) -> Int? {
    let end = min(text.endIndex, text.startIndex + longestName)
    let place = ByteScan.find(border, in: text.span, 0, end - text.startIndex) + text.startIndex
    return place < end ? place : nil
  }

  private mutating func take(_ line: ArraySlice<UInt8>) {
    let text = line.drop { $0.isSpace || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "*") }
    let isTag = text.first == UInt8(ascii: "<")
    let border = isTag ? UInt8(ascii: ">") : UInt8(ascii: ":")
    guard let end = Self.nameEnd(text, border) else {
      return takeBareTime(line)
    }
    guard let fact = Self.names[Self.hash(text[..<end].dropFirst(isTag ? 1 : 0))] else { return }
    let value = Self.plain(text[(end + 1)...])
    if case .role(let role) = fact {
      if value.isEmpty { companies.append(FilingCompany(role: role)) }
    } else if !value.isEmpty {
      take(fact, value)
    }
  }

  /// A value without Markdown's stars, with `&`, `<` and `>` where references stand for them.
  private static func plain(_ bytes: ArraySlice<UInt8>) -> String {
    let isAround: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: "*") }
    guard let start = bytes.firstIndex(where: { !isAround($0) }),
      let last = bytes.lastIndex(where: { !isAround($0) })
    else { return "" }
    var value = String(decoding: bytes[start...last], as: UTF8.self)
    guard bytes.contains(UInt8(ascii: "&")) else { return value }
    for (reference, character) in [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")] {
      value = value.split(separator: reference, omittingEmptySubsequences: false)
        .joined(separator: character)
    }
    return value
  }

  private mutating func take(_ fact: Fact, _ value: String) {
    switch fact {
    case .accession: facts.accession = facts.accession ?? AccessionNumber.first(in: value)
    case .form: facts.form = facts.form ?? value
    case .formOfParty: formOfParty = formOfParty ?? value
    case .period: facts.period = facts.period ?? DateText.iso(value)
    case .filed: facts.filed = facts.filed ?? DateText.iso(value)
    case .accepted: facts.accepted = facts.accepted ?? DateText.time(value)
    case .item: itemTitles.append(value)
    case .party(let fact): takeParty(fact, value)
    case .role: break
    }
  }

  /// The acceptance time of a header whose tags were taken out stands alone in its line.
  private mutating func takeBareTime(_ line: ArraySlice<UInt8>) {
    guard facts.accession == nil, facts.accepted == nil, line.count == 14 else { return }
    facts.accepted = DateText.time(String(decoding: line, as: UTF8.self))
  }

  // MARK: Parties

  private mutating func takeParty(_ fact: PartyFact, _ value: String) {
    if companies.isEmpty { companies.append(FilingCompany()) }
    let last = companies.count - 1
    switch fact {
    case .name: companies[last].name = companies[last].name ?? value
    case .cik: companies[last].cik = companies[last].cik ?? CIK.normal(value)
    case .industry: takeIndustry(value, last)
    case .state: companies[last].state = companies[last].state ?? value
    case .fiscalYearEnd: companies[last].fiscalYearEnd = companies[last].fiscalYearEnd ?? value
    case .fileNumber: companies[last].fileNumber = companies[last].fileNumber ?? value
    case .formerName: companies[last].formerNames.append(value)
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
