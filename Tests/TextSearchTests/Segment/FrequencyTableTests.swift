import TestSupport
import Testing

@testable import TextSearch

@Suite struct FrequencyTableTests {
  private static func entries(_ count: Int, _ fields: Int, _ random: inout SeededGenerator)
    -> [[UInt32]]
  {
    (0..<count).map { _ in
      var entry = (0..<fields).map { _ in
        UInt32.random(in: 0...3, using: &random) == 0
          ? UInt32.random(in: 1...900, using: &random) : 0
      }
      if entry.allSatisfy({ $0 == 0 }) { entry[Int.random(in: 0..<fields, using: &random)] = .max }
      return entry
    }
  }

  @Test(arguments: 1...8) func tablesComeBack(fields: Int) throws {
    var random = SeededGenerator(seed: TestSeed.value &+ UInt64(fields))
    for count in [0, 1, 2, 300] {
      let entries = Self.entries(count, fields, &random)
      let table = FrequencyTable(fieldCount: fields, entries: entries)
      #expect(table.count == count)
      let read = try FrequencyTable(SectionFixture.section(table.bytes()), fieldCount: fields)
      #expect(read.frequencies == entries.flatMap { $0 })
      #expect(read.totals() == entries.map { $0.reduce(0) { $0 + Int($1) } })
      let boosts = (0..<fields).map { Float($0) + 0.5 }
      let expected = entries.map { entry in
        var sum: Float = 0
        for (frequency, boost) in zip(entry, boosts) { sum += Float(frequency) * boost }
        return sum
      }
      #expect(read.weights(boosts) == expected)
    }
  }

  @Test func damageIsNeverACrash() throws {
    var random = SeededGenerator(seed: TestSeed.value)
    let table = FrequencyTable(fieldCount: 3, entries: Self.entries(20, 3, &random))
    try SectionFixture.forEachDamage(of: table.bytes()) { section in
      let read = try FrequencyTable(section, fieldCount: 3)
      _ = read.totals()
      _ = read.weights([1, 2, 3])
    }
    #expect(throws: IndexError.self) {
      try FrequencyTable(SectionFixture.section([0xFF, 0xFF, 0xFF, 0xFF, 0x0F]), fieldCount: 3)
    }
  }
}
