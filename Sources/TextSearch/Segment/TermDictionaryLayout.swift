/// The constants of a term dictionary, and the part of it that is read when it is opened.
struct TermDictionaryLayout: Sendable, Equatable {
  /// Keys in a block. A lookup walks half a block, and a block costs some twenty bytes of tables,
  /// bases and first key: two thirds of a byte for each of 32 keys.
  static let blockSize = 32
  static let headerSize = 28 + KeyLengthPairs.byteCount
  /// A row of the table of class counts: u8, u16, u24.
  static let classRowSize = 6
  /// Longest key; a form is at most 255 bytes and folding makes it at most eleven times as long.
  static let maximumKeyLength = 4096
  static let maximumSpellings = 65_535
  static let maximumLiteral = 4096
  /// Numbers are less than two to the power of this; a multiple of three.
  static let numberBits = 45

  var terms = 0
  var stems = 0
  var pairs = 0
  /// How many text codes have one byte (s of the (s,c)-dense code).
  var stopperCount = 128
  /// How many of them are field markers.
  var reservedRanks = 0
  var shapes = 0
  /// Terms of class 1, 2, 3 and 4.
  var classCounts = SIMD4<Int>()
  var lengths = KeyLengthPairs([:])
}

extension TermDictionaryLayout {
  func count(of kind: TermKind) -> Int {
    switch kind {
    case .surface: terms
    case .stem: stems
    case .pair: pairs
    }
  }

  func blocks(of kind: TermKind) -> Int {
    (count(of: kind) + Self.blockSize - 1) / Self.blockSize
  }

  /// The number of the first block of `kind` among all blocks.
  func firstBlock(of kind: TermKind) -> Int {
    switch kind {
    case .surface: 0
    case .stem: blocks(of: .surface)
    case .pair: blocks(of: .surface) + blocks(of: .stem)
    }
  }

  var blocks: Int { firstBlock(of: .pair) + blocks(of: .pair) }

  var offsetsStart: Int { Self.headerSize + TermShape.byteCount * shapes }
  var classRowsStart: Int { offsetsStart + 4 * (blocks + 1) }
  var blocksStart: Int { classRowsStart + Self.classRowSize * blocks(of: .surface) }

  /// The rank of the first term of each class.
  ///
  /// Ranks are the numbers of the (s,c)-dense code in the order of their code words (Brisaboa and
  /// others 2007), s = `stopperCount`, c = 256 − s: s codes of one byte, then s·c of two, s·c² of
  /// three and s·c³ of four. The rank of field marker f is f, so the terms of class 1 begin at
  /// `reservedRanks`; those of class 2 at s, of class 3 at s + s·c, of class 4 at s + s·c + s·c².
  /// Inside a class the ranks follow the order of the dictionary.
  var classBases: SIMD4<Int> {
    let (s, c) = (stopperCount, 256 - stopperCount)
    return SIMD4(reservedRanks, s, s + s * c, s + s * c + s * c * c)
  }

  /// How many terms each class has room for.
  var classCapacities: SIMD4<Int> {
    let (s, c) = (stopperCount, 256 - stopperCount)
    return SIMD4(s - reservedRanks, s * c, s * c * c, s * c * c * c)
  }
}

// MARK: - The numeric alphabet

extension TermDictionaryLayout {
  static let point: UInt8 = 10
  /// Says that the next two nibbles are a byte.
  static let escape: UInt8 = 15

  /// The nibble of a byte in numeric blocks: a digit's value, 10 for a point.
  static func symbol(of byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "."): point
    default: nil
    }
  }
}

// MARK: - Bytes

extension TermDictionaryLayout {
  func write(to writer: inout ByteWriter) {
    writer.u32(UInt32(terms))
    writer.u32(UInt32(stems))
    writer.u32(UInt32(pairs))
    writer.u8(UInt8(stopperCount))
    writer.u8(UInt8(reservedRanks))
    writer.u16(UInt16(shapes))
    for index in 0..<3 { writer.u32(UInt32(classCounts[index])) }
    lengths.write(to: &writer)
  }

  /// Reads and checks a header.
  /// - Throws: `IndexError.damaged` when the numbers contradict each other or the section's length.
  init(_ section: Section) throws(IndexError) {
    var reader = try SectionReader(section, 0..<Self.headerSize)
    terms = Int(try reader.u32())
    stems = Int(try reader.u32())
    pairs = Int(try reader.u32())
    stopperCount = Int(try reader.u8())
    reservedRanks = Int(try reader.u8())
    shapes = Int(try reader.u16())
    for index in 0..<3 { classCounts[index] = Int(try reader.u32()) }
    lengths = KeyLengthPairs(try reader.raw(KeyLengthPairs.byteCount))
    classCounts[3] = terms - classCounts[0] - classCounts[1] - classCounts[2]
    guard shapes <= TermShape.maximumCount, stopperCount >= 1, reservedRanks <= stopperCount else {
      throw section.damaged(
        at: 12, "\(shapes) shapes, \(stopperCount) stoppers, \(reservedRanks) reserved ranks")
    }
    let capacities = classCapacities
    guard (0..<4).allSatisfy({ classCounts[$0] >= 0 && classCounts[$0] <= capacities[$0] }) else {
      throw section.damaged(at: 16, "\(terms) terms in classes of \(classCounts)")
    }
    guard blocksStart <= section.count else {
      throw section.damaged(
        at: 0, "tables of \(blocksStart) bytes in a section of \(section.count)")
    }
  }
}
