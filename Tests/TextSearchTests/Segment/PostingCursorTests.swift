import TestSupport
import Testing

@testable import TextSearch

/// The contract of `PostingCursor`, for everything that keeps it.
@Suite struct PostingCursorTests {
  static let sizes = [1, 2, 3, 127, 128, 129, 255, 256, 257, 900, 3000]

  /// Walks a new cursor in steps of all kinds beside the arrays that it stands for.
  private static func problems(
    _ cursor: PostingCursor, _ documents: [UInt32], _ weights: [Float], steps: ClosedRange<UInt32>,
    _ random: inout SeededGenerator
  ) throws -> [String] {
    var target = UInt32.random(in: 0...steps.upperBound, using: &random)
    var place = 0
    while true {
      while place < documents.count, documents[place] < target { place += 1 }
      try cursor.advance(to: target)
      let expected = place < documents.count ? documents[place] : .end
      if cursor.doc != expected { return ["to \(target): \(cursor.doc), not \(expected)"] }
      if expected == .end { break }
      let read = Int.random(in: 0...2, using: &random)
      for _ in 0..<read where try cursor.weight() != weights[place] {
        return ["weight of \(expected): \(try cursor.weight()), not \(weights[place])"]
      }
      switch Int.random(in: 0...5, using: &random) {
      case 0: target = expected
      case 1: target = expected - min(expected, 7)
      case 2:
        try cursor.next()
        target = expected + 1
      default: target = expected + UInt32.random(in: steps, using: &random)
      }
      place = documents.firstIndex { $0 >= min(target, expected) } ?? documents.count
      target = max(target, expected) == expected ? expected : target
    }
    for target in [0, .end, documents.last ?? 0] as [UInt32] {
      try cursor.advance(to: target)
      if cursor.doc != .end { return ["left the end for \(target)"] }
    }
    return []
  }

  @Test(arguments: sizes) func listsKeepTheContract(size: Int) throws {
    var random = SeededGenerator(seed: TestSeed.announced("lists", size))
    for density in [1, 0.5, 0.02] {
      let list = ListFixture(size, density: density, &random)
      let section = try list.section()
      for steps in [1...1, 1...3, 1...200, 1...100_000] as [ClosedRange<UInt32>] {
        let problems = try Self.problems(
          list.cursor(section), list.documents, list.weights(), steps: steps, &random)
        #expect(problems == [], "\(density) \(steps)")
      }
    }
  }

  @Test(arguments: sizes) func listsInMemoryKeepTheContract(size: Int) throws {
    var random = SeededGenerator(seed: TestSeed.value &+ UInt64(size))
    let list = ListFixture(size, density: 0.3, &random)
    for steps in [1...1, 1...30, 1...3000] as [ClosedRange<UInt32>] {
      let problems = try Self.problems(
        MemoryCursor(list.memory()), list.documents, list.weights(), steps: steps, &random)
      #expect(problems == [], "\(steps)")
    }
  }

  @Test(arguments: sizes) func unionsKeepTheContract(size: Int) throws {
    var random = SeededGenerator(seed: TestSeed.value &+ UInt64(size))
    let lists = (0..<3).map { _ in ListFixture(size, density: 0.2, &random) }
    var sums: [UInt32: Float] = [:]
    for list in lists {
      for (document, weight) in zip(list.documents, list.weights()) {
        sums[document, default: 0] += weight
      }
    }
    let documents = sums.keys.sorted()
    for steps in [1...1, 1...30, 1...3000] as [ClosedRange<UInt32>] {
      let members: [PostingCursor] = [
        try lists[0].cursor(lists[0].section()), MemoryCursor(lists[1].memory()),
        try lists[2].cursor(lists[2].section()),
      ]
      let problems = try Self.problems(
        UnionCursor(members), documents, documents.map { sums[$0] ?? 0 }, steps: steps, &random)
      #expect(problems == [], "\(steps)")
    }
  }

  @Test func emptyListsEndAtOnce() throws {
    let cursors: [PostingCursor] = [MemoryCursor(MemoryList()), UnionCursor([])]
    for cursor in cursors {
      try cursor.advance(to: 0)
      #expect(cursor.doc == .end)
      #expect(try cursor.bound(from: 0).low.weight == 0)
    }
  }

