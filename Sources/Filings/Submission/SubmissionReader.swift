import TextSearch

/// Reads EDGAR full submissions.
struct SubmissionReader {
  private let bytes: [UInt8]
  /// Where encoded files may begin, in order.
  private let encodedStarts: [Int]
  private var filing: Filing
  private var skipped: [SkippedPart] = []
  /// Of a submission without a header, what is known from outside.
  private var known: FilingFacts?
  private var ids = UniqueNames()

  /// Reads all submissions of a file.
  ///
  /// One without a part that can be read is a filing without documents.
  /// - Parameter facts: What is known of the filing from outside; the header's word is worth more.
  static func read(
    _ bytes: [UInt8], path: String, facts: FilingFacts = FilingFacts()
  ) -> (filings: [Filing], skipped: [SkippedPart]) {
    let parts = SubmissionParts(bytes)
    let submissions = parts.submissions
    var filings: [Filing] = []
    var skipped: [SkippedPart] = []
    var ids = UniqueNames()
    for submission in submissions {
      var reader = SubmissionReader(bytes, path, parts.encodedStarts)
      let isAlone = submissions.count == 1
      let hasHeader = reader.readHeader(submission, facts: isAlone ? facts : FilingFacts())
      if submission.parts.isEmpty { skipped.append(reader.withoutDocuments(hasHeader)) }
      guard hasHeader || !submission.parts.isEmpty else { continue }
      reader.filing.id = ids.unique(reader.filing.id)
      for (index, part) in submission.parts.enumerated() { reader.read(part, isFirst: index == 0) }
      filings.append(reader.filing)
      skipped += reader.skipped
    }
    return (filings, skipped)
  }

  private init(_ bytes: [UInt8], _ path: String, _ encodedStarts: [Int]) {
    self.bytes = bytes
    self.encodedStarts = encodedStarts
    filing = Filing(id: path, path: path, kind: .submission)
  }

  private mutating func readHeader(
    _ submission: SubmissionParts.Submission, facts other: FilingFacts
  ) -> Bool {
    let header = SubmissionHeader(TextEncoding.utf8(SourceText(bytes, submission.header)).content)
    var facts = header?.facts ?? FilingFacts()
    // The first document's type is the form.
    if header == nil, let type = submission.parts.first?.type, !Self.isExhibit(type) {
      facts.form = type
    }
    facts.complete(with: other)
    facts.fill(&filing)
    if header == nil { known = facts }
    filing.id = filing.accession ?? filing.path
    return header != nil
  }

  private func withoutDocuments(_ hasHeader: Bool) -> SkippedPart {
    hasHeader
      ? SkippedPart(
        path: filing.path, kind: .list,
        reason: "the header of a submission, without its documents")
      : SkippedPart(path: filing.path, kind: .empty, reason: "a submission without a document")
  }

  private mutating func read(_ part: SubmissionPart, isFirst: Bool) {
    let content = PartContent(part, of: bytes)
    if let reason = content.reasonToSkip { return skip(part, reason) }
    let text = text(of: content)
    let flow: Flow
    switch Content.markup(of: text) {
    case .html: flow = PlainShell.flow(of: text) ?? HTMLReader.read(text)
    case .text: flow = LineReader.read(text).flow
    case .xml:
      switch XMLFormReader.read(Array(text.content)) {
      case .other(let kind, let reason): return skip(part, (kind, reason))
      case .form(let form, let facts):
        if isFirst { XMLFormReader.fill(&filing, facts) }
        flow = form
      }
    }
    if isFirst, known != nil { known?.complete(with: InlineFacts.of(Array(text.content))) }
    add(part, flow, isFirst: isFirst)
  }

  /// The part's text without the encoded files in it, which are reported.
  private mutating func text(of content: PartContent) -> SourceText {
    let (cut, files) = EncodedFiles.cut(
      from: SourceText(bytes, content.range), at: encodedStarts(in: content.range))
    for file in files {
      skipped.append(
        .init(
          path: filing.path, part: "\(content.part.name)/\(file.name ?? "")", kind: file.kind,
          reason: "an encoded file inside a text is not read"))
    }
    let text = TextEncoding.utf8(cut)
    guard content.isDataSchedule, Content.markup(of: text) == .text else { return text }
    return SourceText(PartContent.rows(ofSchedule: text.content))
  }

  private func encodedStarts(in range: Range<Int>) -> ArraySlice<Int> {
    var (low, high) = (0, encodedStarts.count)
    while low < high {
      let middle = (low + high) / 2
      if encodedStarts[middle] < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return encodedStarts[low...].prefix { $0 < range.upperBound }
  }

  private mutating func skip(_ part: SubmissionPart, _ reason: PartContent.Reason) {
    skipped.append(
      .init(path: filing.path, part: part.name, kind: reason.kind, reason: reason.text))
  }

  private mutating func add(_ part: SubmissionPart, _ flow: Flow, isFirst: Bool) {
    let number = part.type.flatMap(Self.exhibitNumber)
    var document = FilingDocument(id: id(of: part, number, isFirst: isFirst))
    document.exhibit = number
    document.type = part.type
    document.sequence = part.sequence
    document.filename = part.filename
    document.description = part.description
    let isExhibit = part.type.map(Self.isExhibit) ?? false
    let outline = Outline(flow, flow.range)
    let cover = isExhibit ? nil : CoverFacts(flow, flow.range)
    if isFirst { complete(with: cover, outline) }
    let assembly = DocumentAssembly(
      flow: flow, range: flow.range, outline: outline, isExhibit: isExhibit,
      hasCover: cover != nil)
    assembly.fill(&document, of: filing)
    filing.documents.append(document)
  }

  /// Takes from the first document what a header does not say, or all where there is none.
  private mutating func complete(with cover: CoverFacts?, _ outline: Outline) {
    guard var facts = known else {
      let isComplete = filing.form != nil && filing.company != nil && filing.fileNumber != nil
      guard !isComplete, let facts = cover?.facts(signed: nil, form: filing.form) else { return }
      filing.form = filing.form ?? facts.form
      if filing.company == nil { filing.setCompany(name: facts.companies.first?.name) }
      filing.fileNumber = filing.fileNumber ?? facts.fileNumber
      return
    }
    if let cover {
      facts.complete(with: cover.facts(signed: outline.signatureDate, form: facts.form))
    }
    facts.fill(&filing)
  }

  private static func isExhibit(_ type: String) -> Bool { type.uppercased().hasPrefix("EX-") }

  private mutating func id(
    of part: SubmissionPart, _ number: String?, isFirst: Bool
  ) -> String {
    var id = filing.id
    if filing.accession != nil {
      let name = part.filename ?? part.sequence ?? "\(filing.documents.count + 1)"
      id = "\(filing.id):\(name)"
    } else if !isFirst {
      id += "#\(number ?? part.filename ?? part.sequence ?? "\(filing.documents.count + 1)")"
    }
    return ids.unique(id)
  }

  /// "99.1" of "EX-99.1".
  private static func exhibitNumber(_ type: String) -> String? {
    isExhibit(type) ? ExhibitNumber(type: type)?.text : nil
  }
}
