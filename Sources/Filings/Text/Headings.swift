/// Lines of the page on which a filing is signed.
enum SignaturePage {
  /// A signature page is not longer; in bytes.
  static let longest = 6000

  static func isHeading(_ line: FlowLine) -> Bool {
    // "(appears on" / "signature page)" is the end of a sentence.
    // With a number it is a line of a table of contents.
    guard line.lower.utf8.count < 30, !line.lower.utf8.contains(where: \.isDigit),
      line.text.utf8.first(where: { $0.isLetter }).map({ $0.lowered != $0 }) ?? false
    else { return false }
    let letters = String(decoding: line.lower.utf8.filter(\.isLetter), as: UTF8.self)
    return letters == "signature" || letters == "signatures" || letters == "signaturepage"
  }

  private static let openings = [
    "pursuanttotherequirement", "pursuanttosection", "pursuanttorequirement",
    "inaccordancewiththerequirement", "inaccordancewithsection",
  ]
  private static let claims = ["dulycaused", "beensignedbelow", "tobesignedonits"]

  /// Whether a text begins "Pursuant to the requirements of Section 13 …, the registrant has duly
  /// caused this report to be signed".
  static func isOpening(_ text: ArraySlice<UInt8>) -> Bool {
    let letters = text.lazy.filter(\.isLetter).map(\.lowered)
    guard openings.contains(where: { letters.starts(with: $0.utf8) }) else { return false }
    let words = String(decoding: paragraph(text).filter(\.isLetter).map(\.lowered), as: UTF8.self)
    return claims.contains { words.place(of: $0) != nil }
  }

  /// Up to the first empty line.
  private static func paragraph(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let end = text.indices.dropFirst().first { text[$0] == 0x0A && text[$0 - 1] == 0x0A }
    return text[..<(end ?? text.endIndex)]
  }

  private static let parts = [
    "by:", "by ", "/s/", "name:", "title:", "date:", "dated:", "date ", "dated ", "its:", "signed",
  ]

  /// Whether a line is one of those that only a signature has.
  static func isPart(_ line: FlowLine) -> Bool {
    line.lower.utf8.count < 160
      && (line.lower.begins(withAny: parts) || line.lower.place(of: "/s/") != nil)
  }

  private static let others = [
    "certification", "report of independent", "report of management", "independent auditor",
    "index to ", "consolidated ", "financial statements", "notes to ", "schedule ",
    "financial data",
  ]

  /// Whether a line heads what may follow a signature page without a page of its own: statements,
  /// reports of auditors, certifications.
  static func isOtherHeading(_ line: FlowLine) -> Bool {
    guard line.lower.utf8.count < 120, line.lower.begins(withAny: others) else { return false }
    return line.isMarked || !line.text.utf8.contains { $0 &- 0x61 < 26 }
  }

  private static let releases = [
    "for immediate release", "press release", "news release", "media release", "for release",
    "immediate release", "stock exchange release", "earnings release", "company announcement",
  ]

  /// Whether a line opens a press release.
  static func isRelease(_ line: FlowLine) -> Bool {
    line.lower.utf8.count < 80 && line.lower.begins(withAny: releases)
      && line.lower.utf8.last != UInt8(ascii: ".")
  }
}

/// Lines of a list of exhibits.
enum ExhibitList {
  private static let headings: Set<String> = [
    "exhibit index", "index to exhibits", "exhibits index", "index of exhibits", "document index",
    "list of exhibits", "exhibit list", "exhibits", "documents index", "index of documents",
    "list of documents", "index to documents",
  ]

  static func isHeading(_ line: FlowLine) -> Bool {
    guard line.lower.utf8.count < 40 else { return false }
    let name = isContinued(line) ? line.lower.prefix { $0 != "(" } : Substring(line.lower)
    return headings.contains(name.trimmed(of: " :.*_"))
  }

  /// "Index to Exhibits (Continued)".
  static func isContinued(_ line: FlowLine) -> Bool {
    line.lower.utf8.last == UInt8(ascii: ")") && line.lower.place(of: "(cont") != nil
  }

