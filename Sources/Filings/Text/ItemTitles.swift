/// What the forms call their items: words that tell the heading of an item from a mention of it.
enum ItemTitles {
  enum Form: CaseIterable {
    case annual
    /// The annual report of a small business, 1993–2009.
    case annualSmall
    case quarterly
    case foreignAnnual
    /// Reports of events and all others.
    case other
  }

  /// By the name of a form: "10-K405/A", "10KSB"; nil where the name is unknown.
  static func form(named name: String?) -> Form? {
    guard let name else { return nil }
    let letters = name.utf8.filter { $0.isLetter || $0.isDigit }.map(\.lowered)
    let plain = String(decoding: letters, as: UTF8.self)
    if plain.hasPrefix("10ksb") { return .annualSmall }
    if plain.hasPrefix("10k") { return .annual }
    if plain.hasPrefix("10q") { return .quarterly }
    if plain.hasPrefix("20f") { return .foreignAnnual }
    return .other
  }

  /// Whether `title` is one that the form has under the number in the part.
  static func matches(_ title: String, _ number: ItemNumber, part: Int, form: Form) -> Bool {
    let words = words(number, part: part, form: form)
    guard !words.isEmpty else { return false }
    let start = title.utf8.prefix(70).map(\.lowered)
    let lower = String(decoding: start.filter { $0 != 0x20 }, as: UTF8.self)
    return words.contains { lower.place(of: $0) != nil }
  }

  /// Whether `title` is one that any form has under the number.
  static func areAny(_ title: String, _ number: ItemNumber) -> Bool {
    Form.allCases.contains { form in
      (form == .quarterly ? [1, 2] : [0]).contains {
        matches(title, number, part: $0, form: form)
      }
    }
  }

  /// Parts are told apart only in quarterly reports.
  private static func words(_ number: ItemNumber, part: Int, form: Form) -> [String] {
    switch form {
    case .annual: annual[number.text] ?? []
    case .annualSmall: annualSmall[number.text] ?? []
    case .quarterly: (part == 2 ? quarterlyOther : quarterly)[number.text] ?? []
    case .foreignAnnual: (number.isInner ? foreignInner : foreign)[number.text] ?? []
    case .other: []
    }
  }

  private static let annual: [String: [String]] = [
    "1": ["business"], "1A": ["risk"], "1B": ["unresolved"], "1C": ["cyber"],
    "2": ["propert"], "3": ["legal"], "4": ["submission", "mine", "removed", "reserved"],
    "4A": ["executive"], "5": ["market"], "6": ["selected", "reserved", "removed"],
    "7": ["manage", "managment"], "7A": ["quantitative"], "8": ["financial"],
    "9": ["change", "disagree"], "9A": ["control"], "9B": ["other"], "9C": ["disclosure"],
    "10": ["director"], "11": ["executive", "compensation"], "12": ["security", "ownership"],
    "13": ["certain", "relationship"], "14": ["principal", "exhibit", "accountant"],
    "15": ["exhibit", "financial"], "16": ["summary", "10-k"],
  ]

  private static let annualSmall: [String: [String]] = [
    "1": ["business"], "1A": ["risk"], "1B": ["unresolved"], "2": ["propert"], "3": ["legal"],
    "4": ["submission"], "5": ["market"], "6": ["manage", "plan"], "6A": ["quantitative"],
    "7": ["financial"], "8": ["change", "disagree"], "8A": ["control"], "8B": ["other"],
    "9": ["director"], "10": ["executive", "compensation"], "11": ["security"], "12": ["certain"],
    "13": ["exhibit"], "14": ["principal", "control"],
  ]

  private static let quarterly: [String: [String]] = [
    "1": ["financial"], "1A": ["risk"], "2": ["manage", "plan"],
    "3": ["quantitative", "control"], "3A": ["control"], "4": ["control"],
  ]

  private static let quarterlyOther: [String: [String]] = [
    "1": ["legal"], "1A": ["risk"],
    "2": ["unregistered", "changesinsec", "salesofequity", "issuerpurchase", "purchasesofequity"],
    "3": ["default"], "4": ["submission", "mine", "removed", "reserved"], "5": ["other"],
    "6": ["exhibit"],
  ]

  private static let foreign: [String: [String]] = [
    "1": ["identity", "director"], "2": ["offer"], "3": ["keyinfo"], "4": ["information"],
    "4A": ["unresolved"], "5": ["operating"], "6": ["director"], "7": ["major"],
    "8": ["financial"], "9": ["offer"], "10": ["additional"], "11": ["quantitative"],
    "12": ["description"], "13": ["default"], "14": ["material"], "15": ["control", "reserved"],
    "16": ["reserved"], "16A": ["audit"], "16B": ["ethics"], "16C": ["principal"],
    "16D": ["exemption"], "16E": ["purchase"], "16F": ["change"], "16G": ["corporate"],
    "16H": ["mine"], "16I": ["disclosure"], "16J": ["insider"], "16K": ["cyber"],
    "17": ["financial"], "18": ["financial"], "19": ["exhibit"],
  ]

  /// What the items of a form 20-F are divided into.
  private static let foreignInner: [String: [String]] = [
    "1.A": ["directors"], "1.B": ["advis"], "1.C": ["auditor"],
    "2.A": ["offerstat"], "2.B": ["method"],
    "3.A": ["selected", "reserved"], "3.B": ["capitali"], "3.C": ["reason"], "3.D": ["risk"],
    "4.A": ["history"], "4.B": ["business"], "4.C": ["organi"], "4.D": ["propert"],
    "5.A": ["operating"], "5.B": ["liquidity"], "5.C": ["research"], "5.D": ["trend"],
    "5.E": ["balance", "critical"], "5.F": ["tabular", "contractual"], "5.G": ["harbo"],
    "6.A": ["directors"], "6.B": ["compensation"], "6.C": ["board"], "6.D": ["employees"],
    "6.E": ["shareown"], "6.F": ["recover"],
    "7.A": ["major"], "7.B": ["relatedparty"], "7.C": ["interest"],
    "8.A": ["statements", "financialinfo"], "8.B": ["change"],
    "9.A": ["offer", "listing"], "9.B": ["plan"], "9.C": ["market"], "9.D": ["selling"],
    "9.E": ["dilution"], "9.F": ["expenses"],
    "10.A": ["sharecapital"], "10.B": ["memorandum", "articles"], "10.C": ["material"],
    "10.D": ["exchange"], "10.E": ["tax"], "10.F": ["dividend"], "10.G": ["expert"],
    "10.H": ["document"], "10.I": ["subsidiar"], "10.J": ["annualreport"],
    "12.A": ["debt"], "12.B": ["warrant"], "12.C": ["othersec"], "12.D": ["depositary"],
  ]
}
