/// Reads the type of a form off its cover.
enum CoverForm {
  /// The form with `/A` where it is an amendment; nil where the cover does not name it.
  static func of(_ lines: [FlowLine]) -> String? {
    guard let found = first(in: lines) else { return nil }
    guard let index = found.index else { return found.form }
    return refined(amended(found.form, lines, at: index), lines, at: index)
  }

  /// Whether the cover names its form.
  static func isNamed(in lines: [FlowLine]) -> Bool { first(in: lines) != nil }

  /// The first form that is named and the line that names it; no line where nothing but the form
  /// stands there.
  private static func first(in lines: [FlowLine]) -> (form: String, index: Int?)? {
    let head = lines.prefix(60)
    for (index, line) in head.enumerated() {
      // What a letter is about is another filing.
      if CoverFacts.isOfLetter(line) { return nil }
      if let form = named(line, index, lines) { return (form, index) }
    }
    return head.prefix(20).lazy.compactMap { FormType.whole($0.text) }.first.map { ($0, nil) }
  }

  /// Whether the form that begins in a line is told by those that follow it.
  static func goesOn(_ line: FlowLine) -> Bool {
    ["form", "schedule"].contains(line.lower) || hasBoxes(line)
  }

  private static func named(_ line: FlowLine, _ index: Int, _ lines: [FlowLine]) -> String? {
    if let form = FormType.ofCover(line) { return form }
    if ["form", "schedule"].contains(line.lower), index + 1 < lines.count {
      return FormType.after(line.lower, lines[index + 1].text)
    }
    return checkedSchedule(line, index, lines)
  }

  /// Whether the company of such a form is not the one that files it.
  static func isAboutOthers(_ form: String?) -> Bool {
    form?.hasPrefix("SC ") ?? false
  }

  // MARK: Prospectuses

  /// The form of a prospectus, where the first lines say under which rule it is filed.
  static func ofProspectus(_ lines: [FlowLine]) -> String? {
    lines.prefix(30).lazy.compactMap { prospectus($0) }.first
  }

