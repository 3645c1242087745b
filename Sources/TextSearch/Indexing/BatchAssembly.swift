/// Puts decoded documents together to a batch, numbered as `BatchAnalyzer` numbers them.
struct BatchAssembly: ~Copyable {
  /// The document that is read.
  var tokens = DocumentTokens()

  private var batch = AnalyzedBatch()
  private var stream = NumberBuffer(capacity: 1 << 16)
  private var gaps = NumberBuffer(capacity: 1 << 16)
  private let source: SegmentForms
  private let fieldCount: Int
  private var forms: Renumbering
  private var separators: Renumbering

  init(forms source: SegmentForms, separators: StringTable, fieldCount: Int) {
    self.source = source
    self.fieldCount = fieldCount
    forms = Renumbering(source.strings)
    self.separators = Renumbering(separators)
    // One space is number 0 of every batch.
    self.separators.add([UInt8(ascii: " ")])
  }

  mutating func begin(_ group: AnalyzedBatch.Group) { batch.groups.append(group) }

  /// Adds the document whose tokens were read.
  /// - Returns: Whether every word is in a field and has its spelling; nothing is to be added
  ///   after one that has not.
  mutating func add(id: String, attributes: [String?], zones: [TokenZone]) -> Bool {
    let firstToken = stream.count
    guard let lengths = addTokens() else { return false }
    batch.documents.append(
      .init(
        id: id, attributes: attributes, firstToken: firstToken, fieldLengths: lengths,
        zones: zones))
    return true
  }

  /// - Returns: The words of each field.
  private mutating func addTokens() -> [Int]? {
    var lengths = [Int](repeating: 0, count: fieldCount)
    let markers = UInt32(Schema.maximumFieldCount)
    var field = -1
    var runStart = 0
    for place in 0..<tokens.count {
      let rank = tokens.ranks[place]
      if rank < UInt32(fieldCount) {
        if field >= 0 { lengths[field] += place - runStart - 1 }
        (field, runStart) = (Int(rank), place)
        stream.append(rank)
      } else {
        guard let form = source.number(rank: rank, variant: tokens.variants[place]) else {
          return nil
        }
        stream.append(forms.number(of: form) &+ markers)
      }
      gaps.append(separators.number(of: tokens.gaps[place]))
      if field < 0 { return nil }
    }
    if field >= 0 { lengths[field] += tokens.count - runStart - 1 }
    return lengths
  }

  /// What was added; nothing may be added after it.
  consuming func finish() -> AnalyzedBatch {
    if batch.groups.isEmpty { return AnalyzedBatch() }
    let markers = Schema.maximumFieldCount
    batch.tokens = stream.array()
    batch.gaps = gaps.array()
    batch.formCounts = Array(stream.histogram(limit: forms.strings.count + markers)[markers...])
    batch.separatorCounts = gaps.histogram(limit: separators.strings.count)
    batch.forms = forms.finished()
    batch.separators = separators.finished()
    return batch
  }
}

/// Numbers some of the strings of a table, dense from 0 in the order of first sight.
private struct Renumbering {
  private let source: StringTable
  /// By number in `source`: the new number plus 1, or 0.
  private var numbers: [UInt32]
  private(set) var strings = StringTable()

  init(_ source: StringTable) {
    self.source = source
    numbers = [UInt32](repeating: 0, count: source.count)
  }

  @inline(__always)
  mutating func number(of string: UInt32) -> UInt32 {
    let number = numbers[Int(string)]
    return number > 0 ? number &- 1 : add(string)
  }

  @inline(never)
  private mutating func add(_ string: UInt32) -> UInt32 {
    strings.append(source[Int(string)])
    numbers[Int(string)] = UInt32(strings.count)
    return UInt32(strings.count - 1)
  }

  /// Gives `string` the next number, whether or not it is in the table.
  mutating func add(_ string: [UInt8]) {
    if let place = (0..<source.count).first(where: { source[$0].elementsEqual(string) }) {
      _ = number(of: UInt32(place))
    } else {
      strings.append(string[...])
    }
  }

  /// The strings with slack behind them.
  func finished() -> StringTable {
    var strings = self.strings
    strings.addSlack()
    return strings
  }
}
