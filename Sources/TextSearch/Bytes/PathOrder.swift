/// The order of paths in which all that is below a folder stands directly behind the folder.
///
/// Bytes are compared, and a slash comes before every other byte. So paths of which each folder
/// lists its names in byte order, as a walk gives them, need no sorting.
public enum PathOrder {
  /// Less than, equal to or greater than 0 as `one` stands before, at or behind `other`.
  /// - Complexity: O(bytes in common), eight at a time.
  public static func compare(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Int {
    let common = commonPrefix(one, other)
    if common == one.count || common == other.count { return one.count - other.count }
    return rank(one[common]) - rank(other[common])
  }

  static func compare(_ one: [UInt8], _ other: [UInt8]) -> Int { compare(one.span, other.span) }

  public static func precedes(_ one: String, _ other: String) -> Bool {
    var (one, other) = (one, other)
    return one.withUTF8 { one in
      other.withUTF8 { other in unsafe compare(one.span, other.span) < 0 }
    }
  }

  /// How many bytes are the same from the start.
  static func commonPrefix(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Int {
    let end = min(one.count, other.count)
    let (first, second) = unsafe (one.bytes, other.bytes)
    var place = 0
    // `place + 8 <= end` keeps both loads inside.
    while place &+ 8 <= end {
      let left = unsafe first.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self)
      let right = unsafe second.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self)
      let difference = UInt64(littleEndian: left ^ right)
      if difference != 0 { return place &+ difference.trailingZeroBitCount &>> 3 }
      place &+= 8
    }
    while place < end, one[place] == other[place] { place &+= 1 }
    return place
  }

  /// The place of a byte among all: slashes are the first.
  static func rank(_ byte: UInt8) -> Int { byte == UInt8(ascii: "/") ? -1 : Int(byte) }
}
