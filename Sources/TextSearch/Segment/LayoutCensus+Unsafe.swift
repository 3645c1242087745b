/// What a first walk over the tokens finds: how often each gap stands in each class and beside
/// each term.
///
/// Safety: the buffers are allocated here with the sizes below, and every index is clipped to
/// them: ranks below `ranks`, gaps below `listedGaps` or `candidateGaps`.
@safe struct LayoutCensus: ~Copyable {
  private static let width = LayoutPlan.candidateGaps
  /// Listed gaps of a class, so that a tree with its escape has at most 31 leaves.
  private static let leavesOfClass = 30

  /// By rank: how often the term occurs.
  private let terms: UnsafeMutablePointer<UInt32>
  /// By class and gap; number 0 counts the gaps that are too rare to be listed.
  private let classes: UnsafeMutablePointer<UInt32>
  /// By rank and gap, after the term and before it; number 0 counts those of 64 and more.
  private let after: UnsafeMutablePointer<UInt32>
  private let before: UnsafeMutablePointer<UInt32>

  private let ranks: Int

  init(_ walk: LayoutWalk, _ blocks: [LayoutBlock]) {
    ranks = min(walk.termCount, LayoutPlan.maximumRank)
    unsafe terms = Self.zeros(ranks)
    unsafe classes = Self.zeros(LayoutPlan.classes * LayoutPlan.listedGaps)
    unsafe after = Self.zeros(ranks * Self.width)
    unsafe before = Self.zeros(ranks * Self.width)
    for block in blocks { count(walk, block) }
  }

  deinit {
    unsafe terms.deallocate()
    unsafe classes.deallocate()
    unsafe after.deallocate()
    unsafe before.deallocate()
  }

  private static func zeros(_ count: Int) -> UnsafeMutablePointer<UInt32> {
    let zeros = UnsafeMutablePointer<UInt32>.allocate(capacity: count)
    unsafe zeros.initialize(repeating: 0, count: count)
    return unsafe zeros
  }

  private func count(_ walk: LayoutWalk, _ block: LayoutBlock) {
    let (terms, classes, after, before) = unsafe (terms, classes, after, before)
    let ranks = self.ranks
    walk.forEachPair(in: block) { rank, next, pair, gap in
      if rank < ranks { unsafe terms[rank] &+= 1 }
      guard gap != 0 else { return }
      let listed = gap < LayoutPlan.listedGaps ? gap : 0
      unsafe classes[pair &* LayoutPlan.listedGaps &+ listed] &+= 1
      let candidate = gap < Self.width ? gap : 0
      if rank < ranks {
        unsafe after[rank &* Self.width &+ candidate] &+= 1
      }
      if next >= 0, next < ranks {
        unsafe before[next &* Self.width &+ candidate] &+= 1
      }
    }
  }

  /// The ranks of the terms that occur `limit` times or more.
  func ranks(atLeast limit: UInt32) -> [Int] {
    (0..<ranks).filter { unsafe terms[$0] >= limit }
  }

  /// For each class the gaps that occur most, with the escape.
  func leaves() -> [[(gap: Int, count: Int)]] {
    (0..<LayoutPlan.classes).map { pair in
      let first = pair * LayoutPlan.listedGaps
      let seen = (0..<LayoutPlan.listedGaps).map {
        (gap: $0, count: Int(unsafe classes[first + $0]))
      }
      let listed = seen.dropFirst().filter { $0.count > 0 }
        .sorted { ($0.count, $1.gap) > ($1.count, $0.gap) }.prefix(Self.leavesOfClass)
      let rest = seen.reduce(0) { $0 + $1.count } - listed.reduce(0) { $0 + $1.count }
      return [(gap: 0, count: rest)] + listed
    }
  }

  /// The two gaps most frequent after a term and the two before it, in four bytes.
  func candidates(_ rank: Int) -> UInt64 {
    unsafe Self.candidates(after + rank * Self.width)
      | (Self.candidates(before + rank * Self.width) &<< 16)
  }

  private static func candidates(_ counts: UnsafePointer<UInt32>) -> UInt64 {
    var total = (0..<width).reduce(UInt64(0)) { unsafe $0 + UInt64(counts[$1]) }
    var taken = 0
    var packed: UInt64 = 0
    for place in 0..<2 {
      var best = 0
      for gap in 1..<width where gap != taken {
        if unsafe best == 0 || counts[gap] > counts[best] { best = gap }
      }
      let count = UInt64(unsafe counts[best])
      guard count >= 2 else { break }
      packed |= (UInt64(best) | (trust(count, of: total) &<< 6)) &<< UInt64(8 * place)
      total -= count
      taken = best
    }
    return packed
  }

  /// 0 for less than a third of the cases, 3 for nine tenths and more.
  private static func trust(_ count: UInt64, of total: UInt64) -> UInt64 {
    if 10 * count >= 9 * total { return 3 }
    if 3 * count >= 2 * total { return 2 }
    return 3 * count >= total ? 1 : 0
  }
}
