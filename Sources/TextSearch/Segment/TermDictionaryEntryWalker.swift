/// A walk over the entries of a block of surface terms or pairs.
struct TermEntryWalker {
  /// An entry whose lists and spellings are still where they are.
  struct Raw {
    var shape: TermShapeRow
    var documentFrequency = 0
    var collectionFrequency = 0
    var postings = PostingsRange()
    var passages = PostingsRange()
    /// Where the spellings' numbers begin, how many spellings follow, and where their bytes are.
    var numbers: NibbleReader
    var spellings = 0
    var literals = 0
  }

  struct PostingsRange {
    var start = 0
    var count = 0
  }

  private let block: TermBlock
  private let shapes: [TermShapeRow]
  private let limits: (postings: Int, passages: Int)
  private(set) var numbers: NibbleReader
  /// The next inline byte, and the end of the lists so far in their sections.
  private(set) var bytes: Int
  private(set) var postings: Int
  private(set) var passages: Int
  private(set) var index = 0

  init(_ block: TermBlock, _ shapes: [TermShapeRow], postings: Int, passages: Int)
    throws(TermBlockFault)
  {
    self.block = block
    self.shapes = shapes
    limits = (postings, passages)
    numbers = NibbleReader(block, block.numberBytes)
    bytes = block.bytes
    self.postings = try numbers.number()
    self.passages = try numbers.number()
    guard self.postings <= postings, self.passages <= passages else { throw .list }
  }

  /// Whether everything in the block was walked.
  var isAtEnd: Bool { index == block.keys && numbers.isAtEnd && bytes == block.count }

  /// Checks the next entry and passes it by; there must be one.
  @inline(__always)
  mutating func skip() throws(TermBlockFault) {
    let number = block.shape(index)
    guard number < shapes.count else { throw .shape }
    let shape = shapes[number]
    guard shape.isClosed else {
      _ = try next()
      return
    }
    index &+= 1
    bytes &+= Int(shape.inlineStep)
    postings &+= Int(shape.postingsStep)
    passages &+= Int(shape.passagesStep)
    guard bytes <= block.count else { throw .bytes }
    guard postings <= limits.postings, passages <= limits.passages else { throw .list }
  }

  /// The next entry; there must be one.
  mutating func next() throws(TermBlockFault) -> Raw {
    let number = block.shape(index)
    guard number < shapes.count else { throw .shape }
    let shape = shapes[number]
    index &+= 1
    let documents = try known(shape.documents)
    let excess = try known(shape.excess)
    let postingsCount = try known(shape.postings)
    let passagesCount = try known(shape.passages)
    var raw = Raw(shape: shape, numbers: numbers)
    raw.documentFrequency = documents &+ 1
    raw.collectionFrequency = documents &+ 1 &+ excess
    raw.postings = try take(shape.postingsKind, postingsCount, postings, limits.postings)
    if shape.postingsKind == .list { postings &+= postingsCount }
    raw.passages = try take(shape.passagesKind, passagesCount, passages, limits.passages)
    if shape.passagesKind == .list { passages &+= passagesCount }
    raw.literals = bytes
    if shape.codeClass > 0, shape.spellings == 0 {
      raw.spellings = try numbers.number() &+ 1
      raw.numbers = numbers
      try skipSpellings(raw.spellings)
    }
    return raw
  }

  /// What the shape says, or the next number.
  @inline(__always)
  private mutating func known(_ known: Int16) throws(TermBlockFault) -> Int {
    known >= 0 ? Int(known) : try numbers.number()
  }

  /// The place of a list of `count` bytes: the next inline bytes, or from `end` in a section of
  /// `limit` bytes.
  @inline(__always)
  private mutating func take(
    _ kind: TermShape.PlaceKind, _ count: Int, _ end: Int, _ limit: Int
  ) throws(TermBlockFault) -> PostingsRange {
    switch kind {
    case .none:
      return PostingsRange()
    case .inline:
      guard count <= block.count &- bytes else { throw .bytes }
      defer { bytes &+= count }
      return PostingsRange(start: bytes, count: count)
    case .list:
      guard count <= limit &- end else { throw .list }
      return PostingsRange(start: end, count: count)
    }
  }

  private mutating func skipSpellings(_ count: Int) throws(TermBlockFault) {
    guard count <= TermDictionaryLayout.maximumSpellings else { throw .spelling }
    for _ in 0..<count {
      let code = try numbers.number()
      guard code > 3 else { continue }
      guard code &- 3 <= TermDictionaryLayout.maximumLiteral else { throw .spelling }
      guard code &- 3 <= block.count &- bytes else { throw .bytes }
      bytes &+= code &- 3
    }
  }

  /// The entry with copies of its inline lists and spellings; `raw` comes from this walker.
  func entry(_ raw: Raw) throws(TermBlockFault) -> TermEntry {
    TermEntry(
      documentFrequency: raw.documentFrequency, collectionFrequency: raw.collectionFrequency,
      postings: place(raw.shape.postingsKind, raw.postings),
      passages: place(raw.shape.passagesKind, raw.passages),
      codeClass: Int(raw.shape.codeClass), spellings: try spellings(raw))
  }

  private func place(_ kind: TermShape.PlaceKind, _ range: PostingsRange) -> PostingsPlace {
    switch kind {
    case .none: .none
    case .inline: .inline(block.copy(range.start..<(range.start + range.count)))
    case .list: .list(offset: range.start, count: range.count)
    }
  }

  /// The spellings of a surface term, most frequent first.
  func spellings(_ raw: Raw) throws(TermBlockFault) -> [Spelling] {
    guard raw.spellings > 0 else { return raw.shape.spellingList }
    var numbers = raw.numbers
    var literals = raw.literals
    var spellings: [Spelling] = []
    spellings.reserveCapacity(raw.spellings)
    for _ in 0..<raw.spellings {
      let code = try numbers.number()
      if code > 3 {
        spellings.append(.literal(block.copy(literals..<(literals + code - 3))))
        literals += code - 3
      } else {
        spellings.append(Spelling(code: UInt8(code)))
      }
    }
    return spellings
  }

  /// Spelling number `index` of an entry; the last one when there are not that many.
  func spelling(_ raw: Raw, _ index: Int) throws(TermBlockFault) -> Spelling {
    guard raw.spellings > 0 else { return raw.shape.spelling(index) }
    var numbers = raw.numbers
    var literals = raw.literals
    for _ in 0..<min(index, raw.spellings - 1) {
      let code = try numbers.number()
      if code > 3 { literals += code - 3 }
    }
    let code = try numbers.number()
    return code > 3
      ? .literal(block.copy(literals..<(literals + code - 3))) : Spelling(code: UInt8(code))
  }
}
