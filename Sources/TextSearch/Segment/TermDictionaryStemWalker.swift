/// A walk over the entries of a block of stems.
struct StemWalker {
  /// An entry whose members are still where they are.
  struct Raw {
    var documentFrequency: Int
    var first: Int
    /// Members after the first.
    var others: Int
    /// Where their gaps are; nil when they follow at once.
    var gaps: NibbleReader?
  }

  private(set) var numbers: NibbleReader
  private let terms: Int
  private let keys: Int
  private var first: Int
  private(set) var index = 0

  init(_ block: TermBlock, terms: Int) throws(TermBlockFault) {
    numbers = NibbleReader(block, block.numberBytes)
    self.terms = terms
    keys = block.keys
    first = try numbers.number()
  }

  /// Whether everything in the block was walked.
  var isAtEnd: Bool { index == keys && numbers.isAtEnd }

  /// The next entry, all of whose members are terms; there must be one.
  mutating func next() throws(TermBlockFault) -> Raw {
    let documents = try numbers.number() &+ 1
    let change = try numbers.number()
    first = change & 1 == 0 ? first &+ change / 2 : first &- (change &+ 1) / 2
    let rest = try numbers.number()
    guard first >= 0, first < terms, rest / 2 < terms &- first else { throw .member }
    index &+= 1
    var raw = Raw(documentFrequency: documents, first: first, others: rest / 2)
    guard rest & 1 == 1 else { return raw }
    raw.gaps = numbers
    var last = first
    for _ in 0..<raw.others {
      let gap = try numbers.number()
      guard gap &+ 1 < terms &- last else { throw .member }
      last &+= gap &+ 1
    }
    return raw
  }

  func entry(_ raw: Raw) throws(TermBlockFault) -> StemEntry {
    var members = [raw.first]
    members.reserveCapacity(raw.others + 1)
    var last = raw.first
    var gaps = raw.gaps
    for _ in 0..<raw.others {
      last += 1 + (try gaps?.number() ?? 0)
      members.append(last)
    }
    return StemEntry(documentFrequency: raw.documentFrequency, members: members)
  }
}
