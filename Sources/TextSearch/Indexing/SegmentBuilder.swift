/// Collects analysed documents in memory and writes them as one segment.
///
/// Same documents, same bytes: nothing depends on how they came in batches, on threads or on time.
final class SegmentBuilder {
  private let schema: Schema
  private var forms = Interner()
  private var formCounts: [Int] = []
  private var separators = Interner()
  private var separatorCounts: [Int] = []
  /// Appended batches; their tokens and gaps are numbered for the whole segment.
  private var batches: [AnalyzedBatch] = []

  /// Bytes of memory that writing the segment will take, about: the streams, once more in order,
  /// and the inverted lists.
  private(set) var memory = 0
  private(set) var documentCount = 0

  init(schema: Schema) { self.schema = schema }

  var isEmpty: Bool { batches.isEmpty }

  func append(_ batch: AnalyzedBatch) {
    var batch = batch
    let markers = UInt32(Schema.maximumFieldCount)
    let formNumbers = forms.intern(batch.forms)
    let separatorNumbers = separators.intern(batch.separators)
    formCounts += repeatElement(0, count: forms.count - formCounts.count)
    separatorCounts += repeatElement(0, count: separators.count - separatorCounts.count)
    for place in batch.tokens.indices where batch.tokens[place] >= markers {
      let form = formNumbers[Int(batch.tokens[place] - markers)]
      formCounts[Int(form)] += 1
      batch.tokens[place] = form + markers
    }
    for place in batch.gaps.indices {
      let separator = separatorNumbers[Int(batch.gaps[place])]
      separatorCounts[Int(separator)] += 1
      batch.gaps[place] = separator
    }
    batch.forms = StringTable()
    batch.separators = StringTable()
    memory += 26 * batch.tokens.count + 64 * formNumbers.count
    documentCount += batch.documents.count
    batches.append(batch)
  }

  /// Writes the segment to a new file, flushed to the disk, and empties the builder.
  func write(to path: String) throws(IndexError) -> SegmentSummary {
    let vocabulary = Vocabulary(
      forms: forms.strings, counts: formCounts, markerCount: schema.fields.count)
    let separators = SeparatorTable(separators.strings, counts: separatorCounts)
    let content = SegmentContent(
      schema: schema, taking: &batches, vocabulary: vocabulary, separators: separators)
    return try SegmentWriter(content).write(to: path)
  }
}

/// What a commit needs to know of a written segment.
struct SegmentSummary: Sendable, Equatable {
  var byteCount: Int
  var info: SegmentInfo
}
