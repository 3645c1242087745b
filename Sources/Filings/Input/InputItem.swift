import TextSearch

/// A file or, of a large JSON Lines file, the part of whole lines that a worker reads.
public struct InputItem: Sendable, Equatable {
  public var file: InputFile
  /// Bytes of the file.
  public var range: Range<Int>
  /// The number of the first line in `range`, from 1.
  public var firstLine: Int

  public init(file: InputFile, range: Range<Int>, firstLine: Int = 1) {
    self.file = file
    self.range = range
    self.firstLine = firstLine
  }
}

extension InputFinder {
  /// Large enough that a worker is busy for some hundredths of a second, small enough that two
  /// workers finish together.
  static let itemByteCount = 2 << 20

  /// The work items of a file, one after the other: the parts of a large JSON Lines file, every
  /// other file whole.
  ///
  /// Parts are of 2 MiB and some lines; the same file gives the same parts. Adjacent lines of one
  /// accession stay together: no cut is made between two of them. A place that cannot be read is
  /// inside an item, whose reader says why.
  /// - Complexity: Each part is read once more to count its lines, of other files only the start.
  public static func items(of file: InputFile) -> InputItems { InputItems(file) }
}

extension InputItem {
  /// Whether it is the last of its file.
  public var isLast: Bool { range.upperBound >= file.size }
}

/// The work items of one file in order, found while they are asked for.
public struct InputItems: Sequence, IteratorProtocol, Sendable {
  private let file: InputFile
  private let cutter: JSONLinesCutter?
  /// Where the next item begins; nil after the last.
  private var start: Int? = 0
  /// The number of the next item's first line.
  private var line = 1

  init(_ file: InputFile) {
    self.file = file
    cutter = file.size > InputFinder.itemByteCount ? JSONLinesCutter(file: file) : nil
  }

  public mutating func next() -> InputItem? {
    guard let start else { return nil }
    let end = cutter?.end(ofPartAt: start) ?? file.size
    let item = InputItem(file: file, range: start..<end, firstLine: line)
    self.start = end < file.size ? end : nil
    if end < file.size { line += cutter?.lineCount(start..<end) ?? 0 }
    return item
  }
}

/// Cuts a JSON Lines file between filings.
struct JSONLinesCutter {
  let file: InputFile

  /// - Returns: Nil for files of other kinds, and for those that cannot be read.
  init?(file: InputFile) {
    self.file = file
    let head = try? Platform.read(file.path, 0..<min(file.size, InputFinder.itemByteCount))
    guard let head, Content.kind(of: head) == .jsonLines else { return nil }
  }

  /// The end of the part that begins at `start`; the file's where no cut can be found.
  func end(ofPartAt start: Int) -> Int {
    (try? cut(after: start + InputFinder.itemByteCount)) ?? file.size
  }

  /// The first place after `target` between two lines that may be of different filings.
  ///
  /// The line that `target` lies in is not looked at, so that nothing before it need be read.
  private func cut(after target: Int) throws(IndexError) -> Int {
    guard target < file.size else { return file.size }
    var lines = LineWindow(file: file, offset: target)
    guard try lines.next() != nil, let first = try lines.next() else { return file.size }
    var accession = Self.accession(of: first)
    while true {
      let end = lines.offset
      guard let line = try lines.next() else { return file.size }
      let next = Self.accession(of: line)
      if accession == nil || next != accession { return end }
      accession = next
    }
  }

  private static func accession(of line: [UInt8]) -> String? {
    var scanner = JSONScanner(line, 0..<line.count)
    guard let record = try? JSONRecord(&scanner) else { return nil }
    return record.facts.accession
  }

  /// The lines in `range`, as far as it can be read.
  func lineCount(_ range: Range<Int>) -> Int {
    var count = 0
    var offset = range.lowerBound
    while offset < range.upperBound {
      let end = min(offset + InputFinder.itemByteCount, range.upperBound)
      guard let bytes = try? Platform.read(file.path, offset..<end) else { break }
      count += ByteScan.lineCount(bytes)
      offset = end
    }
    return count
  }
}

/// Reads a file line by line from some place on.
struct LineWindow {
  let file: InputFile
  /// Where the next line begins.
  private(set) var offset: Int
  private var bytes: [UInt8] = []
  /// Where in `bytes` the next line begins.
  private var start = 0
  /// How much is read at a time; doubles while a line does not end.
  private var step = 1 << 16

  init(file: InputFile, offset: Int) {
    self.file = file
    self.offset = offset
  }

  /// The next line with its line end; nil at the end of the file.
  mutating func next() throws(IndexError) -> [UInt8]? {
    var searched = start
    while true {
      let end = ByteScan.lineEnd(bytes, searched)
      if end < bytes.count { return take(to: end + 1) }
      searched = bytes.count - start
      if try !readMore() { return start < bytes.count ? take(to: bytes.count) : nil }
    }
  }

  private mutating func take(to end: Int) -> [UInt8] {
    defer { start = end }
    offset += end - start
    return Array(bytes[start..<end])
  }

  /// Drops the lines taken and reads on.
  private mutating func readMore() throws(IndexError) -> Bool {
    bytes.removeFirst(start)
    start = 0
    let from = offset + bytes.count
    let to = min(from + step, file.size)
    guard from < to else { return false }
    let more = try Platform.read(file.path, from..<to)
    bytes.append(contentsOf: more)
    step = min(step * 2, 1 << 24)
    return !more.isEmpty
  }
}
