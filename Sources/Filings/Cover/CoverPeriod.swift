/// Reads the period that a form reports on, and the day of filing, off its cover.
enum CoverPeriod {
  /// A date as `2009-06-30`, else as printed ("December 2007").
  ///
  /// Only after the captions of the form's kind: a registration statement speaks of the periods of
  /// other filings.
  static func of(_ lines: [FlowLine], form: String?) -> String? {
    for captions in captions(of: form) {
      for (index, line) in lines.prefix(coverLineCount).enumerated() {
        guard line.lower.utf8.count < longestCaption,
          let (caption, end) = found(captions, line.lower)
        else { continue }
        let after = String(line.text.utf8.dropFirst(end)) ?? ""
        let period =
          caption.hasPrefix("date of")
          ? event(after, index, lines) : self.end(after, index, lines, caption)
        if let period { return period }
      }
    }
    return nil
  }

  /// Farther down stands running text.
  private static let coverLineCount = 80
  private static let longestCaption = 300

  /// The first of the captions that a line has, and where it ends.
  private static func found(
    _ captions: [String], _ lower: String
  ) -> (caption: String, end: Int)? {
    for caption in captions {
      if let place = lower.place(of: caption) { return (caption, place + caption.utf8.count) }
    }
    return nil
  }

  /// The date of "As filed with the Securities and Exchange Commission on May 1, 2025".
  static func filed(_ lines: [FlowLine]) -> String? {
    for (index, line) in lines.prefix(12).enumerated() {
      guard line.lower.hasPrefix("as filed with") || line.lower.hasPrefix("filed with the sec"),
        line.lower.utf8.count < 160
      else { continue }
      let next = index + 1 < lines.count ? lines[index + 1].text : ""
      let text = line.text.utf8.contains(where: \.isDigit) ? line.text : line.text + " " + next
      return DateText.first(in: text)?.iso
    }
    return nil
  }

  // MARK: Captions

  private static let event = [["date of earliest event"], ["date of report"]]
  private static let ends = [
    "fiscal year ended", "year ended", "fiscal year ending", "period ended", "quarter ended",
    "months ended", "weeks ended", "week ended", "period ending", "quarter ending", "year ending",
    "quarter-ended", "year end:", "period end:",
  ]
  private static let month = ["for the month of", "month of"]
  private static let reporting = ["date of reporting period"]
  private static let transition = ["transition period from", "distribution period from"]

  /// What stands before the period that a form is about: the best first, in each group any.
  private static func captions(of form: String?) -> [[String]] {
    guard let form else { return [] }
    for (start, captions) in byForm where form.hasPrefix(start) { return captions }
    return periodic.contains { form.hasPrefix($0) } ? [ends, transition] : []
  }

  private static let byForm: [(start: String, captions: [[String]])] = [
    ("8-K", event), ("6-K", [month] + event + [ends]), ("ABS-15G", event),
    ("SC 13", [["date of event"]]), ("N-CSR", [reporting, ends]), ("N-Q", [reporting, ends]),
    ("10-D", [transition, ends]), ("10-KT", [transition, ends]), ("10-QT", [transition, ends]),
  ]
  private static let periodic = [
    "10-K", "10-Q", "10KSB", "20-F", "40-F", "11-K", "18-K", "13F", "NT ", "N-PX", "1-K", "1-SA",
    "U5S", "SD",
  ]

  // MARK: Dates

  /// A date right behind the caption or in the next line; of a span its end.
  private static func end(
    _ after: String, _ index: Int, _ lines: [FlowLine], _ caption: String
  ) -> String? {
    let next = index + 1 < lines.count ? lines[index + 1].text : ""
    let isSpan = caption.hasSuffix("from")
    for text in [after, next.utf8.count < 80 ? after + " " + next : after] {
      if isSpan {
        let dates = DateText.all(in: text.prefix(120))
        if dates.count >= 2 { return dates[1] }
      } else if let period = period(in: text) {
        return period
      }
    }
    return isSpan || next.utf8.count >= 80 ? nil : period(in: next)
  }

  private static func period(in text: String) -> String? {
    if let date = DateText.first(in: text), date.startsEarly { return date.iso }
    return DateText.monthAndYear(in: text)
  }

  /// Of a report's date and, in brackets or below, the event's: the earlier one.
  private static func event(_ after: String, _ index: Int, _ lines: [FlowLine]) -> String? {
    var dates = DateText.all(in: after)
    let next = index + 1 < lines.count ? lines[index + 1] : nil
    if dates.isEmpty || next?.text.first == "(", let next, next.text.utf8.count < 80 {
      dates += DateText.all(in: next.text)
    }
    for other in [index - 1, index + 2] where dates.isEmpty && lines.indices ~= other {
      if lines[other].text.utf8.count < 80 { dates += DateText.all(in: lines[other].text) }
    }
    return dates.min()
  }
}
