/// What the path of a file says of the filing in it, by the customs of EDGAR and of its collectors.
enum PathFacts {
  /// - Complexity: O(length).
  static func of(_ path: String) -> FilingFacts {
    let names = path.parts(between: slash)
    guard let file = names.last else { return FilingFacts() }
    var facts = FileNameFacts.of(file)
    let folders = names.dropLast()
    facts.accession = accession(of: path)
    for folder in folders.reversed() { takeForm(folder, into: &facts) }
    if facts.companies.isEmpty, let cik = cik(folders) {
      facts.companies = [FilingCompany(cik: cik)]
    }
    return facts
  }

  /// The number in the file's name, else in that of the innermost folder that has one.
  static func accession(of path: String) -> String? {
    path.parts(between: slash).reversed().lazy.compactMap { AccessionNumber.named($0) }.first
  }

  private static let slash = UInt8(ascii: "/")

  /// A folder that is called as a form or a type of exhibit: the innermost counts.
  private static func takeForm(_ folder: Substring, into facts: inout FilingFacts) {
    guard facts.form == nil, facts.type == nil else { return }
    if let form = FormType.named(folder) {
      (facts.form, facts.isFormRough) = (form, true)
    } else if folder.hasPrefix("EX-"), ExhibitNumber(type: folder) != nil {
      facts.type = String(folder)
    }
  }

  /// The number in `edgar/data/320193/…`, or a folder that is called by all ten digits of one.
  private static func cik(_ folders: ArraySlice<Substring>) -> String? {
    for index in folders.indices.reversed() {
      let name = folders[index]
      guard name.utf8.allSatisfy(\.isDigit), let cik = CIK.normal(name) else { continue }
      if name.utf8.count == 10, name.first == "0" { return cik }
      let above = folders[..<index].suffix(2).map { $0.lowercased() }
      if above == ["edgar", "data"] { return cik }
    }
    return nil
  }
}

/// What the name of a file says where it is unmistakable.
///
/// - `0000320193-20-000096.txt` and every name with such a number: the accession number;
/// - `320193_10K_2020_0000320193-20-000096.htm`: CIK, form, year and accession number;
/// - `1018522_1997-03-26_…` and `1018522-1997-03-26-…`: CIK and filing date;
/// - `718413_1993.txt`, `718413_1993_…` and, for no date, `718413_nd_…`: CIK and year.
enum FileNameFacts {
  static func of(_ name: Substring) -> FilingFacts {
    var facts = FilingFacts()
    facts.accession = AccessionNumber.named(name)
    let parts = stem(name).split(whereSeparator: { $0 == "_" || $0 == "-" })
    guard let first = parts.first, (4...10).contains(first.utf8.count), let cik = CIK.normal(first)
    else {
      return facts
    }
    let isDated = takeDate(stem(name).dropFirst(first.count), &facts)
    let isListed = takeForm(parts, &facts)
    if isDated || isListed || isFiledByYear(stem(name), parts, facts) {
      facts.companies = [FilingCompany(cik: cik)]
    }
    return facts
  }

  /// The name without what stands behind the last dot.
  private static func stem(_ name: Substring) -> Substring {
    name.lastIndex(of: ".").map { name[..<$0] } ?? name
  }

  /// A date with hyphens behind the first part.
  private static func takeDate(_ rest: Substring, _ facts: inout FilingFacts) -> Bool {
    let date = rest.dropFirst().prefix(10)
    let next = rest.dropFirst(11).first ?? "_"
    guard rest.first == "_" || rest.first == "-", next == "_" || next == "-",
      date.utf8.count == 10, date.utf8.filter({ $0 == UInt8(ascii: "-") }).count == 2,
      isYear(date.prefix(4)), let iso = DateText.iso(date), iso == date
    else { return false }
    facts.filed = iso
    return true
  }

  /// CIK, form, year and accession number in this order, wherever the name has them.
  private static func takeForm(_ parts: [Substring], _ facts: inout FilingFacts) -> Bool {
    guard facts.accession != nil, parts.count >= 6 else { return false }
    for index in 1..<(parts.count - 4) where isYear(parts[index + 1]) {
      guard parts[index + 2].utf8.count == 10, CIK.normal(parts[index - 1]) != nil,
        let form = FormType.named(parts[index])
      else { continue }
      (facts.form, facts.isFormRough) = (form, true)
      return true
    }
    return false
  }

  /// Whether a year, or a mark that there is no date, follows the first part and an underscore.
  private static func isFiledByYear(
    _ stem: Substring, _ parts: [Substring], _ facts: FilingFacts
  ) -> Bool {
    guard parts.count > 1, !isYear(parts[0]) else { return false }
    if isYear(parts[1]), parts.count == 2 || facts.accession != nil { return true }
    let fields = stem.split(separator: "_", omittingEmptySubsequences: false)
    return fields.count > 2 && fields[0] == parts[0]
      && (isYear(fields[1]) || fields[1].lowercased() == "nd")
  }

  private static func isYear(_ text: Substring) -> Bool {
    text.utf8.count == 4 && (1993...2099).contains(Int(text) ?? 0)
  }
}
