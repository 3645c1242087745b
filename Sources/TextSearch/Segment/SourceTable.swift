/// All sources of an index: its source lists, of which a later one wins.
///
/// A value; reading changes nothing, and any number of threads can do it.
public struct SourceTable: Sendable {
  /// Oldest first.
  let lists: [SourceList]

  /// - Parameter paths: The files of the lists, oldest first.
  public init(paths: [String] = []) throws(IndexError) {
    var lists: [SourceList] = []
    for path in paths { lists.append(try SourceList(path: path)) }
    self.lists = lists
  }

  /// How long the files are together.
  public var byteCount: Int { lists.reduce(0) { $0 + $1.byteCount } }

  /// At least as many as there are sources: records that a later list replaces count, too.
  public var recordCount: Int { lists.reduce(0) { $0 + $1.count - $1.goneCount } }

  /// Whether there are fewer sources than `count`.
  /// - Complexity: O(1) unless the records alone leave it open, else O(records).
  public func hasFewer(than count: Int) throws(IndexError) -> Bool {
    let gone = lists.reduce(0) { $0 + $1.goneCount }
    if recordCount < count { return true }
    if let first = lists.first, first.count - gone >= count { return false }
    var sources = 0
    try visit { _ in
      sources += 1
      return sources < count
    }
    return sources < count
  }

  func cursor() throws(IndexError) -> SourceCursor { try SourceCursor(lists) }

  /// The source at `path`, where there is one.
  /// - Complexity: O(lists · log records).
  public func source(at path: String) throws(IndexError) -> Source? {
    let bytes = Array(path.utf8)
    for list in lists.reversed() {
      if let record = try list.find(bytes) { return record.isGone ? nil : try record.source() }
    }
    return nil
  }

  /// Calls `body` with every source in the order of their paths (`PathOrder`), until it gives false.
  public func visit(_ body: (Source) -> Bool) throws(IndexError) {
    var cursor = try cursor()
    while try cursor.next(), body(try cursor.record.source()) {}
  }
}

extension SourceTable {
  /// Calls `body` with the sources of one of these sizes in bytes that have groups, though maybe
  /// others with the same ids are shown in their place.
  public func visitReadable(ofSizes sizes: Set<Int>, _ body: (Source) -> Void) throws(IndexError) {
    var cursor = try cursor()
    while try cursor.next() {
      let (fields, isBeaten) = (cursor.record.fields, cursor.record.isBeaten)
      let hasGroups = fields.state == .indexed || (fields.state == .duplicate && isBeaten)
      if hasGroups, sizes.contains(fields.size) { body(try cursor.record.source()) }
    }
  }

  /// Calls `body` with the sources that gave way to others, wholly or in some of their groups.
  public func visitBeaten(_ body: (Source) -> Void) throws(IndexError) {
    var cursor = try cursor()
    while try cursor.next() {
      if cursor.record.fields.state == .duplicate || cursor.record.isBeaten {
        body(try cursor.record.source())
      }
    }
  }
}

// MARK: - Writing

/// The file that a commit wrote for its sources.
public struct SourceListReport: Sendable, Equatable {
  /// So many of the oldest lists are still needed; the new file replaces the others.
  public var keptLists: Int
  public var byteCount: Int
  public var recordCount: Int
}

extension SourceTable {
  /// Each list is at least so many times as long as all later ones together. So there are few
  /// lists (about log₅ of the bytes), and a record is rarely written again.
  static let growth = 4

  /// Writes what a commit changes, together with the lists that are not long enough to stay
  /// apart, into one new file, and flushes it.
  ///
  /// - Parameter changes: In any order; of one path the last counts.
  /// - Throws: `IndexError.limit` for paths of more than 65,535 bytes.
  public func write(
    _ changes: [SourceChange], to path: String
  ) throws(IndexError) -> SourceListReport {
    let kept = keptLists(before: changes.reduce(0) { $0 + 24 + $1.path.utf8.count })
    let sorted = Self.sorted(changes)
    var writer = SourceListWriter()
    var next = 0
    var cursor = try SourceCursor(Array(lists[kept...]), keepsGone: true)
    while try cursor.next() {
      var isReplaced = false
      while next < sorted.count {
        let order = cursor.record.compare(sorted[next].key)
        if order < 0 { break }
        if order == 0 { isReplaced = true }
        try Self.append(sorted[next].change, to: &writer, keepsGone: kept > 0)
        next += 1
      }
      if !isReplaced { try Self.append(cursor, to: &writer, keepsGone: kept > 0) }
    }
    for (_, change) in sorted[next...] {
      try Self.append(change, to: &writer, keepsGone: kept > 0)
    }
    let written = try writer.write(to: path)
    return SourceListReport(
      keptLists: kept, byteCount: written.byteCount, recordCount: written.records)
  }

  /// How many of the oldest lists stay before a new one of about so many bytes.
  private func keptLists(before byteCount: Int) -> Int {
    var behind = byteCount
    var kept = lists.count
    for (number, list) in lists.enumerated().reversed() {
      behind += list.byteCount
      if list.byteCount < Self.growth * (behind - list.byteCount) { kept = number }
    }
    return kept
  }

  private static func sorted(_ changes: [SourceChange]) -> [(key: [UInt8], change: SourceChange)] {
    var sorted: [(key: [UInt8], change: SourceChange)] = []
    let keyed = changes.map { (key: Array($0.path.utf8), change: $0) }
    let order = keyed.indices.sorted { one, other in
      let order = PathOrder.compare(keyed[one].key, keyed[other].key)
      return order == 0 ? one < other : order < 0
    }
    for index in order {
      if sorted.last?.key == keyed[index].key { sorted.removeLast() }
      sorted.append(keyed[index])
    }
    return sorted
  }

  private static func append(
    _ change: SourceChange, to writer: inout SourceListWriter, keepsGone: Bool
  ) throws(IndexError) {
    if case .gone = change, !keepsGone { return }
    try writer.append(change)
  }

  private static func append(
    _ cursor: SourceCursor, to writer: inout SourceListWriter, keepsGone: Bool
  ) throws(IndexError) {
    if cursor.record.isGone, !keepsGone { return }
    try cursor.record.append(to: &writer)
  }
}
