/// What the cover page of a form says about the filing.
///
/// Only what is clearly printed is taken; the rest stays nil.
struct CoverFacts: Equatable {
  var form: String?
  var company: String?
  var fileNumber: String?
  var period: String?

  /// Reads the first lines of a document; nil where they are no cover of a form.
  init?(_ flow: Flow, _ range: Range<Int>) {
    let limit = min(range.upperBound, range.lowerBound + Self.coverByteCount)
    var lines: [FlowLine] = []
    for line in FlowLines(flow, range.lowerBound..<limit) {
      lines.append(line)
      if lines.count == Self.headLineCount, !Self.isCover(lines) { return nil }
      if lines.count == Self.coverLineCount { break }
    }
    guard lines.count >= Self.headLineCount || Self.isCover(lines) else { return nil }
    form = Self.form(lines)
    company = Self.company(lines)
    fileNumber = Self.fileNumber(lines)
    period = Self.period(lines, Self.periodCaptions(of: form))
  }

  /// Whether the form reports an event: it is signed when it is filed, other forms often before.
  var isEventReport: Bool {
    form.map { $0.hasPrefix("6-K") || $0.hasPrefix("8-K") } ?? false
  }

  /// As facts of a filing.
  func facts(filed: String?) -> FilingFacts {
    var facts = FilingFacts()
    facts.form = form
    facts.fileNumber = fileNumber
    facts.period = period
    facts.filed = filed
    if let company { facts.companies = [FilingCompany(name: company)] }
    return facts
  }

  private static let coverByteCount = 24_000
  private static let coverLineCount = 150
  /// So many lines tell whether there is a cover.
  private static let headLineCount = 60

  private static func isCover(_ lines: [FlowLine]) -> Bool {
    // In a sentence the words say that something has been filed there.
    let start = lines.prefix(headLineCount).map(\.lower).filter { $0.utf8.count < 100 }
      .joined(separator: " ")
    if start.place(of: "securities and exchange commission") != nil { return true }
    if start.place(of: "beneficial ownership") != nil,
      start.place(of: "filed pursuant to section 16(a)") != nil
    {
      return true
    }
    let hasForm = lines.prefix(10).contains { FormType.ofCover($0) != nil }
    return hasForm && start.place(of: "exact name of registrant") != nil
  }

  // MARK: Form

  private static func form(_ lines: [FlowLine]) -> String? {
    for (index, line) in lines.prefix(60).enumerated() {
      if let form = FormType.ofCover(line) { return amended(form, lines, after: index) }
      if line.lower == "form", index + 1 < lines.count,
        let form = FormType.whole(lines[index + 1].text)
      {
        return amended(form, lines, after: index + 1)
      }
    }
    return lines.prefix(20).lazy.compactMap { FormType.whole($0.text) }.first
  }

  /// The form with `/A` where one of the next lines says that it is an amendment.
  private static func amended(_ form: String, _ lines: [FlowLine], after index: Int) -> String {
    let next = lines[(index + 1)...].prefix(2)
    let isAmendment = next.contains {
      $0.lower.hasPrefix("amendment no") || $0.lower.hasPrefix("(amendment no")
    }
    return isAmendment && !form.hasSuffix("/A") ? form + "/A" : form
  }

  // MARK: Company

  /// What stands under a company's name, the best first.
  private static let nameCaptions = [
    "exact name of registrant", "exact name of issuer", "exact name of the registrant",
    "exact name of small business issuer", "name of small business issuer", "name of registrant",
    "name of issuer", "name of small business", "translation of registrant", "translation of the",
  ]

  private static func company(_ lines: [FlowLine]) -> String? {
    let likely = lines.enumerated().filter { _, line in
      line.lower.utf8.count < 200
        && (line.lower.place(of: "name of ") != nil
          || line.lower.place(of: "translation of ") != nil)
    }
    for caption in nameCaptions {
      for (index, line) in likely {
        guard let place = line.lower.place(of: caption) else { continue }
        if let name = company(around: place, index, lines) { return name }
      }
    }
    return nil
  }

