/// The groups of a segment that are deleted, with what they count for in the statistics.
///
/// ```
/// file   := "FOLIODEL", u32 version, varint groups of the segment, varint deleted documents,
///           varint fields, { varint words of the field in deleted documents }, varint runs,
///           { varint live groups before the run, varint length - 1 }, u32 CRC-32C of all before
/// ```
/// A commit that deletes from a segment writes the file anew under a name of its own; the segment
/// stays as it is.
struct Deletions: Sendable, Equatable {
  /// Of the segment, deleted or not.
  let segmentGroupCount: Int
  /// Runs of deleted groups; they rise and do not touch.
  private(set) var runs: [Range<Int>] = []
  private(set) var documentCount = 0
  /// Words in deleted documents, by field.
  private(set) var fieldLengths: [Int]

  static let suffix = ".deletions"
  /// History: 1, the first.
  static let version = 1
  private static let magic = Array("FOLIODEL".utf8)

  init(segmentGroupCount: Int, fieldCount: Int) {
    self.segmentGroupCount = segmentGroupCount
    fieldLengths = [Int](repeating: 0, count: fieldCount)
  }

  var groupCount: Int { runs.reduce(0) { $0 + $1.count } }
  var wordCount: Int { fieldLengths.reduce(0, +) }

  /// - Complexity: O(log runs).
  func contains(_ group: Int) -> Bool {
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].upperBound <= group { low = middle + 1 } else { high = middle }
    }
    return low < runs.count && runs[low].contains(group)
  }

  /// Adds groups that are not deleted yet.
  /// - Parameters:
  ///   - groups: Rising.
  ///   - documentCount: How many documents they have.
  ///   - fieldLengths: How many words in each field.
  mutating func insert(_ groups: [Int], documentCount: Int, fieldLengths: [Int]) {
    var merged: [Range<Int>] = []
    var (old, new) = (runs[...], groups[...])
    while let next = Self.popFirst(&old, &new) {
      if let last = merged.last, last.upperBound == next.lowerBound {
        merged[merged.count - 1] = last.lowerBound..<next.upperBound
      } else {
        merged.append(next)
      }
    }
    runs = merged
    self.documentCount += documentCount
    for (field, length) in fieldLengths.enumerated() { self.fieldLengths[field] += length }
  }

  private static func popFirst(
    _ old: inout ArraySlice<Range<Int>>, _ new: inout ArraySlice<Int>
  ) -> Range<Int>? {
    guard let group = new.first else { return old.popFirst() }
    if let run = old.first, run.lowerBound < group { return old.popFirst() }
    new.removeFirst()
    return group..<(group + 1)
  }
}

// MARK: Bytes

extension Deletions {
  func bytes() -> [UInt8] {
    var writer = ByteWriter()
    writer.raw(Self.magic)
    writer.u32(UInt32(Self.version))
    writer.varint(segmentGroupCount)
    writer.varint(documentCount)
    writer.varint(fieldLengths.count)
    for length in fieldLengths { writer.varint(length) }
    writer.varint(runs.count)
    var end = 0
    for run in runs {
      writer.varint(run.lowerBound - end)
      writer.varint(run.count - 1)
      end = run.upperBound
    }
    writer.u32(Checksum.crc32c(writer.bytes))
    return writer.bytes
  }

  /// Reads the file at `path`.
  /// - Throws: `IndexError.damaged` where the file is not one of deletions or not as it was written.
  init(path: String, fieldCount: Int) throws(IndexError) {
    let bytes = try Platform.read(path)
    func damaged(_ offset: Int, _ reason: String) -> IndexError {
      .damaged(file: path, section: "deletions", offset: offset, reason: reason)
    }
    guard bytes.starts(with: Self.magic) else { throw damaged(0, "not a file of deletions") }
    guard bytes.count >= Self.magic.count + 8 else {
      throw damaged(bytes.count, "the file is cut short")
    }
    let body = Array(bytes.dropLast(4))
    var checksum = ByteWriter()
    checksum.u32(Checksum.crc32c(body))
    guard bytes.suffix(4).elementsEqual(checksum.bytes) else {
      throw damaged(body.count, "the checksum is wrong; the file is damaged or cut short")
    }
    var reader = ByteReader(Array(body.dropFirst(Self.magic.count + 4)))
    let version = body[8..<12].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard version == Self.version else { throw .unsupported(file: path, version: version) }
    guard let deletions = Self.parse(&reader, fieldCount) else {
      throw damaged(Self.magic.count + 4 + reader.offset, "numbers that cannot be")
    }
    self = deletions
  }

  private static func parse(_ reader: inout ByteReader, _ fieldCount: Int) -> Deletions? {
    let most = Int(DocID.end)
    guard let groups = reader.varint(upTo: most), let documents = reader.varint(upTo: most),
      reader.varint(upTo: fieldCount) == fieldCount
    else { return nil }
    var deletions = Deletions(segmentGroupCount: groups, fieldCount: fieldCount)
    deletions.documentCount = documents
    for field in 0..<fieldCount {
      guard let length = reader.varint(upTo: 1 << 48) else { return nil }
      deletions.fieldLengths[field] = length
    }
    guard let count = reader.varint(upTo: groups) else { return nil }
    var end = 0
    for number in 0..<count {
      guard let gap = reader.varint(upTo: groups - end), gap > 0 || number == 0,
        let length = reader.varint(upTo: groups - end - gap - 1)
      else { return nil }
      deletions.runs.append((end + gap)..<(end + gap + length + 1))
      end = end + gap + length + 1
    }
    return reader.isAtEnd ? deletions : nil
  }
}
