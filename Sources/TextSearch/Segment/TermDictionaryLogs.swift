/// The entries of surface terms or pairs as the writer keeps them until all shapes are known.
///
/// A term costs its bytes and some twenty more.
struct TermEntryLog: Sendable {
  private var keys = TermKeyLog()
  private var shapes: [TermShape] = []
  private var uses: [Int] = []
  private var shapeNumbers: [TermShape: UInt32] = [:]
  private var shapeOfTerm: [UInt32] = []
  /// Inline lists and literal spellings.
  private var bytes: [UInt8] = []
  private var byteEnds: [Int] = []
  /// What no shape can say, by term.
  private var spellings: [Int: [Spelling]] = [:]
  private var postings = TermListPlaces()
  private var passages = TermListPlaces()
  private var classes = SIMD4<Int>()
  /// Terms of class 1…4 before each block.
  private(set) var classesBefore: [SIMD4<Int>] = []

  var count: Int { keys.count }

  /// The shapes in the order of first use, with how many terms have each.
  var shapeCounts: [(shape: TermShape, count: Int)] {
    zip(shapes, uses).map { (shape: $0, count: $1) }
  }

  mutating func append(_ key: [UInt8], _ entry: TermEntry) {
    precondition(entry.documentFrequency >= 1)
    precondition(entry.collectionFrequency >= entry.documentFrequency)
    let startsBlock = keys.count % TermDictionaryLayout.blockSize == 0
    if startsBlock { classesBefore.append(classes) }
    if entry.codeClass > 0 { classes[entry.codeClass - 1] += 1 }
    let shape = TermShape(entry)
    keep(entry.spellings, shape)
    keys.append(key)
    shapeOfTerm.append(number(of: shape))
    postings.append(entry.postings, startsBlock: startsBlock)
    passages.append(entry.passages, startsBlock: startsBlock)
    for case .inline(let list) in [entry.postings, entry.passages] { bytes += list }
    for case .literal(let form) in entry.spellings.prefix(TermDictionaryLayout.maximumSpellings) {
      precondition((1...TermDictionaryLayout.maximumLiteral).contains(form.count))
      bytes += form
    }
    byteEnds.append(bytes.count)
  }

  private mutating func keep(_ spellings: [Spelling], _ shape: TermShape) {
    if shape.codeClass > 0, shape.spellings == 0 {
      self.spellings[keys.count] = Array(spellings.prefix(TermDictionaryLayout.maximumSpellings))
    }
  }

  private mutating func number(of shape: TermShape) -> UInt32 {
    if let number = shapeNumbers[shape] {
      uses[Int(number)] += 1
      return number
    }
    let number = UInt32(shapes.count)
    shapeNumbers[shape] = number
    shapes.append(shape)
    uses.append(1)
    return number
  }

  func countPairs(_ counts: inout [Int: Int]) { keys.countPairs(&counts) }

  /// The row of the table for each shape, in the order of first use.
  func rows(_ table: TermShapeTable) -> [Int] { shapes.map { table.number(for: $0) } }

  /// - Parameter rowOfShape: What `rows` gave.
  func write(
    block: Int, to writer: inout ByteWriter, _ table: TermShapeTable, _ rowOfShape: [Int],
    _ pairs: KeyLengthPairs
  ) {
    let start = block * TermDictionaryLayout.blockSize
    let range = start..<min(start + TermDictionaryLayout.blockSize, count)
    var numbers = NibbleWriter()
    numbers.number(postings.bases[block])
    numbers.number(passages.bases[block])
    var rows: [UInt8] = []
    for index in range {
      let shape = Int(shapeOfTerm[index])
      let exact = shapes[shape]
      let row = rowOfShape[shape]
      rows.append(UInt8(row))
      put(index, exact, table.rows[row], in: &numbers)
    }
    writer.block(keys.encode(range, pairs), numbers)
    writer.raw(rows)
    writer.raw(bytes[(start == 0 ? 0 : byteEnds[start - 1])..<byteEnds[range.upperBound - 1]])
  }

  private func put(
    _ index: Int, _ exact: TermShape, _ row: TermShape, in numbers: inout NibbleWriter
  ) {
    if row.documents == nil { numbers.number(exact.documents ?? 0) }
    if row.excess == nil { numbers.number(exact.excess ?? 0) }
    if row.postings == nil { numbers.number(exact.postings ?? 0) }
    if row.passages == nil { numbers.number(exact.passages ?? 0) }
    guard row.codeClass > 0, row.spellings == 0 else { return }
    let list =
      spellings[index]
      ?? TermShapeRow(exact.leaving([.documents, .excess, .postings, .passages])).spellingList
    numbers.number(list.count - 1)
    for spelling in list {
      if case .literal(let form) = spelling {
        numbers.number(3 + form.count)
      } else {
        numbers.number(Int(spelling.code ?? 0))
      }
    }
  }
}

/// Where the first list of each block begins; the others of the block follow one another.
private struct TermListPlaces: Sendable {
  private(set) var bases: [Int] = []
  private var end = 0
  private var hasList = false

  mutating func append(_ place: PostingsPlace, startsBlock: Bool) {
    if startsBlock {
      bases.append(end)
      hasList = false
    }
    guard case .list(let offset, let count) = place else { return }
    precondition(hasList ? offset == end : offset >= end, "lists must follow one another")
    if !hasList { bases[bases.count - 1] = offset }
    hasList = true
    end = offset + count
  }
}

/// The stems as the writer keeps them: the numbers of each block are encoded at once.
struct StemLog: Sendable {
  private var keys = TermKeyLog()
  private var numbers: [NibbleWriter] = []
  private var first = 0
  /// The greatest member so far, −1 when there is none.
  private(set) var last = -1

  var count: Int { keys.count }

  mutating func append(_ stem: [UInt8], _ entry: StemEntry) {
    precondition(entry.documentFrequency >= 1 && !entry.members.isEmpty && entry.members[0] >= 0)
    let members = entry.members
    if keys.count % TermDictionaryLayout.blockSize == 0 {
      numbers.append(NibbleWriter())
      numbers[numbers.count - 1].number(members[0])
      first = members[0]
    }
    keys.append(stem)
    let change = members[0] - first
    first = members[0]
    last = max(last, members[members.count - 1])
    Self.put(entry, change: change, in: &numbers[numbers.count - 1])
  }

  private static func put(_ entry: StemEntry, change: Int, in numbers: inout NibbleWriter) {
    let members = entry.members
    let gaps = zip(members.dropFirst(), members).map { $0 - $1 - 1 }
    let isRun = gaps.allSatisfy { $0 == 0 }
    numbers.number(entry.documentFrequency - 1)
    numbers.number(change < 0 ? -2 * change - 1 : 2 * change)
    numbers.number(2 * gaps.count + (isRun ? 0 : 1))
    if !isRun {
      for gap in gaps { numbers.number(gap) }
    }
  }

  func write(block: Int, to writer: inout ByteWriter, _ pairs: KeyLengthPairs) {
    let start = block * TermDictionaryLayout.blockSize
    let range = start..<min(start + TermDictionaryLayout.blockSize, count)
    writer.block(keys.encode(range, pairs), numbers[block])
  }
}

extension ByteWriter {
  /// The keys and numbers of a block, each after its length.
  fileprivate mutating func block(
    _ keys: (bytes: [UInt8], isNumeric: Bool), _ numbers: NibbleWriter
  ) {
    varint(2 * keys.bytes.count + (keys.isNumeric ? 1 : 0))
    raw(keys.bytes)
    varint(numbers.bytes.count)
    raw(numbers.bytes)
  }
}
