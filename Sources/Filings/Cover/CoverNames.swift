/// Reads the names of the companies off a cover.
enum CoverNames {
  /// In the order of the cover; empty where it has none that is clearly one.
  static func of(_ lines: [FlowLine], form: String?) -> [String] {
    if form?.hasPrefix("13F") ?? false { return manager(lines).map { [$0] } ?? [] }
    let registrants = CoverRegistrants.of(lines)
    if registrants.count > 1 { return registrants }
    for caption in captions {
      let names = captioned(caption, lines)
      if !names.isEmpty { return names }
    }
    if !registrants.isEmpty { return registrants }
    if form.map({ $0.hasPrefix("424B") }) ?? false {
      for caption in ["issuing entity", "issuer", "depositor"] {
        if let name = above(wholeLine: caption, lines) { return [name] }
      }
    }
    return headline(lines, form).map { [$0] } ?? []
  }

  // MARK: Captions

  /// What stands under a company's name, the best first.
  private static let captions = [
    "exact name of registrant", "exact name of the registrant", "exact names of registrant",
    "exact name of each registrant", "exact name of issuing entity",
    "exact name of the issuing entity", "exact name of issuer", "exact name of the issuer",
    "exact name of small business", "exact name of company", "exact name of the company",
    "exact name of trust", "exact name as specified", "exact name of corporation",
    "exact name of depositor", "exact name of", "registrant's exact name",
    "registrant’s exact name",
    "name of small business", "name of subject company",
    "full name of registrant", "name of registrant", "name of the registrant", "registrant name",
    "exact name of investment company", "name of issuer", "name of the issuer",
    "name and address of issuer", "translation of registrant", "translation of the", "registrant)",
  ]

  private static let mostNames = 20
  private static let longestCaption = 400

  private static func captioned(_ caption: String, _ lines: [FlowLine]) -> [String] {
    var names: [String] = []
    for (index, line) in lines.enumerated() where line.lower.utf8.count < longestCaption {
      guard line.lower.place(of: caption) != nil else { continue }
      for name in self.names(of: caption, index, lines) where names.count < mostNames {
        let isKnown = names.contains { $0.lowercased() == name.lowercased() }
        if !isKnown { names.append(name) }
      }
      // Of one company a form speaks again in its text; co-registrants have one caption each.
      if !names.isEmpty, !caption.hasPrefix("exact name") { return names }
    }
    return names
  }

  /// "Name:" of the manager who files a report of holdings, whose tables have names of issuers.
  private static func manager(_ lines: [FlowLine]) -> String? {
    let start = lines.firstIndex { $0.lower.hasPrefix("institutional investment manager") }
    guard let start else { return nil }
    for (index, line) in lines.enumerated().dropFirst(start + 1).prefix(4) {
      guard line.lower.hasPrefix("name:") else { continue }
      let own = clean(line.text.dropFirst(5))
      let name = own.isEmpty && index + 1 < lines.count ? clean(lines[index + 1].text[...]) : own
      return isName(name) ? name : nil
    }
    return nil
  }

  /// The names that a line with a caption stands for.
  private static func names(
    of caption: String, _ index: Int, _ lines: [FlowLine]
  ) -> [String] {
    let line = lines[index]
    let cells = line.cells
    guard let column = cells.firstIndex(where: { lower($0).place(of: caption) != nil }) else {
      return []
    }
    let cell = String(cells[column])
    let place = lower(cells[column]).place(of: caption) ?? 0
    guard cells.count > 1 || cell.utf8.count < 200 else { return [] }
    if let name = beside(cell, place, caption) { return [name] }
    guard isStart(cell, place) else { return [] }
    if let name = behindColon(cell, column, index, lines) { return [name] }
    if cells.count > 1 {
      let names = inColumn(column, of: cells.count, index, lines)
      if !names.isEmpty { return names }
    }
    let names = above(index, lines)
    if !names.isEmpty { return names }
    // Only what is plainly a name stands under its caption.
    guard index + 1 < lines.count, let below = lines[index + 1].cells.first.map(clean),
      isName(below), LegalForm.ends(below)
    else { return [] }
    return [below]
  }

