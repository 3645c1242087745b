/// The types of forms that covers print.
enum FormType {
  /// The form that a line names: "FORM 6-K", "Form 10-K/A (Mark One)", "Amendment No. 2 to Form
  /// S-1".
  ///
  /// Sentences that speak of a form are none: the line must be short, and before the word stand only
  /// those with which covers lead to it.
  static func ofCover(_ line: FlowLine) -> String? {
    // Most lines have neither word, and looking at bytes costs least.
    guard line.lower.place(of: "form") != nil || line.lower.place(of: "schedule") != nil else {
      return nil
    }
    // Of ownership: nothing but the number stands beside the word, in a cell of its own.
    if line.lower.begins(withAny: ownershipOpenings),
      let number = line.lowerCells.first.flatMap({ ownership[$0.trimmed] })
    {
      return number
    }
    guard line.lower.utf8.count <= 100 else { return nil }
    let cells = line.cells
    for (index, cell) in cells.enumerated() where cell.utf8.count <= 100 {
      var words = cell.split(separator: " ")
      if let first = words.first, isJoined(first) {
        words.replaceSubrange(0...0, with: [first.prefix(4), first.dropFirst(4)])
      }
      // "Form" and "10-K" may be two cells.
      if words.count == 1, index + 1 < cells.count {
        words += cells[index + 1].split(separator: " ")
      }
      guard let place = words.firstIndex(where: isFormWord), place + 1 < words.count,
        words[..<place].allSatisfy(leadsToForm)
      else { continue }
      let rest = words[(place + 1)...].joined(separator: " ")
      if let form = after(words[place].lowercased(), rest) { return form }
    }
    return nil
  }

  private static func isFormWord(_ word: Substring) -> Bool {
    ["form", "schedule"].contains(word.lowercased())
  }

  /// "FORM10-K".
  private static func isJoined(_ word: Substring) -> Bool {
    isFormWord(word.prefix(4)) && word.utf8.dropFirst(4).first?.isDigit ?? false
  }

  private static func leadsToForm(_ word: Substring) -> Bool {
    let plain = word.lowercased().trimmed(of: ".,:;()[]*")
    return plain.isEmpty || leaders.contains(plain) || Int(plain.filter { $0 != "," }) != nil
  }

  private static let leaders: Set<String> = [
    "mark", "one", "annual", "quarterly", "current", "report", "on", "amendment", "no", "number",
    "to", "pre-effective", "post-effective", "sec", "u.s", "united", "states", "securities", "and",
    "exchange", "commission", "the", "two", "three", "four", "registration", "statement", "filed",
    "washington", "d.c", "dc",
  ]

  /// The type at the start of a text that stands behind "form" or "schedule".
  static func after(_ word: String, _ text: String) -> String? {
    type(at: Substring(text), isSchedule: word == "schedule")
  }

  /// A line that is nothing but a known form.
  static func whole(_ text: String) -> String? {
    guard text.utf8.count <= 16 else { return nil }
    let name = text.uppercased()
    return names.contains(name.hasSuffix("/A") ? String(name.dropLast(2)) : name) ? name : nil
  }

  private static let ownership = [
    "form 3": "3", "form 4": "4", "form 5": "5", "sec form 3": "3", "sec form 4": "4",
    "sec form 5": "5",
  ]

  private static let ownershipOpenings = ["form ", "sec form "]

  private static func type(at text: Substring, isSchedule: Bool) -> String? {
    var joined = text.trimmed
    if joined.place(of: "- ") != nil {
      joined = joined.replacing(" - ", with: "-").replacing("- ", with: "-")
    }
    let words = joined.split { $0 == " " || $0 == "\t" || $0 == "," || $0 == ":" }
    guard let word = words.first else { return nil }
    let parts = word.uppercased().split(separator: "/", omittingEmptySubsequences: false)
    var name = parts[0].trimmed(of: ".;*()[]†")
    let isAmendment = isAmended(parts.dropFirst().first, words.dropFirst().first)
    if isSchedule {
      name = schedules[name] ?? ""
    } else if let form = printed[name] {
      name = form
    } else if name == "10" {
      return words.count > 1 ? nil : isAmendment ? "10/A" : "10"
    } else if !names.contains(name) {
      // "FORM 10 K", "FORM 10K".
      let spaced = words.count > 1 ? name + "-" + words[1].uppercased() : name
      name = names.contains(spaced) ? spaced : byKey[name] ?? name
    }
    guard names.contains(name) else { return nil }
    return isAmendment ? name + "/A" : name
  }

  /// Whether an "A" stands behind the slash: "10-K/A", "10-K/ A", "10-K /A", "10-K/A-2".
  private static func isAmended(_ part: Substring?, _ next: Substring?) -> Bool {
    guard let part else { return next?.uppercased() == "/A" }
    if part.isEmpty { return next?.uppercased() == "A" }
    return part.first == "A" && !(part.dropFirst().first?.isLetter ?? false)
  }

  /// Forms that EDGAR calls in another way than they call themselves.
  private static let printed = ["24F-2": "24F-2NT"]

  private static let schedules = [
    "13D": "SC 13D", "13G": "SC 13G", "TO-T": "SC TO-T", "TO-I": "SC TO-I", "14D-9": "SC 14D9",
    "14D9": "SC 14D9", "13E-3": "SC 13E3", "13E3": "SC 13E3", "14F1": "SC 14F1",
    "14F-1": "SC 14F1", "14D-1": "SC 14D1", "13E-4": "SC 13E4",
  ]

  private static let names: Set<String> = [
    "6-K", "8-K", "10-K", "10-K405", "10-KSB", "10KSB", "10-KT", "10-Q", "10-QSB", "10-QT", "10-D",
    "11-K", "18-K", "20-F", "40-F", "10-12G", "10-12B", "10-SB", "8-A", "8-A12B", "8-A12G", "S-1",
    "S-2", "S-3", "S-3ASR", "S-4", "S-6", "S-8", "S-11", "F-1", "F-2", "F-3", "F-3ASR", "F-4",
    "F-6", "F-7", "F-8", "F-9", "F-10", "F-80", "SB-1", "SB-2", "SF-1", "SF-3", "N-1A", "N-2",
    "N-3", "N-4", "N-6", "N-14", "N-CSR", "N-CSRS", "N-Q", "N-PX", "U-1", "U5S", "15", "25", "13F",
    "13F-HR", "13F-NT", "12B-25", "SD", "1-A", "1-K", "1-U", "1-SA", "ABS-15G", "ABS-EE", "C", "D",
    "144", "CB", "T-3", "SC 13D", "SC 13G", "SC TO-T", "SC TO-I", "SC 14D9", "SC 13E3", "SC 14F1",
    "SC 14D1", "SC 13E4", "24F-2NT",
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
