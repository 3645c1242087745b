/// Turns the documents of a segment back into the batches that it was made from.
///
/// A `SegmentBuilder` that is given the batches of a whole segment in their order writes the same
/// bytes again. Without some groups, or behind the batches of another segment, it writes those of
/// the documents that are left, as if they had been analysed anew. There is one exception: of
/// more than `Vocabulary.maximumSpellings` spellings of one term a segment keeps no more, and the
/// occurrences of the others have the commonest for good.
///
/// Any thread may decode a part while others decode others.
final class SegmentDecoder: Sendable {
  private let segment: Segment
  private let display: SegmentDisplay
  private let layout: LayoutReader
  private let forms: SegmentForms
  private let separators: StringTable
  private let sources: SourceColumn

  /// Reads the dictionary and the separators.
  /// - Complexity: O(bytes of the dictionary).
  init(_ segment: Segment) throws(IndexError) {
    self.segment = segment
    display = try segment.display()
    layout = try display.layout()
    forms = try SegmentForms(segment)
    separators = try Self.separators(display)
    sources = try segment.sources()
  }

  private static func separators(_ display: SegmentDisplay) throws(IndexError) -> StringTable {
    var strings = StringTable()
    for number in 0..<display.separatorCount { strings.append(try display.separator(number)) }
    strings.addSlack()
    return strings
  }

  /// Cuts the groups of the segment into ranges of about so many tokens each, or of one group.
  /// - Complexity: O(groups).
  func parts(ofTokens limit: Int) throws(IndexError) -> [Range<Int>] {
    var places = TextPlaces(segment)
    var parts: [Range<Int>] = []
    var start = 0
    var firstPassage = 0
    for group in 0..<segment.info.groupCount {
      let documents = try segment.documents(ofGroup: group)
      guard let last = documents.last else { continue }
      let end = try places.passages(of: last).upperBound
      if end - firstPassage >= max(limit, 1) / Passage.size {
        parts.append(start..<(group + 1))
        (start, firstPassage) = (group + 1, end)
      }
    }
    if start < segment.info.groupCount { parts.append(start..<segment.info.groupCount) }
    return parts
  }

  /// The groups of a range that are live, in their order; an empty batch where none is.
  ///
  /// - Throws: `IndexError.damaged`.
  /// - Complexity: O(tokens of the groups), of dead groups only those in the same blocks of the
  ///   layout, and a table of the segment's forms.
  func batch(_ groups: Range<Int>, isLive: (Int) -> Bool) throws(IndexError) -> AnalyzedBatch {
    var assembly = BatchAssembly(
      forms: forms, separators: separators, fieldCount: segment.info.schema.fields.count)
    var layout = LayoutSequence(layout)
    var places = TextPlaces(segment)
    var next: DocID?
    for group in groups where isLive(group) {
      let documents = try documents(ofGroup: group)
      try assembly.begin(
        AnalyzedBatch.Group(
          id: id(of: group, display.groupIDs, SectionName.groupIDs),
          attributes: display.values(of: .group, row: group), documentCount: documents.count,
          source: sources.number(of: group)))
      var position = documents.lowerBound
      if next != position { position = DocID(try layout.seek(Int(position))) }
      while position < documents.upperBound {
        try readTokens(of: position, &places, &layout, into: &assembly.tokens)
        if position >= documents.lowerBound { try finish(position, &assembly) }
        position += 1
      }
      next = position
    }
    return assembly.finish()
  }

  private func documents(ofGroup group: Int) throws(IndexError) -> Range<DocID> {
    let documents = try segment.documents(ofGroup: group)
    let isFirst = group == 0
    let isLast = group == segment.info.groupCount - 1
    guard !documents.isEmpty, !isFirst || documents.lowerBound == 0,
      !isLast || documents.upperBound == segment.info.documentCount
    else {
      throw segment.file.section(SectionName.groups).damaged(
        at: 0, "group \(group) of documents \(documents)")
    }
    return documents
  }

  private func id(of row: Int, _ column: ColumnReader, _ section: String) throws(IndexError)
    -> String
  {
    guard let id = try column.value(row) else {
      throw segment.file.section(section).damaged(at: 0, "number \(row) has no id")
    }
    return id
  }

  private func readTokens(
    of document: DocID, _ places: inout TextPlaces, _ layout: inout LayoutSequence,
    into tokens: inout DocumentTokens
  ) throws(IndexError) {
    tokens.removeAll()
    let passages = try places.passages(of: document)
    if passages.isEmpty { return }
    try segment.append(
      ranksInText: try places.text(ofPassages: passages), below: forms.rankCount,
      to: &tokens.ranks)
    try layout.decode(Int(document), &tokens, terms: forms.terms)
  }

  private func finish(_ document: DocID, _ assembly: inout BatchAssembly) throws(IndexError) {
    let zones = try display.zones.zones(of: document)
    guard zones.allSatisfy({ $0.range.upperBound <= assembly.tokens.count }) else {
      throw segment.file.section(SectionName.zones).damaged(
        at: 0, "a zone of document \(document) that ends behind it")
    }
    let isWhole = assembly.add(
      id: try id(of: Int(document), display.documentIDs, SectionName.documentIDs),
      attributes: try display.values(of: .document, row: Int(document)), zones: zones)
    guard isWhole else {
      throw segment.file.section(SectionName.layout).damaged(
        at: 0, "document \(document) has a word in no field or in a spelling that there is not")
    }
  }
}
