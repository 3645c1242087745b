/// The types of forms that covers print.
enum FormType {
  /// The form that a line names at its start: "FORM 6-K", "Form 10-K/A (Mark One)".
  ///
  /// Sentences that speak of a form are none: the line must be short.
  static func ofCover(_ line: FlowLine) -> String? {
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
}
