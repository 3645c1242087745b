/// The numbers of a segment and the schema that it was written with.
///
/// ```
/// info   := fields attributes kinds u64 documents, u64 groups, u64 words, u64 tokens,
///           u64 passages, u64 passages of long documents, u64 total length of each field,
///           u8 s of the dense code, varint count, u8 code number of each frequent word
/// fields := varint count, { string name, u32 boost as an IEEE float }
/// attributes := varint count, { string name, u8 owner (0 group, 1 document) }
/// kinds  := varint count, { string name, u8 kind of zones }
/// ```
struct SegmentInfo: Sendable, Equatable {
  var schema: Schema
  var documentCount = 0
  var groupCount = 0
  /// Words, without field markers.
  var wordCount = 0
  /// Words and field markers.
  var tokenCount = 0
  var passageCount = 0
  /// Passages of long documents.
  var longPassageCount = 0
  /// Words by field.
  var fieldLengths: [Int]
  var stopperCount = 128
  /// The words whose pairs have lists, by code number.
  var frequentRanks: [UInt8] = []

  /// So many words at most: 64 × 64 pairs make the usual phrases of frequent words one look-up,
  /// for well under one bit a token.
  static let frequentWordCount = 64

  init(schema: Schema) {
    self.schema = schema
    fieldLengths = [Int](repeating: 0, count: schema.fields.count)
  }

  func bytes() -> [UInt8] {
    var writer = ByteWriter()
    writer.varint(schema.fields.count)
    for field in schema.fields {
      writer.string(field.name)
      writer.u32(field.boost.bitPattern)
    }
    writer.varint(schema.attributes.count)
    for attribute in schema.attributes {
      writer.string(attribute.name)
      writer.u8(attribute.owner.rawValue)
    }
    writer.varint(schema.zoneKinds.count)
    for kind in schema.zoneKinds {
      writer.string(kind.name)
      writer.u8(kind.number)
    }
    let numbers = [
      documentCount, groupCount, wordCount, tokenCount, passageCount, longPassageCount,
    ]
    for number in numbers + fieldLengths { writer.u64(UInt64(number)) }
    writer.u8(UInt8(stopperCount))
    writer.varint(frequentRanks.count)
    writer.raw(frequentRanks)
    return writer.bytes
  }

  init(_ section: Section) throws(IndexError) {
    var reader = try SectionReader(section, 0..<section.count)
    schema = try Self.schema(&reader, section)
    fieldLengths = []
    documentCount = try Self.number(&reader, section)
    groupCount = try Self.number(&reader, section)
    wordCount = try Self.number(&reader, section)
    tokenCount = try Self.number(&reader, section)
    passageCount = try Self.number(&reader, section)
    longPassageCount = try Self.number(&reader, section)
    for _ in schema.fields { fieldLengths.append(try Self.number(&reader, section)) }
    stopperCount = Int(try reader.u8())
    let count = try reader.varint(upTo: Self.frequentWordCount)
    frequentRanks = try reader.raw(count)
    guard documentCount < DocID.end, passageCount < 1 << 29, groupCount <= documentCount,
      longPassageCount <= passageCount, wordCount <= tokenCount,
      stopperCount > schema.fields.count, reader.isAtEnd
    else { throw section.damaged(at: 0, "numbers that cannot be") }
  }

  private static func number(_ reader: inout SectionReader, _ section: Section)
    throws(IndexError) -> Int
  {
    let offset = reader.offset
    let value = try reader.u64()
    guard value < 1 << 48 else { throw section.damaged(at: offset, "\(value) is too much") }
    return Int(value)
  }

  private static func schema(_ reader: inout SectionReader, _ section: Section)
    throws(IndexError) -> Schema
  {
    var fields: [Schema.Field] = []
    let fieldCount = try reader.varint(upTo: Schema.maximumFieldCount)
    for _ in 0..<fieldCount {
      let name = String(decoding: try reader.string(), as: UTF8.self)
      let boost = Float(bitPattern: try reader.u32())
      guard boost > 0, boost.isFinite else {
        throw section.damaged(at: reader.offset, "a boost of \(boost)")
      }
      fields.append(.init(name, boost: boost))
    }
    guard fieldCount > 0 else { throw section.damaged(at: 0, "a schema without fields") }
    var attributes: [Schema.Attribute] = []
    for _ in 0..<(try reader.varint(upTo: 255)) {
      let name = String(decoding: try reader.string(), as: UTF8.self)
      guard let owner = Schema.Attribute.Owner(rawValue: try reader.u8()) else {
        throw section.damaged(at: reader.offset, "an attribute of nothing")
      }
      attributes.append(.init(name, of: owner))
    }
    var kinds: [Schema.ZoneKind] = []
    for _ in 0..<(try reader.varint(upTo: 256)) {
      let name = String(decoding: try reader.string(), as: UTF8.self)
      kinds.append(.init(name, number: try reader.u8()))
    }
    return Schema(fields: fields, attributes: attributes, zoneKinds: kinds)
  }
}

/// The number of a document in its segment, dense from 0.
typealias DocID = UInt32

extension DocID {
  /// Where every cursor ends; no document has this number.
  static let end: UInt32 = .max
}
