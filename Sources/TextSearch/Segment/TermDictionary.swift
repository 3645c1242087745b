/// The terms, stems and pairs of a segment, looked up by key, by ordinal or by rank.
///
/// Opening reads the header and the shapes, never more than 2 KiB. A lookup is a binary search over
/// the first keys of the blocks and a walk over half a block. The bytes are described above
/// `TermDictionaryWriter`.
struct TermDictionary: Sendable {
  let section: Section
  let layout: TermDictionaryLayout
  let shapes: [TermShapeRow]
  /// Lengths of the sections that the lists are in.
  let postingsCount: Int
  let passagesCount: Int
  /// Where the tables and the blocks begin, from the layout.
  private let offsetsStart: Int
  private let classRowsStart: Int
  private let blocksStart: Int

  /// A surface term with its numbers.
  struct Found: Equatable, Sendable {
    var ordinal: Int
    var rank: Int
    var entry: TermEntry
  }

  /// A surface term with its bytes and numbers.
  struct Term: Equatable, Sendable {
    var bytes: [UInt8]
    var ordinal: Int
    var rank: Int
    var entry: TermEntry
  }

  /// Opens the dictionary that fills `section`.
  /// - Parameters:
  ///   - postingsCount: The length in bytes of the section of the postings lists.
  ///   - passagesCount: That of the section of the passage lists.
  /// - Complexity: O(1).
  /// - Throws: `IndexError.damaged` when the header or a shape is wrong.
  init(_ section: Section, postingsCount: Int, passagesCount: Int) throws(IndexError) {
    self.section = section
    self.postingsCount = postingsCount
    self.passagesCount = passagesCount
    layout = try TermDictionaryLayout(section)
    offsetsStart = layout.offsetsStart
    classRowsStart = layout.classRowsStart
    blocksStart = layout.blocksStart
    var reader = try SectionReader(
      section, TermDictionaryLayout.headerSize..<layout.offsetsStart)
    var shapes: [TermShapeRow] = []
    for _ in 0..<layout.shapes {
      let place = reader.offset
      guard let shape = TermShape(try reader.raw(TermShape.byteCount)) else {
        throw section.damaged(at: place, "not a shape")
      }
      shapes.append(TermShapeRow(shape))
    }
    self.shapes = shapes
  }

  /// How many surface terms there are.
  var termCount: Int { layout.terms }
  var stemCount: Int { layout.stems }
  var pairCount: Int { layout.pairs }
  /// s of the (s,c)-dense code of the text.
  var stopperCount: Int { layout.stopperCount }
  /// How many of the first ranks are field markers.
  var reservedRanks: Int { layout.reservedRanks }

  // MARK: Lookups

  /// What is known of a surface term, or nil when no document has it.
  /// - Complexity: O(log blocks + block size).
  func surface(_ term: [UInt8]) throws(IndexError) -> Found? {
    guard let place = try find(.surface, term) else { return nil }
    return Found(
      ordinal: place.block * TermDictionaryLayout.blockSize + place.index,
      rank: try rank(place), entry: try entry(place, .surface))
  }

  /// What is known of a stem, or nil when the dictionary has no entry for it.
  /// - Complexity: O(log blocks + block size).
  func stem(_ stem: [UInt8]) throws(IndexError) -> StemEntry? {
    guard let place = try find(.stem, stem) else { return nil }
    let number = layout.firstBlock(of: .stem) + place.block
    return try inBlock(number) { () throws(TermBlockFault) in
      var walker = try StemWalker(place.content, terms: layout.terms)
      for _ in 0..<place.index { _ = try walker.next() }
      return try walker.entry(try walker.next())
    }
  }

  /// What is known of the terms of ranks `first` and `second` next to each other, or nil.
  /// - Complexity: O(log blocks + block size).
  func pair(_ first: UInt8, _ second: UInt8) throws(IndexError) -> TermEntry? {
    guard let place = try find(.pair, [first, second]) else { return nil }
    return try entry(place, .pair)
  }

  /// The surface term of an ordinal in `0..<termCount`.
  /// - Complexity: O(block size).
  func term(ordinal: Int) throws(IndexError) -> Term {
    precondition(ordinal >= 0 && ordinal < layout.terms)
    let number = ordinal / TermDictionaryLayout.blockSize
    let content = try block(number, of: .surface)
    return try term(
      KeyPlace(
        block: number, index: ordinal % TermDictionaryLayout.blockSize, content: content))
  }

  /// The surface term of a rank, or nil when no term has it.
  /// - Complexity: O(log blocks + block size).
  func term(rank: Int) throws(IndexError) -> Term? {
    guard let place = try locate(rank: rank) else { return nil }
    return try term(place)
  }

  /// The bytes of spelling number `spelling` of the term of a rank, or nil when no term has it.
  ///
  /// A number past the last spelling means the last one.
  /// - Complexity: O(log blocks + block size + spelling).
  func form(rank: Int, spelling: Int) throws(IndexError) -> [UInt8]? {
    guard let place = try locate(rank: rank) else { return nil }
    let term = try key(in: place.content, at: place.index, block: place.block)
    let shape = shapes[place.content.shape(place.index)]
    if shape.spellings > 0 { return shape.spelling(spelling).form(of: term) }
    return try inBlock(place.block) { () throws(TermBlockFault) in
      var walker = try entries(place.content)
      for _ in 0..<place.index { try walker.skip() }
      return try walker.spelling(try walker.next(), spelling).form(of: term)
    }
  }
}

