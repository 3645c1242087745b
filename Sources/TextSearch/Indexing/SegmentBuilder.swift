import Synchronization

/// Collects analysed documents in memory and writes them as one segment.
///
/// Same documents, same bytes: nothing depends on how they came in batches, on threads or on time.
final class SegmentBuilder {
  private let schema: Schema
  private var forms = Interner()
  private var formCounts: [Int] = []
  private var separators = Interner()
  private var separatorCounts: [Int] = []
  private var batches: [NumberedBatch] = []

  /// Bytes of memory that writing the segment will take, about: the streams, once more in order,
  /// and the inverted lists.
  private(set) var memory = 0
  private(set) var documentCount = 0

  /// Memory that writing takes for each token, about.
  static let bytesPerToken = 26

  init(schema: Schema) { self.schema = schema }

  var isEmpty: Bool { batches.isEmpty }

  /// - Complexity: O(different forms and separators of the batch).
  func append(_ batch: AnalyzedBatch) {
    var numbered = NumberedBatch(
      batch: batch, forms: forms.intern(batch.forms),
      separators: separators.intern(batch.separators))
    Self.add(batch.formCounts, numbered.forms, to: &formCounts, count: forms.count)
    Self.add(
      batch.separatorCounts, numbered.separators, to: &separatorCounts, count: separators.count)
    numbered.batch.forms = StringTable()
    numbered.batch.separators = StringTable()
    memory += Self.bytesPerToken * batch.tokens.count + 64 * numbered.forms.count
    documentCount += batch.documents.count
    batches.append(numbered)
  }

  private static func add(
    _ counts: [UInt32], _ numbers: [UInt32], to sums: inout [Int], count: Int
  ) {
    sums += repeatElement(0, count: count - sums.count)
    for (number, count) in zip(numbers, counts) { sums[Int(number)] += Int(count) }
  }

  /// Writes the segment to a new file, flushed to the disk, and empties the builder.
  func write(to path: String, threads: Int) throws(IndexError) -> SegmentSummary {
    return try SegmentWriter(content(threads), threads: threads).write(to: path)
  }
}

extension SegmentBuilder {
  /// Takes the batches; the words and what stands between them can be numbered at once.
  private func content(_ threads: Int) throws(IndexError) -> SegmentContent {
    typealias Gaps = (table: SeparatorTable, column: [UInt32])
    let (forms, formCounts, fieldCount) = (forms.strings, formCounts, schema.fields.count)
    let (separators, separatorCounts, batches) = (separators.strings, separatorCounts, batches)
    let order = GroupOrder(batches.map(\.batch))
    let words = Mutex<Vocabulary?>(nil)
    let gaps = Mutex<Gaps?>(nil)
    Platform.concurrently(2, threads: threads) { part in
      if part == 0 {
        let vocabulary = Vocabulary(forms: forms, counts: formCounts, markerCount: fieldCount)
        words.withLock { $0 = vocabulary }
      } else {
        let table = SeparatorTable(separators, counts: separatorCounts)
        let column = TokenColumns.gaps(batches, order, table)
        gaps.withLock { $0 = (table, column) }
      }
    }
    // Both parts have run: `concurrently` waits for them.
    guard let vocabulary = words.withLock({ $0 }), let gaps = gaps.withLock({ $0 }) else {
      throw .limit(reason: "the words of the segment were not numbered")
    }
    return SegmentContent(
      schema: schema, taking: &self.batches, order: order, vocabulary: vocabulary,
      separators: gaps.table, gaps: gaps.column, threads: threads)
  }
}

/// A batch with the numbers that its forms and separators have in the segment.
struct NumberedBatch: Sendable {
  var batch: AnalyzedBatch
  var forms: [UInt32]
  var separators: [UInt32]
}

/// What a commit needs to know of a written segment.
struct SegmentSummary: Sendable, Equatable {
  var byteCount: Int
  var info: SegmentInfo
}
