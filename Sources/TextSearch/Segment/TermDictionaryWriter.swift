/// Collects the terms, stems and pairs of a segment in order and encodes them as a dictionary.
///
///     dictionary = header, shape × shapes, start u32 × (blocks + 1), classes × ⌈terms / 32⌉, block…
///     header     = terms u32, stems u32, pairs u32, s u8, reserved u8, shapes u16,
///                  terms of class 1, 2, 3: u32 each, (prefix u8, suffix − 1 u8) × 15
///     shape      = six bytes, see TermShape
///     start      = of a block, in bytes after the first block's; the last one is their length
///     classes    = terms of class 1 u8, 2 u16, 3 u24 in the surface blocks before
///     block      = up to 32 keys of one kind: key count varint, keys, number count varint, numbers,
///                  and for surface terms and pairs: shape number u8 × keys, bytes
///                  (key count = 2 · bytes of keys + 1 if numeric; number count = bytes of numbers)
///     keys       = nibbles, the low half of a byte first: [prefix length, suffix length − 1,
///                  symbols]…; prefix: bytes in common with the key before in the block; numeric:
///                  before both lengths a nibble, which is 15 or stands for a pair of the header
///     symbols    = two nibbles a byte; numeric: 0–9, 10 for ".", or 15 and two nibbles for a byte
///     length     = a nibble 0–14, or 15 and a number that is added to 15
///     number     = nibbles: three bits each, low ones first, the fourth bit says that more follow
///     numbers    = offset of the block's first list in postings, the same in passages, then of each
///                  key what its shape leaves open: df − 1, cf − df, length of postings, of
///                  passages, [spellings − 1, (0–3: as in TermShape, or 3 + literal's length)…]
///     bytes      = of each key its inline postings, inline passages, literal spellings
///     stem block = numbers are: first member of the first stem, then of each stem df − 1, change of
///                  first member (2x, or −2x − 1 if negative), 2 · (members − 1) + 1 if the others
///                  do not follow at once, and if so of each other member its gap − 1
///
/// Blocks are in the order surface, stem, pair; all but the last of a kind have 32 keys. A list
/// begins where the list before it in its block ends. Unused last nibbles are 0.
struct TermDictionaryWriter: Sendable {
  private var layout = TermDictionaryLayout()
  private var terms = TermEntryLog()
  private var pairs = TermEntryLog()
  private var stems = StemLog()

  /// - Parameters:
  ///   - reservedRanks: How many of the first ranks are field markers.
  ///   - stopperCount: s of the (s,c)-dense code of the text, 1…255, not less than `reservedRanks`.
  init(reservedRanks: Int, stopperCount: Int) {
    precondition((1...255).contains(stopperCount) && (0...stopperCount).contains(reservedRanks))
    layout.reservedRanks = reservedRanks
    layout.stopperCount = stopperCount
  }

  /// Appends a surface term, which must be greater than the one before.
  ///
  /// Spellings above 65,535 are dropped.
  mutating func append(surface term: [UInt8], _ entry: TermEntry) {
    precondition((1...4).contains(entry.codeClass) && !entry.spellings.isEmpty)
    layout.classCounts[entry.codeClass - 1] += 1
    precondition(
      layout.classCounts[entry.codeClass - 1] <= layout.classCapacities[entry.codeClass - 1],
      "more terms of a class than codes")
    terms.append(term, entry)
  }

  /// Appends a stem, which must be greater than the one before.
  mutating func append(stem: [UInt8], _ entry: StemEntry) {
    stems.append(stem, entry)
  }

  /// Appends the pair of the terms of ranks `first` and `second`, which must be greater than the
  /// pair before.
  mutating func append(pair first: UInt8, _ second: UInt8, _ entry: TermEntry) {
    var entry = entry
    entry.codeClass = 0
    entry.spellings = []
    pairs.append([first, second], entry)
  }

  /// The bytes of the dictionary.
  /// - Complexity: O(bytes of all keys and entries).
  consuming func finish() -> [UInt8] {
    var shapes = terms.shapeCounts
    shapes += pairs.shapeCounts
    let table = TermShapeTable(shapes)
    var counts: [Int: Int] = [:]
    terms.countPairs(&counts)
    let lengths = KeyLengthPairs(counts)
    layout.lengths = lengths
    (layout.terms, layout.stems, layout.pairs) = (terms.count, stems.count, pairs.count)
    layout.shapes = table.rows.count
    precondition(terms.count < 1 << 32 && stems.last < terms.count)

    let (termRows, pairRows) = (terms.rows(table), pairs.rows(table))
    var blocks = ByteWriter()
    var starts = [0]
    for index in 0..<layout.blocks {
      if index < layout.firstBlock(of: .stem) {
        terms.write(block: index, to: &blocks, table, termRows, lengths)
      } else if index < layout.firstBlock(of: .pair) {
        stems.write(block: index - layout.firstBlock(of: .stem), to: &blocks, lengths)
      } else {
        pairs.write(
          block: index - layout.firstBlock(of: .pair), to: &blocks, table, pairRows, lengths)
      }
      starts.append(blocks.count)
    }
    return assemble(table, starts, blocks.bytes)
  }

  private func assemble(_ table: TermShapeTable, _ starts: [Int], _ blocks: [UInt8]) -> [UInt8] {
    var writer = ByteWriter(capacity: layout.blocksStart + blocks.count)
    layout.write(to: &writer)
    for row in table.rows { row.write(to: &writer) }
    for start in starts { writer.u32(UInt32(start)) }
    for counts in terms.classesBefore {
      writer.u8(UInt8(counts[0]))
      writer.u16(UInt16(counts[1]))
      writer.u16(UInt16(truncatingIfNeeded: counts[2]))
      writer.u8(UInt8(counts[2] &>> 16))
    }
    writer.raw(blocks)
    return writer.bytes
  }
}
