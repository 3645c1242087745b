/// The number of the source of each group of a segment.
///
/// ```
/// sources := varint least number, u8 width, codes
/// codes   := `width` bits for each group, its number less the least; low bits first, filled up to
///            whole bytes
/// ```
/// A segment of one source has codes of no bits.
struct SourceColumn: Sendable {
  private let section: Section
  private let groupCount: Int
  private let least: UInt32
  private let width: Int
  private let codes: Int

  static func encode(_ numbers: [UInt32]) -> [UInt8] {
    let least = numbers.min() ?? 0
    let spread = Int((numbers.max() ?? 0) - least)
    let width = Int.bitWidth - spread.leadingZeroBitCount
    var writer = ByteWriter()
    writer.varint(Int(least))
    writer.u8(UInt8(width))
    writer.raw(ColumnWriter.pack(numbers.map { Int($0 - least) }, width))
    return writer.bytes
  }

  init(_ section: Section, groupCount: Int) throws(IndexError) {
    self.section = section
    self.groupCount = groupCount
    var reader = try SectionReader(section, 0..<section.count)
    least = UInt32(try reader.varint(upTo: Int(UInt32.max)))
    width = Int(try reader.u8())
    codes = reader.offset
    guard width <= 32, section.count - codes == (groupCount * width + 7) / 8 else {
      throw section.damaged(at: codes, "codes of \(width) bits for \(groupCount) groups")
    }
  }

  /// The numbers of all groups.
  /// - Complexity: O(groups).
  func numbers() throws(IndexError) -> [UInt32] {
    var numbers: [UInt32] = []
    numbers.reserveCapacity(groupCount)
    for group in 0..<groupCount { numbers.append(try number(of: group)) }
    return numbers
  }

  /// - Precondition: `group` is below the count of groups.
  func number(of group: Int) throws(IndexError) -> UInt32 {
    if width == 0 { return least }
    let bit = group * width
    let word = try section.word(at: codes + bit / 8, count: (bit % 8 + width + 7) / 8)
    let code = word &>> UInt64(bit % 8) & ((1 &<< UInt64(width)) &- 1)
    guard code <= UInt64(UInt32.max - least) else {
      throw section.damaged(at: codes + bit / 8, "a number above all")
    }
    return least + UInt32(code)
  }
}

extension SourceColumn {
  /// Numbers that groups may have; there are no others.
  var range: ClosedRange<UInt32> {
    let spread = UInt32(truncatingIfNeeded: (UInt64(1) &<< UInt64(width)) &- 1)
    let (last, overflow) = least.addingReportingOverflow(spread)
    return least...(overflow ? .max : last)
  }
}
