import TextSearch

/// What a worker reads at a time: a file, whole lines of a large JSON Lines file, or some members of a
/// large archive.
public struct InputItem: Sendable, Equatable {
  public var file: InputFile
  /// Bytes of the file; of an archive that is read in parts, all of them with its first item and none
  /// with the others.
  public var range: Range<Int>
  /// The number of the first line in `range`, from 1.
  public var firstLine: Int
  /// Whether it is the last of its file.
  public private(set) var isLast: Bool
  /// Of an archive that is read in parts, what was unpacked for this one.
  var members: [ArchiveMember]?
  /// Of an archive that is read in parts, that of the whole file.
  var archiveFingerprint: UInt64?

  public init(file: InputFile, range: Range<Int>, firstLine: Int = 1) {
    self.file = file
    self.range = range
    self.firstLine = firstLine
    isLast = range.upperBound >= file.size
  }

  /// Some members of an archive.
  fileprivate init(_ archive: InputArchive, members: [ArchiveMember], isFirst: Bool) {
    file = archive.file
    range = isFirst ? 0..<file.size : file.size..<file.size
    firstLine = 1
    // There is a last item without members, as it is not known before which is the last member.
    isLast = members.isEmpty
    self.members = members
    archiveFingerprint = archive.fingerprint
  }

  /// How many bytes it holds, or has to read.
  public var byteCount: Int {
    members?.reduce(0) { $0 + $1.byteCount } ?? range.count
  }
}

extension ArchiveMember {
  fileprivate var byteCount: Int {
    if case .file(_, let content, _) = self { content.count } else { 0 }
  }
}

extension InputFinder {
  /// Large enough that a worker is busy for some hundredths of a second, small enough that two
  /// workers finish together.
  static let itemByteCount = 2 << 20

  /// The work items of a file, one after the other: the parts of a large JSON Lines file, the members
  /// of a large archive, every other file whole.
  ///
  /// Parts are of 2 MiB and some lines, or of 2 MiB and some members; the same file gives the same
  /// parts. Adjacent lines of one accession stay together: no cut is made between two of them. A
  /// place that cannot be read is inside an item, whose reader says why.
  /// - Complexity: Each part is read once more to count its lines, of other files only the start. A
  ///   large archive is held in memory while its items are asked for, and unpacked as they are.
  public static func items(of file: InputFile) -> InputItems { InputItems(file) }
}

/// The work items of one file in order, found while they are asked for.
public struct InputItems: Sequence, IteratorProtocol, Sendable {
  private enum Rest {
    case file
    case lines(JSONLinesCutter, start: Int, line: Int)
    case archive(InputArchive)
    case none
  }

  private let file: InputFile
  private var rest = Rest.file

  init(_ file: InputFile) {
    self.file = file
    guard file.size > InputFinder.itemByteCount else { return }
    if let archive = InputArchive(file: file) {
      rest = .archive(archive)
    } else if let cutter = JSONLinesCutter(file: file) {
      rest = .lines(cutter, start: 0, line: 1)
    }
  }

  public mutating func next() -> InputItem? {
    // What is left is not copied where nobody else has it.
    let rest = self.rest
    self.rest = .none
    switch rest {
    case .file: return InputItem(file: file, range: 0..<file.size)
    case .lines(let cutter, let start, let line):
      let range = start..<cutter.end(ofPartAt: start)
      if range.upperBound < file.size {
        let next = line + cutter.lineCount(range)
        self.rest = .lines(cutter, start: range.upperBound, line: next)
      }
      return InputItem(file: file, range: range, firstLine: line)
    case .archive(var archive):
      let item = archive.next()
      if !item.isLast { self.rest = .archive(archive) }
      return item
    case .none: return nil
    }
  }
}

/// A large archive, of which some members at a time are unpacked.
private struct InputArchive: Sendable {
  let file: InputFile
  let fingerprint: UInt64
  private var members: ArchiveMembers
  private var isFirst = true

  /// - Returns: Nil for files of other kinds, and for those that cannot be read.
  init?(file: InputFile) {
    self.file = file
    let head = try? Platform.read(file.path, 0..<min(file.size, 1024))
    guard let head, Content.archiveKind(head) != nil, let bytes = try? Platform.read(file.path),
      let kind = Content.archiveKind(bytes)
    else { return nil }
    fingerprint = Fingerprint.of(bytes)
    members = ArchiveMembers(
      of: bytes, kind, path: file.relativePath, facts: file.knownFacts,
      limit: ArchiveLimits.byteCount(of: bytes))
  }

  /// The next members; none after the last.
  mutating func next() -> InputItem {
    var found: [ArchiveMember] = []
    var byteCount = 0
    while byteCount < InputFinder.itemByteCount, found.count < Self.mostMembers,
      let member = members.next()
    {
      byteCount += member.byteCount
      found.append(member)
    }
    defer { isFirst = false }
    return InputItem(self, members: found, isFirst: isFirst)
  }

  private static let mostMembers = 256
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
