/// Reads the SEC's number of the filer off a cover: "Central Index Key Number of issuing entity:
/// 0001234567", "CIK 0001234567".
enum CoverCIK {
  static func of(_ lines: [FlowLine]) -> String? {
    for (index, line) in lines.enumerated() where line.lower.utf8.count < longestCaption {
      guard let end = captionEnd(line.lower), !isOfOthers(line.lower) else { continue }
      if let cik = number(line.lower.utf8.dropFirst(end)) { return cik }
      if index + 1 < lines.count, let cik = number(lines[index + 1].lower.utf8[...]) { return cik }
    }
    return nil
  }

  private static let longestCaption = 200

  private static func captionEnd(_ lower: String) -> Int? {
    if let place = lower.place(of: "central index key") { return place + 17 }
    return lower.begins(withAny: ["cik ", "cik:", "cik#", "(cik "]) ? 3 : nil
  }

  /// Whether a caption asks for the number of another party than the filer.
  private static func isOfOthers(_ lower: String) -> Bool {
    ["depositor", "sponsor", "securitizer", "originator"].contains { lower.place(of: $0) != nil }
  }

  /// The first run of digits, where it is as long as such a number is printed.
  private static func number(_ text: Substring.UTF8View) -> String? {
    let digits = text.prefix(farthest).drop { !$0.isDigit }.prefix { $0.isDigit }
    return (6...10).contains(digits.count) ? CIK.normal(Substring(digits)) : nil
  }

  /// No caption has more words before its number.
  private static let farthest = 60
}