  /// The name behind a caption that ends with a colon, in the next cell or line or at the end of the
  /// caption's second line.
  private static func behindColon(
    _ cell: String, _ column: Int, _ index: Int, _ lines: [FlowLine]
  ) -> String? {
    let cells = lines[index].cells
    let next = index + 1 < lines.count ? lines[index + 1] : nil
    var text: Substring = ""
    if cell.hasSuffix(":") {
      text = column + 1 < cells.count ? cells[column + 1] : next?.cells.first ?? ""
    } else if let next, next.lower.begins(withAny: captionEnds),
      let colon = next.text.firstIndex(of: ":")
    {
      text = next.text[next.text.index(after: colon)...]
    } else if let next, next.text.hasSuffix(":"), index + 2 < lines.count {
      text = lines[index + 2].cells.first ?? ""
    }
    let name = clean(text)
    return isName(name) && isCapitalised(name) ? name : nil
  }

  /// With what a caption goes on in its second line.
  private static let captionEnds = [
    "specified in", "as specified in", "in its charter", "its charter",
  ]

  /// Whether the caption opens its line or cell, as a sentence has it in its middle.
  private static func isStart(_ cell: String, _ place: Int) -> Bool {
    let before = (String(cell.utf8.prefix(place)) ?? "").trimmed(of: "(_-*=. \t0123456789")
    return before.utf8.count <= 1
      || ["exact", "full", "the", "(exact", "english"].contains(lower(before[...]))
  }

  /// The name before the caption's bracket or after its colon.
  private static func beside(
    _ cell: String, _ place: Int, _ caption: String
  ) -> String? {
    let before = (String(cell.utf8.prefix(place)) ?? "").trimmed
    if before.hasSuffix("("), !lower(before[...]).contains("exact") {
      let name = clean(before.dropLast())
      if isName(name) { return name }
    }
    // In a cell the name may stand before a caption without brackets.
    if caption.hasPrefix("exact") {
      let name = clean(before[...])
      if isName(name), LegalForm.ends(name) { return name }
    }
    guard isStart(cell, place), let colon = cell.lastIndex(of: ":"), cell[colon...].utf8.count > 3
    else { return nil }
    let name = clean(cell[cell.index(after: colon)...])
    return isName(name) ? name : nil
  }

  /// In a table: the cell of the row above, else those of the rows below.
  private static func inColumn(
    _ column: Int, of count: Int, _ index: Int, _ lines: [FlowLine]
  ) -> [String] {
    if index > 0, lines[index - 1].cells.count == count {
      let name = clean(lines[index - 1].cells[column])
      if isName(name) { return [name] }
    }
    var names: [String] = []
    for line in lines[(index + 1)...].prefix(mostNames) {
      guard line.cells.count == count else { break }
      let name = clean(head(of: line.cells[column]))
      if isName(name) { names.append(name) }
    }
    return names
  }

  /// A name without the address that goes on in the same cell.
  private static func head(of cell: Substring) -> Substring {
    let words = cell.split(separator: " ")
    for (place, word) in words.enumerated() where place > 0 {
      let first = word.first ?? " "
      guard first == "(" || first.isNumber, LegalForm.isOne(words[place - 1]) else { continue }
      return Substring(words[..<place].joined(separator: " "))
    }
    return cell
  }

  // MARK: Above the caption

  /// The names in the lines above: several where each is plainly one, one where it is broken.
  private static func above(_ index: Int, _ lines: [FlowLine]) -> [String] {
    var names: [String] = []
    var blanks = 0
    for line in lines[..<index].suffix(12).reversed() {
      if isBetween(line) { continue }
      let name = clean(line.cells.first ?? "")
      guard isName(name) else { break }
      if let last = names.first {
        if blanks == 0 || isLegalForm(last),
          isBroken(line.text.hasSuffix(",") ? name + "," : name, last)
        {
          names[0] = name + (line.text.hasSuffix(",") ? ", " : " ") + last
        } else if LegalForm.ends(name), LegalForm.ends(last), isCapitalised(name) {
          names.insert(name, at: 0)
        } else {
          break
        }
      } else {
        names = [name]
      }
      blanks = line.blanksBefore
    }
    return names.filter { !isLegalForm($0) }
  }

