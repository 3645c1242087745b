/// The bytes of the two sections of the layout.
struct LayoutSections: Equatable, Sendable {
  var model: [UInt8]
  var stream: [UInt8]
}

/// What the codec has to know of a token's term.
struct LayoutTerm: Equatable {
  var rank: Int
  /// Spellings of the term, at most `manyVariants`, which stands for "so many or more".
  var variantCount: Int
  var isNumber: Bool

  /// More spellings than this make no difference to the codec.
  static let manyVariants = LayoutPlan.unaryVariants + 2

  init(rank: Int, variantCount: Int, isNumber: Bool) {
    self.rank = rank
    self.variantCount = min(max(variantCount, 1), Self.manyVariants)
    self.isNumber = isNumber
  }

  /// - Parameters:
  ///   - spellings: How many spellings the term has.
  ///   - term: Its bytes.
  init(rank: Int, spellings: Int, of term: [UInt8]) {
    let first = term.first ?? 0
    self.init(rank: rank, variantCount: spellings, isNumber: first >= 0x30 && first <= 0x39)
  }

  /// A term as the model's records have it: the number of spellings and, in bit 7, `isNumber`.
  init(rank: Int, packed: UInt8) {
    self.init(rank: rank, variantCount: Int(packed & 0x7F), isNumber: packed >= 0x80)
  }

  var packed: UInt8 { UInt8(variantCount) | (isNumber ? 0x80 : 0) }
}

/// How the letters of a spelling are cased.
enum LayoutShape: UInt8 {
  case lower, capitalised, upper, other

  /// The shape of a spelling, by its ASCII letters alone.
  ///
  /// `lower` has only small letters, `upper` two or more and only capitals, `capitalised` one
  /// capital and it comes first; everything else, also what has no ASCII letter, is `other`.
  init(_ spelling: some Sequence<UInt8>) {
    var small = 0
    var capitals = 0
    var startsWithCapital = false
    for byte in spelling {
      if byte >= 0x61, byte <= 0x7A { small += 1 }
      if byte >= 0x41, byte <= 0x5A {
        if small + capitals == 0 { startsWithCapital = true }
        capitals += 1
      }
    }
    if capitals == 0 {
      self = small == 0 ? .other : .lower
    } else if small == 0, capitals > 1 {
      self = .upper
    } else {
      self = capitals == 1 && startsWithCapital ? .capitalised : .other
    }
  }

  /// Two bits for each of four shapes, the first lowest; `other` where there are fewer.
  static func pack(_ shapes: some Sequence<LayoutShape>) -> UInt8 {
    var packed: UInt8 = 0xFF
    for (place, shape) in shapes.prefix(4).enumerated() {
      packed &= ~(3 &<< UInt8(2 * place))
      packed |= shape.rawValue &<< UInt8(2 * place)
    }
    return packed
  }
}

/// The numbers that fix where things are in the model.
struct LayoutPlan: Equatable {
  /// Terms with a record are among the first ranks.
  static let maximumRank = 1 << 14
  static let maximumFields = 64
  /// Cells of a row: variant by case context, gap after, gap before, variant before.
  static let rowCells = 10
  /// Rows after the records: for terms without one by kind and number of spellings, and for the
  /// end of a document.
  static let spareRows = 7
  static let variantCells = 4096
  static let fieldCells = 1024
  static let gapCells = 1536
  static let historyCells = 768
  /// Cells of a node: left candidate, right candidate, gap before, history.
  static let nodeCells = 17 + 17 + 32 + 16
  /// Nodes that code the length of a gap number that its class does not list.
  static let escapeNodes = 31
  static let classes = 12
  /// Distinct gap numbers that a class may list: they are less than this.
  static let listedGaps = 256
  static let candidateGaps = 64
  static let maximumLeaves = 64
  /// Weight sets of variants and of "is the gap 0" come before those of the nodes.
  static let variantSets = 32
  static let nodeSets = 32 + 48
  /// Weights of a set: four for cells and one for the constant input.
  static let inputs = 5
  /// Unary decisions of a variant; higher ones are written plainly.
  static let unaryVariants = 15
  static let anchorSpacing = 1024
  static let documentSpacing = 4096

  var fieldCount: Int
  /// How many terms have a record.
  var recordCount: Int
  var nodeCount: Int

  /// Cells before those of rows and nodes have fixed numbers.
  static let fieldBase = variantCells
  static let gapBase = fieldBase + fieldCells
  static let historyBase = gapBase + gapCells
  static let rowBase = historyBase + historyCells

  var rows: Int { recordCount + Self.spareRows }
  var nodeBase: Int { Self.rowBase + rows * Self.rowCells }
  var cellCount: Int { nodeBase + nodeCount * Self.nodeCells }
  var setCount: Int { Self.nodeSets + nodeCount }

  /// The first cell of a row.
  @inline(__always)
  static func cell(ofRow row: Int) -> Int { rowBase &+ row &* rowCells }
}
