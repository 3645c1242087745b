/// Finds sources by their numbers.
public struct SourceNumbers: Sendable {
  private let table: SourceTable
  /// For each number the list that has the source and, in the low bits, which record it is there.
  private var places: [UInt32: UInt64] = [:]

  private static let recordBits: UInt64 = 48

  /// - Complexity: O(sources).
  public init(_ table: SourceTable) throws(IndexError) {
    self.table = table
    places.reserveCapacity(table.recordCount)
    var cursor = try table.cursor()
    while try cursor.next() {
      let place = UInt64(cursor.listNumber) << Self.recordBits | UInt64(cursor.record.ordinal)
      places[cursor.record.fields.number] = place
    }
  }

  /// The source of that number, where there is one.
  /// - Complexity: O(1).
  public func source(_ number: UInt32) throws(IndexError) -> Source? {
    guard let place = places[number] else { return nil }
    let ordinal = Int(place & (1 << Self.recordBits - 1))
    let block = ordinal / SourceListWriter.blockSize
    let list = table.lists[Int(place >> Self.recordBits)]
    var cursor = try SourceListCursor(list, blocks: block..<(block + 1))
    for _ in 0...(ordinal % SourceListWriter.blockSize) where try !cursor.next() { return nil }
    return try cursor.source()
  }
}
