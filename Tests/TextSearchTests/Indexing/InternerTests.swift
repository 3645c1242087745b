import TestSupport
import Testing

@testable import TextSearch

@Suite struct InternerTests {
  /// Strings that share their beginnings and ends, with bytes of zero.
  private static func strings(_ count: Int, _ random: inout SeededGenerator) -> [[UInt8]] {
    (0..<count).map { _ in
      let length = [0, 1, 2, 7, 8, 9, 15, 16, 17, 24, 40, 255][
        Int.random(in: 0..<12, using: &random)]
      var bytes = [UInt8](repeating: 0, count: length)
      for _ in 0..<2 where length > 0 {
        bytes[Int.random(in: 0..<length, using: &random)] = UInt8.random(in: 0...40, using: &random)
      }
      return bytes
    }
  }

  @Test func numbersAreThoseOfADictionary() {
    var random = SeededGenerator(seed: TestSeed.announced("interner"))
    var interner = Interner()
    var numbers: [[UInt8]: Int] = [:]
    for string in Self.strings(60_000, &random) {
      let expected = numbers[string] ?? numbers.count
      numbers[string] = expected
      guard interner.intern(string) == expected else {
        Issue.record("\(string) is not \(expected)")
        return
      }
    }
    #expect(interner.count == numbers.count)
    let table = interner.strings
    for (string, number) in numbers { #expect(table[number].elementsEqual(string)) }
  }

  @Test func aTableKeepsItsNumbers() {
    var random = SeededGenerator(seed: TestSeed.value &+ 1)
    var table = StringTable()
    let strings = Self.strings(3_000, &random)
    for string in strings { table.append(string) }
    table.addSlack()
    var interner = Interner()
    var other = Interner()
    #expect(interner.intern(table).map(Int.init) == strings.map { other.intern($0) })
    #expect(interner.intern(StringTable()) == [])
  }
}
