/// A packed array of non-decreasing numbers with constant-time access: starts of documents,
/// passages and strings.
///
///     table  = count varint, [ b u8, s u8, o u8, total varint, group × ⌈count / 64⌉, bits ]
///     group  = base of b bytes (two's complement), slope of s bytes, start of o bytes, width u8
///     bits   = 8 · total bytes
///
/// All numbers are little-endian; what stands in brackets is there only when count > 0. Value i is
/// number j = i mod 64 of group i / 64 and equals `base + slope · j + residual`, where residual is
/// the `width` bits (at most 56) from bit `width · j` of the bytes from `8 · start` of `bits`, the
/// lowest bit of the first byte first. `total` is the sum of all widths, `start` that of the groups
/// before. A group whose values rise evenly costs little beyond its own record.
struct OffsetTable: Sendable {
  static let groupSize = 64
  static let maximumWidth = 56

  /// How many values there are.
  let count: Int
  /// The length of the table in its section.
  let byteCount: Int

  let section: Section
  private let groups: Int
  /// Where the residuals of all groups begin in the section.
  let bits: Int
  private let total: Int
  private let widths: RecordWidths

  /// Opens the table that begins at `offset` of `section`.
  /// - Complexity: O(1).
  /// - Throws: `IndexError.damaged` when the header is wrong or the table leaves the section.
  init(_ section: Section, at offset: Int) throws(IndexError) {
    guard offset >= 0, offset <= section.count else {
      throw section.damaged(at: 0, "a table at \(offset) of \(section.count) bytes")
    }
    self.section = section
    var reader = try SectionReader(section, offset..<min(section.count, offset + 32))
    count = try reader.varint(upTo: 1 << 48)
    guard count > 0 else {
      (groups, bits, total, widths) = (0, 0, 0, RecordWidths(base: 0, slope: 0, start: 0))
      byteCount = reader.offset - offset
      return
    }
    widths = try RecordWidths(&reader, of: section)
    total = try reader.varint(upTo: section.count / 8)
    groups = reader.offset
    let records = (count - 1) / Self.groupSize + 1
    guard records <= (section.count - groups - 8 * total) / widths.record,
      section.count - groups >= 8 * total
    else {
      throw section.damaged(at: offset, "\(count) values do not fit in the section")
    }
    bits = groups + records * widths.record
    byteCount = bits + 8 * total - offset
  }

  /// Value number `index`, which must be in `0..<count`.
  /// - Complexity: O(1).
  /// - Throws: `IndexError.damaged` when its group is not as the format says.
  func value(at index: Int) throws(IndexError) -> Int {
    precondition(index >= 0 && index < count)
    return try value(index, of: try group(index / Self.groupSize))
  }

  /// The values at `index` and `index + 1`, as a range; both must be in `0..<count`.
  /// - Complexity: O(1).
  /// - Throws: `IndexError.damaged`, also when the second is less than the first.
  func range(at index: Int) throws(IndexError) -> Range<Int> {
    precondition(index >= 0 && index + 1 < count)
    let group = try group(index / Self.groupSize)
    let start = try value(index, of: group)
    let sameGroup = index % Self.groupSize + 1 < Self.groupSize
    let end = sameGroup ? try value(index + 1, of: group) : try value(at: index + 1)
    guard start <= end else {
      throw section.damaged(at: groups, "value \(index) is \(start), the next is \(end)")
    }
    return start..<end
  }

  /// The number of the last value that is not greater than `target`, or nil when all are greater.
  /// - Complexity: O(log count).
  func lastIndex(notAbove target: Int) throws(IndexError) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = low + (high - low) / 2
      if try value(at: middle) <= target { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }

  struct Group {
    var base: Int
    var slope: Int
    var start: Int
    var width: Int
  }

  @inline(__always)
  func group(_ number: Int) throws(IndexError) -> Group {
    let place = groups &+ number &* widths.record
    let all = try section.word(at: place, count: widths.record)
    let base = RecordWidths.signed(all, widths.base)
    let slope = try part(at: place &+ widths.base, widths.slope)
    let start = try part(at: place &+ widths.base &+ widths.slope, widths.start)
    let width = try part(at: place &+ widths.record &- 1, 1)
    guard width <= Self.maximumWidth, start <= total &- width else {
      throw section.damaged(at: place, "a group of width \(width) at \(start) of \(total)")
    }
    return Group(base: base, slope: slope, start: start, width: width)
  }

  @inline(__always)
  private func part(at place: Int, _ count: Int) throws(IndexError) -> Int {
    guard count > 0 else { return 0 }
    return RecordWidths.unsigned(try section.word(at: place, count: count), count)
  }

  @inline(__always)
  private func value(_ index: Int, of group: Group) throws(IndexError) -> Int {
    let number = index % Self.groupSize
    var result = group.base &+ group.slope &* number
    if group.width > 0 {
      let bit = number &* group.width
      let byte = bits &+ 8 &* group.start &+ bit / 8
      let word = try section.word(at: byte, count: (bit % 8 &+ group.width &+ 7) / 8)
      let residual = (word &>> UInt64(bit % 8)) & ((1 &<< UInt64(group.width)) &- 1)
      result = result &+ Int(truncatingIfNeeded: residual)
    }
    guard result >= 0 else { throw negative(index) }
    return result
  }

  func negative(_ index: Int) -> IndexError {
    section.damaged(at: bits, "value \(index) is negative")
  }
}

/// How many bytes each number of a group record takes.
struct RecordWidths: Sendable, Equatable {
  var base: Int
  var slope: Int
  var start: Int

  var record: Int { base + slope + start + 1 }

  init(base: Int, slope: Int, start: Int) {
    (self.base, self.slope, self.start) = (base, slope, start)
  }

  init(_ reader: inout SectionReader, of section: Section) throws(IndexError) {
    base = Int(try reader.u8())
    slope = Int(try reader.u8())
    start = Int(try reader.u8())
    guard base <= 8, slope <= 7, start <= 7 else {
      throw section.damaged(at: reader.offset - 3, "a record of \(base), \(slope), \(start) bytes")
    }
  }

  /// The first `count` bytes of `word`, at most seven.
  @inline(__always)
  static func unsigned(_ word: UInt64, _ count: Int) -> Int {
    Int(truncatingIfNeeded: word & ((1 &<< UInt64(8 &* count)) &- 1))
  }

  /// The first `count` bytes of `word`, at most eight, in two's complement.
  @inline(__always)
  static func signed(_ word: UInt64, _ count: Int) -> Int {
    guard count > 0 else { return 0 }
    let shift = Int64(64 &- 8 &* count)
    return Int((Int64(truncatingIfNeeded: word) &<< shift) &>> shift)
  }
}
