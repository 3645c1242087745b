/// Writes a source list: what a commit says of paths, in the order of the paths.
///
/// A list is a file of sections like a segment.
///
/// ```
/// source list    := varint records, varint records that say "gone"
/// source records := record*
/// source blocks  := offset table: where each block of 32 records begins; then the end
/// source reasons := offset table of the starts of reasons and their end; bytes of the reasons
/// record := u8 tag, varint shared, varint rest, rest,           the path
///           [ [varint label start], varint size, signed modified, u64 fingerprint,
///             signed number, [varint length, extras] ]          unless gone
/// extras := [string label], [varint reason | varint shared, string rest],
///           [varint count, varint number{count}]
/// tag    := state (0 gone, 1 indexed, 2 empty, 3 duplicate) + 4 if a label start follows
///           + 8 if extras follow + 16 if a label is among them + 32 if numbers are
/// ```
/// `shared` counts bytes shared with the path before, or in `extras` of a duplicate with its own
/// path. A label start that is not there is that of the record before; `modified` and `number` are
/// written as differences from those of the record before, zigzag in a varint. In a block all
/// that is "before" is 0 or empty for the first record.
struct SourceListWriter {
  static let blockSize = 32
  /// The longest path, in bytes; systems allow less.
  static let longestPath = 65_535

  private var records = ByteWriter()
  private var starts: [Int] = []
  private var count = 0
  private var goneCount = 0
  private var last: [UInt8] = []
  private var before = SourceFields()
  private var reasons: [[UInt8]: Int] = [:]
  private var reasonBytes: [[UInt8]] = []

  init() {}

  mutating func append(_ change: SourceChange) throws(IndexError) {
    let path = Array(change.path.utf8)
    switch change {
    case .gone: try append(path.span, SourceFields(), SourceExtras())
    case .set(let source): try append(path.span, source.fields, source.extras)
    }
  }

  /// Adds a record.
  /// - Throws: `IndexError.limit` for a path that is too long, `IndexError.invalid` for one that
  ///   does not stand behind the one before.
  mutating func append(
    _ path: Span<UInt8>, _ fields: SourceFields, _ extras: SourceExtras
  ) throws(IndexError) {
    guard path.count <= Self.longestPath else {
      throw .limit(
        reason: "a path of \(path.count) bytes; at most \(Self.longestPath) are possible")
    }
    guard count == 0 || PathOrder.compare(last.span, path) < 0 else {
      throw .invalid(reason: "a path of the list of sources comes twice or too late")
    }
    var shared = 0
    if count % Self.blockSize == 0 {
      starts.append(records.count)
      before = SourceFields()
    } else {
      shared = PathOrder.commonPrefix(last.span, path)
    }
    writeRecord(path, shared: shared, fields, extras)
    last.removeSubrange(shared...)
    for place in shared..<path.count { last.append(path[place]) }
    count += 1
  }

  private mutating func writeRecord(
    _ path: Span<UInt8>, shared: Int, _ fields: SourceFields, _ extras: SourceExtras
  ) {
    let hasStart = fields.state != .gone && fields.labelStart != before.labelStart
    records.u8(Self.tag(fields.state, hasStart: hasStart, extras))
    records.varint(shared)
    records.varint(path.count - shared)
    for place in shared..<path.count { records.u8(path[place]) }
    if fields.state == .gone {
      goneCount += 1
      return
    }
    if hasStart { records.varint(fields.labelStart) }
    records.varint(fields.size)
    records.varint(Self.zigzag(fields.modified &- before.modified))
    records.u64(fields.fingerprint)
    records.varint(Self.zigzag(Int64(fields.number) - Int64(before.number)))
    if !extras.isEmpty { write(extras, path) }
    before = fields
  }

  private static func tag(
    _ state: SourceFields.State, hasStart: Bool, _ extras: SourceExtras
  ) -> UInt8 {
    state.rawValue + (hasStart ? 4 : 0) + (extras.isEmpty ? 0 : 8)
      + (extras.label == nil ? 0 : 16) + (extras.beatenBy.isEmpty ? 0 : 32)
  }

  static func zigzag(_ number: Int64) -> UInt64 {
    UInt64(bitPattern: (number &<< 1) ^ (number &>> 63))
  }

  private mutating func write(_ extras: SourceExtras, _ path: Span<UInt8>) {
    var writer = ByteWriter()
    if let label = extras.label { writer.string(label) }
    if let reason = extras.reason {
      writer.varint(number(ofReason: reason))
    } else if let original = extras.original {
      let shared = PathOrder.commonPrefix(original.span, path)
      writer.varint(shared)
      writer.string(Array(original[shared...]))
    }
    if !extras.beatenBy.isEmpty {
      writer.varint(extras.beatenBy.count)
      for number in extras.beatenBy { writer.varint(UInt64(number)) }
    }
    records.varint(writer.count)
    records.raw(writer.bytes)
  }

  private mutating func number(ofReason reason: [UInt8]) -> Int {
    if let number = reasons[reason] { return number }
    reasons[reason] = reasonBytes.count
    reasonBytes.append(reason)
    return reasonBytes.count - 1
  }

  /// Writes the file and flushes it to the disk.
  /// - Returns: How long the file is, and how many records it has.
  consuming func write(to path: String) throws(IndexError) -> (byteCount: Int, records: Int) {
    var header = ByteWriter()
    header.varint(count)
    header.varint(goneCount)
    starts.append(records.count)
    var ends = [0]
    for reason in reasonBytes { ends.append(ends[ends.count - 1] + reason.count) }
    let file = try SegmentFileWriter(path: path)
    try file.add(SectionName.sourceList, header.bytes)
    try file.add(SectionName.sourceRecords, records.bytes)
    try file.add(SectionName.sourceBlocks, OffsetTable.encode(starts))
    try file.add(SectionName.sourceReasons, OffsetTable.encode(ends), reasonBytes.flatMap { $0 })
    return (try file.finish().byteCount, count)
  }
}
