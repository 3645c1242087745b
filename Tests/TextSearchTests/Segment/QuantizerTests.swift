import TestSupport
import Testing

@testable import TextSearch

@Suite struct QuantizerTests {
  /// Whole numbers of at most five significant bits.
  private static let lengths: [Float] = {
    var lengths = (0..<32).map { Float($0) }
    for shift in 1...14 { lengths += (16..<32).map { Float($0 << shift) } }
    return lengths
  }()

  @Test func lengthsHaveFiveSignificantBits() { #expect(Quantizer.lengths == Self.lengths) }

  @Test func normsAreTheLargestNotAbove() {
    var probes: [Float] = [0, -1, .leastNonzeroMagnitude, .infinity, 1e30, -.infinity]
    for length in Self.lengths { probes += [length, length.nextUp, length.nextDown] }
    var random = SeededGenerator(seed: TestSeed.value)
    for _ in 0..<20_000 { probes.append(Float.random(in: 0...700_000, using: &random)) }
    for probe in probes {
      let expected = Self.lengths.lastIndex { $0 <= probe } ?? 0
      #expect(Int(Quantizer.norm(of: probe)) == expected, "\(probe)")
    }
    #expect(Quantizer.norm(of: .nan) == 0)
  }

  @Test func weightCodesAreTheSmallestNotBelow() {
    #expect(zip(Quantizer.weights, Quantizer.weights.dropFirst()).allSatisfy { $0 < $1 })
    var probes: [Float] = [0, .leastNonzeroMagnitude, 1e9, .greatestFiniteMagnitude, .infinity]
    for weight in Quantizer.weights { probes += [weight, weight.nextUp, weight.nextDown] }
    for probe in probes {
      let expected = Quantizer.weights.firstIndex { $0 >= probe } ?? 255
      #expect(Int(Quantizer.weightCode(notBelow: probe)) == expected, "\(probe)")
    }
  }
}

@Suite struct BoundScaleTests {
  /// A document's numbers under two sets of boosts.
  struct Case: Sendable, CustomStringConvertible {
    var schema: [Float]
    var query: [Float]
    var counts: [UInt32]
    var lengths: [Float]

    var description: String { "\(schema) → \(query): \(counts), \(lengths)" }

    /// Whether the bound that is stored for the schema's boosts holds for the query's, as both
    /// come out of floating point.
    var holds: Bool {
      let table = FrequencyTable(fieldCount: schema.count, entries: [counts])
      let norms = lengths.map { Quantizer.norm(of: $0) }
      let point = BoundScale(schema: schema, query: query).point(
        Quantizer.weightCode(notBelow: table.weights(schema)[0]),
        NormColumns.combined(norms, boosts: schema))
      return point.weight >= table.weights(query)[0]
        && point.norm <= NormColumns.combined(norms, boosts: query)
    }
  }

  /// Sums that round down for the schema's boosts and up for the query's, or the other way: one
  /// step of a margin is not enough for them.
  static let rounding: [Case] = [
    .init(
      schema: [3, 3, 3, 3, 3], query: [1.2, 1.2, 1.2, 1.2, 1.2], counts: [7, 2, 6, 1, 4],
      lengths: [7, 2, 6, 1, 4]),
    .init(
      schema: [2, 2, 2, 2, 2, 2, 2, 2], query: [0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2],
      counts: [1, 6, 1, 0, 2, 3, 1, 0], lengths: [1, 6, 1, 0, 2, 3, 1, 0]),
    .init(
      schema: [2, 2, 2, 2, 2, 2, 2, 2], query: [4.8, 4.8, 4.8, 4.8, 4.8, 4.8, 4.8, 4.8],
      counts: [1, 0, 0, 0, 0, 0, 0, 0], lengths: [62, 88, 60, 72, 17, 64, 14, 23]),
    .init(
      schema: [1, 1, 1, 1, 1, 1, 1, 1], query: [2.4, 2.4, 2.4, 2.4, 2.4, 2.4, 2.4, 2.4],
      counts: [1, 0, 0, 0, 0, 0, 0, 0], lengths: [96, 44, 104, 7, 50, 19, 76, 4]),
  ]

  @Test(arguments: rounding) func roundingIsCovered(example: Case) { #expect(example.holds) }

  @Test func boundsHoldForOtherBoosts() {
    var random = SeededGenerator(seed: TestSeed.announced("bounds for other boosts"))
    for _ in 0..<20_000 {
      let fields = Int.random(in: 1...8, using: &random)
      func tenths() -> Float { Float(Int.random(in: 1...60, using: &random)) / 10 }
      let schema = (0..<fields).map { _ in tenths() }
      let factor = tenths()
      let isUniform = Bool.random(using: &random)
      let example = Case(
        schema: schema, query: schema.map { isUniform ? $0 * factor : tenths() },
        counts: schema.map { _ in UInt32.random(in: 0...7, using: &random) },
        lengths: schema.map { _ in Float(Int.random(in: 0...200, using: &random)) })
      guard example.holds else {
        Issue.record("\(example)")
        return
      }
    }
  }
}
