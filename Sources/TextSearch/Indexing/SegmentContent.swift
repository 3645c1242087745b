/// All that goes into a segment, in the order of documents, numbered as the segment numbers it.
struct SegmentContent: Sendable {
  let schema: Schema
  let vocabulary: Vocabulary
  let separators: SeparatorTable
  let tokens: TokenColumns
  /// The first token of each document, and the number of all.
  private(set) var documentStarts: [Int] = []
  private(set) var documents: [AnalyzedBatch.Entry] = []
  private(set) var groups: [AnalyzedBatch.Group] = []
  /// The first document of each group, and the number of all.
  private(set) var groupStarts: [Int] = [0]

  /// Takes the batches, so that their memory is free when this returns.
  init(
    schema: Schema, taking batches: inout [NumberedBatch], vocabulary: Vocabulary,
    separators: SeparatorTable, gaps: [UInt32], threads: Int
  ) {
    self.schema = schema
    self.vocabulary = vocabulary
    self.separators = separators
    tokens = TokenColumns(batches, vocabulary, gaps: gaps, threads: threads)
    var first = 0
    for batch in batches {
      append(batch.batch, firstToken: first)
      first += batch.batch.tokens.count
    }
    documentStarts.append(first)
    batches = []
  }

  private mutating func append(_ batch: AnalyzedBatch, firstToken: Int) {
    documentStarts += batch.documents.map { firstToken + $0.firstToken }
    documents += batch.documents
    for group in batch.groups {
      // Parts of one group that came in two batches become one again.
      if let last = groups.last, last.id == group.id {
        groupStarts[groupStarts.count - 1] += group.documentCount
      } else {
        groups.append(group)
        groupStarts.append(groupStarts[groupStarts.count - 1] + group.documentCount)
      }
    }
  }

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
