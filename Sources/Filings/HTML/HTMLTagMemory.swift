/// Remembers what the attributes of tags said: a document has few different ones, many times.
struct HTMLTagMemory {
  private struct Entry {
    var start = 0
    var length = -1
    var style: HTMLStyle = []
    var isEmpty = false
  }

  private var entries = [Entry](repeating: Entry(), count: 512)

  /// Short attributes are read as fast as they are found here; in bytes.
  private static let shortest = 8

  /// What was read between the end of a tag's name and the `>` at the end of the range, if the same
  /// bytes have been there before.
  ///
  /// - Complexity: O(n).
  func attributes(_ bytes: HTMLBytes, _ range: Range<Int>) -> HTMLAttributes? {
    guard range.count >= Self.shortest else { return nil }
    let entry = entries[Self.slot(bytes, range)]
    guard entry.length == range.count,
      bytes.areEqual(entry.start, range.lowerBound, length: entry.length)
    else { return nil }
    return HTMLAttributes(
      end: range.upperBound &+ 1, style: entry.style, isEmpty: entry.isEmpty)
  }

  mutating func remember(_ found: HTMLAttributes, _ bytes: HTMLBytes, _ range: Range<Int>) {
    guard range.count >= Self.shortest else { return }
    entries[Self.slot(bytes, range)] = Entry(
      start: range.lowerBound, length: range.count, style: found.style, isEmpty: found.isEmpty)
  }

  /// By the length and eight bytes in eight places.
  private static func slot(_ bytes: HTMLBytes, _ range: Range<Int>) -> Int {
    // The eighth begins eight bytes before the end at the latest.
    let step = (range.count &- 8) &>> 3
    var place = range.lowerBound
    // Two products that do not wait for each other.
    var first = UInt64(truncatingIfNeeded: range.count)
    var second: UInt64 = 0x632B_E59B_D9B4_E019
    for _ in 0..<4 {
      first = (first ^ bytes.word(inside: place)) &* 0x9E37_79B9_7F4A_7C15
      second = (second ^ bytes.word(inside: place &+ step)) &* 0xA24B_AED4_963E_E407
      place &+= 2 &* step
    }
    let hash = first ^ second &>> 32 ^ second
    return Int(truncatingIfNeeded: ((hash ^ hash &>> 32) &* 0xD6E8_FEB8_6659_FD93) &>> 55)
  }
}
