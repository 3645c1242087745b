/// All that goes into a segment, in the order of documents, numbered as the segment numbers it.
struct SegmentContent: Sendable {
  let schema: Schema
  let vocabulary: Vocabulary
  let separators: SeparatorTable
  /// Code numbers.
  private(set) var tokens: [UInt32] = []
  /// Which spelling of its term each token has.
  private(set) var variants: [UInt16] = []
  /// The separator behind each token.
  private(set) var gaps: [UInt32] = []
  /// The first token of each document, and the number of all.
  private(set) var documentStarts: [Int] = []
  private(set) var documents: [AnalyzedBatch.Entry] = []
  private(set) var groups: [AnalyzedBatch.Group] = []
  /// The first document of each group, and the number of all.
  private(set) var groupStarts: [Int] = [0]

  /// Takes the batches one by one, so that each one's memory is free before the next is taken.
  init(
    schema: Schema, taking batches: inout [AnalyzedBatch], vocabulary: Vocabulary,
    separators: SeparatorTable
  ) {
    self.schema = schema
    self.vocabulary = vocabulary
    self.separators = separators
    let count = batches.reduce(0) { $0 + $1.tokens.count }
    tokens.reserveCapacity(count)
    variants.reserveCapacity(count)
    gaps.reserveCapacity(count)
    for place in batches.indices {
      append(batches[place])
      batches[place] = AnalyzedBatch()
    }
    batches = []
    documentStarts.append(tokens.count)
  }

  private mutating func append(_ batch: AnalyzedBatch) {
    let markers = UInt32(Schema.maximumFieldCount)
    let base = tokens.count
    for token in batch.tokens {
      if token < markers {
        tokens.append(token)
        variants.append(0)
      } else {
        let form = Int(token - markers)
        tokens.append(vocabulary.rankOfForm[form])
        variants.append(vocabulary.variantOfForm[form])
      }
    }
    for gap in batch.gaps { gaps.append(separators.numbers[Int(gap)]) }
    documentStarts += batch.documents.map { base + $0.firstToken }
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
    info.tokenCount = tokens.count
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
