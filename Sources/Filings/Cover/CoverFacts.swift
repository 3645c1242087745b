/// What the cover page of a form says about the filing.
///
/// Only what is clearly printed is taken; the rest stays nil.
struct CoverFacts {
  let form: String?
  private let lines: [FlowLine]

  /// Reads the first lines of a document; nil where they are no cover of a form.
  init?(_ flow: Flow, _ range: Range<Int>) {
    let limit = min(range.upperBound, range.lowerBound + Self.coverByteCount)
    var lines: [FlowLine] = []
    for line in FlowLines(flow, range.lowerBound..<limit) {
      lines.append(line)
      if lines.count == Self.coverLineCount { break }
    }
    lines = Self.unwrapped(lines)
    let prospectus = CoverForm.ofProspectus(lines)
    form = prospectus ?? CoverForm.of(lines)
    guard prospectus != nil || Self.isCover(lines, hasForm: form != nil) else { return nil }
    self.lines = lines
  }

  /// As facts of a filing; a report of an event is taken as filed when it is signed.
  ///
  /// They are looked for here and not before, as most submissions say all of it in their headers.
  func facts(signed: String?) -> FilingFacts {
    var facts = FilingFacts()
    facts.form = form
    if OwnershipCover.isOne(form) {
      let cover = OwnershipCover(lines)
      facts.companies = cover.companies
      facts.period = cover.period
      if cover.isAmendment, let form, !form.hasSuffix("/A") { facts.form = form + "/A" }
      return facts
    }
    let role: FilingCompany.Role = CoverForm.isAboutOthers(form) ? .subject : .filer
    facts.companies = CoverNames.of(lines, form: form).map { FilingCompany(name: $0, role: role) }
    facts.fileNumber = CoverFileNumber.of(lines)
    facts.period = CoverPeriod.of(lines, form: form)
    // The date "as filed with the Securities and Exchange Commission on …".
    facts.filed = CoverPeriod.filed(lines) ?? (isEventReport ? signed : nil)
    return facts
  }

  /// Whether the form reports an event: it is signed when it is filed, other forms often before.
  private var isEventReport: Bool {
    form.map { $0.hasPrefix("6-K") || $0.hasPrefix("8-K") } ?? false
  }

  /// With the words that stand alone at the start of a paragraph before what follows them, as some
  /// renditions break every paragraph behind its first word.
  private static func unwrapped(_ lines: [FlowLine]) -> [FlowLine] {
    var whole: [FlowLine] = []
    var isOpen = false
    for line in lines {
      if isOpen, line.blanksBefore == 0, !line.text.contains("\t"), let last = whole.last {
        whole[whole.count - 1].text = last.text + " " + line.text
        whole[whole.count - 1].lower = last.lower + " " + line.lower
        isOpen = isWord(line.text) && line.text.first?.isLowercase ?? false
      } else {
        isOpen = line.blanksBefore > 0 && isWord(line.text)
        whole.append(line)
      }
    }
    return whole
  }

  private static func isWord(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0.isLetter || $0 == UInt8(ascii: "(") || $0 >= 0x80 }
  }

  private static let coverByteCount = 24_000
  private static let coverLineCount = 150

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