// MARK: - Parts of a lookup

extension TermDictionary {
  private func term(_ place: KeyPlace) throws(IndexError) -> Term {
    Term(
      bytes: try key(in: place.content, at: place.index, block: place.block),
      ordinal: place.block * TermDictionaryLayout.blockSize + place.index,
      rank: try rank(place), entry: try entry(place, .surface))
  }

  private func entry(_ place: KeyPlace, _ kind: TermKind) throws(IndexError) -> TermEntry {
    let global = layout.firstBlock(of: kind) + place.block
    let entry = try inBlock(global) { () throws(TermBlockFault) in
      var walker = try entries(place.content)
      for _ in 0..<place.index { try walker.skip() }
      return try walker.entry(try walker.next())
    }
    guard (entry.codeClass > 0) == (kind == .surface) else { throw damaged(block: global, .shape) }
    return entry
  }

  private func rank(_ place: KeyPlace) throws(IndexError) -> Int {
    let codeClass = try codeClass(in: place.content, at: place.index, place.block)
    var before = try classCount(codeClass, before: place.block)
    for index in 0..<place.index
    where try self.codeClass(in: place.content, at: index, place.block) == codeClass {
      before += 1
    }
    return layout.classBases[codeClass - 1] + before
  }

  @inline(__always)
  private func codeClass(in content: TermBlock, at index: Int, _ number: Int) throws(IndexError)
    -> Int
  {
    let shape = content.shape(index)
    guard shape < shapes.count, shapes[shape].codeClass > 0 else {
      throw damaged(block: number, .shape)
    }
    return Int(shapes[shape].codeClass)
  }

  /// The block and the index in it of the term of a rank.
  private func locate(rank: Int) throws(IndexError) -> KeyPlace? {
    let bases = layout.classBases
    var codeClass = 4
    while codeClass > 0, rank < bases[codeClass - 1] { codeClass -= 1 }
    guard codeClass > 0 else { return nil }
    let wanted = rank - bases[codeClass - 1]
    guard wanted < layout.classCounts[codeClass - 1] else { return nil }
    var (low, high) = (0, layout.blocks(of: .surface))
    while high - low > 1 {
      let middle = (low + high) / 2
      if try classCount(codeClass, before: middle) <= wanted { low = middle } else { high = middle }
    }
    var left = wanted - (try classCount(codeClass, before: low))
    let content = try block(low, of: .surface)
    for index in 0..<content.keys {
      guard try self.codeClass(in: content, at: index, low) == codeClass else { continue }
      if left == 0 { return KeyPlace(block: low, index: index, content: content) }
      left -= 1
    }
    throw section.damaged(at: classRowsStart, "no term of rank \(rank) in block \(low)")
  }

  /// The rank of the surface term of an ordinal in `0..<termCount`.
  /// - Complexity: O(block size).
  func rank(ordinal: Int) throws(IndexError) -> Int {
    precondition(ordinal >= 0 && ordinal < layout.terms)
    let number = ordinal / TermDictionaryLayout.blockSize
    let content = try block(number, of: .surface)
    return try rank(
      KeyPlace(
        block: number, index: ordinal % TermDictionaryLayout.blockSize, content: content))
  }

  /// How many terms of a class are in the surface blocks before `block`.
  func classCount(_ codeClass: Int, before block: Int) throws(IndexError) -> Int {
    guard block < layout.blocks(of: .surface) else { return layout.classCounts[codeClass - 1] }
    let size = TermDictionaryLayout.classRowSize
    let row = try section.word(at: classRowsStart + size * block, count: size)
    let counts = (Int(row & 0xFF), Int(row &>> 8 & 0xFFFF), Int(row &>> 24 & 0xFF_FFFF))
    switch codeClass {
    case 1: return counts.0
    case 2: return counts.1
    case 3: return counts.2
    default: return block * TermDictionaryLayout.blockSize - counts.0 - counts.1 - counts.2
    }
  }
}

// MARK: - Blocks

extension TermDictionary {
  /// The bytes of the section that block `global` among all has.
  func bytes(of global: Int) throws(IndexError) -> Range<Int> {
    let place = layout.offsetsStart + 4 * global
    let pair = try section.word(at: place, count: 8)
    let (start, end) = (Int(pair & 0xFFFF_FFFF), Int(pair &>> 32))
    guard start <= end, end <= section.count - blocksStart else {
      throw section.damaged(at: place, "a block of bytes \(start)..<\(end)")
    }
    return (blocksStart + start)..<(blocksStart + end)
  }

  func entries(_ block: TermBlock) throws(TermBlockFault) -> TermEntryWalker {
    try TermEntryWalker(block, shapes, postings: postingsCount, passages: passagesCount)
  }

  /// Runs `walk`, and says where its fault is.
  func inBlock<Result>(
    _ global: Int, _ walk: () throws(TermBlockFault) -> Result
  ) throws(IndexError) -> Result {
    do { return try walk() } catch { throw damaged(block: global, error) }
  }

  func damaged(block global: Int, _ fault: TermBlockFault) -> IndexError {
    let range = try? bytes(of: global)
    return section.damaged(
      at: range?.lowerBound ?? offsetsStart, "block \(global): \(fault.rawValue)")
  }
}
