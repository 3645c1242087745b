/// Cuts documents into words and separators, and numbers both.
///
/// Safety: the text is copied into `scratch`, which has 64 readable bytes behind it, so that words
/// can be loaded whole wherever they end.
struct BatchAnalyzer: ~Copyable {
  private var batch = AnalyzedBatch()
  private var forms = Interner()
  private var separators = Interner()
  private let fieldCount: Int
  private var scratch: [UInt8] = []
  /// Where in the text each token of the document begins; kept only where it has zones.
  private var starts: [Int] = []

  init(schema: Schema) {
    fieldCount = schema.fields.count
  }

  consuming func finish() -> AnalyzedBatch {
    var batch = self.batch
    batch.forms = forms.strings
    batch.separators = separators.strings
    batch.forms.addSlack()
    batch.separators.addSlack()
    return batch
  }

  /// Groups without documents leave no trace.
  mutating func add(_ group: DocumentGroup) {
    if group.documents.isEmpty { return }
    batch.groups.append(
      .init(id: group.id, attributes: group.attributes, documentCount: group.documents.count))
    for document in group.documents { add(document) }
  }

  private mutating func add(_ document: Document) {
    let firstToken = batch.tokens.count
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: document.text)
    scratch.append(contentsOf: repeatElement(0, count: 64))
    starts.removeAll(keepingCapacity: true)
    var lengths = [Int](repeating: 0, count: fieldCount)
    let hasZones = !document.zones.isEmpty
    for run in document.runs {
      let range = run.range.clamped(to: 0..<document.text.count)
      let field = Int(run.field.rawValue)
      guard !range.isEmpty, field < fieldCount else { continue }
      lengths[field] += append(range, field, hasZones)
    }
    batch.documents.append(
      .init(
        id: document.id, attributes: document.attributes, firstToken: firstToken,
        fieldLengths: lengths, zones: document.zones.map(tokenZone)))
  }

  /// Appends the tokens of one run.
  /// - Returns: The number of words.
  private mutating func append(_ range: Range<Int>, _ field: Int, _ keepsStarts: Bool) -> Int {
    let first = batch.tokens.count
    batch.tokens.append(UInt32(field))
    if keepsStarts { starts.append(range.lowerBound) }
    scratch.withUnsafeBytes { all in
      // The run is not empty, so the scratch is not either.
      guard let base = all.baseAddress else { return }
      var tokenizer = Tokenizer(UnsafeRawBufferPointer(rebasing: all[range]))
      let text = base + range.lowerBound
      var end = 0
      while tokenizer.next() {
        let start = tokenizer.start
        batch.gaps.append(separators.intern(text + end, start &- end))
        end = tokenizer.end
        let form = forms.intern(text + start, end &- start)
        batch.tokens.append(form &+ UInt32(Schema.maximumFieldCount))
        if keepsStarts { starts.append(range.lowerBound + start) }
      }
      batch.gaps.append(separators.intern(text + end, range.count &- end))
    }
    return batch.tokens.count - first - 1
  }

  /// The tokens that begin in the zone's bytes.
  private func tokenZone(_ zone: Document.Zone) -> TokenZone {
    TokenZone(
      kind: zone.kind, label: zone.label,
      range: firstToken(from: zone.range.lowerBound)..<firstToken(from: zone.range.upperBound))
  }

  private func firstToken(from place: Int) -> Int {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] < place { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
