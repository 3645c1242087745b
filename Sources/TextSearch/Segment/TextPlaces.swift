/// Where the documents of a segment lie in its text, for a walk over many of them.
struct TextPlaces {
  private let segment: Segment
  private var documents: OffsetCursor
  private var anchors: OffsetCursor

  init(_ segment: Segment) {
    self.segment = segment
    documents = OffsetCursor(segment.documentPassages)
    anchors = OffsetCursor(segment.anchors)
  }

  /// The passages of a document.
  mutating func passages(of document: DocID) throws(IndexError) -> Range<Int> {
    let first = try documents.value(at: Int(document))
    let end = try documents.value(at: Int(document) + 1)
    guard first <= end, end <= segment.info.passageCount else {
      throw segment.file.section(SectionName.documentPassages).damaged(
        at: 0, "passages \(first) to \(end) of \(segment.info.passageCount)")
    }
    return first..<end
  }

  /// Where in the text the passages `range` lie.
  mutating func text(ofPassages range: Range<Int>) throws(IndexError) -> Range<Int> {
    let start = try anchors.value(at: range.lowerBound)
    let end = try anchors.value(at: range.upperBound)
    guard start <= end, end <= segment.text.count else {
      throw segment.file.section(SectionName.anchors).damaged(
        at: 0, "text \(start) to \(end) of \(segment.text.count) bytes")
    }
    return start..<end
  }
}
