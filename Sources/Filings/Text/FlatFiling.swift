import TextSearch

/// Makes a filing of one flow that has no header of the SEC's.
enum FlatFiling {
  /// Of plain text: a rendition or an ASCII document, a whole filing or a part of one.
  static func text(_ bytes: [UInt8], path: String) -> Filing {
    let (flow, hasLayoutTags) = LineReader.read(bytes)
    var filing = Filing(id: path, path: path, kind: hasLayoutTags ? .ascii : .text)
    fill(&filing, flow, splitsExhibits: true)
    return filing
  }

  /// Of one HTML document.
  static func html(_ bytes: [UInt8], path: String) -> Filing {
    var filing = Filing(id: path, path: path, kind: .html)
    fill(&filing, HTMLReader.read(bytes), splitsExhibits: false)
    return filing
  }

  private static func fill(_ filing: inout Filing, _ flow: Flow, splitsExhibits: Bool) {
    let cover = CoverFacts(flow, flow.range)
    let outline = Outline(flow, flow.range)
    take(cover, outline, flow, into: &filing)
    let parts = splitsExhibits ? ExhibitSplitter.parts(outline, flow, form: filing.form) : []
    let mainEnd = parts.first?.start ?? flow.text.count
    filing.documents = [mainDocument(flow, 0..<mainEnd, outline, cover, filing)]
    var used: [String: Int] = [:]
    for (index, part) in parts.enumerated() {
      let end = index + 1 < parts.count ? parts[index + 1].start : flow.text.count
      var name = part.number ?? "\(index + 2)"
      used[name, default: 0] += 1
      if let count = used[name], count > 1 { name += "~\(count)" }
      filing.documents.append(exhibit(part, "\(filing.path)#\(name)", flow, end, filing))
    }
  }

  /// A header of the SEC's without its tags stands at the start of some renditions.
  private static let headerByteCount = 6000

  private static func take(
    _ cover: CoverFacts?, _ outline: Outline, _ flow: Flow, into filing: inout Filing
  ) {
    filing.form = cover?.form
    filing.setCompany(name: cover?.company)
    filing.fileNumber = cover?.fileNumber
    filing.period = cover?.period
    if cover?.isEventReport ?? false { filing.filed = outline.signatureDate }
    let head = flow.text.prefix(headerByteCount)
    if ByteScan.contains("ACCESSION NUMBER", in: head) { SubmissionHeader(head)?.fill(&filing) }
    filing.id = filing.accession ?? filing.path
  }

  private static func mainDocument(
    _ flow: Flow, _ range: Range<Int>, _ outline: Outline, _ cover: CoverFacts?, _ filing: Filing
  ) -> FilingDocument {
    var document = FilingDocument(id: filing.path)
    document.type = filing.form
    if cover == nil, let number = leadingExhibitNumber(flow) {
      document.exhibit = number
      document.type = "EX-\(number)"
    }
    let assembly = DocumentAssembly(
      flow: flow, range: range, outline: outline, isExhibit: document.exhibit != nil, cover: cover)
    assembly.fill(&document, of: filing)
    return document
  }

  /// The number of a file that is one exhibit: among its first lines is "Exhibit 10.1".
  private static func leadingExhibitNumber(_ flow: Flow) -> String? {
    FlowLines(flow, 0..<min(flow.text.count, 2000)).prefix(4).lazy
      .compactMap(ExhibitList.headingNumber).first
  }

  private static func exhibit(
    _ part: ExhibitSplitter.Part, _ id: String, _ flow: Flow, _ end: Int, _ filing: Filing
  ) -> FilingDocument {
    var document = FilingDocument(id: id)
    document.exhibit = part.number
    document.description = part.description
    document.type = part.number.map { "EX-\($0)" }
    let range = part.start..<end
    let assembly = DocumentAssembly(
      flow: flow, range: range, outline: Outline(flow, range), isExhibit: true, cover: nil)
    assembly.fill(&document, of: filing)
    return document
  }
}
