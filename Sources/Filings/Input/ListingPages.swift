/// EDGAR's page of a submission's header, `ACCESSION-index-headers.html`.
enum HeaderPage {
  /// The lines of the header: those of the file, with references for `<` and `>` resolved.
  ///
  /// The header may stand there twice, in a comment and as text; the second time is cut off.
  static func plain(_ bytes: [UInt8]) -> [UInt8] {
    let text = TextEncoding.utf8(Array(bytes.prefix(1 << 22)))
    let lines = text.split { $0 == 0x0A || $0 == 0x0D }
    var plain: [UInt8] = []
    for line in lines {
      let resolved = resolved(line)
      if resolved.starts(with: "</SEC-HEADER>".utf8) { break }
      if resolved.starts(with: "<DOCUMENT>".utf8) { break }
      plain += resolved + [0x0A]
    }
    return plain
  }

  private static func resolved(_ line: ArraySlice<UInt8>) -> [UInt8] {
    guard line.contains(UInt8(ascii: "&")) else { return Array(line) }
    var text = String(decoding: line, as: UTF8.self)
    for (reference, sign) in [("&lt;", "<"), ("&gt;", ">")] {
      text = text.split(separator: reference, omittingEmptySubsequences: false)
        .joined(separator: sign)
    }
    return Array(text.utf8)
  }
}

/// The listing of a filing's folder: EDGAR's `index.json` and `ACCESSION-index.html`, or an object
/// with members as in JSON Lines.
enum ListingPage {
  static func facts(_ bytes: [UInt8]) -> FilingFacts? {
    let first = bytes.first { !$0.isSpace }
    let facts = first == UInt8(ascii: "{") ? ofObject(bytes) : ofPage(bytes)
    return facts.isEmpty ? nil : facts
  }

  // MARK: JSON

  private static func ofObject(_ bytes: [UInt8]) -> FilingFacts {
    var scanner = JSONScanner(bytes, 0..<bytes.count)
    guard let record = try? JSONRecord(&scanner) else { return FilingFacts() }
    if !record.facts.isEmpty { return record.facts }
    // {"directory": {"item": […], "name": "/Archives/edgar/data/320193/000032019320000096"}}
    guard let place = String(decoding: bytes.suffix(400), as: UTF8.self).place(of: "/edgar/data/")
    else { return FilingFacts() }
    let path = bytes.suffix(400).dropFirst(place).prefix { $0 != UInt8(ascii: "\"") }
    return PathFacts.of(String(decoding: path, as: UTF8.self) + "/x")
  }

  // MARK: HTML

  /// Reads the page of a filing: labels with the values in the lines after them.
  private static func ofPage(_ bytes: [UInt8]) -> FilingFacts {
    let flow = HTMLReader.read(SourceText(TextEncoding.utf8(Array(bytes.prefix(1 << 20)))))
    let lines = FlowLines(flow, flow.range).prefix(mostLines).flatMap { line in
      line.text.split(separator: "\t").map(\.trimmed)
    }
    var facts = FilingFacts()
    for (index, line) in lines.enumerated() {
      let next = index + 1 < lines.count ? lines[index + 1] : ""
      switch line {
      case "Filing Date": facts.filed = facts.filed ?? DateText.iso(next)
      case "Period of Report": facts.period = facts.period ?? DateText.iso(next)
      case "Accepted":
        let digits = String(next.filter(\.isNumber))
        facts.accepted = facts.accepted ?? DateText.time(digits)
      default: take(line, &facts)
      }
    }
    facts.companies = facts.companies.byRole
    return facts
  }

  /// The parties stand below the documents and the series of a filing, which may be hundreds.
  private static let mostLines = 20_000

  private static func take(_ line: String, _ facts: inout FilingFacts) {
    if line.hasPrefix("SEC Accession No"), let number = AccessionNumber.first(in: line) {
      facts.accession = facts.accession ?? number
    } else if facts.form == nil, line.hasPrefix("Form "), line.utf8.count < 120 {
      let form = line.dropFirst(5).split(separator: " - ")[0].split(separator: ":")[0]
      facts.form = form.trimmed
    } else if let place = line.place(of: "CIK: "), line.utf8.count < 300 {
      takeParty(line, place, &facts)
    }
  }

  /// "Apple Inc. (Filer) CIK: 0000320193 (see all company filings)".
  private static func takeParty(_ line: String, _ place: Int, _ facts: inout FilingFacts) {
    let number = line.utf8.dropFirst(place + 5).prefix(while: \.isDigit)
    guard let cik = CIK.normal(Substring(number)) else { return }
    var company = FilingCompany(cik: cik)
    var name = Substring(line.utf8.prefix(place)).trimmed
    if name.hasSuffix(")"), let open = name.lastIndex(of: "(") {
      let role = name[name.index(after: open)...].dropLast().lowercased()
      company.role = FilingCompany.Role(rawValue: role) ?? roles[role] ?? .filer
      name = name[..<open].trimmed
    }
    company.name = name.isEmpty ? nil : name
    // One party may stand there for each of its files.
    if !facts.companies.contains(company) { facts.companies.append(company) }
  }

  private static let roles: [String: FilingCompany.Role] = [
    "subject": .subject, "reporting": .reportingOwner,
  ]
}
