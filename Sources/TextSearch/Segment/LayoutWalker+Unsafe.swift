/// A token as the walker sees it.
struct LayoutPoint {
  /// The first cell of the row of the model that speaks of the token's term.
  var cells: Int
  /// 0 word, 1 number, 2 field marker, 3 the end of the document.
  var kind: Int
  var rank: Int
  var variantCount: Int
  /// The entry of `LayoutTables.facts` for that row.
  var facts: UInt64
}

/// Walks the tokens of a block and asks the questions whose answers are the layout.
///
/// Counting, training, encoding and decoding all walk with this one type, so they cannot disagree
/// about a context. Contexts and their numbers are the grammar in `LayoutModel`.
///
/// Safety: rows are below `plan.rows` (see `point`), kinds, shapes, classes and the clipped gaps
/// are below the sizes their products in `LayoutPlan` are made of, and node numbers come from
/// `children`, whose entries `LayoutTrees` has made or checked to be below `nodeCount`.
@safe struct LayoutWalker {
  private let tables: LayoutTables
  private let fieldCount: Int
  private let recordCount: Int
  private let nodeBase: Int
  private let facts: UnsafePointer<UInt64>
  private let rows: UnsafePointer<UInt16>
  private let rankLimit: Int
  private let children: UnsafePointer<Int32>
  private let codes: UnsafePointer<UInt64>
  private let roots: [Int32]

  private var field = 0
  private var gap = 0
  private var shape = 0
  private var shapeBefore = 0
  private var hasOneSpelling = 0
  /// Four bits for each class: the last gap in that class, at most 15.
  private var history: UInt64 = 0

  init(_ tables: LayoutTables) {
    self.tables = tables
    fieldCount = tables.plan.fieldCount
    recordCount = tables.plan.recordCount
    nodeBase = tables.plan.nodeBase
    unsafe facts = UnsafePointer(tables.facts)
    unsafe rows = UnsafePointer(tables.rows)
    rankLimit = tables.rankLimit
    unsafe children = UnsafePointer(tables.children)
    unsafe codes = UnsafePointer(tables.codes)
    roots = tables.trees.roots
  }

  /// Forgets what came before; every document and every block starts so.
  mutating func start(field: Int) {
    self.field = field
    (gap, shape, shapeBefore, hasOneSpelling, history) = (0, 0, 0, 0, 0)
  }

  var currentField: Int { field }

  @inline(__always)
  func point(_ rank: Int, variantCount: Int, isNumber: Bool) -> LayoutPoint {
    let kind = rank < fieldCount ? 2 : isNumber ? 1 : 0
    var row = recordCount &+ kind &* 2 &+ (variantCount > 1 ? 1 : 0)
    if rank < rankLimit {
      let own = unsafe rows[rank]
      if own != LayoutTables.noRow { row = Int(own) }
    }
    return LayoutPoint(
      cells: LayoutPlan.cell(ofRow: row), kind: kind, rank: rank, variantCount: variantCount,
      facts: unsafe facts[row])
  }

  /// What follows the last token of a document.
  var end: LayoutPoint {
    let row = recordCount &+ LayoutPlan.spareRows &- 1
    return LayoutPoint(
      cells: LayoutPlan.cell(ofRow: row), kind: 3, rank: 0, variantCount: 0,
      facts: unsafe facts[row])
  }

  /// Codes the token `this` that `next` follows; the answers are given where they are known.
  @inline(__always)
  mutating func code<Coder: LayoutDecisions & ~Copyable>(
    _ coder: inout Coder, _ this: LayoutPoint, _ next: LayoutPoint, variant: Int, gap: Int
  ) -> (variant: Int, gap: Int) {
    if this.kind == 2 { field = min(this.rank, 3) }
    var variant = variant
    if this.variantCount > 1 { variant = codeVariant(&coder, this, next, variant) }
    let shapes = Int(truncatingIfNeeded: this.facts &>> 32) | 0x300
    let shapeNow = (shapes &>> (2 &* min(variant, 4))) & 3
    let gap = codeGap(&coder, this, next, gap, shapeNow)
    self.gap = gap
    shapeBefore = shape
    shape = shapeNow
    hasOneSpelling = this.variantCount <= 1 ? 1 : 0
    return (variant, gap)
  }

