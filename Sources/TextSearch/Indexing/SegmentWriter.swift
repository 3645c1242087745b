import Synchronization

/// Turns the content of a segment into its file.
///
/// The inverted lists, the layout, the text and the columns of the documents do not need one
/// another and are made on several threads, those that take longest first. Then the sections are
/// written front to back.
struct SegmentWriter {
  private let content: SegmentContent
  private let threads: Int

  /// - Parameter threads: How many work on the parts.
  init(_ content: SegmentContent, threads: Int) {
    self.content = content
    self.threads = threads
  }

  private struct Parts {
    var lists: ListSections?
    var layout: LayoutSections?
    var text: TextSections?
    var documents: [DocumentSections.Section]?
  }

  func write(to path: String) throws(IndexError) -> SegmentSummary {
    let content = self.content
    let parts = Mutex(Parts())
    Platform.concurrently(4, threads: threads) { part in
      switch part {
      case 0:
        let lists = ListSections(content)
        parts.withLock { $0.lists = lists }
      case 1:
        let layout = content.layout()
        parts.withLock { $0.layout = layout }
      case 2:
        let text = TextSections(content)
        parts.withLock { $0.text = text }
      default:
        let documents = DocumentSections.make(content)
        parts.withLock { $0.documents = documents }
      }
    }
    return try write(parts.withLock { $0 }, to: path)
  }

  private func write(_ parts: Parts, to path: String) throws(IndexError) -> SegmentSummary {
    // All parts have run: `concurrently` waits for them.
    guard let lists = parts.lists, let layout = parts.layout, let text = parts.text,
      let documents = parts.documents
    else { throw .limit(reason: "a part of the segment was not made") }
    let file = try SegmentFileWriter(path: path)
    var info = content.info()
    info.frequentRanks = lists.frequentRanks
    try file.add(SectionName.info, info.bytes())
    try file.add(SectionName.terms, lists.terms)
    try file.add(SectionName.frequencies, lists.frequencies.bytes())
    try file.add(SectionName.norms, lists.norms)
    try file.add(SectionName.postings, lists.postings)
    try file.add(SectionName.passages, lists.passages)
    try file.add(SectionName.text, text.text)
    try file.add(SectionName.anchors, text.anchors)
    try file.add(SectionName.documentPassages, text.documentPassages)
    try file.add(SectionName.passageFields, text.passageFields)
    try file.add(SectionName.separators, text.separators)
    try file.add(SectionName.layoutModel, layout.model)
    try file.add(SectionName.layout, layout.stream)
    for section in documents { try file.add(section.name, section.bytes) }
    return SegmentSummary(byteCount: try file.finish().byteCount, info: info)
  }
}

/// What a segment knows of its documents and groups besides their text, as bytes of its sections.
enum DocumentSections {
  typealias Section = (name: String, bytes: [UInt8])

  /// The sections in their order in the file.
  static func make(_ content: SegmentContent) -> [Section] {
    var sections: [Section] = [
      (SectionName.zones, ZonesWriter.encode(content.documents.map(\.zones))),
      (SectionName.groups, OffsetTable.encode(content.groupStarts)),
      (SectionName.groupIDs, ColumnWriter.encode(content.groups.map(\.id))),
      (SectionName.documentIDs, ColumnWriter.encode(content.documents.map(\.id))),
      (SectionName.sources, SourceColumn.encode(content.groups.map(\.source))),
    ]
    for owner in [Schema.Attribute.Owner.group, .document] {
      let names = content.schema.attributes.filter { $0.owner == owner }.map(\.name)
      let rows =
        owner == .group ? content.groups.map(\.attributes) : content.documents.map(\.attributes)
      for (place, name) in names.enumerated() {
        let values = rows.map { place < $0.count ? $0[place] : nil }
        sections.append((SectionName.attribute(name, of: owner), ColumnWriter.encode(values)))
      }
    }
    return sections
  }
}

/// The text of a segment as bytes of its sections.
struct TextSections: Sendable {
  let text: [UInt8]
  let anchors: [UInt8]
  let documentPassages: [UInt8]
  let passageFields: [UInt8]
  let separators: [UInt8]

  init(_ content: SegmentContent) {
    var encoder = TextEncoder(
      content.vocabulary.code, rankCount: content.vocabulary.ordinals.count,
      markerCount: content.markerCount, tokenCount: content.tokens.ranks.count)
    for (start, end) in zip(content.documentStarts, content.documentStarts.dropFirst()) {
      encoder.append(document: content.tokens.ranks[start..<end])
    }
    text = encoder.text
    (anchors, documentPassages, passageFields) = encoder.anchorBytes()
    let strings = content.separators.strings
    var starts = [0]
    for string in strings { starts.append(starts[starts.count - 1] + string.count) }
    separators = OffsetTable.encode(starts) + strings.joined()
  }
}
