/// Turns tokens in the order of documents into occurrences in the order of terms.
///
/// A counting sort: the occurrences of each term are counted before, so each has its place, and no
/// list grows. An occurrence is the passage's number times 8 plus the field's.
///
/// Safety: the counts are those of the same tokens, so every write lies in the buffer; a debug
/// build checks it, and `finish` checks that each list is filled exactly.
struct Inverter {
  /// Where each list begins in `occurrences`, and their number at the end.
  let starts: [Int]
  private(set) var occurrences: [UInt32]

  static let fieldBits: UInt32 = 3
  static let fieldMask: UInt32 = 7

  /// Hands the occurrences over.
  consuming func takeOccurrences() -> [UInt32] { occurrences }

  /// - Parameters:
  ///   - tokens: Code numbers, documents back to back.
  ///   - documentStarts: The first token of each document, and the number of all.
  ///   - firstPassages: The first passage of each document.
  ///   - lists: The list of each code number, or `UInt32.max` for a marker.
  ///   - counts: The length of each list, those of pairs at the end.
  init(
    tokens: [UInt32], documentStarts: [Int], firstPassages: [Int], lists: [UInt32],
    counts: [Int], pairs: FrequentPairs, markerCount: Int
  ) {
    var starts = [0]
    starts.reserveCapacity(counts.count + 1)
    for count in counts { starts.append(starts[starts.count - 1] + count) }
    self.starts = starts
    let total = starts[starts.count - 1]
    var next = starts
    occurrences = unsafe [UInt32](unsafeUninitializedCapacity: total) { buffer, filled in
      unsafe next.withUnsafeMutableBufferPointer { next in
        unsafe tokens.withUnsafeBufferPointer { tokens in
          unsafe lists.withUnsafeBufferPointer { lists in
            for document in 0..<(documentStarts.count - 1) {
              let range = documentStarts[document]..<documentStarts[document + 1]
              unsafe Self.scatter(
                UnsafeBufferPointer(rebasing: tokens[range]), firstPassages[document], lists, pairs,
                UInt32(markerCount), next, buffer)
            }
          }
        }
      }
      filled = total
    }
    precondition(zip(next, starts.dropFirst()).allSatisfy { $0 == $1 })
  }

  private static func scatter(
    _ tokens: UnsafeBufferPointer<UInt32>, _ firstPassage: Int,
    _ lists: UnsafeBufferPointer<UInt32>, _ pairs: FrequentPairs, _ markerCount: UInt32,
    _ next: UnsafeMutableBufferPointer<Int>, _ buffer: UnsafeMutableBufferPointer<UInt32>
  ) {
    var field: UInt32 = 0
    var previous = FrequentPairs.none
    var entry: UInt32 = 0
    for place in 0..<tokens.count {
      let rank = unsafe tokens[place]
      if rank < markerCount {
        field = rank
        previous = FrequentPairs.none
        continue
      }
      let before = entry
      entry = UInt32(truncatingIfNeeded: firstPassage &+ place / Passage.size) &<< fieldBits | field
      let list = unsafe Int(lists[Int(rank)])
      let end = unsafe next[list]
      unsafe buffer[end] = entry
      unsafe next[list] = end &+ 1
      let frequent = pairs.number(ofRank: rank)
      if frequent != FrequentPairs.none, previous != FrequentPairs.none {
        let pair = pairs.list(previous, frequent)
        let end = unsafe next[pair]
        // The pair occurs where its first word does.
        unsafe buffer[end] = before
        unsafe next[pair] = end &+ 1
      }
      previous = frequent
    }
  }
}

/// The most frequent words, whose adjacent pairs have lists of their own.
struct FrequentPairs {
  static let none = UInt8.max
  static let wordCount = SegmentInfo.frequentWordCount

  /// Code numbers of the words, rising.
  let ranks: [UInt8]
  /// By code number below 256: the place in `ranks`, or `none`.
  private let numbers: InlineArray<256, UInt8>
  /// The number of the first pair's list.
  let firstList: Int

  init(_ vocabulary: Vocabulary) {
    let oneByte = vocabulary.ranks.indices.filter {
      Int(vocabulary.ranks[$0]) < vocabulary.code.stopperCount
    }
    let words = oneByte.sorted { a, b in
      (vocabulary.collectionFrequencies[b], a) < (vocabulary.collectionFrequencies[a], b)
    }.prefix(Self.wordCount)
    // All of them have codes of one byte, so their numbers are below 256.
    ranks = words.map { UInt8(vocabulary.ranks[$0]) }.sorted()
    var numbers = InlineArray<256, UInt8>(repeating: Self.none)
    for (number, rank) in ranks.enumerated() { numbers[Int(rank)] = UInt8(number) }
    self.numbers = numbers
    firstList = vocabulary.terms.count
  }

  @inline(__always)
  func number(ofRank rank: UInt32) -> UInt8 {
    // A rank below 256 is a place in the table.
    unsafe rank < 256 ? numbers[unchecked: Int(rank)] : Self.none
  }

  @inline(__always)
  func list(_ first: UInt8, _ second: UInt8) -> Int {
    firstList &+ Int(first) &* Self.wordCount &+ Int(second)
  }

  /// How often each pair occurs, by `list` less `firstList`.
  ///
  /// Safety: numbers of words are below `wordCount`.
  func counts(in tokens: [UInt32], markerCount: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: Self.wordCount * Self.wordCount)
    var previous = Self.none
    unsafe counts.withUnsafeMutableBufferPointer { counts in
      unsafe tokens.withUnsafeBufferPointer { tokens in
        for place in 0..<tokens.count {
          let frequent = number(ofRank: unsafe tokens[place])
          if frequent != Self.none, previous != Self.none {
            unsafe counts[Int(previous) &* Self.wordCount &+ Int(frequent)] &+= 1
          }
          previous = frequent
        }
      }
    }
    return counts
  }
}