  @inline(__always)
  private func codeVariant<Coder: LayoutDecisions & ~Copyable>(
    _ coder: inout Coder, _ this: LayoutPoint, _ next: LayoutPoint, _ variant: Int
  ) -> Int {
    // How the text before leads one to expect a capital.
    let capital = shape == 2 ? 3 : shape == 1 ? 2 : gap == 0 ? 0 : 1
    let before = (shape &* 2 &+ ((shapeBefore == 1 || shapeBefore == 2) ? 1 : 0)) &* 2
    let first = (before &+ hasOneSpelling) &* 8 &+ min(gap, 7)
    let second = (field &* 2 &+ (next.kind == 0 ? 1 : 0)) &* 4 &+ min(gap, 3)
    var shapes = Int(truncatingIfNeeded: this.facts &>> 32) | ~0xFF
    var cells = this.cells
    var number = 0
    let last = min(this.variantCount &- 1, LayoutPlan.unaryVariants)
    while number < last {
      let repeated = number == 0 ? 0 : 1
      let own = shapes & 3
      let kind = repeated &* 16 &+ (shapes & 15)
      let answer = coder.decide(
        variant == number ? 0 : 1, set: (repeated &* 4 &+ own) &* 4 &+ capital,
        cells &+ capital, kind &* 128 &+ first, LayoutPlan.fieldBase &+ kind &* 32 &+ second,
        next.cells &+ 8 &+ (own == 1 ? 1 : 0))
      if answer == 0 { return number }
      number &+= 1
      shapes = shapes &>> 2
      cells = LayoutPlan.cell(ofRow: recordCount &+ LayoutPlan.spareRows &- 1)
    }
    guard this.variantCount > LayoutPlan.unaryVariants &+ 1 else { return number }
    return number &+ Self.number(&coder, bits: 16, variant &- number)
  }

  /// A number of which nothing is known, highest bit first.
  private static func number<Coder: LayoutDecisions & ~Copyable>(
    _ coder: inout Coder, bits: Int, _ value: Int
  ) -> Int {
    var result = 0
    var place = bits &- 1
    while place >= 0 {
      result = result &* 2 &+ coder.plain((value &>> place) & 1)
      place &-= 1
    }
    return result
  }

  @inline(__always)
  private mutating func codeGap<Coder: LayoutDecisions & ~Copyable>(
    _ coder: inout Coder, _ this: LayoutPoint, _ next: LayoutPoint, _ value: Int, _ shapeNow: Int
  ) -> Int {
    let pair = this.kind &* 4 &+ next.kind
    let context = pair &* 4 &+ field
    let past = Int(truncatingIfNeeded: history &>> UInt64(4 &* pair)) & 15
    let isOther = coder.decide(
      value == 0 ? 0 : 1, set: LayoutPlan.variantSets &+ context,
      this.cells &+ 4 &+ (next.kind == 1 ? 1 : 0), next.cells &+ 6 &+ (this.kind == 1 ? 1 : 0),
      LayoutPlan.gapBase &+ (context &* 8 &+ min(gap, 7)) &* 4 &+ shapeNow,
      LayoutPlan.historyBase &+ (pair &* 16 &+ past) &* 4 &+ field)
    var result = 0
    if isOther != 0 {
      result = codeOther(&coder, this, next, value, pair: pair, past: past)
    }
    history &= ~(15 &<< UInt64(4 &* pair))
    history |= UInt64(truncatingIfNeeded: min(result, 15)) &<< UInt64(4 &* pair)
    return result
  }

