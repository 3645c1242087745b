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
    forEachBlock(documents) { part, gaps in
      let start = blocks.count
      let entries = codes[
        (codes.startIndex + part.lowerBound)..<(codes.startIndex + part.upperBound)]
      BlockCodec.append(gaps[...], to: &blocks)
      BlockCodec.append(entries, to: &blocks)
      let numbers = documents[
        (documents.startIndex + part.lowerBound)..<(documents.startIndex + part.upperBound)]
      skips.u32(numbers[numbers.endIndex - 1])
      skips.u16(UInt16(blocks.count - start))
      for impact in impacts(numbers, entries) {
        skips.u8(impact.weight)
        skips.u8(impact.norm)
      }
    }
    return documents.count > BlockCodec.blockSize ? skips.bytes + blocks : blocks
  }

  func passages(_ passages: ArraySlice<UInt32>) -> [UInt8] {
    var count = ByteWriter()
    count.varint(passages.count)
    var skips = ByteWriter()
    var blocks: [UInt8] = []
    forEachBlock(passages) { part, gaps in
      let start = blocks.count
      BlockCodec.append(gaps[...], to: &blocks)
      skips.u32(passages[passages.startIndex + part.upperBound - 1])
      skips.u16(UInt16(blocks.count - start))
    }
    return count.bytes + (passages.count > BlockCodec.blockSize ? skips.bytes : []) + blocks
  }

  private func forEachBlock(
    _ numbers: ArraySlice<UInt32>, _ body: (Range<Int>, _ gaps: [UInt32]) -> Void
  ) {
    var before = UInt32.max
    var gaps: [UInt32] = []
    for start in stride(from: 0, to: numbers.count, by: BlockCodec.blockSize) {
      let end = min(start + BlockCodec.blockSize, numbers.count)
      gaps.removeAll(keepingCapacity: true)
      for number in numbers[(numbers.startIndex + start)..<(numbers.startIndex + end)] {
        gaps.append(number &- before &- 1)
        before = number
      }
      body(start..<end, gaps)
    }
  }

  private typealias Impact = (weight: UInt8, norm: UInt8)

  /// Two points that cover all postings of a block, chosen so that the bound is smallest.
  private func impacts(_ documents: ArraySlice<UInt32>, _ entries: ArraySlice<UInt32>) -> [Impact] {
    var leastNorm = InlineArray<256, UInt16>(repeating: 256)
    for (document, entry) in zip(documents, entries) {
      let weight = Int(weightCodes[Int(entry)])
      leastNorm[weight] = min(leastNorm[weight], UInt16(norms[Int(document)]))
    }
    let points = (0..<256).compactMap { weight -> Impact? in
      leastNorm[weight] < 256 ? (UInt8(weight), UInt8(leastNorm[weight])) : nil
    }
    let highest = points[points.count - 1].weight
    var best = [Impact]()
    var bestBound = Float.infinity
    // Points up to `cut` are covered by one impact, those above it by the other.
    for cut in points.indices {
      let low: Impact = (points[cut].weight, points[...cut].map(\.norm).min() ?? 0)
      let high: Impact = (highest, points[(cut + 1)...].map(\.norm).min() ?? low.norm)
      let bound = max(score(low), cut + 1 < points.count ? score(high) : 0)
      if bound < bestBound { (best, bestBound) = ([low, high], bound) }
    }
    return best
  }

  private func score(_ impact: Impact) -> Float {
    let weight = Quantizer.weights[Int(impact.weight)]
    let saturation = saturation[Int(impact.norm)]
    return 1 - saturation / (weight + saturation)
  }
}
