import TextSearch

/// Reads XML forms: ownership reports, holdings of managers and funds, offerings and others.
enum XMLFormReader {
  /// What XML turned out to be.
  enum Outcome {
    case form(Flow, FilingFacts)
    case other(SkippedPart.Kind, reason: String)
  }

  /// - Complexity: O(n).
  static func read(_ bytes: [UInt8]) -> Outcome {
    let root = rootName(bytes)
    guard forms.contains(root) else {
      // Instances and linkbases of XBRL may have any root; their namespaces stand at the start.
      let isXBRL = ByteScan.contains("http://www.xbrl.org/2003/", in: bytes.prefix(4096))
      let kind = isXBRL ? .xbrl : others[root] ?? .data
      return .other(kind, reason: "XML (\(root)) that is no form is not read")
    }
    let tree = XMLScanner.read(bytes)
    let facts = XMLFormFacts(tree).facts
    return .form(XMLFormText.write(tree, form: facts.form), facts)
  }

  /// Reads a file that is one form.
  ///
  /// - Parameter known: What is known of the filing from outside; the form's own word goes first.
  static func read(
    _ bytes: [UInt8], path: String, facts known: FilingFacts
  ) -> (filings: [Filing], skipped: [SkippedPart]) {
    switch read(TextEncoding.utf8(bytes)) {
    case .other(let kind, let reason):
      return ([], [.init(path: path, kind: kind, reason: reason)])
    case .form(let flow, let facts):
      var filing = Filing(id: path, path: path, kind: .xml)
      var facts = facts
      facts.complete(with: known)
      facts.fill(&filing)
      filing.id = filing.accession ?? path
      var document = FilingDocument(id: path)
      document.type = filing.form
      let assembly = DocumentAssembly(
        flow: flow, range: flow.range, outline: Outline(flow, flow.range), isExhibit: false,
        hasCover: false)
      assembly.fill(&document, of: filing)
      filing.documents = [document]
      return ([filing], [])
    }
  }

  /// Sets what a filing does not know yet.
  static func fill(_ filing: inout Filing, _ facts: FilingFacts) {
    filing.form = filing.form ?? facts.form
    filing.period = filing.period ?? facts.period
    filing.fileNumber = filing.fileNumber ?? facts.fileNumber
    if filing.companies.isEmpty { filing.companies = facts.companies }
  }

  /// Whether text begins with the root of a form.
  static func isForm(_ head: ArraySlice<UInt8>) -> Bool {
    forms.contains(rootName(Array(head)))
  }

  private static let forms: Set<String> = [
    "ownershipDocument", "edgarSubmission", "informationTable", "proxyVoteTable",
  ]

  private static let others: [String: SkippedPart.Kind] = [
    "xbrl": .xbrl, "schema": .xbrl, "linkbase": .xbrl, "FilingSummary": .xbrl,
    "InstanceReport": .xbrl, "feed": .list, "rss": .list, "companyFilings": .list,
    "directory": .list,
  ]

  /// The name of the first element, without prefix; searched at the start only.
  private static func rootName(_ bytes: [UInt8]) -> String {
    let head = Array(bytes.prefix(1 << 16))
    var offset = 0
    while true {
      offset = ByteScan.find(UInt8(ascii: "<"), in: head.span, offset, head.count) + 1
      guard offset < head.count else { return "" }
      guard head[offset].isLetter else {
        offset = declarationEnd(head, offset)
        continue
      }
      let name = head[offset...].prefix(100).prefix {
        !$0.isSpace && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/")
      }
      let text = String(
        decoding: name.split(separator: UInt8(ascii: ":")).last ?? [], as: UTF8.self)
      // EDGAR's own wrapper is not part of the document.
      if text != "XML" && text != "XBRL" { return text }
    }
  }

  /// The place after a comment; other declarations have no tags in them that matter.
  private static func declarationEnd(_ head: [UInt8], _ offset: Int) -> Int {
    guard head[offset...].starts(with: "!--".utf8) else { return offset }
    var place = offset + 3
    while place + 3 <= head.count, !head[place..<place + 3].elementsEqual("-->".utf8) { place += 1 }
    return min(place + 3, head.count)
  }
}
