/// Writes the values of one attribute, a row for each document or group.
///
/// ```
/// column     := u8 0                                          every row is empty
///             | u8 1, u8 width, varint distinct, starts of strings, string bytes, row codes
///             | u8 2, starts of groups of 16 rows, group*
///             | u8 3, u8 width, varint first day, row codes
/// group      := { varint bytes shared with the row before, varint rest + 1 or 0, rest }
/// row codes  := `width` bits for each row, low bits first, filled up to whole bytes
/// ```
/// Starts are an `OffsetTable`, whose last value is the end. Form 1 has the different values in
/// the order of first use; a code is the number of the value plus 1, or 0 for an empty row. Form 2
/// is for values that are mostly different; the first row of a group shares nothing; an empty row
/// has 0 and 0. Form 3 is for dates "2009-08-06": a code is the days since the first day, plus 1,
/// or 0 for an empty row; days count from 1970-01-01, and the first day is written plus 2^20.
enum ColumnWriter {
  static let groupSize = 16

  static func encode(_ values: [String?]) -> [UInt8] {
    let filled = values.compactMap { $0 }
    if filled.isEmpty { return [0] }
    let days = filled.compactMap { ISODate.days($0) }
    if days.count == filled.count { return dates(values, days.min() ?? 0, days.max() ?? 0) }
    // By their bytes: equal strings may be written in different ways, which stay as they are.
    var numbers: [[UInt8]: Int] = [:]
    for value in filled { numbers.number(Array(value.utf8)) }
    if numbers.count <= 4 || numbers.count * 4 <= values.count { return distinct(values, numbers) }
    return strings(values)
  }

  private static func distinct(_ values: [String?], _ numbers: [[UInt8]: Int]) -> [UInt8] {
    let width = Int.bitWidth - numbers.count.leadingZeroBitCount
    let strings = numbers.sorted { $0.value < $1.value }.map(\.key)
    var starts = [0]
    for string in strings { starts.append(starts[starts.count - 1] + string.count) }
    var writer = ByteWriter()
    writer.u8(1)
    writer.u8(UInt8(width))
    writer.varint(strings.count)
    writer.raw(OffsetTable.encode(starts))
    writer.raw(strings.joined())
    writer.raw(
      pack(values.map { $0.flatMap { numbers[Array($0.utf8)] }.map { $0 + 1 } ?? 0 }, width))
    return writer.bytes
  }

  private static func dates(_ values: [String?], _ first: Int, _ last: Int) -> [UInt8] {
    let width = Int.bitWidth - (last - first + 1).leadingZeroBitCount
    var writer = ByteWriter()
    writer.u8(3)
    writer.u8(UInt8(width))
    writer.varint(first + ISODate.bias)
    writer.raw(pack(values.map { $0.flatMap(ISODate.days).map { $0 - first + 1 } ?? 0 }, width))
    return writer.bytes
  }

  private static func strings(_ values: [String?]) -> [UInt8] {
    var groups = ByteWriter()
    var starts = [0]
    var before: [UInt8] = []
    for (row, value) in values.enumerated() {
      if row % groupSize == 0 { before = [] }
      let bytes = value.map { Array($0.utf8) }
      let shared = zip(before, bytes ?? []).prefix { $0 == $1 }.count
      groups.varint(shared)
      groups.varint(bytes.map { $0.count - shared + 1 } ?? 0)
      if let bytes {
        groups.raw(bytes[shared...])
        before = bytes
      }
      if row % groupSize == groupSize - 1 || row == values.count - 1 { starts.append(groups.count) }
    }
    return [2] + OffsetTable.encode(starts) + groups.bytes
  }

  /// `width` bits for each code, low bits first, filled up to whole bytes.
  static func pack(_ codes: [Int], _ width: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var pending: UInt64 = 0
    var count = 0
    for code in codes {
      pending |= UInt64(code) &<< UInt64(count)
      count += width
      while count >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: pending))
        pending = pending &>> 8
        count -= 8
      }
    }
    if count > 0 { bytes.append(UInt8(truncatingIfNeeded: pending)) }
    return bytes
  }
}

extension [[UInt8]: Int] {
  /// The number of `key`, the next one where it has none yet.
  @discardableResult
  mutating func number(_ key: [UInt8]) -> Int {
    if let number = self[key] { return number }
    self[key] = count
    return count - 1
  }
}

/// Calendar dates as numbers of days, for years 1 to 9999 of the Gregorian calendar.
enum ISODate {
  /// Makes every number of days positive.
  static let bias = 1 << 20

  /// Days since 1970-01-01 of a date that is written exactly as "2009-08-06"; nil of all else.
  static func days(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = number(bytes[0..<4]), let month = number(bytes[5..<7]),
      let day = number(bytes[8..<10]), year > 0, (1...12).contains(month),
      day >= 1, day <= length(ofMonth: month, year)
    else { return nil }
    // Counted from March, so that the leap day is the last of its year (Hinnant, "chrono-compatible
    // low-level date algorithms", 2013).
    let shifted = month <= 2 ? year - 1 : year
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
  }

  static func text(_ days: Int) -> String? {
    let count = days + 719_468
    guard count >= 306, count < 3_652_425 else { return nil }
    let era = count / 146_097
    let dayOfEra = count % 146_097
    let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
    let part = (5 * dayOfYear + 2) / 153
    let month = part < 10 ? part + 3 : part - 9
    let day = dayOfYear - (153 * part + 2) / 5 + 1
    return pad(year + era * 400 + (month <= 2 ? 1 : 0), 4) + "-" + pad(month, 2) + "-" + pad(day, 2)
  }

  private static func length(ofMonth month: Int, _ year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  private static func pad(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(width - digits.count, 0)) + digits
  }
}