  /// Whether nothing but words as "Corporation" are in a text: the end of a name.
  private static func isLegalForm(_ text: String) -> Bool {
    text.split(separator: " ").allSatisfy(LegalForm.isOne)
  }

  private static func above(wholeLine caption: String, _ lines: [FlowLine]) -> String? {
    let place = lines.prefix(40).firstIndex { $0.lower.trimmed(of: "()") == caption }
    guard let place, place > 0 else { return nil }
    let name = clean(Substring(lines[place - 1].text))
    return isName(name) && isCapitalised(name) ? name : nil
  }

  /// Lines that may stand between a name and its caption, or between two names.
  private static func isBetween(_ line: FlowLine) -> Bool {
    line.lower.begins(withAny: between) || ["and", "&", "or"].contains(line.lower)
      || StateOfLaw.isOne(line.text)
  }

  private static let between = [
    "(former", "formerly", "d/b/a", "(d/b/a", "doing business as", "(formerly", "(successor",
  ]

  /// Whether a name goes on in the next line.
  private static func isBroken(_ first: String, _ second: String) -> Bool {
    let words = second.split(separator: " ")
    if LegalForm.ends(first) { return false }
    if [",", "&"].contains(where: { first.hasSuffix($0) }) { return true }
    if [" and", " of", " the", " for"].contains(where: { lower(first[...]).hasSuffix($0) }) {
      return true
    }
    guard let head = words.first else { return false }
    if head == "&" || head.first?.isLowercase ?? false { return true }
    if LegalForm.isOne(head), words.count <= 4 { return LegalForm.isOne(words[words.count - 1]) }
    return words.count <= 3 && LegalForm.ends(second) && isHeadOfName(first, second)
  }

  /// Whether a line that ends with no legal form may begin the name that ends in the next one:
  /// "NATIONAL WESTERN LIFE", then "INSURANCE COMPANY".
  private static func isHeadOfName(_ first: String, _ second: String) -> Bool {
    let words = first.split(separator: " ")
    return words.count <= 6 && isCapitalised(first)
      && first.utf8.first.map { $0.isLetter } ?? false
      && !first.utf8.contains(where: \.isDigit)
      && first.contains(where: \.isLowercase) == second.contains(where: \.isLowercase)
      && !words.contains { reporting.contains(lower($0)) }
  }

  /// Words of titles and captions, which names do not have.
  private static let reporting: Set<String> = [
    "report", "pursuant", "period", "quarter", "ended", "required", "number", "file", "form",
    "statement", "notice", "act", "prospectus", "information", "transition", "incorporation",
  ]

  // MARK: Without a caption

  /// The first line of its own that is plainly a company's name, before the text begins.
  private static func headline(_ lines: [FlowLine], _ form: String?) -> String? {
    guard let form else { return nil }
    let isProspectus = form.hasPrefix("424B") || form.hasPrefix("497")
    guard isProspectus || ["8-K", "10-K", "10-Q", "10KSB"].contains(where: { form.hasPrefix($0) })
    else { return nil }
    var previous = ""
    for (index, line) in lines.prefix(40).enumerated() {
      if isProspectus ? endsProspectusHead(line.lower) : endsHead(line.lower) { return nil }
      let next = index + 1 < lines.count ? lines[index + 1] : nil
      let isAlone =
        line.isMarked
        || line.blanksBefore > 0 && next.map { $0.blanksBefore > 0 || isAddress($0) } ?? true
      let name = clean(Substring(line.text))
      let isFirst = index > 0 && CoverFileNumber.isAnswered(lines[index - 1])
      let isPlain =
        (isAlone || isFirst) && LegalForm.ends(name)
        || next.map { StateOfLaw.isOne($0.text) } ?? false
      if isPlain, line.text.utf8.count <= 80, isName(name), isCapitalised(name), !goesOn(previous) {
        return name
      }
      previous = line.lower
    }
    return nil
  }

