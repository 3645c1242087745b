/// Files that were found, with the size and the time of the last change of each.
///
/// Paths are kept as bytes one after the other, so that a file more costs no memory of its own.
public struct FileList: Sendable, Equatable {
  private(set) var bytes: [UInt8] = []
  /// Where the path of each file ends.
  private var ends: [Int] = []
  private var sizes: [Int] = []
  private var times: [Int64] = []
  private var parts: [Part] = []

  /// Files one after the other whose labels are made in the same way.
  private struct Part: Sendable, Equatable {
    var firstFile: Int
    /// What stands in front of the rest of the path in the label.
    var labelPrefix: String
    /// Where the rest of the path begins.
    var labelStart: Int
  }

  public init() {}

  public var count: Int { ends.count }
  public var indices: Range<Int> { 0..<count }

  /// Begins a part: files whose labels are the path from its byte `labelStart` on.
  public mutating func beginPart(labelStart: Int) {
    parts.append(Part(firstFile: count, labelPrefix: "", labelStart: labelStart))
  }

  var partCount: Int { parts.count }

  /// Puts something in front of the labels of a part; parts are counted from 0.
  public mutating func setLabelPrefix(_ prefix: String, ofPart part: Int) {
    parts[part].labelPrefix = prefix
  }

  /// Says where the rest of the path that is in the label begins.
  public mutating func setLabelStart(_ start: Int, ofPart part: Int) {
    parts[part].labelStart = start
  }

  /// The files of a part.
  public func files(ofPart part: Int) -> Range<Int> {
    let end = part + 1 < parts.count ? parts[part + 1].firstFile : count
    return parts[part].firstFile..<end
  }

  /// Adds a file of a folder.
  /// - Parameter folder: The path of the folder with a slash at its end.
  public mutating func append(
    folder: [UInt8], _ entry: Int, of listing: FolderListing, _ status: Platform.Status
  ) {
    bytes.append(contentsOf: folder)
    bytes.append(contentsOf: listing.name(entry))
    append(status.size, status.modified)
  }

  public mutating func append(path: String, size: Int, modified: Int64) {
    bytes.append(contentsOf: path.utf8)
    append(size, modified)
  }

  /// Adds what is known of the file whose path was added to `bytes`.
  private mutating func append(_ size: Int, _ modified: Int64) {
    ends.append(bytes.count)
    sizes.append(size)
    times.append(modified)
  }

  /// Where the path of a file stands in `bytes`.
  func range(_ file: Int) -> Range<Int> { (file == 0 ? 0 : ends[file - 1])..<ends[file] }

  public func path(_ file: Int) -> String { String(decoding: bytes[range(file)], as: UTF8.self) }
  /// In bytes.
  public func size(_ file: Int) -> Int { sizes[file] }
  /// Nanoseconds since 1970.
  public func modified(_ file: Int) -> Int64 { times[file] }

  public func label(_ file: Int) -> String {
    let part = part(of: file)
    let rest = bytes[range(file)].dropFirst(part.labelStart)
    return part.labelPrefix + String(decoding: rest, as: UTF8.self)
  }

  private func part(of file: Int) -> Part {
    var low = 0
    var high = parts.count
    while low < high {
      let middle = low + (high - low) / 2
      if parts[middle].firstFile <= file { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? Part(firstFile: 0, labelPrefix: "", labelStart: 0) : parts[low - 1]
  }
}

extension FileList {
  /// The file with a path among files that are in the order of `PathOrder`.
  /// - Complexity: O(log files).
  public func file(at path: String, among files: Range<Int>) -> Int? {
    let path = Array(path.utf8)
    var low = files.lowerBound
    var high = files.upperBound
    while low < high {
      let middle = low + (high - low) / 2
      if compare(middle, path) < 0 { low = middle + 1 } else { high = middle }
    }
    return low < files.upperBound && compare(low, path) == 0 ? low : nil
  }

  private func compare(_ file: Int, _ path: [UInt8]) -> Int {
    PathOrder.compare(bytes.span.extracting(range(file)), path.span)
  }

  /// Whether the path of a file ends in one of some words of small letters, whatever the case of
  /// its ASCII letters.
  public func path(_ file: Int, endsInOneOf words: [[UInt8]]) -> Bool {
    let range = range(file)
    for word in words where word.count <= range.count {
      var place = word.count - 1
      let start = range.upperBound - word.count
      while place >= 0, Self.lowered(bytes[start + place]) == word[place] { place -= 1 }
      if place < 0 { return true }
    }
    return false
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }

  /// Where the label of a file begins in its path; nil where the label is not the path's end.
  func plainLabelStart(_ file: Int) -> Int? {
    let part = part(of: file)
    return part.labelPrefix.isEmpty ? part.labelStart : nil
  }

  /// As `PathOrder.compare`, between the paths of two files.
  func compare(_ one: Int, _ other: Int) -> Int {
    let span = bytes.span
    return PathOrder.compare(span.extracting(range(one)), span.extracting(range(other)))
  }

  /// The files in the order of their paths; nil where they are in it already.
  func sorted() -> [Int]? {
    guard (1..<max(1, count)).contains(where: { compare($0 - 1, $0) > 0 }) else { return nil }
    // The library's sort finds stretches that are sorted, as walks give them.
    return (0..<count).sorted { one, other in
      let order = compare(one, other)
      return order == 0 ? one < other : order < 0
    }
  }
}
