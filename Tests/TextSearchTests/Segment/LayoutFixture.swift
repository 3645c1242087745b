import TestSupport

@testable import TextSearch

/// A segment's tokens as plain arrays, made at random, with what the codec gives back.
struct LayoutFixture {
  var ranks: [UInt32] = []
  var variants: [UInt16] = []
  var gaps: [UInt32] = []
  var documentStarts = [0]
  var fieldCount = 4
  var variantCounts: [UInt16] = []
  var isNumber: [Bool] = []
  var shapes: [UInt8] = []
  var gapCount = 1

  /// Documents of the lengths given; low ranks, variants and gaps are the frequent ones.
  init(seed: UInt64, lengths: [Int], terms: Int = 500, gapCount: Int = 300) {
    var random = SeededGenerator(seed: seed)
    self.gapCount = gapCount
    for rank in 0..<terms {
      let counts: [UInt16] = [1, 1, 2, 2, 3, 5, 17, 300]
      let count = counts[Int.random(in: 0..<counts.count, using: &random)]
      variantCounts.append(rank < fieldCount ? 1 : count)
      isNumber.append(rank >= fieldCount && Int.random(in: 0..<4, using: &random) == 0)
      shapes.append(UInt8.random(in: 0...255, using: &random))
    }
    for length in lengths { append(length, &random) }
  }

  private mutating func append(_ length: Int, _ random: inout SeededGenerator) {
    for token in 0..<length {
      let isMarker = token == 0 || Int.random(in: 0..<200, using: &random) == 0
      let limit = isMarker ? fieldCount : variantCounts.count
      let rank = Self.skewed(limit, &random)
      ranks.append(UInt32(rank))
      variants.append(UInt16(Self.skewed(Int(variantCounts[rank]), &random)))
      gaps.append(UInt32(Self.skewed(gapCount, &random)))
    }
    documentStarts.append(ranks.count)
  }

  /// A number below `limit`; every second time 0, the others the likelier the smaller.
  private static func skewed(_ limit: Int, _ random: inout SeededGenerator) -> Int {
    if limit == 1 || Bool.random(using: &random) { return 0 }
    let top = Int.random(in: 1...limit, using: &random)
    return Int.random(in: 0..<top, using: &random)
  }

  func encode() -> LayoutSections {
    unsafe ranks.withUnsafeBufferPointer { ranks in
      unsafe variants.withUnsafeBufferPointer { variants in
        unsafe gaps.withUnsafeBufferPointer { gaps in
          LayoutEncoder.encode(
            unsafe LayoutInput(
              ranks: ranks, variants: variants, gaps: gaps, documentStarts: documentStarts,
              fieldCount: fieldCount, terms: variantCounts.indices.map { term(rank: $0).packed },
              shapes: shapes))
        }
      }
    }
  }

  func term(_ token: Int) -> LayoutTerm { term(rank: Int(ranks[token])) }

  func term(rank: Int) -> LayoutTerm {
    LayoutTerm(
      rank: rank, variantCount: Int(variantCounts[rank]), isNumber: isNumber[rank])
  }

  func document(of token: Int) -> Int {
    documentStarts.lastIndex { $0 <= token } ?? 0
  }

  /// Decodes from the anchor of a token up to and with it, by the reader's own rules.
  func decode(_ token: Int, with reader: LayoutReader) throws -> (variant: Int, gap: Int)? {
    let document = document(of: token)
    let within = token - documentStarts[document]
    guard let anchor = try reader.anchor(document: document, token: within) else { return nil }
    guard anchor.document + 1 < documentStarts.count else { return nil }
    var decoder = try reader.decoder(at: anchor)
    var place = documentStarts[anchor.document] + anchor.token
    var result: (variant: Int, gap: Int)?
    while place <= token {
      result = try step(&decoder, place)
      place += 1
    }
    return result
  }

  /// Decodes one token that `decoder` has come to.
  func step(_ decoder: inout LayoutDecoder, _ token: Int) throws -> (variant: Int, gap: Int) {
    let ends = documentStarts.contains(token + 1)
    return try decoder.next(term(token), next: ends ? nil : term(token + 1))
  }
}