  /// A gap that is not 0: down the tree of its class.
  private func codeOther<Coder: LayoutDecisions & ~Copyable>(
    _ coder: inout Coder, _ this: LayoutPoint, _ next: LayoutPoint, _ value: Int, pair: Int,
    past: Int
  ) -> Int {
    let list = unsafe codes + pair &* LayoutPlan.listedGaps
    let wanted = unsafe list[value < LayoutPlan.listedGaps ? value : 0]
    let after = unsafe LayoutCandidates(this.facts & 0xFFFF, list)
    let before = unsafe LayoutCandidates((next.facts &>> 16) & 0xFFFF, list)
    let context = min(gap, 7) &* 4 &+ field
    var path: UInt64 = 0
    var depth = 0
    var item = roots[pair]
    while item >= 0 {
      let node = Int(item)
      let base = nodeBase &+ node &* LayoutPlan.nodeCells
      let answer = coder.decide(
        Int(truncatingIfNeeded: wanted &>> UInt64(63 &- depth)) & 1,
        set: LayoutPlan.nodeSets &+ node,
        base &+ after.opinion(path, depth), base &+ 17 &+ before.opinion(path, depth),
        base &+ 34 &+ context, base &+ 66 &+ past)
      path |= UInt64(truncatingIfNeeded: answer) &<< UInt64(63 &- depth)
      depth &+= 1
      item = unsafe children[2 &* node &+ answer]
    }
    let leaf = Int(~item)
    return leaf != 0 ? leaf : codeEscape(&coder, value, context: context, past: past)
  }

  /// A gap that its class does not list: its length in bits down a tree of 32 leaves, then the
  /// bits below the highest.
  private func codeEscape<Coder: LayoutDecisions & ~Copyable>(
    _ coder: inout Coder, _ value: Int, context: Int, past: Int
  ) -> Int {
    let length = Int.bitWidth &- value.leadingZeroBitCount &- 1
    var heap = 1
    var place = 4
    while place >= 0 {
      let node = heap &- 1
      let base = nodeBase &+ node &* LayoutPlan.nodeCells
      let answer = coder.decide(
        (length &>> place) & 1, set: LayoutPlan.nodeSets &+ node,
        base, base &+ 17, base &+ 34 &+ context, base &+ 66 &+ past)
      heap = heap &* 2 &+ answer
      place &-= 1
    }
    let bits = heap &- 32
    return (1 &<< bits) | Self.number(&coder, bits: bits, value)
  }
}

/// Two gaps that often stand on one side of a term, and how sure that is.
struct LayoutCandidates {
  private let first: UInt64
  private let second: UInt64
  private let firstTrust: Int
  private let secondTrust: Int

  /// - Parameter packed: Two bytes; each is a gap number below 64 (0 for none) and, in the two
  ///   highest bits, the trust.
  @inline(__always)
  init(_ packed: UInt64, _ codes: UnsafePointer<UInt64>) {
    let gap = Int(truncatingIfNeeded: packed & 63)
    let other = Int(truncatingIfNeeded: (packed &>> 8) & 63)
    unsafe first = gap == 0 ? 0 : codes[gap]
    unsafe second = other == 0 ? 0 : codes[other]
    firstTrust = Int(truncatingIfNeeded: (packed &>> 6) & 3)
    secondTrust = Int(truncatingIfNeeded: (packed &>> 14) & 3)
  }

  /// What the candidates say of the bit at `depth` after `path`: 0 nothing, else 1 and more by
  /// which candidate speaks, its trust and the bit it would have.
  @inline(__always)
  func opinion(_ path: UInt64, _ depth: Int) -> Int {
    let rest = UInt64(64 &- depth)
    if depth < Int(first & 63), (first ^ path) >> rest == 0 {
      return 1 &+ firstTrust &* 2 &+ (Int(truncatingIfNeeded: first &>> (rest &- 1)) & 1)
    }
    if depth < Int(second & 63), (second ^ path) >> rest == 0 {
      return 9 &+ secondTrust &* 2 &+ (Int(truncatingIfNeeded: second &>> (rest &- 1)) & 1)
    }
    return 0
  }
}