  /// The name before the caption in its line, else in the line above; after a colon behind it.
  private static func company(
    around place: Int, _ index: Int, _ lines: [FlowLine]
  ) -> String? {
    let line = lines[index]
    let before = String(line.text.utf8.prefix(place)) ?? ""
    let name = before.trimmed(of: "( \t")
    if isName(name), name.lowercased() != "exact" { return name }
    if let colon = line.text.lastIndex(of: ":"), line.text[colon...].utf8.count > 3 {
      let name = line.text[line.text.index(after: colon)...].trimmed
      return isName(name) ? name : nil
    }
    // A former name may stand between the name and its caption.
    let above = lines[..<index].suffix(4).reversed().first { !$0.lower.hasPrefix("(former") }
    let found = above?.text.trimmed(of: "_*=~ \t") ?? ""
    return isName(found) && found.lowercased() != "exact" ? found : nil
  }

  private static func isName(_ text: String) -> Bool {
    let lower = text.lowercased()
    let isBoilerplate = [
      "commission", "form ", "exact name", "date of", "pursuant to", "act of 19", "for the ",
      "(", "address", "registrant",
    ].contains { lower.hasPrefix($0) || ($0 == "commission" && lower.contains($0)) }
    return (2...150).contains(text.utf8.count) && !isBoilerplate && !text.contains("\t")
      && text.contains(where: \.isLetter) && DateText.iso(text) == nil
  }

  // MARK: Commission file number

  private static func fileNumber(_ lines: [FlowLine]) -> String? {
    for (index, line) in lines.enumerated()
    where line.lower.place(of: "commission") != nil || line.lower.place(of: "sec") != nil {
      let tail = index + 1 < lines.count ? line.lower + " " + lines[index + 1].lower : line.lower
      guard let place = caption(of: tail), place < line.lower.utf8.count else { continue }
      let after = String(line.text.utf8.dropFirst(place)) ?? ""
      if let number = number(in: after) { return number }
      for other in [index + 1, index - 1, index + 2, index - 2] where lines.indices ~= other {
        if let number = number(in: lines[other].text), isNumbers(lines[other]) { return number }
      }
    }
    return nil
  }

  /// Where in a line "commission file n…" begins.
  private static func caption(of lower: String) -> Int? {
    for caption in ["commission file n", "commission file #", "sec file n", "commission filing n"] {
      if let place = lower.place(of: caption) { return place }
    }
    return nil
  }

  /// Whether a line has more digits than a running text would.
  private static func isNumbers(_ line: FlowLine) -> Bool {
    line.lower.utf8.count < 120
  }

  /// The first file number in a text: one to three digits, a hyphen, three to six digits that are
  /// not a seventh (which would be an employer's number), maybe a hyphen and two digits.
  static func number(in text: String) -> String? {
    let runs = text.utf8.split { !($0.isDigit || $0 == UInt8(ascii: "-")) }
    for run in runs {
      let parts = run.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
      guard parts.count == 2 || (parts.count == 3 && (1...2).contains(parts[2].count)),
        (1...3).contains(parts[0].count), (3...6).contains(parts[1].count)
      else { continue }
      return String(decoding: run, as: UTF8.self)
    }
    return nil
  }

  // MARK: Period

  /// What stands before the period that a form is about.
  private static func periodCaptions(of form: String?) -> [String] {
    let event = ["date of earliest event reported", "date of report"]
    if let form, form.hasPrefix("8-K") { return event }
    return ["for the month of"] + ends + event
  }

  private static let ends = [
    "for the fiscal year ended", "for the year ended", "for the fiscal year ending",
    "for the quarterly period ended", "for the quarter ended", "for the period ended",
    "for the fiscal quarter ended", "for the three months ended",
  ]

  private static func period(_ lines: [FlowLine], _ captions: [String]) -> String? {
    let likely = lines.enumerated().filter { _, line in
      line.lower.place(of: "for the ") != nil || line.lower.place(of: "date of ") != nil
    }
    for caption in captions {
      for (index, line) in likely {
        guard let place = line.lower.place(of: caption) else { continue }
        let after = String(line.text.utf8.dropFirst(place + caption.utf8.count)) ?? ""
        if let period = period(in: after) { return period }
        if let period = nearby(index, lines, caption) { return period }
      }
    }
    return nil
  }

  private static func period(in text: String) -> String? {
    if let date = DateText.first(in: text), date.startsEarly { return date.iso }
    return DateText.monthAndYear(in: text)
  }

  /// A date in the line after the caption or, of a report's date, before it.
  private static func nearby(_ index: Int, _ lines: [FlowLine], _ caption: String) -> String? {
    let others = caption.hasPrefix("date of") ? [index + 1, index - 1, index + 2] : [index + 1]
    for other in others where lines.indices ~= other {
      let text = lines[other].text
      if text.utf8.count < 80, let period = period(in: text) { return period }
    }
    return nil
  }
}
