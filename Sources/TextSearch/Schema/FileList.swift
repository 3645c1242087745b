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

  /// Says how the labels of the files that are appended from now on are made: `labelPrefix` and
  /// then the path from its byte `labelStart` on.
  public mutating func beginPart(labelPrefix: String = "", labelStart: Int) {
    parts.append(Part(firstFile: count, labelPrefix: labelPrefix, labelStart: labelStart))
  }

  /// Adds a file whose path is `folder` and then `name`.
  public mutating func append(
    folder: some Collection<UInt8>, name: some Collection<UInt8>, size: Int, modified: Int64
  ) {
    bytes.append(contentsOf: folder)
    bytes.append(contentsOf: name)
    ends.append(bytes.count)
    sizes.append(size)
    times.append(modified)
  }

  public mutating func append(path: String, size: Int, modified: Int64) {
    append(folder: EmptyCollection(), name: path.utf8, size: size, modified: modified)
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
