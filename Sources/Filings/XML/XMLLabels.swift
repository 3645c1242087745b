/// What the elements of forms are called on paper.
enum XMLLabels {
  /// The label of an element: of known ones what the form prints, of others the name's words.
  static func label(of name: String) -> String {
    known[name] ?? words(of: name)
  }

  /// "Security title" of `securityTitle`, "Part 2 item 1a unit names" of `taPart2Item1aUnitNames`.
  private static func words(of name: String) -> String {
    var words = split(Array(name.utf8))
    // Kinds of fields, and that it is a flag, say nothing to a reader.
    if words.count > 1, kinds.contains(words[0]) { words.removeFirst() }
    if words.count > 1, words.last == "Flag" { words.removeLast() }
    let text = words.enumerated().map { place, word in
      let lower = word.lowercased()
      if let other = abbreviations[lower] { return place == 0 ? capitalized(other) : other }
      let isAcronym = word.utf8.count > 1 && word == word.uppercased()
      return place == 0 ? capitalized(word) : isAcronym ? word : lower
    }
    return text.joined(separator: " ")
  }

  private static func capitalized(_ word: String) -> String {
    word.prefix(1).uppercased() + word.dropFirst()
  }

  /// Cuts before capitals and around numbers; a letter behind a number belongs to it ("1a").
  private static func split(_ name: [UInt8]) -> [String] {
    var words: [[UInt8]] = []
    for (place, byte) in name.enumerated() {
      let next = place + 1 < name.count ? name[place + 1] : 0
      if byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") {
        words.append([])
      } else if let last = words.last?.last, !begins(byte, after: last, before: next) {
        words[words.count - 1].append(byte)
      } else if words.last?.isEmpty ?? false {
        words[words.count - 1].append(byte)
      } else {
        words.append([byte])
      }
    }
    return words.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
  }

  private static func isCapital(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }

  private static func begins(_ byte: UInt8, after last: UInt8, before next: UInt8) -> Bool {
    if isCapital(byte) {
      return !isCapital(last) || next.isLetter && !isCapital(next)
    }
    if byte.isDigit { return last.isLetter && !isCapital(last) }
    return last.isDigit && byte.isLetter && next.isLetter && !isCapital(next)
  }

  private static let kinds: Set<String> = ["tx", "txt", "ta", "rb", "cb", "is", "has", "rpt"]

  private static let abbreviations: [String: String] = [
    "cik": "CIK", "cusip": "CUSIP", "isin": "ISIN", "lei": "LEI", "crd": "CRD", "sec": "SEC",
    "irs": "IRS", "ats": "ATS", "nms": "NMS", "mpid": "MPID", "nsa": "NSA", "bd": "broker-dealer",
    "rpt": "reporting", "num": "number", "pct": "percent", "desc": "description", "amt": "amount",
    "tot": "total", "val": "value", "liabs": "liabilities", "appr": "appreciation", "rtn": "return",
    "info": "information", "reg": "registrant", "misc": "miscellaneous", "borr": "borrowings",
    "ctrld": "controlled", "comp": "companies", "oth": "other", "affil": "affiliates",
    "aft": "after", "yr": "year", "mon": "month", "instr": "instrument", "rt": "rate",
    "exchg": "exchange", "rep": "reporting", "pd": "period", "explntr": "explanatory",
    "invst": "investment", "cat": "category", "desig": "designated", "delav": "delayed",
    "csh": "cash", "invstment": "investment", "curr": "currency", "cd": "code",
    "cond": "condition", "fin": "financial", "annualized": "annualised",
  ]

  private static let known: [String: String] = [
    // Forms 3, 4 and 5
    "rptOwnerCik": "CIK", "rptOwnerName": "Name of reporting person", "issuerCik": "CIK",
    "issuerName": "Issuer name", "issuerTradingSymbol": "Ticker or trading symbol",
    "isDirector": "Director", "isOfficer": "Officer", "isTenPercentOwner": "10% owner",
    "isOther": "Other", "officerTitle": "Officer title", "otherText": "Other relationship",
    "notSubjectToSection16": "No longer subject to Section 16",
    "reportingOwner": "Reporting person", "reportingOwnerId": "Reporting person",
    "reportingOwnerRelationship": "Relationship of reporting person to issuer",
    "reportingOwnerAddress": "Address",
    "nonDerivativeTable": "Non-derivative securities", "derivativeTable": "Derivative securities",
    "nonDerivativeTransaction": "Non-derivative securities acquired or disposed of",
    "nonDerivativeHolding": "Non-derivative securities beneficially owned",
    "derivativeTransaction": "Derivative securities acquired or disposed of",
    "derivativeHolding": "Derivative securities beneficially owned",
    "securityTitle": "Title of security", "transactionDate": "Transaction date",
    "deemedExecutionDate": "Deemed execution date", "transactionCode": "Transaction code",
    "transactionShares": "Amount of securities", "transactionTotalValue": "Total value",
    "transactionPricePerShare": "Price", "transactionTimeliness": "Timeliness",
    "transactionAcquiredDisposedCode": "Acquired or disposed of",
    "sharesOwnedFollowingTransaction": "Amount owned following transaction",
    "valueOwnedFollowingTransaction": "Value owned following transaction",
    "directOrIndirectOwnership": "Direct or indirect ownership",
    "natureOfOwnership": "Nature of indirect ownership",
    "conversionOrExercisePrice": "Conversion or exercise price",
    "exerciseDate": "Date exercisable", "expirationDate": "Expiration date",
    "underlyingSecurityTitle": "Title of underlying security",
    "underlyingSecurityShares": "Amount of underlying securities",
    "underlyingSecurityValue": "Value of underlying securities",
    "footnotes": "Explanation of responses", "ownerSignature": "Signature of reporting person",
    "signatureName": "Signature", "signatureDate": "Date",
    "aff10b5One": "Made pursuant to a Rule 10b5-1 plan",
    // Form 13F
    "nameOfIssuer": "Name of issuer", "titleOfClass": "Title of class", "cusip": "CUSIP",
    "figi": "FIGI", "sshPrnamt": "Shares or principal amount",
    "sshPrnamtType": "Shares or principal", "putCall": "Put or call",
    "Sole": "Voting authority: sole", "Shared": "Voting authority: shared",
    "None": "Voting authority: none", "infoTable": "Information table",
    "form13FFileNumber": "Form 13F file number", "filingManager": "Filing manager",
    "provideInfoForInstruction5": "Information for special instruction 5",
    "reportCalendarOrQuarter": "Report for the calendar year or quarter ended",
    "tableEntryTotal": "Information table entry total",
    "tableValueTotal": "Information table value total",
    // Form D
    "entityName": "Name of issuer", "jurisdictionOfInc": "Jurisdiction of incorporation",
    "yearOfInc": "Year of incorporation", "withinFiveYears": "Within last five years",
    "relatedPersonName": "Name of related person", "is40Act": "Investment Company Act of 1940 fund",
    "federalExemptionsExclusions": "Federal exemptions and exclusions claimed",
    "item": "Exemption or exclusion", "dateOfFirstSale": "Date of first sale",
    "moreThanOneYear": "Offering to last more than one year",
    "edgarPreviousNameList": "Previous names in EDGAR", "previousName": "Previous name",
    // Form 144
    "noOfUnitsSold": "Number of shares or other units to be sold",
    "noOfUnitsOutstanding": "Number of shares or other units outstanding",
    "approxSaleDate": "Approximate date of sale",
    "brokerOrMarketmakerDetails": "Broker or market maker",
    // Form N-PORT
    "genInfo": "General information", "regCik": "CIK", "regLei": "LEI",
    "repPdEnd": "Date of fiscal year-end",
    "repPdDate": "Date as of which information is reported",
    "cshNotRptdInCorD": "Cash not reported in Parts C or D",
    "assetsAttrMiscSec": "Assets attributable to miscellaneous securities",
    "invstOrSec": "Schedule of portfolio investments", "valUSD": "Value in US dollars",
    "pctVal": "Percentage of net assets", "curCd": "Currency", "invCountry": "Country",
    "payoffProfile": "Payoff profile", "assetCat": "Asset type", "issuerCat": "Issuer type",
    "invstOrSecs": "Schedule of portfolio investments", "delayDeliv": "Delayed delivery",
    // Everywhere
    "stateOrCountry": "State or country", "zipCode": "Zip code", "cik": "CIK", "ccc": "CCC",
    "submissionType": "Submission type", "periodOfReport": "Period of report",
    "documentType": "Form type",
  ]
}
