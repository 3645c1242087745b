/// Turns the values of a date attribute into numbers that sort as wanted, larger first.
struct SortKeys {
  private let column: ColumnReader
  private let segment: Segment
  private let isOfGroup: Bool
  private let descending: Bool

  /// Nil for relevance.
  init?(_ order: SearchOptions.Order, _ segment: Segment) throws(IndexError) {
    guard case .attribute(let name, let descending) = order else { return nil }
    let attribute = segment.info.schema.attributes.first { $0.name == name }
    guard let attribute else {
      throw .invalid(reason: "the index has no attribute \(name) to sort by")
    }
    let section = SectionName.attribute(name, of: attribute.owner)
    isOfGroup = attribute.owner == .group
    column = try ColumnReader(
      segment.file.section(section),
      rowCount: isOfGroup ? segment.info.groupCount : segment.info.documentCount)
    self.segment = segment
    self.descending = descending
  }

  /// The digits of the date as a number; hits without a date come last.
  func key(of document: DocID) throws(IndexError) -> Int {
    let row = isOfGroup ? try segment.group(of: document) : Int(document)
    guard let value = try column.value(row) else { return .min }
    let digits = value.utf8.prefix(10).filter { $0 >= 0x30 && $0 <= 0x39 }
    guard digits.count == 8 else { return .min }
    let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return descending ? number : -number
  }
}
