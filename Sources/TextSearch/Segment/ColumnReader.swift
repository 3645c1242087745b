/// Reads the values of one attribute by row. See `ColumnWriter` for the bytes.
struct ColumnReader: Sendable {
  private enum Form {
    case empty
    case distinct(starts: OffsetTable, strings: Int, codes: Int, width: Int)
    case strings(starts: OffsetTable, groups: Int)
    case dates(first: Int, codes: Int, width: Int)
  }

  let rowCount: Int
  private let section: Section
  private let form: Form

  /// - Complexity: O(1).
  init(_ section: Section, rowCount: Int) throws(IndexError) {
    self.section = section
    self.rowCount = rowCount
    var reader = try SectionReader(section, 0..<section.count)
    let kind = try reader.u8()
    switch kind {
    case 0: form = .empty
    case 1: form = try Self.distinct(&reader, section)
    case 2:
      let starts = try OffsetTable(section, at: 1)
      guard starts.count == 1 + (rowCount + ColumnWriter.groupSize - 1) / ColumnWriter.groupSize
      else { throw section.damaged(at: 1, "\(starts.count) groups for \(rowCount) rows") }
      form = .strings(starts: starts, groups: 1 + starts.byteCount)
    case 3:
      let width = Int(try reader.u8())
      let first = try reader.varint(upTo: 1 << 24) - ISODate.bias
      form = .dates(first: first, codes: reader.offset, width: width)
    default: throw section.damaged(at: 0, "a column of form \(kind)")
    }
    try checkCodes()
  }

  private static func distinct(_ reader: inout SectionReader, _ section: Section)
    throws(IndexError) -> Form
  {
    let width = Int(try reader.u8())
    let count = try reader.varint(upTo: section.count)
    let starts = try OffsetTable(section, at: reader.offset)
    let strings = reader.offset + starts.byteCount
    guard starts.count == count + 1 else {
      throw section.damaged(at: reader.offset, "\(starts.count) starts of \(count) strings")
    }
    let length = try starts.value(at: count)
    guard length <= section.count - strings else {
      throw section.damaged(at: strings, "\(length) bytes of strings")
    }
    return .distinct(starts: starts, strings: strings, codes: strings + length, width: width)
  }

  private func checkCodes() throws(IndexError) {
    let (codes, width): (Int, Int)
    switch form {
    case .distinct(_, _, let start, let bits): (codes, width) = (start, bits)
    case .dates(_, let start, let bits): (codes, width) = (start, bits)
    case .empty, .strings: return
    }
    guard width <= 48, section.count - codes == (rowCount * width + 7) / 8 else {
      throw section.damaged(at: codes, "codes of \(width) bits for \(rowCount) rows")
    }
  }

  /// The value of a row, or nil where it is empty.
  /// - Precondition: `row` is in `0..<rowCount`.
  /// - Complexity: O(1).
  func value(_ row: Int) throws(IndexError) -> String? {
    precondition((0..<rowCount).contains(row))
    switch form {
    case .empty: return nil
    case .distinct(_, _, let codes, let width):
      let code = try code(row, codes, width)
      return code == 0 ? nil : String(decoding: try string(code - 1), as: UTF8.self)
    case .dates(let first, let codes, let width):
      let code = try code(row, codes, width)
      if code == 0 { return nil }
      guard let text = ISODate.text(first + code - 1) else {
        throw section.damaged(at: codes, "day \(first + code - 1)")
      }
      return text
    case .strings(let starts, let groups):
      var found: String?
      try walk(row / ColumnWriter.groupSize, starts, groups) { number, bytes in
        if number == row { found = bytes.map { String(decoding: $0, as: UTF8.self) } }
        return number < row
      }
      return found
    }
  }

  private func code(_ row: Int, _ codes: Int, _ width: Int) throws(IndexError) -> Int {
    let bit = row * width
    let count = (bit % 8 + width + 7) / 8
    let word = try section.word(at: codes + bit / 8, count: count)
    return Int(word &>> UInt64(bit % 8) & ((1 &<< UInt64(width)) &- 1))
  }

  private func string(_ number: Int) throws(IndexError) -> [UInt8] {
    guard case .distinct(let starts, let strings, let codes, _) = form else { return [] }
    guard number + 1 < starts.count else {
      throw section.damaged(at: codes, "string \(number) of \(starts.count - 1)")
    }
    let range = try starts.range(at: number)
    guard range.upperBound <= codes - strings else {
      throw section.damaged(at: strings, "a string that ends at \(range.upperBound)")
    }
    var reader = try SectionReader(
      section, (strings + range.lowerBound)..<(strings + range.upperBound))
    return try reader.raw(range.count)
  }

  /// Gives the rows of a group to `body` for as long as it wants more.
  private func walk(
    _ group: Int, _ starts: OffsetTable, _ base: Int, _ body: (Int, [UInt8]?) -> Bool
  ) throws(IndexError) {
    let range = try starts.range(at: group)
    guard range.upperBound <= section.count - base else {
      throw section.damaged(at: base, "a group that ends at \(range.upperBound)")
    }
    var reader = try SectionReader(
      section, (base + range.lowerBound)..<(base + range.upperBound))
    var value: [UInt8] = []
    let first = group * ColumnWriter.groupSize
    for row in first..<min(first + ColumnWriter.groupSize, rowCount) {
      let shared = try reader.varint(upTo: value.count)
      let length = try reader.varint(upTo: reader.end - reader.offset + 1)
      if length > 0 { value = value[..<shared] + (try reader.raw(length - 1)) }
      if !body(row, length > 0 ? value : nil) { return }
    }
  }

  /// The first row that has `value` and that `accepts` takes, or nil.
  /// - Complexity: O(rows).
  func firstRow(of value: String, where accepts: (Int) -> Bool) throws(IndexError) -> Int? {
    let wanted = Array(value.utf8)
    guard case .strings(let starts, let groups) = form else {
      for row in 0..<rowCount where try self.value(row) == value && accepts(row) { return row }
      return nil
    }
    var found: Int?
    for group in 0..<(starts.count - 1) where found == nil {
      try walk(group, starts, groups) { row, bytes in
        if bytes == wanted, accepts(row) { found = row }
        return found == nil
      }
    }
    return found
  }
}