  // MARK: Bounds

  /// Every posting from a target up to the bound's last lies under one of the bound's points.
  private static func isBound(
    _ cursor: PostingCursor, _ documents: [UInt32], _ weights: [Float], _ norms: [UInt8],
    step: Int
  ) throws -> Bool {
    var target: UInt32 = 0
    var place = 0
    while place < documents.count {
      let bound = try cursor.bound(from: target)
      if bound.last < target { return false }
      while place < documents.count, documents[place] < target { place += 1 }
      for other in place..<documents.count where documents[other] <= bound.last {
        let norm = norms[Int(documents[other])]
        let fits = [bound.low, bound.high].contains {
          $0.weight >= weights[other] && $0.norm <= norm
        }
        if !fits { return false }
      }
      if bound.last >= .end - 1 { return true }
      target = max(bound.last + 1, target) + UInt32(step)
    }
    return true
  }

  @Test(arguments: sizes) func boundsBind(size: Int) throws {
    var random = SeededGenerator(seed: TestSeed.value &+ UInt64(size))
    let list = ListFixture(size, density: 0.4, &random)
    let section = try list.section()
    for boosts in [ListFixture.boosts, [1, 1, 1], [0.1, 7, 2], [6, 2, 4], [0.3, 0.1, 0.7]] {
      let ratios = zip(boosts, ListFixture.boosts).map { $0 / $1 }
      // Norms for the query's boosts, as small as they may be.
      let norms = list.norms.map {
        Quantizer.norm(of: Quantizer.lengths[Int($0)] * (ratios.min() ?? 1))
      }
      for step in [0, 1, 500] {
        #expect(
          try Self.isBound(
            list.cursor(section, boosts: boosts), list.documents, list.weights(boosts), norms,
            step: step), "\(boosts) \(step)")
      }
    }
    let memory = MemoryCursor(list.memory())
    #expect(try Self.isBound(memory, list.documents, list.weights(), list.norms, step: 0))
    let union = UnionCursor([MemoryCursor(list.memory()), try list.cursor(section)])
    let doubled = list.weights().map { 2 * $0 }
    #expect(try Self.isBound(union, list.documents, doubled, list.norms, step: 0))
  }

  /// Blocks of a list have bounds that are not all those of the whole list.
  @Test func boundsAreThoseOfBlocks() throws {
    let documents = (0..<1024).map { UInt32($0) }
    let table = FrequencyTable(fieldCount: 1, entries: [[1], [100]])
    let writer = ListWriter(
      frequencies: table, boosts: [1], norms: [UInt8](repeating: 20, count: 1024), averageLength: 20
    )
    var entries = [UInt32](repeating: 0, count: 1024)
    entries[500] = 1
    let bytes = writer.postings(documents[...], entries[...])
    let cursor = try ListCursor(
      SectionFixture.section(bytes), 0..<bytes.count, count: 1024, limit: 1024,
      weights: table.weights([1]), scale: BoundScale(schema: [1], query: [1]))
    for block in 0..<8 {
      let bound = try cursor.bound(from: UInt32(block * 128))
      #expect(bound.last == UInt32(block * 128 + 127))
      #expect((max(bound.low.weight, bound.high.weight) >= 100) == (block == 3))
    }
    #expect(try cursor.bound(from: 1024).low.weight == 0)
  }

  // MARK: Damage

  @Test(arguments: [3, 128, 300]) func damageIsNeverACrash(size: Int) throws {
    var random = SeededGenerator(seed: TestSeed.value)
    let list = ListFixture(size, density: 0.7, &random)
    try SectionFixture.forEachDamage(of: list.bytes) { section in
      let cursor = try list.cursor(section)
      _ = try cursor.bound(from: 0)
      try cursor.advance(to: 0)
      var before = -1
      while cursor.doc != .end {
        #expect(Int(cursor.doc) > before && Int(cursor.doc) < list.limit)
        before = Int(cursor.doc)
        _ = try cursor.weight()
        _ = try cursor.bound(from: cursor.doc)
        try cursor.next()
      }
    }
  }
}
