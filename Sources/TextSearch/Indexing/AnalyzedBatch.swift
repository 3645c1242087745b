/// Documents cut into words: what `IndexWriter` appends.
///
/// Made by `IndexWriter.analyze` on any thread. Words and separators are numbered within the batch;
/// the writer renumbers them when it appends the batch.
public struct AnalyzedBatch: Sendable {
  /// One group of the batch.
  struct Group: Sendable {
    var id: String
    var attributes: [String?]
    var documentCount: Int
    /// The number of the source that it was read from.
    var source: UInt32 = 0
  }

  /// One document of the batch.
  struct Entry: Sendable {
    var id: String
    var attributes: [String?]
    /// Where in `tokens` the document's begin.
    var firstToken: Int
    /// Words by field.
    var fieldLengths: [Int]
    var zones: [TokenZone]
  }

  var groups: [Group] = []
  var documents: [Entry] = []
  /// For each token its form's number plus `Schema.maximumFieldCount`, or, for the marker that
  /// begins a run, the number of the run's field.
  var tokens: [UInt32] = []
  /// For each token the number of the separator behind it.
  var gaps: [UInt32] = []
  var forms = StringTable()
  /// How often each form occurs.
  var formCounts: [UInt32] = []
  var separators = StringTable()
  var separatorCounts: [UInt32] = []

  /// Bytes that the batch holds in memory for as long as its segment is not written.
  var memory: Int { 8 * tokens.count + forms.bytes.count + separators.bytes.count }
}
