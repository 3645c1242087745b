import Synchronization

/// Turns the content of a segment into its file.
///
/// The text with its layout and the inverted lists are made on two threads: neither needs the
/// other. Then the sections are written front to back.
struct SegmentWriter {
  private let content: SegmentContent

  init(_ content: SegmentContent) { self.content = content }

  func write(to path: String) throws(IndexError) -> SegmentSummary {
    let content = self.content
    let text = Mutex<TextSections?>(nil)
    let lists = Mutex<ListSections?>(nil)
    Platform.concurrently(2) { part in
      if part == 0 {
        let sections = ListSections(content)
        lists.withLock { $0 = sections }
      } else {
        let sections = TextSections(content)
        text.withLock { $0 = sections }
      }
    }
    // Both parts have run: `concurrently` waits for them.
    guard let text = text.withLock({ $0 }), let lists = lists.withLock({ $0 }) else {
      throw .limit(reason: "a part of the segment was not made")
    }
    return try write(text, lists, to: path)
  }

  private func write(_ text: TextSections, _ lists: ListSections, to path: String)
    throws(IndexError) -> SegmentSummary
  {
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
    try file.add(SectionName.layoutModel, text.layout.model)
    try file.add(SectionName.layout, text.layout.stream)
    try addDocuments(to: file)
    return SegmentSummary(byteCount: try file.finish().byteCount, info: info)
  }

  private func addDocuments(to file: SegmentFileWriter) throws(IndexError) {
    let schema = content.schema
    try file.add(SectionName.zones, ZonesWriter.encode(content.documents.map(\.zones)))
    try file.add(SectionName.groups, OffsetTable.encode(content.groupStarts))
    try file.add(SectionName.groupIDs, ColumnWriter.encode(content.groups.map(\.id)))
    try file.add(SectionName.documentIDs, ColumnWriter.encode(content.documents.map(\.id)))
    for owner in [Schema.Attribute.Owner.group, .document] {
      let names = schema.attributes.filter { $0.owner == owner }.map(\.name)
      for (place, name) in names.enumerated() {
        let rows =
          owner == .group ? content.groups.map(\.attributes) : content.documents.map(\.attributes)
        let values = rows.map { place < $0.count ? $0[place] : nil }
        try file.add(SectionName.attribute(name, of: owner), ColumnWriter.encode(values))
      }
    }
  }
}

/// The text of a segment as bytes of its sections.
struct TextSections: Sendable {
  let text: [UInt8]
  let anchors: [UInt8]
  let documentPassages: [UInt8]
  let passageFields: [UInt8]
  let separators: [UInt8]
  let layout: LayoutSections

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
    layout = content.layout()
  }
}
