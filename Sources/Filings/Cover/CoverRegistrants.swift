/// Reads the table in which a cover lists several registrants, each in a row that begins with the
/// commission's number of its file:
///
///     Commission     Registrant; State of Incorporation;   I.R.S. Employer
///     File Number    Address; and Telephone Number         Identification No.
///     1-3525         Great Prairie Power Company, Inc.     13-4922640
///                    (A New York Corporation)
enum CoverRegistrants {
  /// The names in the order of the table; empty where the cover has none.
  static func of(_ lines: [FlowLine]) -> [String] {
    guard let head = lines.firstIndex(where: isHead) else { return [] }
    var names: [String] = []
    for (index, line) in lines.enumerated().dropFirst(head) where names.count < mostNames {
      if line.lower.hasPrefix("indicate by") { break }
      let next = index + 1 < lines.count ? lines[index + 1] : nil
      for name in self.names(of: line, next) where !names.contains(name) { names.append(name) }
    }
    return names
  }

  private static let mostNames = 20

  /// Whether a line has the captions of the table, whose words are in several lines.
  private static func isHead(_ line: FlowLine) -> Bool {
    let lower = line.lower
    guard lower.utf8.count < 400, lower.place(of: "registrant") != nil else { return false }
    return lower.place(of: "exact name") != nil || lower.place(of: "state") != nil
      || lower.place(of: "charter") != nil
      || lower.place(of: "registrant;") != nil || lower.place(of: "commission") != nil
      || lower.place(of: "address") != nil
  }

  private static func names(of line: FlowLine, _ next: FlowLine?) -> [String] {
    guard let first = line.text.utf8.first, first.isDigit, line.text.utf8.count < longestRow else {
      return []
    }
    let cells = line.cells
    if cells.count == 1, CoverFileNumber.isNumber(cells[0]) {
      // The cells may be lines.
      let name = CoverNames.clean(next?.cells.first ?? "")
      return CoverNames.isName(name) && LegalForm.ends(name) ? [name] : []
    }
    if cells.count == 1 { return ofText(cells[0]) }
    var names: [String] = []
    for (cell, next) in zip(cells, cells.dropFirst()) {
      let numbers = cell.split(separator: " ")
      guard numbers.allSatisfy({ CoverFileNumber.isNumber($0) }) else { continue }
      names += stacked(next, count: numbers.count)
    }
    return names
  }

  private static let longestRow = 1000

  /// Of a row without cells: the name stands between the file's number and the employer's, or fills
  /// the line.
  private static func ofText(_ row: Substring) -> [String] {
    var words = row.split(separator: " ")[...]
    guard words.count > 1, CoverFileNumber.isNumber(words.removeFirst()) else { return [] }
    if let last = words.last, isEmployer(last) { words = words.dropLast() }
    return stacked(Substring(words.joined(separator: " ")), count: 1)
  }

  /// "13-4922640", the number by which the tax office knows an employer.
  private static func isEmployer(_ word: Substring) -> Bool {
    let parts = word.utf8.split(separator: UInt8(ascii: "-"))
    return parts.count == 2 && parts[0].count == 2 && parts[1].count == 7
      && parts.joined().allSatisfy(\.isDigit)
  }

  /// The first names in a text that goes on with states and addresses.
  private static func stacked(_ text: Substring, count: Int) -> [String] {
    var names: [String] = []
    var words: [Substring] = []
    let all = text.split(separator: " ")
    for (place, word) in all.enumerated() where names.count < count {
      if word.first == "(" { break }
      words.append(word)
      guard LegalForm.isOne(word), !goesOn(all[(place + 1)...].first) else { continue }
      names.append(CoverNames.clean(Substring(words.joined(separator: " "))))
      words = []
    }
    return names.filter { CoverNames.isName($0) && CoverNames.isCapitalised($0) }
  }

  /// Whether a word belongs to the name before it: "Power Company, Inc.", "Trust of America".
  private static func goesOn(_ word: Substring?) -> Bool {
    guard let word else { return false }
    return LegalForm.isOne(word) || word == "&" || word.first?.isLowercase ?? false
  }
}
