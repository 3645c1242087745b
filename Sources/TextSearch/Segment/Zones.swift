/// The zones of documents: stretches of tokens with a kind and maybe a label.
///
/// ```
/// zones    := u8 0                                            no document has zones
///           | u8 1, starts of labels, label bytes, starts of documents, document*
/// document := { u8 kind, varint label + 1 or 0, varint first token − that of the zone before,
///               varint tokens }
/// ```
/// Starts are an `OffsetTable`, whose last value is the end. Labels are in the order of first use.
enum ZonesWriter {
  static func encode(_ documents: [[TokenZone]]) -> [UInt8] {
    if documents.allSatisfy(\.isEmpty) { return [0] }
    var labels: [[UInt8]: Int] = [:]
    var content = ByteWriter()
    var starts = [0]
    for zones in documents {
      var before = 0
      for zone in zones.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
        content.u8(zone.kind)
        content.varint(zone.label.isEmpty ? 0 : labels.number(Array(zone.label.utf8)) + 1)
        content.varint(zone.range.lowerBound - before)
        content.varint(zone.range.count)
        before = zone.range.lowerBound
      }
      starts.append(content.count)
    }
    let strings = labels.sorted { $0.value < $1.value }.map(\.key)
    var labelStarts = [0]
    for string in strings { labelStarts.append(labelStarts[labelStarts.count - 1] + string.count) }
    return [1] + OffsetTable.encode(labelStarts) + strings.joined() + OffsetTable.encode(starts)
      + content.bytes
  }
}

/// A zone with its place counted in tokens of the document, field markers included.
struct TokenZone: Sendable, Equatable {
  var kind: UInt8
  var label: String
  var range: Range<Int>
}

/// Reads the zones of documents. See `ZonesWriter` for the bytes.
struct ZonesReader: Sendable {
  private struct Tables: Sendable {
    let labels: OffsetTable
    let labelBytes: Int
    let starts: OffsetTable
    let content: Int
  }

  private let section: Section
  /// Nil where no document has zones.
  private let tables: Tables?

  init(_ section: Section, documentCount: Int) throws(IndexError) {
    self.section = section
    var reader = try SectionReader(section, 0..<section.count)
    let kind = try reader.u8()
    guard kind <= 1 else { throw section.damaged(at: 0, "zones of form \(kind)") }
    guard kind == 1 else {
      tables = nil
      return
    }
    let labels = try OffsetTable(section, at: 1)
    let labelBytes = 1 + labels.byteCount
    guard labels.count > 0 else { throw section.damaged(at: 1, "no starts of labels") }
    let length = try labels.value(at: labels.count - 1)
    guard length <= section.count - labelBytes else {
      throw section.damaged(at: 1, "\(length) bytes of labels")
    }
    let starts = try OffsetTable(section, at: labelBytes + length)
    guard starts.count == documentCount + 1 else {
      throw section.damaged(at: labelBytes + length, "zones of \(starts.count) documents")
    }
    tables = Tables(
      labels: labels, labelBytes: labelBytes, starts: starts,
      content: labelBytes + length + starts.byteCount)
  }

  /// The zones of a document in the order of their starts.
  func zones(of document: DocID) throws(IndexError) -> [TokenZone] {
    var zones: [TokenZone] = []
    var walker = try walker(of: document)
    while let zone = try walker.next() {
      zones.append(
        TokenZone(kind: zone.kind, label: try label(zone.label), range: zone.range))
    }
    return zones
  }

  /// Goes through the zones of a document without reading their labels.
  struct Walker {
    private var reader: SectionReader
    private let section: Section
    private let labelCount: Int
    private var start = 0

    fileprivate init(_ reader: SectionReader, _ section: Section, labelCount: Int) {
      self.reader = reader
      self.section = section
      self.labelCount = labelCount
    }

    /// The next zone with the number of its label, 0 for none; nil behind the last one.
    mutating func next() throws(IndexError) -> (kind: UInt8, label: Int, range: Range<Int>)? {
      if reader.isAtEnd { return nil }
      let kind = try reader.u8()
      let label = try reader.varint(upTo: labelCount)
      let before = reader.offset
      start += try reader.varint(upTo: 1 << 40)
      let count = try reader.varint(upTo: 1 << 40)
      guard start <= 1 << 40 else { throw section.damaged(at: before, "a zone at token \(start)") }
      return (kind, label, start..<(start + count))
    }
  }

  func walker(of document: DocID) throws(IndexError) -> Walker {
    guard let tables else {
      return Walker(try SectionReader(section, 0..<0), section, labelCount: 0)
    }
    let range = try tables.starts.range(at: Int(document))
    let reader = try SectionReader(
      section, (tables.content + range.lowerBound)..<(tables.content + range.upperBound))
    return Walker(reader, section, labelCount: tables.labels.count - 1)
  }

  /// The label of that number, from 1 on; 0 is none.
  func label(_ number: Int) throws(IndexError) -> String {
    guard number > 0, let tables else { return "" }
    let range = try tables.labels.range(at: number - 1)
    var reader = try SectionReader(
      section, (tables.labelBytes + range.lowerBound)..<(tables.labelBytes + range.upperBound))
    return String(decoding: try reader.raw(range.count), as: UTF8.self)
  }
}
