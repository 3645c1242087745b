/// All that goes into a segment, in the order of documents, numbered as the segment numbers it.
struct SegmentContent: Sendable {
  let schema: Schema
  let vocabulary: Vocabulary
  let separators: SeparatorTable
  let tokens: TokenColumns
  private let order: GroupOrder

  /// Takes the batches, so that their memory is free when this returns.
  init(
    schema: Schema, taking batches: inout [NumberedBatch], order: GroupOrder,
    vocabulary: Vocabulary, separators: SeparatorTable, gaps: [UInt32], threads: Int
  ) {
    self.schema = schema
    self.vocabulary = vocabulary
    self.separators = separators
    self.order = order
    tokens = TokenColumns(batches, order, vocabulary, gaps: gaps, threads: threads)
    batches = []
  }

  /// The first token of each document, and the number of all.
  var documentStarts: [Int] { order.documentStarts }
  var documents: [AnalyzedBatch.Entry] { order.documents }
  var groups: [AnalyzedBatch.Group] { order.groups }
  /// The first document of each group, and the number of all.
  var groupStarts: [Int] { order.groupStarts }

  var markerCount: Int { schema.fields.count }

  /// The first passage of each document, and the number of all.
  func firstPassages() -> [Int] {
    var starts = [0]
    starts.reserveCapacity(documentStarts.count)
    for (start, end) in zip(documentStarts, documentStarts.dropFirst()) {
      starts.append(starts[starts.count - 1] + (end - start + Passage.size - 1) / Passage.size)
    }
    return starts
  }

  func info() -> SegmentInfo {
    var info = SegmentInfo(schema: schema)
    info.documentCount = documents.count
    info.groupCount = groups.count
    info.tokenCount = tokens.ranks.count
    for document in documents {
      for (field, length) in document.fieldLengths.enumerated() {
        info.fieldLengths[field] += length
      }
    }
    info.wordCount = info.fieldLengths.reduce(0, +)
    let passages = firstPassages()
    info.passageCount = passages[passages.count - 1]
    info.longPassageCount = zip(passages, passages.dropFirst()).reduce(0) { sum, pair in
      pair.1 - pair.0 > Passage.mostInShortDocument ? sum + pair.1 - pair.0 : sum
    }
    info.stopperCount = vocabulary.code.stopperCount
    return info
  }
}
