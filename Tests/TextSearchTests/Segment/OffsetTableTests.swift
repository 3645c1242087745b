import TestSupport
import Testing

@testable import TextSearch

@Suite struct OffsetTableTests {
  static let cases: [[Int]] = [
    [], [0], [7], [0, 0, 0], [(1 << 48) - 1], [0, (1 << 48) - 1],
    Array(repeating: 5, count: 200), Array(0..<1000), (0..<64).map { $0 * 1000 },
    (0..<65).map { $0 * 123_456_789 }, Array(repeating: 0, count: 63) + [1 << 40, 1 << 41],
  ]

  @Test(arguments: cases) func roundTrip(_ values: [Int]) throws { try check(values, padding: 0) }

  @Test(arguments: 0..<40 as Range<UInt64>) func randomRoundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var value = 0
    let steps = [0, 1, 3, 300, 70_000, 1 << 30]
    let values = (0..<Int.random(in: 0...500, using: &random)).map { _ in
      let limit = steps[Int.random(in: 0..<steps.count, using: &random)]
      value += Int.random(in: 0...limit, using: &random)
      return value
    }
    try check(values, padding: Int.random(in: 0...9, using: &random))
  }

  private func check(_ values: [Int], padding: Int) throws {
    let bytes = OffsetTable.encode(values)
    let around = [UInt8](repeating: 0xEE, count: padding)
    let table = try OffsetTable(SectionFixture.section(around + bytes + around), at: padding)
    #expect(table.count == values.count)
    #expect(table.byteCount == bytes.count)
    for (index, value) in values.enumerated() {
      #expect(try table.value(at: index) == value)
      if index + 1 < values.count {
        #expect(try table.range(at: index) == value..<values[index + 1])
      }
      let last = values.lastIndex { $0 <= value }
      #expect(try table.lastIndex(notAbove: value) == last)
    }
    if let first = values.first, first > 0 {
      #expect(try table.lastIndex(notAbove: first - 1) == nil)
    }
  }

  @Test func evenValuesCostLittle() {
    let bytes = OffsetTable.encode((0..<64_000).map { $0 * 380 + $0 % 7 })
    #expect(bytes.count < 64_000)
  }

  @Test func damageNeverTraps() throws {
    let values = (0..<150).map { $0 * $0 * 17 }
    try SectionFixture.forEachDamage(of: OffsetTable.encode(values)) { section in
      let table = try OffsetTable(section, at: 0)
      for index in 0..<min(table.count, 300) { _ = try? table.value(at: index) }
      for index in 0..<max(0, min(table.count, 300) - 1) { _ = try? table.range(at: index) }
      _ = try table.lastIndex(notAbove: 1000)
    }
  }
}
