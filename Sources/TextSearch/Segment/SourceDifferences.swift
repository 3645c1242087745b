/// What is different between the sources of an index and the files that are there now.
///
/// Files and sources are joined in the order of their paths, so that those that are the same cost
/// some tens of nanoseconds and no memory.
public struct SourceDifferences {
  public enum Difference: Sendable, Equatable {
    /// No source has the path of this file.
    case new(file: Int)
    /// Size, time or label are others than those of the source.
    case changed(file: Int, Source)
    /// There is no file at the source's path.
    case gone(Source)
  }

  private let files: FileList
  private let scope: PathScope?
  /// The files by their paths; nil where they are in this order.
  private let order: [Int]?
  private var cursor: SourceCursor
  private var hasSource: Bool
  private var place = 0
  /// How many files were found to be as their sources say.
  public private(set) var sameCount = 0

  /// - Parameters:
  ///   - roots: Sources that are neither at nor below one of these paths are passed over.
  ///   - files: A path that comes twice counts once.
  public init(
    _ table: SourceTable, _ files: FileList, below roots: [String]? = nil
  ) throws(IndexError) {
    self.files = files
    scope = roots.map(PathScope.init)
    order = files.sorted()
    cursor = try table.cursor()
    hasSource = try cursor.next()
  }

  /// The next difference in the order of paths; nil after the last one.
  public mutating func next() throws(IndexError) -> Difference? {
    while place < files.count {
      let file = order?[place] ?? place
      let order = hasSource ? compare(cursor.record, file) : 1
      if order < 0 {
        if let difference = try takeGone() { return difference }
        continue
      }
      advanceFile(file)
      if order > 0 { return .new(file: file) }
      let isSame = try isSame(file)
      let difference = isSame ? nil : Difference.changed(file: file, try cursor.record.source())
      hasSource = try cursor.next()
      if let difference { return difference }
      sameCount += 1
    }
    while hasSource {
      if let difference = try takeGone() { return difference }
    }
    return nil
  }

  private func compare(_ record: SourceListCursor, _ file: Int) -> Int {
    record.compare(files.bytes.span.extracting(files.range(file)))
  }

  private mutating func advanceFile(_ file: Int) {
    place += 1
    guard let order else {
      while place < files.count, files.compare(file, place) == 0 { place += 1 }
      return
    }
    while place < files.count, files.compare(file, order[place]) == 0 { place += 1 }
  }

  private mutating func takeGone() throws(IndexError) -> Difference? {
    var isInScope = true
    if let scope { isInScope = cursor.record.isIn(scope) }
    let difference = isInScope ? Difference.gone(try cursor.record.source()) : nil
    hasSource = try cursor.next()
    return difference
  }

  private func isSame(_ file: Int) throws(IndexError) -> Bool {
    let fields = cursor.record.fields
    guard fields.size == files.size(file), fields.modified == files.modified(file) else {
      return false
    }
    if let start = files.plainLabelStart(file), start == fields.labelStart,
      !cursor.record.hasOwnLabel
    {
      return true
    }
    return try cursor.record.source().label == files.label(file)
  }
}

/// What is at or below some paths.
struct PathScope: Sendable {
  /// Sorted, without those below others and without slashes at the end.
  private var roots: [[UInt8]] = []

  init(_ paths: [String]) {
    let trimmed = paths.map { path in
      var bytes = Array(path.utf8)
      while bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
      return bytes
    }
    let sorted = trimmed.sorted { PathOrder.compare($0.span, $1.span) < 0 }
    for root in sorted {
      if let last = roots.last, Self.isBelow(root.span, last) { continue }
      roots.append(root)
    }
  }

  /// What is below a folder stands directly behind it, so only the last root before it matters.
  func contains(_ path: Span<UInt8>) -> Bool {
    var low = 0
    var high = roots.count
    while low < high {
      let middle = low + (high - low) / 2
      let root = roots[middle]
      if PathOrder.compare(root.span, path) <= 0 { low = middle + 1 } else { high = middle }
    }
    return low > 0 && Self.isBelow(path, roots[low - 1])
  }

  private static func isBelow(_ path: Span<UInt8>, _ root: [UInt8]) -> Bool {
    PathOrder.commonPrefix(path, root.span) == root.count
      && (path.count == root.count || path[root.count] == UInt8(ascii: "/"))
  }
}
