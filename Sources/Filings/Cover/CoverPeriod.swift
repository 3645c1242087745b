/// Reads the period that a form reports on, and the day of filing, off its cover.
enum CoverPeriod {
  /// A date as `2009-06-30`, else as printed ("December 2007").
  ///
  /// Only after the captions of the form's kind: a registration statement speaks of the periods of
  /// other filings.
  static func of(_ lines: [FlowLine], form: String?) -> String? {
    for captions in captions(of: form) {
      var isAsked = false
      for (index, line) in lines.prefix(coverLineCount).enumerated() {
        guard line.lower.utf8.count < longestCaption,
          let (caption, end) = found(captions, line.lower)
        else { continue }
        isAsked = true
        let after = String(line.text.utf8.dropFirst(end)) ?? ""
        let period =
          caption.hasPrefix("date of") && !reporting.contains(caption)
          ? event(after, index, lines) : self.end(after, index, lines, caption)
        if let period { return period }
      }
      // A date that can't be read is not another one that is asked for in its place.
      if captions == ends, isAsked, !isTransition(lines) { return nil }
    }
    return form?.hasPrefix("6-K") ?? false ? loneDate(lines) : nil
  }

  /// Whether the box of a transition report is checked.
  private static func isTransition(_ lines: [FlowLine]) -> Bool {
    lines.prefix(coverLineCount).contains {
      $0.lower.place(of: "transition report") != nil && CheckMark.isSet(on: $0.text)
    }
  }

  /// The date that stands alone on the cover of a report without a caption.
  private static func loneDate(_ lines: [FlowLine]) -> String? {
    for line in lines.prefix(loneDateLineCount) {
      if line.lower.hasPrefix("signature") { return nil }
      if let date = DateText.iso(line.text) { return date }
    }
    return nil
  }

  private static let loneDateLineCount = 20

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
    "quarter-ended", "year end:", "period end:", "year end ", "quarter end ", "period end ",
  ]
  private static let month = ["for the month of", "month of"]
  private static let dated = ["6-k dated", "report dated"]
  private static let reporting = ["date of reporting period"]
  private static let transition = ["transition period from", "distribution period from"]

  /// What stands before the period that a form is about: the best first, in each group any.
  private static func captions(of form: String?) -> [[String]] {
    guard let form else { return [] }
    for (start, captions) in byForm where form.hasPrefix(start) { return captions }
    return periodic.contains { form.hasPrefix($0) } ? [ends, transition] : []
  }

  private static let byForm: [(start: String, captions: [[String]])] = [
    ("8-K", event), ("6-K", [month] + event + [dated, ends]), ("ABS-15G", event),
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
      } else if reporting.contains(caption), let last = DateText.all(in: text.prefix(120)).max() {
        // Funds have the span of days here.
        return last
      } else if let period = period(in: text) {
        return period
      }
    }
    if isSpan || next.utf8.count >= 80 { return nil }
    if let period = period(in: next) { return period }
    // Of two captions side by side whose cells are lines, the answers stand below both.
    guard !next.utf8.contains(where: \.isDigit), index + 2 < lines.count else { return nil }
    return DateText.iso(lines[index + 2].text)
  }

  private static func period(in text: String) -> String? {
    if let date = DateText.first(in: text), date.startsEarly { return date.iso }
    return DateText.monthAndYear(in: text)
  }

  /// Of a report's date and, in brackets or below, the event's: the earlier one.
  private static func event(_ after: String, _ index: Int, _ lines: [FlowLine]) -> String? {
    var dates = DateText.all(in: after)
    let next = index + 1 < lines.count ? lines[index + 1] : nil
    if let next, next.text.utf8.count < 80 {
      if goesOn(after, next) || dates.isEmpty && next.blanksBefore == 0 {
        dates = DateText.all(in: after + " " + next.text)
      } else if dates.isEmpty || next.text.first == "(" {
        dates += DateText.all(in: next.text)
      }
    }
    for other in [index - 1, index + 2] where dates.isEmpty && lines.indices ~= other {
      if lines[other].text.utf8.count < 80 { dates += DateText.all(in: lines[other].text) }
    }
    return dates.min()
  }

  /// Whether a second date is broken before its year: "(May 3," and then "2007)".
  private static func goesOn(_ text: String, _ next: FlowLine) -> Bool {
    next.blanksBefore == 0 && text.hasSuffix(",")
      && next.text.utf8.prefix(5).filter(\.isDigit).count == 4
  }
}
