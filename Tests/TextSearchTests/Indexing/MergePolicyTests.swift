import TestSupport
import Testing

@testable import TextSearch

@Suite struct MergePolicyTests {
  /// An index of which only the sizes are known.
  private struct Simulation {
    let policy: MergePolicy
    var segments: [MergePolicy.Size] = []
    var commits = 0
    var committed = 0
    var deleted = 0
    var written = 0
    var mostSegments = 0

    mutating func commit(_ tokens: Int) {
      segments.append(.init(live: tokens, all: tokens))
      commits += 1
      committed += tokens
      written += tokens
      merge()
    }

    mutating func delete(_ tokens: Int, from place: Int) {
      let count = min(tokens, segments[place].live)
      segments[place].live -= count
      deleted += count
    }

    mutating func merge() {
      while true {
        let sets = policy.merges(of: segments)
        if sets.isEmpty { break }
        #expect(Set(sets.joined()).count == sets.joined().count)
        for set in sets {
          let live = set.reduce(0) { $0 + segments[$1].live }
          #expect(set.count == 1 || live <= policy.limit)
          written += live
          if live > 0 { segments.append(.init(live: live, all: live)) }
        }
        for place in sets.joined().sorted(by: >) { segments.remove(at: place) }
      }
      mostSegments = max(mostSegments, segments.count)
      let live = segments.reduce(0) { $0 + $1.live }
      #expect(segments.count <= 7 * policy.levelCount + 2 * live / policy.limit)
      #expect(segments.allSatisfy { $0.all - $0.live <= $0.all / 4 })
    }
  }

  private static let sizes: [(name: String, range: ClosedRange<Double>)] = [
    ("small", 1...1), ("filings", 10...17), ("all", 0...20), ("large", 15...23),
  ]

  /// Many commits of random sizes, whose logarithms are spread evenly.
  @Test(arguments: 0..<4, [1 << 14, 1 << 20, 40_000_000])
  func boundsHold(number: Int, limit: Int) {
    let (name, range) = Self.sizes[number]
    var random = SeededGenerator(seed: TestSeed.announced("merge policy, \(name)", limit))
    var simulation = Simulation(policy: MergePolicy(limit: limit))
    for _ in 0..<(limit == 40_000_000 ? 100_000 : 5_000) {
      let power = Double.random(in: range, using: &random)
      simulation.commit(Int(MergePolicyTests.power(power)))
    }
    let policy = simulation.policy
    #expect(
      simulation.written <= (policy.levelCount + 1) * simulation.committed
        + 8 * MergePolicy.smallestLevel * simulation.commits / 7)
    print(
      "merges of \(name) commits, limit \(limit): most segments \(simulation.mostSegments),",
      "written \(Double(simulation.written) / Double(simulation.committed)) times")
  }

  /// Two to the power of `exponent`, near enough.
  private static func power(_ exponent: Double) -> Double {
    let whole = exponent.rounded(.down)
    return Double(1 << Int(whole)) * (1 + exponent - whole)
  }

  @Test(arguments: [1 << 20, 40_000_000]) func boundsHoldWithDeletions(limit: Int) {
    var random = SeededGenerator(seed: TestSeed.announced("merge policy, deletions", limit))
    var simulation = Simulation(policy: MergePolicy(limit: limit))
    for _ in 0..<20_000 {
      for _ in 0..<Int.random(in: 0...3, using: &random) where !simulation.segments.isEmpty {
        let place = Int.random(in: 0..<simulation.segments.count, using: &random)
        let power = Double.random(in: 0...17, using: &random)
        simulation.delete(Int(Self.power(power)), from: place)
      }
      simulation.commit(Int(Self.power(Double.random(in: 8...17, using: &random))))
    }
    let policy = simulation.policy
    #expect(
      simulation.written <= (2 * policy.levelCount + 1) * simulation.committed
        + 3 * simulation.deleted + 8 * MergePolicy.smallestLevel * simulation.commits / 7)
    print(
      "merges with deletions, limit \(limit): most segments \(simulation.mostSegments),",
      "written \(Double(simulation.written) / Double(simulation.committed)) times")
  }

  private static func sizes(_ live: [Int]) -> [MergePolicy.Size] {
    live.map { .init(live: $0, all: $0) }
  }

  @Test(arguments: [
    // Seven of a level stay; eight become one, whatever else there is.
    ([5, 5, 5, 5, 5, 5, 5], []),
    ([5, 5, 900_000, 5, 5, 5, 5, 5, 5], [[0, 1, 3, 4, 5, 6, 7, 8]]),
    // The smallest first.
    ([9, 8, 7, 6, 5, 4, 3, 2, 1], [[1, 2, 3, 4, 5, 6, 7, 8]]),
    // No more than fit; full ones stay.
    ([300_000, 400_000, 400_000, 400_000, 400_000, 400_000, 400_000, 400_000], [[0, 1]]),
    ([600_000, 600_000, 600_000, 600_000, 600_000, 600_000, 600_000, 600_000], []),
  ])
  func levels(live: [Int], expected: [[Int]]) {
    #expect(MergePolicy(limit: 1_000_000).merges(of: Self.sizes(live)) == expected)
  }

  @Test func whatIsDeletedGoes() {
    let policy = MergePolicy(limit: 1_000_000)
    let segments: [MergePolicy.Size] = [
      .init(live: 75, all: 100), .init(live: 74, all: 100), .init(live: 600_000, all: 900_000),
      .init(live: 0, all: 10), .init(live: 0, all: 0),
    ]
    #expect(policy.merges(of: segments) == [[1], [2], [3]])
  }

  @Test(arguments: [
    (1, [[0, 1, 2, 3]]), (2, [[0, 2, 3]]), (3, [[0, 3]]), (4, []), (9, []), (0, [[0, 1, 2, 3]]),
  ])
  func mergingOnRequest(count: Int, expected: [[Int]]) {
    let segments = Self.sizes([1, 900_000, 800_000, 5])
    #expect(MergePolicy.merges(of: segments, leaving: count) == expected)
  }

  @Test func mergingOnRequestDropsWhatIsDeleted() {
    let segments: [MergePolicy.Size] = [
      .init(live: 99, all: 100), .init(live: 5, all: 5), .init(live: 6, all: 6),
    ]
    #expect(MergePolicy.merges(of: segments, leaving: 2) == [[1, 2], [0]])
    #expect(MergePolicy.merges(of: [segments[0]], leaving: 1) == [[0]])
    #expect(MergePolicy.merges(of: [], leaving: 1) == [])
  }
}
