/// The different ways in which a term's occurrences in a document fall on the fields.
///
/// A posting holds the number of an entry here instead of a frequency for each field: few entries
/// make up nearly all postings, and a query turns each entry into its weighted frequency once.
///
/// ```
/// table := varint count, entry*
/// entry := u8 mask of the fields that occur, varint (frequency − 1) for each of them
/// ```
/// Entries are in falling order of use.
struct FrequencyTable: Sendable {
  /// Entry after entry, the frequency in each field.
  let frequencies: [UInt32]
  let fieldCount: Int

  var count: Int { frequencies.count / fieldCount }

  init(fieldCount: Int, entries: [[UInt32]]) {
    self.fieldCount = fieldCount
    frequencies = Array(entries.joined())
  }

  init(_ section: Section, fieldCount: Int) throws(IndexError) {
    self.fieldCount = fieldCount
    var reader = try SectionReader(section, 0..<section.count)
    // An entry has two bytes at least.
    let count = try reader.varint(upTo: section.count / 2)
    var frequencies: [UInt32] = []
    frequencies.reserveCapacity(count * fieldCount)
    for _ in 0..<count {
      let start = reader.offset
      let mask = try reader.u8()
      guard mask != 0, Int(mask) < 1 << fieldCount else {
        throw section.damaged(at: start, "fields \(mask) of \(fieldCount) fields")
      }
      for field in 0..<fieldCount {
        let isThere = mask & (1 << UInt8(field)) != 0
        frequencies.append(isThere ? UInt32(try reader.varint(upTo: Int(UInt32.max) - 1)) + 1 : 0)
      }
    }
    self.frequencies = frequencies
  }

  func bytes() -> [UInt8] {
    var writer = ByteWriter()
    writer.varint(count)
    for entry in 0..<count {
      let values = frequencies[(entry * fieldCount)..<((entry + 1) * fieldCount)]
      var mask: UInt8 = 0
      for (field, value) in values.enumerated() where value > 0 { mask |= 1 << UInt8(field) }
      writer.u8(mask)
      for value in values where value > 0 { writer.varint(UInt64(value - 1)) }
    }
    return writer.bytes
  }

  /// Occurrences in all fields, by entry.
  func totals() -> [Int] {
    (0..<count).map { entry in
      frequencies[(entry * fieldCount)..<((entry + 1) * fieldCount)].reduce(0) { $0 + Int($1) }
    }
  }

  /// The weighted frequency Σ boost(f)·tf(f) of each entry, added in the order of the fields.
  func weights(_ boosts: [Float]) -> [Float] {
    (0..<count).map { entry in
      var sum: Float = 0
      for field in 0..<fieldCount {
        sum += boosts[field] * Float(frequencies[entry * fieldCount + field])
      }
      return sum
    }
  }
}
