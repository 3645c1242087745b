/// The facts about a filing that inline XBRL marks on its cover.
///
/// Reads nothing but elements `<ix:nonNumeric name="dei:…">`, each of which says what its text is.
enum InlineFacts {
  /// - Complexity: O(n) in the first part of the document, where covers are.
  static func of(_ bytes: [UInt8]) -> FilingFacts {
    guard ByteScan.contains("inlineXBRL", in: bytes.prefix(headByteCount)) else {
      return FilingFacts()
    }
    var cover = Cover()
    var end = min(bytes.count, searchedByteCount)
    var offset = 0
    while true {
      offset = ByteScan.find(UInt8(ascii: ":"), in: bytes.span, offset, end)
      if offset >= end { break }
      if offset >= 4, bytes[offset - 4..<offset].elementsEqual("\"dei".utf8) {
        take(bytes, offset + 1, &cover)
        if cover.isComplete { end = min(end, offset + coverByteCount) }
      }
      offset += 1
    }
    // Each registrant has its number; a name without one is a former name, or marked in vain.
    let numbered = cover.facts.companies.filter { $0.cik != nil }
    if !numbered.isEmpty { cover.facts.companies = numbered }
    return cover.facts
  }

  /// The namespace is in the first tag.
  private static let headByteCount = 1 << 14
  private static let searchedByteCount = 4 << 20
  /// Where all facts are known, those of other parties stand near.
  private static let coverByteCount = 1 << 15

  private struct Cover {
    var facts = FilingFacts()
    /// The context of each party, which holds its name and its number together.
    var contexts: [String] = []

    var isComplete: Bool {
      facts.form != nil && facts.period != nil && facts.fileNumber != nil
        && facts.companies.contains { $0.name != nil && $0.cik != nil }
    }

    mutating func party(_ context: String) -> Int? {
      if let known = contexts.firstIndex(of: context) { return known }
      guard contexts.count < mostParties else { return nil }
      contexts.append(context)
      facts.companies.append(FilingCompany())
      return contexts.count - 1
    }
  }

  private static let mostParties = 100

  private static let wanted: Set<String> = [
    "EntityRegistrantName", "EntityCentralIndexKey", "DocumentType", "DocumentPeriodEndDate",
    "EntityFileNumber",
  ]

  /// Takes the fact whose name, in the tag of its element, begins at `start`.
  private static func take(_ bytes: [UInt8], _ start: Int, _ cover: inout Cover) {
    let name = String(
      decoding: bytes[start...].prefix(40).prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
    guard wanted.contains(name) else { return }
    let lowest = max(0, start - longestTag)
    guard let open = bytes[lowest..<start].lastIndex(of: UInt8(ascii: "<")),
      bytes[open...].starts(with: "<ix:nonNumeric".utf8)
    else { return }
    let limit = min(bytes.count, start + longestTag)
    let tagEnd = ByteScan.find(UInt8(ascii: ">"), in: bytes.span, start, limit)
    guard tagEnd < limit, bytes[tagEnd - 1] != UInt8(ascii: "/") else { return }
    let text = text(bytes, tagEnd + 1)
    guard !text.isEmpty else { return }
    set(name, text, context(bytes[open..<tagEnd]), &cover)
  }

  private static let longestTag = 2000

  private static func set(
    _ name: String, _ text: String, _ context: String, _ cover: inout Cover
  ) {
    switch name {
    case "DocumentType": cover.facts.form = cover.facts.form ?? text
    case "DocumentPeriodEndDate":
      cover.facts.period = cover.facts.period ?? DateText.iso(text)
    case "EntityFileNumber": cover.facts.fileNumber = cover.facts.fileNumber ?? text
    case "EntityRegistrantName":
      guard let party = cover.party(context) else { return }
      cover.facts.companies[party].name = cover.facts.companies[party].name ?? text
    default:
      guard let party = cover.party(context) else { return }
      cover.facts.companies[party].cik = cover.facts.companies[party].cik ?? CIK.normal(text)
    }
  }

  /// The value of `contextRef` in a tag.
  private static func context(_ tag: ArraySlice<UInt8>) -> String {
    let text = String(decoding: tag, as: UTF8.self)
    guard let place = text.place(of: "contextRef=\"") else { return "" }
    let value = text.utf8.dropFirst(place + 12).prefix { $0 != UInt8(ascii: "\"") }
    return String(Substring(value))
  }

  /// The text from `start` to the end of the element, without the tags in it; it may hold others.
  private static func text(_ bytes: [UInt8], _ start: Int) -> String {
    let limit = min(bytes.count, start + longestText)
    var end = start
    var depth = 1
    while true {
      end = ByteScan.find(UInt8(ascii: "<"), in: bytes.span, end, limit)
      if end >= limit { return "" }
      let tag = bytes[end...]
      if tag.starts(with: "<ix:nonNumeric".utf8) { depth += 1 }
      if tag.starts(with: "</ix:nonNumeric".utf8) { depth -= 1 }
      if depth == 0 { break }
      end += 1
    }
    let text = HTMLReader.read(SourceText(bytes, start..<end)).text
    let words = text.split(whereSeparator: \.isSpace).joined(separator: [0x20])
    return String(decoding: Array(words), as: UTF8.self)
  }

  private static let longestText = 4000
}