  /// Whether an address begins so.
  private static func isAddress(_ line: FlowLine) -> Bool {
    guard let first = line.lower.utf8.first, line.lower.utf8.count < 80 else { return false }
    return first.isDigit || line.lower.begins(withAny: ["p.o.", "p. o.", "post office", "c/o"])
  }

  private static func endsHead(_ lower: String) -> Bool {
    lower.utf8.count > 250 || lower.hasPrefix("securities registered")
      || lower.hasPrefix("indicate by") || lower.hasPrefix("item ") || lower.hasPrefix("(address")
  }

  private static func endsProspectusHead(_ lower: String) -> Bool {
    ["underwriter", "book-running", "bookrunning", "sales agent", "placement agent", "manager"]
      .contains { lower.utf8.count < 100 && lower.place(of: $0) != nil }
  }

  private static func goesOn(_ lower: String) -> Bool {
    [" of", " to", " by", " and", " the", " from", " with", " for", " in", ","].contains {
      lower.hasSuffix($0)
    }
  }

  // MARK: Names

  /// A name without rules, quotes and marks of footnotes around it.
  static func clean(_ text: Substring) -> String {
    var name = text.trimmed(of: "_*=~-–—:;\"“”†‡ \t")
    for mark in ["(1)", "(2)", "(a)"] where name.hasSuffix(mark) {
      name = String(name.dropLast(mark.count)).trimmed
    }
    return StateOfLaw.cut(from: name).trimmed(of: "*_, \t")
  }

  static func isName(_ text: String) -> Bool {
    let lower = lower(text[...])
    guard (2...150).contains(text.utf8.count), !text.contains("\t"),
      text.contains(where: \.isLetter), DateText.iso(text) == nil, !StateOfLaw.isOne(text)
    else { return false }
    return !openings.contains { lower.hasPrefix($0) } && !whole.contains(lower)
      && lower.place(of: "commission") == nil && lower.place(of: "securities exchange act") == nil
      && lower.place(of: "check") == nil
  }

  /// What stands on covers besides names.
  private static let openings = [
    "form ", "schedule ", "exact name", "date of", "pursuant to", "act of 19", "for the ",
    "(", "address", "registrant", "amendment no", "securities act", "under the", "registration ",
    "current report", "annual report", "quarterly report", "united states", "washington, d",
    "transition", "irs ", "i.r.s", "telephone", "none", "proxy statement", "table of contents",
    "post-effective", "pre-effective", "part i", "report of foreign", "period ended", "not applic",
    "the securities", "as filed with", "full title", "prospectus", "preliminary", "filed by",
    "information required", "file no", "cusip", "the registrant", "state or other",
    "state of", "item ", "specified in", "as specified", "in its charter",
  ]
  private static let whole: Set<String> = [
    "n/a", "na", "or", "and", "under", "full", "the", "registrant information", "the company",
    "the trust", "the fund", "delaware", "same", "exact", "file", "number", "file number",
    "charter",
    "state", "employer", "identification", "identification number",
  ]

  /// Whether each word begins as those of a name do.
  static func isCapitalised(_ name: String) -> Bool {
    let words = name.split(separator: " ")
    return words.count <= 10
      && words.allSatisfy { word in
        guard let first = word.unicodeScalars.first else { return false }
        return !first.properties.isLowercase || small.contains(word.lowercased())
      }
  }

  private static let small: Set<String> = [
    "of", "and", "the", "de", "for", "in", "a", "la", "du", "van", "von", "y",
  ]

  private static func lower(_ text: Substring) -> String {
    String(decoding: text.utf8.map(\.lowered), as: UTF8.self)
  }
}
