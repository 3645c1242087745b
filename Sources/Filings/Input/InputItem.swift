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
  static let itemByteCount = 4 << 20

  /// The work items of a file: the parts of a large JSON Lines file, every other file whole.
  ///
  /// Parts are of 4 MiB and some lines; the same file gives the same parts. Adjacent lines of one
  /// accession stay together: no cut is made between two of them.
  /// - Complexity: Reads a JSON Lines file of more than 4 MiB once, of other files only the start.
  public static func items(of file: InputFile) throws(IndexError) -> [InputItem] {
    let whole = InputItem(file: file, range: 0..<file.size)
    guard file.size > itemByteCount else { return [whole] }
    let cutter = JSONLinesCutter(file: file)
    return try cutter.isJSONLines() ? cutter.parts() : [whole]
  }
}

/// Cuts a JSON Lines file between filings.
struct JSONLinesCutter {
  let file: InputFile

  /// Whether the file's start is one of JSON Lines.
  func isJSONLines() throws(IndexError) -> Bool {
    let head = try Platform.read(file.path, 0..<min(file.size, InputFinder.itemByteCount))
    return Content.kind(of: head) == .jsonLines
  }

  func parts() throws(IndexError) -> [InputItem] {
    var items: [InputItem] = []
    var start = 0
    var line = 1
    while start < file.size {
      let end = try cut(after: start + InputFinder.itemByteCount)
      items.append(.init(file: file, range: start..<end, firstLine: line))
      line += try lineCount(start..<end)
      start = end
    }
    return items
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

  private func lineCount(_ range: Range<Int>) throws(IndexError) -> Int {
    var count = 0
    var offset = range.lowerBound
    while offset < range.upperBound {
      let end = min(offset + InputFinder.itemByteCount, range.upperBound)
      count += ByteScan.lineCount(try Platform.read(file.path, offset..<end))
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
