/// Cuts documents into words and separators, and numbers both.
///
/// Safety: the text is copied into `scratch`, which has `slack` readable bytes behind it, so that
/// words can be loaded whole wherever they end. Ranges of runs are clamped to the text.
@safe struct BatchAnalyzer: ~Copyable {
  private var batch = AnalyzedBatch()
  private var tokens = NumberBuffer(capacity: 1 << 16)
  private var gaps = NumberBuffer(capacity: 1 << 16)
  private var forms = Interner()
  private var separators = Interner()
  private let fieldCount: Int
  private var scratch: UnsafeMutableRawBufferPointer
  /// Where in the text each token of the document begins; kept only where it has zones.
  private var starts: [Int] = []

  private static let slack = 64

  init(schema: Schema) {
    fieldCount = schema.fields.count
    unsafe scratch = .allocate(byteCount: 1 << 16, alignment: 16)
    // So that one space is number 0.
    _ = separators.intern([UInt8(ascii: " ")])
  }

  deinit { unsafe scratch.deallocate() }

  /// What was added; nothing may be added after it.
  consuming func finish() -> AnalyzedBatch {
    var batch = self.batch
    let markers = Schema.maximumFieldCount
    batch.tokens = tokens.array()
    batch.gaps = gaps.array()
    batch.formCounts = Array(tokens.histogram(limit: forms.count + markers)[markers...])
    batch.separatorCounts = gaps.histogram(limit: separators.count)
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
      .init(
        id: group.id, attributes: group.attributes, documentCount: group.documents.count,
        source: group.source))
    for document in group.documents { add(document) }
  }

  private mutating func add(_ document: Document) {
    copy(document.text)
    starts.removeAll(keepingCapacity: true)
    let firstToken = tokens.count
    var lengths = [Int](repeating: 0, count: fieldCount)
    for run in document.runs {
      let range = run.range.clamped(to: 0..<document.text.count)
      let field = Int(run.field.rawValue)
      guard !range.isEmpty, field < fieldCount else { continue }
      lengths[field] += append(range, field, keepsStarts: !document.zones.isEmpty)
    }
    batch.documents.append(
      .init(
        id: document.id, attributes: document.attributes, firstToken: firstToken,
        fieldLengths: lengths, zones: tokenZones(document.zones)))
  }

  private mutating func copy(_ text: [UInt8]) {
    if unsafe scratch.count < text.count + Self.slack {
      unsafe scratch.deallocate()
      unsafe scratch = .allocate(byteCount: text.count + text.count / 2 + Self.slack, alignment: 16)
    }
    unsafe scratch.copyBytes(from: text)
    for place in text.count..<(text.count + Self.slack) { unsafe scratch[place] = 0 }
  }

  /// Appends the tokens of one run.
  /// - Returns: The number of words.
  private mutating func append(_ range: Range<Int>, _ field: Int, keepsStarts: Bool) -> Int {
    let first = tokens.count
    tokens.append(UInt32(field))
    if keepsStarts { starts.append(range.lowerBound) }
    let run = unsafe UnsafeRawBufferPointer(rebasing: scratch[range])
    // The run is not empty, so it has a base.
    let text = run.baseAddress!
    var tokenizer = unsafe Tokenizer(run)
    var end = 0
    while tokenizer.next() {
      let start = tokenizer.start
      unsafe gaps.append(separator(text + end, start &- end))
      end = tokenizer.end
      let form = unsafe forms.intern(text + start, end &- start)
      tokens.append(form &+ UInt32(Schema.maximumFieldCount))
      if keepsStarts { starts.append(range.lowerBound + start) }
    }
    unsafe gaps.append(separator(text + end, run.count &- end))
    return tokens.count - first - 1
  }

  /// The number of a separator; three in four are one space.
  @inline(__always)
  private mutating func separator(_ bytes: UnsafeRawPointer, _ count: Int) -> UInt32 {
    if count == 1, unsafe bytes.load(as: UInt8.self) == UInt8(ascii: " ") { return 0 }
    return unsafe separators.intern(bytes, count)
  }

  /// The zones in tokens: those that begin in a zone's bytes are its own.
  private func tokenZones(_ zones: [Document.Zone]) -> [TokenZone] {
    var result: [TokenZone] = []
    for zone in zones {
      let start = firstToken(from: zone.range.lowerBound)
      let end = firstToken(from: zone.range.upperBound)
      result.append(TokenZone(kind: zone.kind, label: zone.label, range: start..<end))
    }
    return result
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
