/// The types of forms that covers print.
enum FormType {
  /// The form that a line names at its start: "FORM 6-K", "Form 10-K/A (Mark One)".
  ///
  /// Sentences that speak of a form are none: the line must be short.
  static func ofCover(_ line: FlowLine) -> String? {
    // Of ownership: nothing but the number stands beside the word, in a cell of its own.
    if let number = line.lower.split(separator: "\t").first.flatMap({ ownership[$0.trimmed] }) {
      return number
    }
    guard line.lower.utf8.count <= 80 else { return nil }
    for start in ["form ", "(mark one) form ", "schedule "] where line.lower.hasPrefix(start) {
      return type(at: line.text.dropFirst(start.count), isSchedule: start == "schedule ")
    }
    return nil
  }

  /// A line that is nothing but a known form.
  static func whole(_ text: String) -> String? {
    let name = text.uppercased()
    return names.contains(name) ? name : nil
  }

  private static let ownership = [
    "form 3": "3", "form 4": "4", "form 5": "5", "sec form 3": "3", "sec form 4": "4",
    "sec form 5": "5",
  ]

  private static func type(at text: Substring, isSchedule: Bool) -> String? {
    let word = text.drop { $0 == " " }.prefix { $0 != " " && $0 != "\t" && $0 != "," && $0 != ":" }
    var name = word.uppercased()
    let isAmendment = name.hasSuffix("/A")
    if isAmendment { name.removeLast(2) }
    if isSchedule { name = schedules[name] ?? "" }
    guard names.contains(name) else { return nil }
    return isAmendment ? name + "/A" : name
  }

  private static let schedules = ["13D": "SC 13D", "13G": "SC 13G", "TO-T": "SC TO-T"]

  private static let names: Set<String> = [
    "6-K", "8-K", "10-K", "10-K405", "10-KSB", "10KSB", "10-KT", "10-Q", "10-QSB", "10-QT", "10-D",
    "11-K", "18-K", "20-F", "40-F", "10-12G", "10-12B", "10-SB", "8-A", "8-A12B", "8-A12G", "S-1",
    "S-2", "S-3", "S-4", "S-6", "S-8", "S-11", "F-1", "F-2", "F-3", "F-4", "F-6", "F-10", "SB-1",
    "SB-2", "N-1A", "N-2", "N-CSR", "N-Q", "U-1", "U5S", "15", "25", "13F-HR", "SD", "1-A", "1-K",
    "C", "D", "144", "SC 13D", "SC 13G", "SC TO-T",
  ]

  // MARK: Names of files and folders

  /// The form that a file or a folder is called by: `10-K`, `10K`, `DEF-14A`, `8-K-A`.
  static func named(_ name: some StringProtocol) -> String? {
    guard name.utf8.count <= 16 else { return nil }
    let key = Self.key(name)
    if let form = byKey[key] { return form }
    guard key.last == "A", let form = byKey[String(key.dropLast())] else { return nil }
    return form + "/A"
  }

  /// Without the signs that names of files cannot have or leave out.
  private static func key(_ name: some StringProtocol) -> String {
    String(name.filter { !" -_/".contains($0) })
  }

  /// Names that could mean anything else ("4", "D") are not there.
  private static let byKey: [String: String] = {
    let others = [
      "424B1", "424B2", "424B3", "424B4", "424B5", "424B7", "424B8", "DEF 14A", "DEFA14A",
      "DEFM14A", "DEFR14A", "DEF 14C", "PRE 14A", "PREM14A", "DFAN14A", "S-3ASR", "F-3ASR",
      "S-8 POS",
      "POS AM", "485BPOS", "485APOS", "497K", "497", "13F-NT", "SC TO-I", "SC 13E3", "SC 14D9",
      "SCHEDULE 13D", "SCHEDULE 13G", "N-CSRS", "NPORT-P", "N-CEN", "N-PX", "NT 10-K", "NT 10-Q",
      "ABS-15G", "ABS-EE", "ARS", "CORRESP", "UPLOAD", "40-17G", "40-APP", "10-K405/A", "CB", "FWP",
      "25-NSE", "15-12G", "15-15D", "DRS", "1-A POS", "1-U", "1-SA", "10-KT405", "N-14", "N-23C3A",
    ]
    var forms: [String: String] = [:]
    for form in names.sorted() + others {
      let key = key(form)
      let hasBoth = key.utf8.contains(where: \.isDigit) && key.utf8.contains(where: \.isLetter)
      if hasBoth || key.utf8.count >= 6 { forms[key] = forms[key] ?? form }
    }
    return forms
  }()
}
