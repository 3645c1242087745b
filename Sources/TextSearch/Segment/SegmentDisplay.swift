import Synchronization

/// What is needed to show documents: separators, layout, zones and attributes.
final class SegmentDisplay: Sendable {
  let documentIDs: ColumnReader
  let groupIDs: ColumnReader
  let zones: ZonesReader
  private let documentAttributes: [ColumnReader]
  private let groupAttributes: [ColumnReader]
  private let separators: Section
  private let separatorStarts: OffsetTable
  private let layoutModel: Section
  private let layoutStream: Section
  private let lazyLayout = Mutex<LayoutReader?>(nil)

  init(_ segment: Segment) throws(IndexError) {
    let info = segment.info
    documentIDs = try ColumnReader(
      segment.file.section(SectionName.documentIDs), rowCount: info.documentCount)
    groupIDs = try ColumnReader(
      segment.file.section(SectionName.groupIDs), rowCount: info.groupCount)
    zones = try ZonesReader(
      segment.file.section(SectionName.zones), documentCount: info.documentCount)
    documentAttributes = try Self.columns(of: .document, segment, info.documentCount)
    groupAttributes = try Self.columns(of: .group, segment, info.groupCount)
    separators = segment.file.section(SectionName.separators)
    separatorStarts = try OffsetTable(separators, at: 0)
    layoutModel = segment.file.section(SectionName.layoutModel)
    layoutStream = segment.file.section(SectionName.layout)
  }

  private static func columns(of owner: Schema.Attribute.Owner, _ segment: Segment, _ rows: Int)
    throws(IndexError) -> [ColumnReader]
  {
    var columns: [ColumnReader] = []
    for attribute in segment.info.schema.attributes where attribute.owner == owner {
      let section = segment.file.section(SectionName.attribute(attribute.name, of: owner))
      columns.append(try ColumnReader(section, rowCount: rows))
    }
    return columns
  }

  func values(of owner: Schema.Attribute.Owner, row: Int) throws(IndexError) -> [String?] {
    var values: [String?] = []
    for column in owner == .group ? groupAttributes : documentAttributes {
      values.append(try column.value(row))
    }
    return values
  }

  /// Spellings and separators of all tokens, opened on first use: unpacking the model takes a
  /// fifth of a millisecond.
  func layout() throws(IndexError) -> LayoutReader {
    if let layout = lazyLayout.withLock({ $0 }) { return layout }
    let layout = try LayoutReader(
      model: layoutModel, stream: layoutStream, gapCount: separatorStarts.count - 1)
    lazyLayout.withLock { $0 = layout }
    return layout
  }

  var separatorCount: Int { max(separatorStarts.count - 1, 0) }

  /// The bytes of a separator.
  func separator(_ number: Int) throws(IndexError) -> [UInt8] {
    guard number + 1 < separatorStarts.count else {
      throw separators.damaged(at: 0, "separator \(number) of \(separatorStarts.count - 1)")
    }
    let range = try separatorStarts.range(at: number)
    let base = separatorStarts.byteCount
    var reader = try SectionReader(
      separators, (base + range.lowerBound)..<(base + range.upperBound))
    return try reader.raw(range.count)
  }
}
