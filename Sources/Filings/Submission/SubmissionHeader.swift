/// What the SEC's header of a submission says.
///
/// Three ways of writing one fact are known: `COMPANY CONFORMED NAME:  ACME`, a tag a line
/// (`<CONFORMED-NAME>ACME`), and the first with Markdown's stars around it.
struct SubmissionHeader {
  var form: String?
  var accession: String?
  var filed: String?
  var period: String?
  var company: String?
  var cik: String?
  var fileNumber: String?

  /// A party of the submission; the filer or subject comes before an owner who reports.
  private struct Party {
    var rank = 1
    var company: String?
    var cik: String?
    var fileNumber: String?
  }

  private var parties: [Party] = []
  private var formOfParty: String?

  /// Reads the lines of a header; nil where they are none.
  init?(_ bytes: ArraySlice<UInt8>) {
    for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) where line.count < 400 {
      take(line)
    }
    let best = parties.indices.min { (parties[$0].rank, $0) < (parties[$1].rank, $1) }
    if let best {
      company = parties[best].company
      cik = parties[best].cik
      fileNumber = parties[best].fileNumber
    }
    form = form ?? formOfParty
    guard accession != nil || form != nil && company != nil else { return nil }
  }

  /// Splits a line into the fact's name, with spaces for hyphens, and its value.
  private static func fact(_ line: ArraySlice<UInt8>) -> (name: String, value: String)? {
    let text = String(decoding: line.filter { $0 != UInt8(ascii: "*") }, as: UTF8.self)
      .trimmed(of: " \t-")
    let border: Character = text.hasPrefix("<") ? ">" : ":"
    guard let end = text.firstIndex(of: border) else { return nil }
    let name = text[..<end].drop { $0 == "<" }.uppercased()
    let spaced = String(name.map { $0 == "-" ? " " : $0 })
    return (spaced.trimmed, text[text.index(after: end)...].trimmed)
  }

  private mutating func take(_ line: ArraySlice<UInt8>) {
    guard let (name, value) = Self.fact(line) else { return }
    if let rank = Self.parties[name], value.isEmpty { return parties.append(Party(rank: rank)) }
    guard !value.isEmpty else { return }
    switch name {
    case "ACCESSION NUMBER": accession = accession ?? AccessionNumber.first(in: value)
    case "CONFORMED SUBMISSION TYPE", "TYPE": form = form ?? value
    case "FORM TYPE": formOfParty = formOfParty ?? value
    case "CONFORMED PERIOD OF REPORT", "PERIOD": period = period ?? DateText.iso(value)
    case "FILED AS OF DATE", "FILING DATE": filed = filed ?? DateText.iso(value)
    default: takeParty(name, value)
    }
  }

  private mutating func takeParty(_ name: String, _ value: String) {
    let isFact = ["COMPANY CONFORMED NAME", "CONFORMED NAME", "CENTRAL INDEX KEY", "CIK"]
      .contains(name)
    if parties.isEmpty, isFact { parties.append(Party()) }
    guard let last = parties.indices.last else { return }
    switch name {
    case "COMPANY CONFORMED NAME", "CONFORMED NAME":
      if parties[last].company == nil { parties[last].company = value }
    case "CENTRAL INDEX KEY", "CIK":
      let digits = value.drop { $0 == "0" }
      if parties[last].cik == nil, !digits.isEmpty { parties[last].cik = String(digits) }
    case "SEC FILE NUMBER", "FILE NUMBER":
      if parties[last].fileNumber == nil { parties[last].fileNumber = value }
    default: break
    }
  }

  private static let parties: [String: Int] = [
    "FILER": 0, "SUBJECT COMPANY": 0, "ISSUER": 0, "FILED FOR": 1, "FILED BY": 2,
    "REPORTING OWNER": 3, "DEPOSITOR": 2, "SECURITIZER": 2, "UNDERWRITER": 3,
  ]

  /// The facts, put into a filing where it does not have them.
  func fill(_ filing: inout Filing) {
    filing.form = form ?? filing.form
    filing.accession = accession ?? filing.accession
    filing.filed = filed ?? filing.filed
    filing.period = period ?? filing.period
    filing.setCompany(name: company, cik: cik)
    filing.fileNumber = fileNumber ?? filing.fileNumber
  }
}
