/// What the cover page of a form says about the filing.
///
/// Only what is clearly printed is taken; the rest stays nil.
struct CoverFacts: Equatable {
  var form: String?
  /// The party that the filing is about first.
  var companies: [FilingCompany] = []
  var fileNumber: String?
  var period: String?
  /// The date "as filed with the Securities and Exchange Commission on …".
  var filed: String?

  /// Reads the first lines of a document; nil where they are no cover of a form.
  init?(_ flow: Flow, _ range: Range<Int>) {
    let limit = min(range.upperBound, range.lowerBound + Self.coverByteCount)
    var lines: [FlowLine] = []
    for line in FlowLines(flow, range.lowerBound..<limit) {
      lines.append(line)
      if lines.count == Self.coverLineCount { break }
    }
    form = CoverForm.of(lines)
    guard Self.isCover(lines, hasForm: form != nil) else { return nil }
    if OwnershipCover.isOne(form) {
      let cover = OwnershipCover(lines)
      companies = cover.companies
      period = cover.period
      if cover.isAmendment, let form, !form.hasSuffix("/A") { self.form = form + "/A" }
      return
    }
    let role: FilingCompany.Role = CoverForm.isAboutOthers(form) ? .subject : .filer
    companies = CoverNames.of(lines, form: form).map { FilingCompany(name: $0, role: role) }
    fileNumber = CoverFileNumber.of(lines)
    period = CoverPeriod.of(lines, form: form)
    filed = CoverPeriod.filed(lines)
  }

  /// Whether the form reports an event: it is signed when it is filed, other forms often before.
  var isEventReport: Bool {
    form.map { $0.hasPrefix("6-K") || $0.hasPrefix("8-K") } ?? false
  }

  /// As facts of a filing; a report of an event is taken as filed when it is signed.
  func facts(signed: String?) -> FilingFacts {
    var facts = FilingFacts()
    facts.form = form
    facts.fileNumber = fileNumber
    facts.period = period
    facts.filed = filed ?? (isEventReport ? signed : nil)
    facts.companies = companies
    return facts
  }

  private static let coverByteCount = 24_000
  private static let coverLineCount = 150

  private static func isCover(_ lines: [FlowLine], hasForm: Bool) -> Bool {
    if CoverForm.isProspectus(lines) { return true }
    // In a sentence the words say that something has been filed there.
    let head = lines.prefix(60).filter { $0.lower.utf8.count < 100 }
    if !hasForm {
      let isExhibit = lines.prefix(4).contains { ExhibitList.headingNumber($0) != nil }
      if isExhibit || head.contains(where: isOfLetter) { return false }
    }
    let start = head.map(\.lower).filter { !speaksOfFiling($0) }.joined(separator: " ")
    if start.place(of: "securities and exchange commission") != nil { return true }
    if start.place(of: "beneficial ownership") != nil,
      start.place(of: "filed pursuant to section 16(a)") != nil
    {
      return true
    }
    return hasForm && start.place(of: "exact name of registrant") != nil
  }

  private static func speaksOfFiling(_ lower: String) -> Bool {
    ["filed with", "filed separately", "omitted", "submitted"].contains {
      lower.place(of: $0) != nil
    }
  }

  /// Whether a line is what only letters have.
  static func isOfLetter(_ line: FlowLine) -> Bool {
    ["dear ", "ladies and gentlemen", "re:", "via edgar", "by edgar", "via facsimile"]
      .contains { line.lower.hasPrefix($0) }
  }
}
