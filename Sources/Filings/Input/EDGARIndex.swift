/// EDGAR's lists of filings: `master.idx`, `form.idx`, `company.idx`, `crawler.idx`, of a day or of
/// a quarter.
///
/// Rows come after a line of hyphens. Those of master indexes are cut by `|`: CIK, company, form,
/// date, file. The others are set in columns, whose widths vary, and are read from their ends: file,
/// date and CIK are single words, and two spaces or more stand between form and company.
struct EDGARIndex {
  private let bytes: [UInt8]
  private let start: Int
  private let hasFormFirst: Bool

  /// Nil where the bytes are no such list.
  init?(_ bytes: [UInt8]) {
    guard Self.isIndex(bytes[...]) else { return nil }
    let head = Array(bytes.prefix(8192))
    guard let line = Self.hyphens(head) else { return nil }
    self.bytes = bytes
    start = line.upperBound
    let text = String(decoding: head[..<line.lowerBound], as: UTF8.self)
    hasFormFirst = (text.place(of: "Form Type") ?? .max) < (text.place(of: "Company Name") ?? 0)
  }

  /// Whether a file begins as such a list does.
  static func isIndex(_ bytes: ArraySlice<UInt8>) -> Bool {
    let text = String(decoding: bytes.prefix(200), as: UTF8.self)
    return text.hasPrefix("Description:") && text.place(of: "Index") != nil
  }

  /// The line of hyphens.
  private static func hyphens(_ head: [UInt8]) -> Range<Int>? {
    var offset = 0
    while offset < head.count {
      let end = ByteScan.lineEnd(head, offset)
      let line = head[offset..<end]
      if line.count > 20, line.prefix(20).allSatisfy({ $0 == UInt8(ascii: "-") }) {
        return offset..<end
      }
      offset = end + 1
    }
    return nil
  }

  /// The filings whose accession number is wanted, each with all its parties.
  ///
  /// - Complexity: O(n).
  func filings(of isWanted: (String) -> Bool) -> [String: FilingFacts] {
    var filings: [String: FilingFacts] = [:]
    var offset = start
    while offset < bytes.count {
      let end = ByteScan.lineEnd(bytes, offset)
      var line = bytes[offset..<end]
      offset = end + 1
      while let last = line.last, last.isSpace { line.removeLast() }
      // The file's name is the end of the row.
      guard let accession = AccessionNumber.named(String(decoding: line.suffix(40), as: UTF8.self)),
        isWanted(accession), let facts = facts(line, accession)
      else { continue }
      if filings[accession] == nil {
        filings[accession] = facts
      } else {
        filings[accession]?.companies += facts.companies
      }
    }
    return filings
  }

  private func facts(_ line: ArraySlice<UInt8>, _ accession: String) -> FilingFacts? {
    let text = String(decoding: TextEncoding.utf8(Array(line)), as: UTF8.self)
    var facts = FilingFacts()
    facts.accession = accession
    var cells = text.split(separator: "|", omittingEmptySubsequences: false).map(\.trimmed)
    if cells.count == 5 {
      cells = [cells[2], cells[1], cells[0], cells[3]]
    } else {
      guard let columns = Self.columns(text, hasFormFirst) else { return nil }
      cells = columns
    }
    facts.form = cells[0].isEmpty ? nil : cells[0]
    facts.filed = DateText.iso(cells[3])
    facts.companies = [
      FilingCompany(name: cells[1].isEmpty ? nil : cells[1], cik: CIK.normal(cells[2]))
    ]
    return facts
  }

  /// Form, company, CIK and date of a row that is set in columns.
  private static func columns(_ text: String, _ hasFormFirst: Bool) -> [String]? {
    var rest = Substring(text)
    var words: [String] = []
    for _ in 0..<3 {
      while rest.last == " " { rest.removeLast() }
      guard let space = rest.lastIndex(of: " ") else { return nil }
      words.append(String(rest[rest.index(after: space)...]))
      rest = rest[..<space]
    }
    let pair = rest.trimmed
    guard let gap = hasFormFirst ? firstGap(pair) : lastGap(pair) else { return nil }
    let first = pair[..<gap].trimmed
    let second = pair[gap...].trimmed
    return hasFormFirst
      ? [first, second, words[2], words[1]] : [second, first, words[2], words[1]]
  }

  private static func firstGap(_ text: String) -> String.Index? {
    var before: String.Index?
    for index in text.indices {
      if text[index] != " " {
        before = nil
        continue
      }
      if let before { return before }
      before = index
    }
    return nil
  }

  private static func lastGap(_ text: String) -> String.Index? {
    var after: String.Index?
    for index in text.indices.reversed() {
      if text[index] != " " {
        after = nil
        continue
      }
      if let after { return after }
      after = index
    }
    return nil
  }
}
