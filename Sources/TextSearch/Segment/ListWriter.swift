/// Writes lists of rising numbers in blocks of 128: postings and passages.
///
/// ```
/// postings := [skip{blocks}] block{blocks}         blocks = ⌈documentFrequency / 128⌉
/// passages := varint count, [skip{blocks}] block{blocks}
/// skip     := u32 last number of the block, u16 length of the block in bytes, [impact impact]
/// impact   := u8 weight code, u8 norm
/// block    := column of gaps, [column of frequency entries]
/// ```
/// The skip table is there only where there are two blocks or more; what stands in brackets inside
/// a skip or block is there only in postings. A gap is a number less the one before it, less 1;
/// the one before the first is −1. Columns are those of `BlockCodec`.
///
/// The impacts bound the block's scores: for every posting one of the two has a weight code that
/// is not below its weighted frequency (under the schema's boosts) and a norm that is not above
/// its document's. Two points are enough to keep a short document with a rare hit and a long one
/// with many apart (Mallia, Ottaviano, Porciani, Tonellotto & Venturini, "Faster BlockMax WAND
/// with variable-sized blocks", 2017, discuss bounds; storing (frequency, norm) pairs is Lucene's).
struct ListWriter {
  /// By frequency entry: its weight code.
  let weightCodes: [UInt8]
  /// By document: its norm.
  let norms: [UInt8]
  /// The norm's part in a score, for choosing the two points: K of BM25 by norm.
  let saturation: [Float]
  private let weights = Quantizer.weights

  static let skipLength = 6
  static let impactsLength = 4

  init(frequencies: FrequencyTable, boosts: [Float], norms: [UInt8], averageLength: Float) {
    weightCodes = frequencies.weights(boosts).map { Quantizer.weightCode(notBelow: $0) }
    self.norms = norms
    saturation = Quantizer.lengths.map { 1.2 * (0.25 + 0.75 * $0 / max(averageLength, 1)) }
  }

  func postings(_ documents: ArraySlice<UInt32>, _ codes: ArraySlice<UInt32>) -> [UInt8] {
    var skips = ByteWriter()
    var blocks: [UInt8] = []
    var start = 0
    while start < documents.count {
      let end = min(start + BlockCodec.blockSize, documents.count)
      let numbers = part(documents, start..<end)
      let entries = part(codes, start..<end)
      let length = blocks.count
      appendGaps(numbers, after: before(documents, start), to: &blocks)
      BlockCodec.append(entries, to: &blocks)
      if documents.count > BlockCodec.blockSize {
        skips.u32(numbers[numbers.endIndex - 1])
        skips.u16(UInt16(blocks.count - length))
        let impacts = impacts(numbers, entries)
        for impact in [impacts.low, impacts.high] {
          skips.u8(impact.weight)
          skips.u8(impact.norm)
        }
      }
      start = end
    }
    return skips.bytes + blocks
  }

  func passages(_ passages: ArraySlice<UInt32>) -> [UInt8] {
    var count = ByteWriter()
    count.varint(passages.count)
    var skips = ByteWriter()
    var blocks: [UInt8] = []
    var start = 0
    while start < passages.count {
      let end = min(start + BlockCodec.blockSize, passages.count)
      let numbers = part(passages, start..<end)
      let length = blocks.count
      appendGaps(numbers, after: before(passages, start), to: &blocks)
      if passages.count > BlockCodec.blockSize {
        skips.u32(numbers[numbers.endIndex - 1])
        skips.u16(UInt16(blocks.count - length))
      }
      start = end
    }
    return count.bytes + skips.bytes + blocks
  }

  private func part(_ numbers: ArraySlice<UInt32>, _ range: Range<Int>) -> ArraySlice<UInt32> {
    numbers[(numbers.startIndex + range.lowerBound)..<(numbers.startIndex + range.upperBound)]
  }

  /// The number before place `start` of a list; −1, as an unsigned number, before the first.
  private func before(_ numbers: ArraySlice<UInt32>, _ start: Int) -> UInt32 {
    start == 0 ? .max : numbers[numbers.startIndex + start - 1]
  }

  private func appendGaps(
    _ numbers: ArraySlice<UInt32>, after first: UInt32, to bytes: inout [UInt8]
  ) {
    var before = first
    let gaps = numbers.map { number in
      defer { before = number }
      return number &- before &- 1
    }
    BlockCodec.append(gaps[...], to: &bytes)
  }

  private typealias Impact = (weight: UInt8, norm: UInt8)

  /// Two points that cover all postings of a block, chosen so that the bound is smallest.
  private func impacts(
    _ documents: ArraySlice<UInt32>, _ entries: ArraySlice<UInt32>
  ) -> (low: Impact, high: Impact) {
    // By weight code the least norm of its postings, `none` where it has no posting.
    let none: UInt16 = 256
    var leastNorm = InlineArray<256, UInt16>(repeating: none)
    var (lowest, highest) = (255, 0)
    for (document, entry) in zip(documents, entries) {
      let weight = Int(weightCodes[Int(entry)])
      leastNorm[weight] = min(leastNorm[weight], UInt16(norms[Int(document)]))
      lowest = min(lowest, weight)
      highest = max(highest, weight)
    }
    // By weight code the least norm of the postings above it.
    var above = InlineArray<256, UInt16>(repeating: none)
    var least = none
    for weight in stride(from: highest, to: lowest, by: -1) {
      least = min(least, leastNorm[weight])
      above[weight - 1] = least
    }
    var best: (low: Impact, high: Impact) = ((0, 0), (0, 0))
    var bestBound = Float.infinity
    least = none
    // Points up to `cut` are covered by one impact, those above it by the other.
    for cut in lowest...highest where leastNorm[cut] != none {
      least = min(least, leastNorm[cut])
      let low: Impact = (UInt8(cut), UInt8(least))
      let isLast = above[cut] == none
      let high: Impact = (UInt8(highest), isLast ? low.norm : UInt8(above[cut]))
      let bound = max(score(low), isLast ? 0 : score(high))
      if bound < bestBound { (best, bestBound) = ((low, high), bound) }
    }
    return best
  }

  private func score(_ impact: Impact) -> Float {
    let weight = weights[Int(impact.weight)]
    let saturation = saturation[Int(impact.norm)]
    return 1 - saturation / (weight + saturation)
  }
}
