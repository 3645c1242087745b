/// What codes in the elements of one name stand for.
struct XMLCodes {
  private let meanings: [String: String]?
  private let isFlag: Bool
  private let isExemption: Bool

  init(name: String) {
    meanings = Self.codes[name]
    isFlag = Self.isFlag(name)
    isExemption = name == "item"
  }

  /// The value as the form prints it: "Yes" for a flag that is set, a code with its meaning.
  func meaning(of value: String) -> String {
    if let meaning = meanings?[value] { return "\(value) (\(meaning))" }
    // Most values are longer than "false".
    if value.utf8.count <= 5 {
      if Self.mayBeFlag(value), let word = Self.flags[value] { return word }
      if isFlag, value == "0" || value == "1" { return value == "1" ? "Yes" : "No" }
    }
    return isExemption ? Self.exemption(value) : value
  }

  /// Whether the value begins like a word of `flags`.
  private static func mayBeFlag(_ value: String) -> Bool {
    switch value.utf8.first {
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "Y"), UInt8(ascii: "N"): true
    default: false
    }
  }

  private static let flags = ["true": "Yes", "false": "No", "Y": "Yes", "N": "No"]

  private static func isFlag(_ name: String) -> Bool {
    oneBit.contains(name) || (name.hasPrefix("is") && name.utf8.dropFirst(2).first ?? 97 < 97)
  }

  private static let oneBit: Set<String> = [
    "notSubjectToSection16", "form3HoldingsReported", "form4TransactionsReported", "aff10b5One",
    "noSecuritiesOwned", "equitySwapInvolved",
  ]

  /// "06b" of Form D is Rule 506(b), "3C.1" is Section 3(c)(1).
  private static func exemption(_ value: String) -> String {
    if value.hasPrefix("3C") {
      let number = value.dropFirst(2).drop { $0 == "." }
      let section = number.isEmpty ? "Section 3(c)" : "Section 3(c)(\(number))"
      return "\(value) (Investment Company Act \(section))"
    }
    return rules[value].map { "\(value) (\($0))" } ?? value
  }

  private static let rules = [
    "04": "Rule 504(b)(1)", "04.1": "Rule 504(b)(1)(i)", "04.2": "Rule 504(b)(1)(ii)",
    "04.3": "Rule 504(b)(1)(iii)", "05": "Rule 505", "06": "Rule 506", "06b": "Rule 506(b)",
    "06c": "Rule 506(c)", "4a5": "Securities Act Section 4(a)(5)",
  ]

  private static let codes: [String: [String: String]] = [
    "transactionCode": [
      "P": "Open market or private purchase", "S": "Open market or private sale",
      "V": "Transaction voluntarily reported early", "A": "Grant, award or other acquisition",
      "D": "Disposition to the issuer", "F": "Payment of exercise price or tax liability",
      "I": "Discretionary transaction", "M": "Exercise or conversion of derivative security",
      "C": "Conversion of derivative security", "E": "Expiration of short derivative position",
      "H": "Expiration or cancellation of long derivative position",
      "O": "Exercise of out-of-the-money derivative security",
      "X": "Exercise of in-the-money or at-the-money derivative security", "G": "Bona fide gift",
      "L": "Small acquisition", "W": "Acquisition or disposition by will or laws of descent",
      "Z": "Deposit into or withdrawal from voting trust", "J": "Other acquisition or disposition",
      "K": "Equity swap or similar transaction", "U": "Tender of shares in a change of control",
    ],
    "transactionAcquiredDisposedCode": ["A": "Acquired", "D": "Disposed of"],
    "directOrIndirectOwnership": ["D": "Direct", "I": "Indirect"],
    "transactionTimeliness": ["E": "Early", "L": "Late"],
    "sshPrnamtType": ["SH": "Shares", "PRN": "Principal amount"],
    "typeOfReportingPerson": [
      "BD": "Broker-dealer", "BK": "Bank", "IC": "Insurance company",
      "IV": "Investment company", "IA": "Investment adviser", "EP": "Employee benefit plan",
      "HC": "Parent holding company", "SA": "Savings association", "CP": "Church plan",
      "CO": "Corporation", "PN": "Partnership", "IN": "Individual", "FI": "Non-US institution",
      "OO": "Other",
    ],
  ]

  /// What a form is called besides its number.
  static func title(ofForm form: String) -> String? {
    var name = form
    if name.hasSuffix("/A") { name.removeLast(2) }
    return titles[name]
  }

  private static let titles = [
    "3": "Initial statement of beneficial ownership of securities",
    "4": "Statement of changes in beneficial ownership of securities",
    "5": "Annual statement of changes in beneficial ownership of securities",
    "13F-HR": "Report of institutional investment managers: holdings",
    "13F-NT": "Report of institutional investment managers: notice",
    "D": "Notice of exempt offering of securities",
    "144": "Notice of proposed sale of securities",
    "24F-2NT": "Annual notice of securities sold",
    "C": "Offering statement of a crowdfunding issuer",
    "C-U": "Progress update of a crowdfunding issuer",
    "C-AR": "Annual report of a crowdfunding issuer",
    "C-TR": "Termination of reporting of a crowdfunding issuer",
    "MA-I": "Information regarding natural persons of a municipal advisor",
    "NPORT-P": "Monthly portfolio investments report",
    "N-CEN": "Annual report of a registered investment company",
    "ATS-N": "NMS stock alternative trading system",
  ]
}