  /// "424B5" of "Filed Pursuant to Rule 424(b)(5)", "497" of "Rule 497(e)".
  private static func prospectus(_ line: FlowLine) -> String? {
    // All of the rules have a 4 in their numbers.
    guard line.lower.place(of: "4") != nil else { return nil }
    for cell in line.lowerCells where cell.utf8.count < 140 {
      guard mayOpenRule(cell) else { continue }
      let bytes = cell.utf8.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "#") }
      let plain = String(decoding: bytes, as: UTF8.self).trimmed(of: "([")
      guard plain.begins(withAny: ruleOpenings) else { continue }
      if let place = plain.place(of: "424(b)(") {
        let digit = plain.utf8.dropFirst(place + 7).prefix { $0.isDigit }
        if digit.count == 1 { return "424B" + String(Substring(digit)) }
      }
      if let place = plain.place(of: "rule497") {
        return plain.utf8.dropFirst(place + 7).starts(with: "(k)".utf8) ? "497K" : "497"
      }
      if plain.place(of: "rule433") != nil { return "FWP" }
    }
    return nil
  }

  private static let ruleOpenings = [
    "filedpursuantto", "filedunder", "rule424(b)", "pursuanttorule424", "rule497(",
    "pursuanttorule497",
  ]

  /// Whether the first letter is one with which such a line begins: nearly all lines end here.
  private static func mayOpenRule(_ cell: Substring) -> Bool {
    let first = cell.utf8.first { $0.isLetter || $0.isDigit }
    return [UInt8(ascii: "f"), UInt8(ascii: "r"), UInt8(ascii: "p")].contains(first)
  }

  // MARK: Amendments

  /// The form with `/A` where a line beside it says that it is an amendment.
  private static func amended(_ form: String, _ lines: [FlowLine], at index: Int) -> String {
    guard !form.hasSuffix("/A"), !form.hasPrefix("POS"), form != "N-1A" else { return form }
    let near = lines[max(0, index - 2)..<min(lines.count, index + 5)]
    for line in near where isAmendment(line.lower) {
      guard line.lower.hasPrefix("post-effective") else { return form + "/A" }
      return form == "S-8" ? "S-8 POS" : "POS AM"
    }
    return form
  }

  /// "Amendment No. 2": with a number, as forms have the words with nothing behind them, too.
  private static func isAmendment(_ lower: String) -> Bool {
    guard lower.utf8.count < 100, lower.place(of: "amendment") != nil else { return false }
    let words = lower.split { !($0.isLetter || $0.isNumber || $0 == "-") }
    guard let place = words.firstIndex(of: "amendment"), place <= 1,
      place == 0 || ["pre-effective", "post-effective"].contains(words[0])
    else { return false }
    var next = words[(place + 1)...]
    if let first = next.first, ["no", "number", "nos"].contains(first) { next = next.dropFirst() }
    guard let number = next.first else { return false }
    return Int(number).map { $0 > 0 } ?? numbers.contains(String(number))
  }

  private static let numbers: Set<String> = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "i", "ii", "iii",
    "iv", "v", "vi",
  ]

  // MARK: Boxes

  /// The types that boxes on the cover tell apart.
  private static func refined(_ form: String, _ lines: [FlowLine], at index: Int) -> String {
    switch form {
    case "N-1A", "N-3", "N-4", "N-6": return fund(lines) ?? form
    case "S-3", "F-3": return isAutomatic(lines) ? form + "ASR" : form
    case "12B-25": return late(lines, after: index) ?? "NT 10-K"
    case "13F": return holdings(lines)
    case "8-A": return registered(lines).map { "8-A12" + $0 } ?? form
    case "10": return registered(lines).map { "10-12" + $0 } ?? form
    case "8-A/A", "10/A": return refined(String(form.dropLast(2)), lines, at: index) + "/A"
    case "15": return terminated(lines)
    case "10-K", "10-Q": return isTransition(lines) ? form + "T" : form
    default: return form
    }
  }

  /// "B" or "G": the paragraph of section 12 under which securities are registered, where the other
  /// one has none.
  private static func registered(_ lines: [FlowLine]) -> String? {
    let hasListed = !isNone("12(b) of", lines)
    let hasOthers = !isNone("12(g) of", lines)
    return hasListed == hasOthers ? nil : hasListed ? "B" : "G"
  }

  /// Whether "none" stands behind a caption or in the next line.
  private static func isNone(_ caption: String, _ lines: [FlowLine]) -> Bool {
    guard let index = lines.firstIndex(where: { $0.lower.place(of: caption) != nil }) else {
      return false
    }
    let line = lines[index].lower.trimmed(of: ".*_- \t")
    let next = index + 1 < lines.count ? lines[index + 1].lower.trimmed(of: ".*_- \t") : ""
    return nothing.contains { line.hasSuffix($0) || next == $0 }
  }

  private static let nothing = ["none", "n/a", "not applicable"]

  /// Of a notice of termination, by the box of the rule that it relies on.
  private static func terminated(_ lines: [FlowLine]) -> String {
    var rules: Set<Substring> = []
    for line in lines.prefix(boxLineCount) where line.lower.place(of: "rule 1") != nil {
      let parts = line.lower.split(separator: "rule ", omittingEmptySubsequences: false)
      let isBefore = !parts[0].trimmed.isEmpty
      for (index, part) in parts.enumerated().dropFirst() {
        let mark = isBefore ? parts[index - 1].split(separator: " ").last ?? "" : part
        if CheckMark.isSet(on: String(mark)) { rules.insert(part.prefix(3)) }
      }
    }
    return rules.contains("12g") ? "15-12G" : rules.isEmpty ? "15" : "15-15D"
  }

  private static let boxLineCount = 60

  /// Whether the box of a transition report is checked and that of the usual one is not.
  private static func isTransition(_ lines: [FlowLine]) -> Bool {
    let checked = lines.prefix(boxLineCount).filter { CheckMark.isSet(on: $0.text) }.map(\.lower)
    return checked.contains { $0.place(of: "transition report") != nil }
      && !checked.contains {
        $0.place(of: "annual report") != nil || $0.place(of: "quarterly report") != nil
      }
  }

  /// A change of a fund's registration that has been in effect.
  private static func fund(_ lines: [FlowLine]) -> String? {
    for line in lines where CheckMark.isSet(on: line.text) {
      guard let place = line.lower.place(of: "pursuant to paragraph (") else { continue }
      let letter = line.lower.utf8.dropFirst(place + 23).first
      return letter == UInt8(ascii: "b") ? "485BPOS" : "485APOS"
    }
    return nil
  }

  private static func isAutomatic(_ lines: [FlowLine]) -> Bool {
    lines.contains {
      $0.lower.hasPrefix("if this form is a registration statement") && CheckMark.isSet(on: $0.text)
        && $0.lower.place(of: "462(e)") != nil
    }
  }

  /// "NT 10-K" where the box of Form 10-K is checked in a notice of late filing.
  private static func late(_ lines: [FlowLine], after index: Int) -> String? {
    let words = lines[index...].prefix(12).flatMap { $0.text.split { $0 == " " || $0 == "\t" } }
    for (place, word) in words.enumerated().dropLast(2) where CheckMark.isSet(on: String(word)) {
      guard words[place + 1].lowercased() == "form" else { continue }
      let form = words[place + 2].uppercased().trimmed(of: ".,;:")
      if FormType.named("NT \(form)") != nil { return "NT \(form)" }
    }
    return nil
  }

  private static func holdings(_ lines: [FlowLine]) -> String {
    let isNotice = lines.contains {
      $0.lower.place(of: "13f notice") != nil && CheckMark.isSet(on: $0.text)
    }
    let isAmendment = lines.contains {
      $0.lower.place(of: "if amendment") != nil && $0.lower.place(of: "[x]") != nil
    }
    return (isNotice ? "13F-NT" : "13F-HR") + (isAmendment ? "/A" : "")
  }

  /// Of proxy statements, information statements and tender offers, whose kind is a box.
  private static func checkedSchedule(
    _ line: FlowLine, _ index: Int, _ lines: [FlowLine]
  ) -> String? {
    guard let kinds = boxes(of: line) else { return nil }
    for other in lines[index...] where CheckMark.isSet(on: other.text) {
      if let kind = kinds.first(where: { other.lower.place(of: $0.label) != nil }) {
        return kind.form
      }
    }
    return nil
  }

  /// Whether boxes in the lines below tell which form it is.
  static func hasBoxes(_ line: FlowLine) -> Bool { boxes(of: line) != nil }

  private static func boxes(of line: FlowLine) -> [(label: String, form: String)]? {
    guard line.lower.utf8.count <= 60 else { return nil }
    if line.lower.hasPrefix("schedule 14a") { return proxies }
    if line.lower.hasPrefix("schedule 14c") { return information }
    let isOffer = line.lower == "schedule to" || line.lower.hasPrefix("schedule to ")
    return isOffer ? offers : nil
  }

  private static let proxies = [
    ("preliminary proxy statement", "PRE 14A"), ("definitive proxy statement", "DEF 14A"),
    ("definitive additional material", "DEFA14A"), ("soliciting material", "DEFA14A"),
  ]
  private static let information = [
    ("preliminary information statement", "PRE 14C"),
    ("definitive information statement", "DEF 14C"),
  ]
  private static let offers = [
    ("third-party tender offer", "SC TO-T"), ("third party tender offer", "SC TO-T"),
    ("issuer tender offer", "SC TO-I"),
  ]
}
