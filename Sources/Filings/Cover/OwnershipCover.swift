/// Reads the head of a form about the holdings of insiders (3, 4, 5) as it is displayed or printed.
///
/// Its boxes are numbered and have captions; what is asked for stands below or behind each.
struct OwnershipCover {
  private(set) var companies: [FilingCompany] = []
  /// The day of the earliest transaction, of the event, or of the year's end.
  private(set) var period: String?
  private(set) var isAmendment = false

  static func isOne(_ form: String?) -> Bool {
    ["3", "4", "5", "3/A", "4/A", "5/A"].contains(form)
  }

  init(_ lines: [FlowLine]) {
    var issuer: String?
    var owners: [String] = []
    for (index, line) in lines.enumerated() where line.lower.utf8.count < 300 {
      for cell in line.lower.split(separator: "\t") {
        let next = Self.value(in: cell, below: index, lines)
        if Self.isCaption(cell, "name and address of reporting person") {
          if let name = next, Self.isName(name), !owners.contains(name) { owners.append(name) }
        } else if Self.isCaption(cell, "issuer name and ticker") {
          issuer = issuer ?? next.map(Self.withoutSymbol).flatMap { Self.isName($0) ? $0 : nil }
        } else if Self.dates.contains(where: { Self.isCaption(cell, $0) }) {
          period = period ?? next.flatMap(DateText.first)?.iso
        } else if Self.isCaption(cell, "if amendment, date") {
          isAmendment = isAmendment || next.flatMap { DateText.iso($0) } != nil
        }
      }
    }
    companies = issuer.map { [FilingCompany(name: $0, role: .issuer)] } ?? []
    companies += owners.prefix(Self.mostOwners).map {
      FilingCompany(name: $0, role: .reportingOwner)
    }
  }

  private static let mostOwners = 20

  private static let dates = [
    "date of earliest transaction", "date of event requiring statement",
    "statement for issuer's fiscal year ended", "statement for month", "statement for issuer’s",
  ]

  /// Whether a cell is the caption, behind its number.
  private static func isCaption(_ cell: Substring, _ caption: String) -> Bool {
    let name = cell.drop { $0.isNumber || $0 == "." || $0 == " " || $0 == "*" }
    return name.hasPrefix(caption)
  }

  /// What stands behind the caption's colon, else in the first cell of the next line.
  private static func value(
    in cell: Substring, below index: Int, _ lines: [FlowLine]
  ) -> String? {
    if let colon = cell.lastIndex(of: ":"), cell[colon...].utf8.count > 3,
      let place = lines[index].lower.place(of: String(cell[colon...]))
    {
      return (String(lines[index].text.utf8.dropFirst(place + 1).prefix { $0 != 0x09 }) ?? "")
        .trimmed
    }
    guard index + 1 < lines.count else { return nil }
    return lines[index + 1].cells.first?.trimmed
  }

  /// "EVANS BANCORP INC" of "EVANS BANCORP INC [ EVBN ]".
  private static func withoutSymbol(_ name: String) -> String {
    guard let bracket = name.firstIndex(where: { $0 == "[" || $0 == "(" }) else { return name }
    return name[..<bracket].trimmed
  }

  /// Whether a text is no caption of the next box.
  private static func isName(_ text: String) -> Bool {
    guard (2...120).contains(text.utf8.count), let first = text.first else { return false }
    let digits = text.utf8.prefix { $0.isDigit }.count
    let isCaption = digits > 0 && text.utf8.dropFirst(digits).first == UInt8(ascii: ".")
    return !isCaption && first != "(" && first != "[" && text.contains(where: \.isLetter)
  }
}
