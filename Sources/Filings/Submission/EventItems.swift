/// The items of reports of events, which headers name by their titles.
enum EventItems {
  /// The number of the item that a header names: "2.02" or, before 23 August 2004, "12".
  ///
  /// - Parameter title: The title, or the number itself.
  /// - Parameter filed: The filing date; the numbers were changed at that day.
  static func number(_ title: String, filed: String?) -> String? {
    let words = letters(title)
    if words.isEmpty { return isNumber(title) ? title : nil }
    let isOld = filed.map { $0 < "2004-08-23" } ?? false
    let lists = isOld ? [oldTitles, titles] : [titles, oldTitles]
    for list in lists {
      if let found = list.first(where: { $0.letters == words }) { return found.number }
    }
    // Headers cut titles off, and later rules have made some longer.
    guard words.count >= 20 else { return nil }
    for list in lists {
      let found = list.filter { $0.letters.starts(with: words) || words.starts(with: $0.letters) }
      if found.count == 1 { return found[0].number }
    }
    return nil
  }

  /// How many bytes of `text` are the title of the item of that number, with which it begins.
  static func titleLength(_ text: String, _ number: String) -> Int? {
    let known = titles.filter { $0.number == number }.map(\.letters)
    let words = letters(text)
    guard let title = known.filter({ words.starts(with: $0) }).max(by: { $0.count < $1.count })
    else { return nil }
    var left = title.count
    var length = 0
    for byte in text.utf8 where left > 0 {
      if byte.isLetter { left -= 1 }
      length += 1
    }
    return length
  }

  private static func isNumber(_ text: String) -> Bool {
    (1...5).contains(text.utf8.count) && text.utf8.contains(where: \.isDigit)
      && text.utf8.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") }
  }

  /// The letters of a title, small.
  private static func letters(_ text: String) -> [UInt8] {
    text.utf8.filter(\.isLetter).map(\.lowered)
  }

  private static let titles = table([
    ("1.01", "Entry into a Material Definitive Agreement"),
    ("1.02", "Termination of a Material Definitive Agreement"),
    ("1.03", "Bankruptcy or Receivership"),
    ("1.04", "Mine Safety - Reporting of Shutdowns and Patterns of Violations"),
    ("1.05", "Material Cybersecurity Incidents"),
    ("2.01", "Completion of Acquisition or Disposition of Assets"),
    ("2.02", "Results of Operations and Financial Condition"),
    (
      "2.03",
      "Creation of a Direct Financial Obligation or an Obligation under an Off-Balance Sheet "
        + "Arrangement of a Registrant"
    ),
    (
      "2.04",
      "Triggering Events That Accelerate or Increase a Direct Financial Obligation or an "
        + "Obligation under an Off-Balance Sheet Arrangement"
    ),
    ("2.05", "Cost Associated with Exit or Disposal Activities"),
    ("2.05", "Costs Associated with Exit or Disposal Activities"),
    ("2.06", "Material Impairments"),
    (
      "3.01",
      "Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; Transfer "
        + "of Listing"
    ),
    ("3.02", "Unregistered Sales of Equity Securities"),
    ("3.03", "Material Modifications to Rights of Security Holders"),
    ("3.03", "Material Modification to Rights of Security Holders"),
    ("4.01", "Changes in Registrant's Certifying Accountant"),
    (
      "4.02",
      "Non-Reliance on Previously Issued Financial Statements or a Related Audit Report or "
        + "Completed Interim Review"
    ),
    ("5.01", "Changes in Control of Registrant"),
    (
      "5.02",
      "Departure of Directors or Certain Officers; Election of Directors; Appointment of Certain "
        + "Officers: Compensatory Arrangements of Certain Officers"
    ),
    (
      "5.02",
      "Departure of Directors or Principal Officers; Election of Directors; Appointment of "
        + "Principal Officers"
    ),
    ("5.03", "Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year"),
    ("5.04", "Temporary Suspension of Trading Under Registrant's Employee Benefit Plans"),
    (
      "5.05",
      "Amendments to the Registrant's Code of Ethics, or Waiver of a Provision of the Code of "
        + "Ethics"
    ),
    (
      "5.05",
      "Amendment to Registrant's Code of Ethics, or Waiver of a Provision of the Code of Ethics"
    ),
    ("5.06", "Change in Shell Company Status"),
    ("5.07", "Submission of Matters to a Vote of Security Holders"),
    ("5.08", "Shareholder Director Nominations"),
    ("5.08", "Shareholder Nominations Pursuant to Exchange Act Rule 14a-11"),
    ("6.01", "ABS Informational and Computational Material"),
    ("6.02", "Change of Servicer or Trustee"),
    ("6.03", "Change in Credit Enhancement or Other External Support"),
    ("6.03", "Change in Credit Enhancement or External Support"),
    ("6.04", "Failure to Make a Required Distribution"),
    ("6.05", "Securities Act Updating Disclosure"),
    ("6.06", "Static Pool"),
    ("6.10", "Alternative Filings of Asset-Backed Issuers"),
    ("7.01", "Regulation FD Disclosure"),
    ("8.01", "Other Events"),
    ("9.01", "Financial Statements and Exhibits"),
    // Of Form ABS-15G.
    ("1.01", "Initial Filing of Rule 15Ga-1 Representations and Warranties Disclosure"),
    ("1.02", "Periodic Filing of Rule 15Ga-1 Representations and Warranties Disclosure"),
    ("1.03", "Notice of Termination of Duty to File Reports under Rule 15Ga-1"),
    (
      "2.01",
      "Findings and Conclusions of a Third Party Due Diligence Report Obtained by the Issuer"
    ),
    (
      "2.02",
      "Findings and Conclusions of a Third Party Due Diligence Report Obtained by the Underwriter"
    ),
  ])

  private static let oldTitles = table([
    ("1", "Changes in control of registrant"),
    ("2", "Acquisition or disposition of assets"),
    ("3", "Bankruptcy or receivership"),
    ("4", "Changes in registrant's certifying accountant"),
    ("5", "Other events"),
    ("6", "Resignations of registrant's directors"),
    ("6", "Resignation of registrant's directors"),
    ("7", "Financial statements and exhibits"),
    ("8", "Change in fiscal year"),
    ("9", "Regulation FD Disclosure"),
    ("9", "Sales of Equity Securities Pursuant to Regulation S"),
    ("10", "Amendments to the Registrant's Code of Ethics"),
    (
      "10",
      "Amendments to the Registrant's Code of Ethics, or Waiver of a Provision of the Code of "
        + "Ethics"
    ),
    ("11", "Temporary Suspension of Trading Under Registrant's Employee Benefit Plans"),
    ("12", "Results of Operations and Financial Condition"),
  ])

  private static func table(
    _ titles: [(String, String)]
  ) -> [(number: String, letters: [UInt8])] {
    titles.map { ($0.0, letters($0.1)) }
  }
}