  /// "Exhibit Number", "No.", "Description" and the like: the head of the list.
  static func isTableHead(_ line: FlowLine) -> Bool {
    guard line.lower.utf8.count < 200, !line.lower.utf8.contains(where: \.isDigit)
    else { return false }
    let words = line.lower.utf8.split(maxSplits: longestHead) { !$0.isLetter }
    return !words.isEmpty && words.count <= longestHead
      && words.allSatisfy { tableHeads.contains(Substring($0)) }
  }

  private static let tableHeads: Set<Substring> = [
    "exhibit", "exhibits", "number", "numbers", "no", "nos", "description", "page", "document",
    "of", "title", "documents", "sequential", "the", "and", "name", "incorporated", "incorporation",
    "by", "reference", "filed", "furnished", "herewith", "with", "this", "report", "form", "file",
    "filing", "date", "sec", "schedule", "item", "index", "table", "designation", "method", "notes",
    "manner", "location", "or", "s", "k", "reg", "to", "from", "as", "an", "previously", "provided",
  ]

  /// In words.
  private static let longestHead = 16

  /// "99.1 Press release", "Exhibit 99.1: Press release"; without description "99.1" alone.
  static func entry(_ line: FlowLine) -> ExhibitEntry? {
    let rest = dropWord(line)
    // Numbers begin with a digit, a bracket or a mark.
    guard !(rest.utf8.first?.isLetter ?? true) else { return nil }
    let length = rest.utf8.prefix { !$0.isSpace && $0 != UInt8(ascii: ":") }.count
    let word = String(rest.utf8.prefix(length)) ?? ""
    let isBare = rest.utf8.count == line.text.utf8.count
    guard let number = ExhibitNumber(number: withoutBrackets(word.trimmed(of: ".,*†‡+^#§"))),
      isPlausible(number.text, isBare: isBare)
    else { return nil }
    let separators: Set<Character> = [" ", "\t", ":", ".", "-", "–", "—"]
    let description = (String(rest.utf8.dropFirst(length)) ?? "").drop(while: separators.contains)
    return ExhibitEntry(
      number: number.text, description: description.isEmpty ? nil : unfolded(description))
  }

  /// "3-1" of "(3-1)", "3(a)(1)" of "(3)(a)(1)".
  private static func withoutBrackets(_ word: String) -> String {
    guard word.utf8.first == UInt8(ascii: "("), let end = word.firstIndex(of: ")") else {
      return word
    }
    return String(word[..<end].dropFirst() + word[end...].dropFirst())
  }

  /// Years and amounts stand at the start of lines, too.
  private static func isPlausible(_ number: String, isBare: Bool) -> Bool {
    let digits = number.utf8.prefix { $0.isDigit }.count
    return digits <= 3 && (!isBare || (Int(number.prefix(digits)) ?? 0) <= 199)
  }

  /// Tabs between cells as spaces.
  private static func unfolded(_ text: Substring) -> String {
    text.split { $0 == "\t" || $0 == " " }.joined(separator: " ")
  }

  /// Without a leading "Exhibit", "Exhibit No." or "EX-".
  private static func dropWord(_ line: FlowLine) -> Substring {
    guard line.lower.utf8.starts(with: "ex".utf8) else { return Substring(line.text) }
    for word in [
      "exhibit number ", "exhibit no. ", "exhibit no ", "exhibit ", "ex-", "ex. ", "ex ",
    ]
    where line.lower.hasPrefix(word) || line.lower.hasPrefix(word.trimmed + "\t") {
      return line.text.dropFirst(word.utf8.count).drop { $0 == " " || $0 == "\t" }
    }
    return Substring(line.text)
  }

  /// The number of a line that is "Exhibit 99.1" and nothing more.
  static func headingNumber(_ line: FlowLine) -> String? {
    guard line.lower.hasPrefix("ex"), line.lower.utf8.count <= 30 else { return nil }
    let rest = dropWord(line)
    guard rest.utf8.count < line.text.utf8.count else { return nil }
    return ExhibitNumber(number: rest.trimmed(of: " .:*_\"“”()[]"))?.text
  }
}
