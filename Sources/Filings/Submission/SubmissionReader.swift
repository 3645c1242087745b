import TextSearch

/// Reads EDGAR full submissions.
struct SubmissionReader {
  private let bytes: [UInt8]
  private var filing: Filing
  private var skipped: [SkippedPart] = []
  private var usedIDs: [String: Int] = [:]

  static func read(_ bytes: [UInt8], path: String) -> (filings: [Filing], skipped: [SkippedPart]) {
    var reader = SubmissionReader(bytes, path)
    reader.readParts()
    if reader.filing.documents.isEmpty {
      reader.skipped.append(
        .init(path: path, kind: .empty, reason: "a submission without a document to read"))
      return ([], reader.skipped)
    }
    return ([reader.filing], reader.skipped)
  }

  private init(_ bytes: [UInt8], _ path: String) {
    self.bytes = bytes
    filing = Filing(id: path, path: path, kind: .submission)
  }

  private mutating func readParts() {
    let split = SubmissionParts(bytes)
    let head = TextEncoding.utf8(Array(bytes[split.header.prefix(1 << 18)]))
    SubmissionHeader(head[...])?.fill(&filing)
    filing.id = filing.accession ?? filing.path
    for (index, part) in split.parts.enumerated() { read(part, isFirst: index == 0) }
  }

  private mutating func read(_ part: SubmissionPart, isFirst: Bool) {
    let content = unwrapped(part.content)
    if let reason = Self.reasonToSkip(part, bytes[content]) {
      return skip(part, reason)
    }
    let text = TextEncoding.utf8(Array(bytes[content]))
    let flow: Flow
    switch Content.markup(of: text) {
    case .html: flow = HTMLReader.read(text)
    case .text: flow = LineReader.read(text).flow
    case .xml:
      switch XMLFormReader.read(text) {
      case .other(let kind, let reason): return skip(part, (kind, reason))
      case .form(let form, let facts):
        if isFirst { XMLFormReader.fill(&filing, facts) }
        flow = form
      }
    }
    add(part, flow, isFirst: isFirst)
  }

  private mutating func skip(_ part: SubmissionPart, _ reason: Reason) {
    let name = part.filename ?? part.sequence ?? part.type ?? "document"
    skipped.append(
      .init(path: filing.path, part: name, kind: reason.kind, reason: reason.text))
  }

  private mutating func add(_ part: SubmissionPart, _ flow: Flow, isFirst: Bool) {
    let number = part.type.flatMap(Self.exhibitNumber)
    var document = FilingDocument(id: id(of: part, number, isFirst: isFirst))
    document.exhibit = number
    document.type = part.type
    document.sequence = part.sequence
    document.filename = part.filename
    document.description = part.description
    let isExhibit = part.type.map { $0.uppercased().hasPrefix("EX-") } ?? false
    let outline = Outline(flow, flow.range)
    let cover = isExhibit ? nil : CoverFacts(flow, flow.range)
    if isFirst { take(cover, outline, part) }
    let assembly = DocumentAssembly(
      flow: flow, range: flow.range, outline: outline, isExhibit: isExhibit, cover: cover)
    assembly.fill(&document, of: filing)
    filing.documents.append(document)
  }

  /// What the header does not say.
  private mutating func take(
    _ cover: CoverFacts?, _ outline: Outline, _ part: SubmissionPart
  ) {
    filing.form = filing.form ?? cover?.form ?? part.type
    if filing.company == nil { filing.setCompany(name: cover?.company) }
    filing.fileNumber = filing.fileNumber ?? cover?.fileNumber
    filing.period = filing.period ?? cover?.period
    if cover?.isEventReport ?? false { filing.filed = filing.filed ?? outline.signatureDate }
  }

  private mutating func id(
    of part: SubmissionPart, _ number: String?, isFirst: Bool
  ) -> String {
    var id = filing.path
    if let accession = filing.accession {
      let name = part.filename ?? part.sequence ?? "\(filing.documents.count + 1)"
      id = "\(accession):\(name)"
    } else if !isFirst {
      id += "#\(number ?? part.filename ?? part.sequence ?? "\(filing.documents.count + 1)")"
    }
    usedIDs[id, default: 0] += 1
    if let count = usedIDs[id], count > 1 { return "\(id)~\(count)" }
    return id
  }

  /// "99.1" of "EX-99.1".
  private static func exhibitNumber(_ type: String) -> String? {
    type.uppercased().hasPrefix("EX-") ? ExhibitNumber(type: type)?.text : nil
  }

  // MARK: What is no text

  /// The content without space and the tags that say what kind of file it is.
  private func unwrapped(_ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    while true {
      while start < range.upperBound, bytes[start].isSpace { start += 1 }
      guard let tag = ["<XBRL>", "<XML>"].first(where: { begins(with: $0, start, range) }) else {
        return start..<range.upperBound
      }
      start += tag.utf8.count
    }
  }

  private func begins(with tag: String, _ start: Int, _ range: Range<Int>) -> Bool {
    bytes[start..<range.upperBound].prefix(tag.utf8.count).elementsEqual(tag.utf8)
  }

  typealias Reason = (kind: SkippedPart.Kind, text: String)

  private static let skippedTypes: [(String, SkippedPart.Kind)] = [
    ("GRAPHIC", .graphic), ("ZIP", .archive), ("EXCEL", .spreadsheet), ("JSON", .data),
    ("PDF", .pdf), ("EX-101", .xbrl),
  ]

  private static func reasonToSkip(
    _ part: SubmissionPart, _ content: ArraySlice<UInt8>
  ) -> Reason? {
    if content.isEmpty { return (.empty, "empty document") }
    if content.starts(with: "<PDF>".utf8) { return (.pdf, "a PDF is not read") }
    if content.starts(with: "begin ".utf8), content.dropFirst(6).prefix(3).allSatisfy(\.isDigit) {
      return (.encoded, "an encoded file (\(part.type ?? "no type")) is not read")
    }
    let type = part.type?.uppercased() ?? ""
    // The SEC's own renderings of XBRL: pages of single tables, scripts and styles.
    if type == "XML" { return (.xbrl, "a part of type XML is not read") }
    for (prefix, kind) in skippedTypes where type.hasPrefix(prefix) {
      return (kind, "a part of type \(type) is not read")
    }
    return Content.binaryReason(content)
  }
}
