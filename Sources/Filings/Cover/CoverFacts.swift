/// What the cover page of a form says about the filing.
///
/// Only what is clearly printed is taken; the rest stays nil.
struct CoverFacts {
  private let lines: CoverLines

  /// Reads the first lines of a document; nil where they are no cover of a form.
  init?(_ flow: Flow, _ range: Range<Int>) {
    var lines = CoverLines(flow, range)
    guard Self.opensPlainly(&lines) || Self.isCover(&lines) else { return nil }
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
    facts.form = CoverForm.ofProspectus(lines) ?? CoverForm.of(lines)
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

  /// Whether the first lines name a form and the commission, as those of nearly all covers do: the
  /// lines that follow need not be read then.
  private static func opensPlainly(_ lines: inout CoverLines) -> Bool {
    var namesForm = false
    var namesCommission = false
    var start: [UInt8] = []
    var place = 0
    while place < formLineCount, let line = lines.line(place) {
      place += 1
      if !namesForm {
        if isOfLetter(line) || CoverForm.goesOn(line) { return false }
        namesForm = FormType.ofCover(line) != nil
      }
      if !namesCommission, isOfHead(line) {
        // The words may be broken over lines.
        let searched = max(0, start.count - commission.utf8CodeUnitCount)
        start += line.lower.utf8
        start.append(0x20)
        namesCommission = ByteScan.contains(commission, in: start[searched...])
      }
      if namesForm, namesCommission { return true }
    }
    return false
  }

  private static let commission: StaticString = "securities and exchange commission"
  /// In the lines farther down a form is not named but spoken of.
  private static let formLineCount = 60

  /// Whether a line is no sentence, in which the words say that something has been filed there.
  private static func isOfHead(_ line: FlowLine) -> Bool {
    line.lower.utf8.count < 100 && !speaksOfFiling(line.lower)
  }

  private static func isCover(_ rest: inout CoverLines) -> Bool {
    var lines = rest.first(headLineCount)
    if lines.contains(where: CoverForm.hasBoxes) { lines = rest.first(.max) }
    if CoverForm.ofProspectus(lines) != nil { return true }
    let hasForm = CoverForm.isNamed(in: lines)
    let head = lines.prefix(formLineCount).filter { $0.lower.utf8.count < 100 }
    if !hasForm {
      let isExhibit = lines.prefix(4).contains { ExhibitList.headingNumber($0) != nil }
      if isExhibit || head.contains(where: isOfLetter) { return false }
    }
    let start = head.map(\.lower).filter { !speaksOfFiling($0) }.joined(separator: " ")
    if ByteScan.contains(commission, in: Array(start.utf8)[...]) { return true }
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
    ["filed with", "filed separately", "separately with", "omitted", "submitted"].contains {
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
