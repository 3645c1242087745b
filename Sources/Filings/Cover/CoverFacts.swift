/// What the cover page of a form says about the filing.
///
/// Only what is clearly printed is taken; the rest stays nil.
struct CoverFacts {
  private let prospectus: String?
  private let lines: CoverLines

  /// Reads the first lines of a document; nil where they are no cover of a form.
  init?(_ flow: Flow, _ range: Range<Int>) {
    var lines = CoverLines(flow, range)
    var head = lines.first(Self.headLineCount)
    if head.contains(where: CoverForm.hasBoxes) { head = lines.first(.max) }
    prospectus = CoverForm.ofProspectus(head)
    guard prospectus != nil || Self.isCover(head, hasForm: CoverForm.of(head) != nil) else {
      return nil
    }
    self.lines = lines
  }

  /// Whether a document begins with a cover is decided by so many lines: the form is named in the
  /// first sixty of them, or is told by boxes farther down.
  private static let headLineCount = 64

  /// As facts of a filing; a report of a foreign company is taken as filed when it is signed.
  ///
  /// They are looked for here and not before, as most submissions say all of it in their headers.
  /// - Parameter known: The form by another source, for a cover that does not name its own.
  func facts(signed: String?, form known: String?) -> FilingFacts {
    var rest = self.lines
    let lines = rest.first(.max)
    var facts = FilingFacts()
    facts.form = prospectus ?? CoverForm.of(lines)
    let form = facts.form ?? known
    if OwnershipCover.isOne(form) {
      let cover = OwnershipCover(lines)
      facts.companies = cover.companies
      facts.period = cover.period
      if cover.isAmendment, let form, !form.hasSuffix("/A") { facts.form = form + "/A" }
      return facts
    }
    let role: FilingCompany.Role = CoverForm.isAboutOthers(form) ? .subject : .filer
    facts.companies = CoverNames.of(lines, form: form).map { FilingCompany(name: $0, role: role) }
    if !facts.companies.isEmpty { facts.companies[0].cik = CoverCIK.of(lines) }
    facts.fileNumber = CoverFileNumber.of(lines)
    facts.period = CoverPeriod.of(lines, form: form)
    // The date "as filed with the Securities and Exchange Commission on …".
    // Others are often signed days before: an 8-K has four days.
    let isForeign = form?.hasPrefix("6-K") ?? false
    facts.filed = CoverPeriod.filed(lines) ?? (isForeign ? signed : nil)
    return facts
  }

  private static func isCover(_ lines: [FlowLine], hasForm: Bool) -> Bool {
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
    return hasForm && captions.contains { start.place(of: $0) != nil }
  }

  private static let captions = [
    "exact name of registrant", "name of registrant as specified", "name of issuer",
  ]

  private static func speaksOfFiling(_ lower: String) -> Bool {
    ["filed with", "filed separately", "omitted", "submitted"].contains {
      lower.place(of: $0) != nil
    }
  }

  /// Whether a line is what only letters have.
  static func isOfLetter(_ line: FlowLine) -> Bool {
    line.lower.begins(withAny: letterOpenings)
  }

  private static let letterOpenings = [
    "dear ", "ladies and gentlemen", "re:", "via edgar", "by edgar", "via facsimile",
  ]
}
