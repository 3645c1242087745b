import TestSupport
import Testing

@testable import TextSearch

@Suite struct TopKTests {
  /// Items in the order of their addresses, with few different scores and ranks.
  private static func items(_ count: Int, _ random: inout SeededGenerator) -> [TopK.Item] {
    var document: UInt32 = 0
    return (0..<count).map { number in
      document += UInt32.random(in: 1...5, using: &random)
      return TopK.Item(
        rank: Int.random(in: 0...1, using: &random),
        score: Double(Int.random(in: 0...9, using: &random)) / 4,
        address: DocAddress(segment: number * 3 / max(count, 1), document: document))
    }
  }

  @Test(arguments: [0, 1, 2, 10, 100, 1000, Int.max]) func theBestAreThoseOfASort(limit: Int) {
    var random = SeededGenerator(seed: TestSeed.value &+ 5)
    for count in [0, 1, 2, 9, 10, 11, 300] {
      let items = Self.items(count, &random)
      var top = TopK(limit: limit)
      for item in items { top.offer(item) }
      let sorted = items.enumerated().sorted { a, b in
        if a.element.rank != b.element.rank { return a.element.rank > b.element.rank }
        if a.element.score != b.element.score { return a.element.score > b.element.score }
        return a.offset < b.offset
      }
      #expect(top.sorted() == sorted.prefix(limit).map(\.element))
    }
  }

  /// What is not above the threshold changes nothing.
  @Test(arguments: [0, 1, 7]) func theThresholdIsWhatMustBeBeaten(limit: Int) {
    var random = SeededGenerator(seed: TestSeed.value &+ 6)
    var top = TopK(limit: limit)
    for (seen, item) in Self.items(200, &random).enumerated() {
      var item = item
      item.rank = 0
      let before = top.sorted()
      let threshold = top.threshold
      #expect(
        threshold == (limit == 0 ? .infinity : seen < limit ? -.infinity : before.last?.score))
      top.offer(item)
      #expect((top.sorted() != before) == (item.score > threshold))
    }
  }
}
