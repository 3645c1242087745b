extension Segment {
  /// The code numbers of the tokens whose codes are in a range of the text, which begins and ends
  /// between codes.
  func ranks(inText range: Range<Int>) throws(IndexError) -> [Int] {
    var ranks: [Int] = []
    ranks.reserveCapacity(range.count)
    try forEachRank(inText: range) { ranks.append($0) }
    return ranks
  }

  /// Adds the code numbers of a range of the text, as above, to `ranks`.
  /// - Throws: `IndexError.damaged` also where one of them is not below `limit`.
  func append(ranksInText range: Range<Int>, below limit: Int, to ranks: inout [UInt32])
    throws(IndexError)
  {
    var highest = 0
    try forEachRank(inText: range) { rank in
      highest = max(highest, rank)
      ranks.append(UInt32(truncatingIfNeeded: rank))
    }
    guard highest < limit, limit <= 1 << 32 else {
      throw text.damaged(at: range.lowerBound, "a code for term \(highest), which there is not")
    }
  }

  /// Safety: `bytes` are checked to lie in the section, and places stay below their count.
  @inline(__always)
  private func forEachRank(inText range: Range<Int>, _ body: (Int) -> Void) throws(IndexError) {
    let bytes = unsafe try text.bytes(range)
    let stopperCount = code.stopperCount
    let bases = code.bases
    var value = 0
    var length = 0
    var place = 0
    while place < bytes.count {
      let byte = unsafe Int(bytes[place])
      place &+= 1
      if byte < stopperCount {
        body(value &* stopperCount &+ byte &+ bases[length])
        (value, length) = (0, 0)
        continue
      }
      value = value &* (256 &- stopperCount) &+ byte &- stopperCount
      length &+= 1
      guard length < 4 else {
        throw text.damaged(
          at: range.lowerBound + place - length, "a code of more than four bytes")
      }
    }
    guard length == 0 else {
      throw text.damaged(at: range.upperBound - length, "a code without an end")
    }
  }

  /// The code numbers of a part of a document's tokens, and the field of the first of them.
  /// - Complexity: O(part + a passage).
  func ranks(of document: DocID, tokens: Range<Int>) throws(IndexError) -> (
    ranks: ArraySlice<Int>, field: Int
  ) {
    let own = try passageRange(of: document)
    let first = own.lowerBound + tokens.lowerBound / Passage.size
    guard !tokens.isEmpty, first < own.upperBound else { return ([], 0) }
    let end = min(own.lowerBound + (tokens.upperBound - 1) / Passage.size + 1, own.upperBound)
    let all = try ranks(inText: try textRange(ofPassages: first..<end))
    let start = min(tokens.lowerBound % Passage.size, all.count)
    var field = Int(try startField(ofPassage: first))
    if let marker = all[..<start].last(where: { $0 < info.schema.fields.count }) { field = marker }
    return (all[start..<min(start + tokens.count, all.count)], field)
  }

  /// The field that a passage begins in.
  func startField(ofPassage passage: Int) throws(IndexError) -> UInt8 {
    let byte = unsafe try passageFields.bytes((passage / 2)..<(passage / 2 + 1))[0]
    let field = byte &>> UInt8(4 * (passage % 2)) & 15
    guard Int(field) < info.schema.fields.count else {
      throw passageFields.damaged(at: passage / 2, "field \(field)")
    }
    return field
  }
}
