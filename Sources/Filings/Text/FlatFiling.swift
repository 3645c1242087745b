import TextSearch

/// Makes a filing of one flow that has no header of the SEC's.
enum FlatFiling {
  /// Of plain text: a rendition or an ASCII document, a whole filing or a part of one.
  static func text(
    _ bytes: consuming [UInt8], path: String, facts: FilingFacts
  ) -> (filings: [Filing], skipped: [SkippedPart]) {
    let starts = EncodedFiles.startsWithRuns(in: bytes, 0..<bytes.count)
    let (text, files) = EncodedFiles.cut(from: SourceText(bytes), at: starts)
    let skipped = files.map {
      SkippedPart(
        path: path, part: $0.name, kind: $0.kind,
        reason: "an encoded file inside a text is not read")
    }
    guard text.content.contains(where: { !$0.isSpace }) else { return ([], skipped) }
    // The bytes go when the text is read, before it is written once more.
    let (flow, hasLayoutTags) = LineReader.read(TextEncoding.utf8(consume text))
    var filing = Filing(id: path, path: path, kind: hasLayoutTags ? .ascii : .text)
    fill(&filing, flow, facts, splitsExhibits: true)
    return ([filing], skipped)
  }

  /// Of one HTML document.
  static func html(_ bytes: [UInt8], path: String, facts: FilingFacts) -> Filing {
    var filing = Filing(id: path, path: path, kind: .html)
    var facts = facts
    facts.complete(with: InlineFacts.of(bytes))
    let page = SourceText(bytes)
    let flow = PlainShell.flow(of: page) ?? HTMLReader.read(page)
    fill(&filing, flow, facts, splitsExhibits: false)
    return filing
  }

  private static func fill(
    _ filing: inout Filing, _ flow: Flow, _ known: FilingFacts, splitsExhibits: Bool
  ) {
    let cover = CoverFacts(flow, flow.range)
    let outline = Outline(flow, flow.range)
    let facts = merged(known, cover, outline, flow)
    facts.fill(&filing)
    filing.id = filing.accession ?? filing.path
    let parts = splitsExhibits ? ExhibitSplitter.parts(outline, flow, form: filing.form) : []
    let mainEnd = parts.first?.start ?? flow.text.count
    filing.documents = [mainDocument(flow, 0..<mainEnd, outline, cover, filing, facts)]
    var names = UniqueNames()
    for (index, part) in parts.enumerated() {
      let end = index + 1 < parts.count ? parts[index + 1].start : flow.text.count
      let name = names.unique(part.number ?? "\(index + 2)")
      filing.documents.append(exhibit(part, "\(filing.path)#\(name)", flow, end, filing))
    }
  }

  /// A header of the SEC's without its tags stands at the start of some renditions.
  private static let headerByteCount = 6000

  /// What is known from outside between a header of the SEC's, if there is one, and the cover.
  private static func merged(
    _ known: FilingFacts, _ cover: CoverFacts?, _ outline: Outline, _ flow: Flow
  ) -> FilingFacts {
    var facts = FilingFacts()
    let head = flow.text.prefix(headerByteCount)
    if ByteScan.contains("ACCESSION NUMBER", in: head), let header = SubmissionHeader(head) {
      facts = header.facts
    }
    facts.complete(with: known)
    guard let cover else { return facts }
    facts.complete(with: cover.facts(signed: outline.signatureDate, form: facts.form))
    return facts
  }

  private static func mainDocument(
    _ flow: Flow, _ range: Range<Int>, _ outline: Outline, _ cover: CoverFacts?,
    _ filing: Filing, _ facts: FilingFacts
  ) -> FilingDocument {
    var document = FilingDocument(id: filing.path)
    document.type = facts.type ?? filing.form
    document.filename = facts.filename
    document.sequence = facts.sequence
    document.description = facts.description
    if let type = facts.type {
      document.exhibit = type.hasPrefix("EX-") ? ExhibitNumber(type: type)?.text : nil
    }
    // A number that is printed says more than one in a list: 10.12, not 10.
    if cover == nil, let number = leadingExhibitNumber(flow),
      facts.type == nil || number.hasPrefix(document.exhibit ?? "none")
    {
      document.exhibit = number
      document.type = "EX-\(number)"
    }
    let assembly = DocumentAssembly(
      flow: flow, range: range, outline: outline, isExhibit: document.exhibit != nil,
      hasCover: cover != nil)
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
      flow: flow, range: range, outline: Outline(flow, range), isExhibit: true, hasCover: false)
    assembly.fill(&document, of: filing)
    return document
  }
}
