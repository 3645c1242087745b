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
  /// Boosts whose products and sums round.
  private static let boosts: [Float] = [0.1, 0.3, 0.7, 1, 1.1, 1.7, 2, 2.3, 3, 5.5]

  /// Bounds for other boosts hold for the numbers as they come out of floating point.
  @Test func boundsHoldForOtherBoosts() {
    var random = SeededGenerator(seed: TestSeed.announced("bounds for other boosts"))
    for _ in 0..<3_000 {
      let fields = Int.random(in: 1...8, using: &random)
      func boosts() -> [Float] {
        (0..<fields).map { _ in Self.boosts.randomElement(using: &random) ?? 1 }
      }
      let schema = boosts()
      let query = boosts()
      let scale = BoundScale(schema: schema, query: query)
      for _ in 0..<200 {
        let counts = (0..<fields).map { _ in UInt32.random(in: 0...6, using: &random) }
        let norms = (0..<fields).map { _ in UInt8.random(in: 0...40, using: &random) }
        let table = FrequencyTable(fieldCount: fields, entries: [counts])
        let point = scale.point(
          Quantizer.weightCode(notBelow: table.weights(schema)[0]),
          NormColumns.combined(norms, boosts: schema))
        let weight = table.weights(query)[0]
        let norm = NormColumns.combined(norms, boosts: query)
        guard point.weight >= weight, point.norm <= norm else {
          Issue.record("\(schema) \(query) \(counts) \(norms): \(point) for \(weight), \(norm)")
          return
        }
      }
    }
  }
}
