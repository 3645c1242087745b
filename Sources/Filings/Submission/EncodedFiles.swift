/// A binary file that stands in a text in the encoding of uuencode.
struct EncodedFile: Equatable {
  /// From `begin` to the line end after `end`.
  var range: Range<Int>
  /// Nil where its first line is missing.
  var name: String?
  var kind: SkippedPart.Kind
}

/// Finds uuencoded files: `begin 644 NAME`, lines of data, `end`.
enum EncodedFiles {
  /// Where files may begin in the range, in order.
  ///
  /// - Complexity: O(n).
  static func starts(in bytes: [UInt8], _ range: Range<Int>) -> [Int] {
    var starts: [Int] = []
    var offset = range.lowerBound
    while let place = ByteScan.lineStart(with: begin[0], in: bytes, offset, range.upperBound) {
      offset = place + 1
      if mayBegin(at: place, bytes) { starts.append(place) }
    }
    return starts
  }

  /// Where files may begin, also without their first lines, in order: programs that take tags out of
  /// text take some of the lines of such files for tags.
  ///
  /// - Complexity: O(n).
  static func startsWithRuns(in bytes: [UInt8], _ range: Range<Int>) -> [Int] {
    var starts = starts(in: bytes, range)
    var offset = range.lowerBound
    while let place = ByteScan.lineStart(with: fullMark, in: bytes, offset, range.upperBound) {
      offset = place + 1
      if isRun(at: place, bytes, range.upperBound) {
        starts.append(place)
        offset = place + fewestRunLines * fullCount
      }
    }
    return starts.sorted()
  }

  /// Lines that are full begin with this and have so many bytes.
  private static let fullMark = UInt8(ascii: "M")
  private static let fullCount = 61
  /// So many full lines after one another are no text.
  private static let fewestRunLines = 4

  private static func isRun(at start: Int, _ bytes: [UInt8], _ end: Int) -> Bool {
    var offset = start
    for _ in 0..<fewestRunLines {
      guard isFull(at: offset, bytes, end) else { return false }
      offset = lineEnd(bytes, offset, end)
    }
    return true
  }

  private static func isFull(at place: Int, _ bytes: [UInt8], _ end: Int) -> Bool {
    guard place < end, bytes[place] == fullMark else { return false }
    let line = bytes[place..<contentEnd(bytes, place, end)]
    return line.count == fullCount && isData(line)
  }

  /// Whether a line begins like the first one of a file: `begin 644 `.
  static func mayBegin(at place: Int, _ bytes: [UInt8]) -> Bool {
    let mark = bytes[place...].prefix(begin.count + 4)
    return mark.starts(with: begin) && mark.dropFirst(begin.count).prefix(3).allSatisfy(\.isDigit)
      && mark.count == begin.count + 4 && mark.last == 0x20
  }

  /// All in the range, in order.
  ///
  /// - Parameter starts: Where they may begin, in order.
  /// - Complexity: O(n) where there are some.
  private static func find(
    in bytes: [UInt8], _ range: Range<Int>, at starts: some Collection<Int>
  ) -> [EncodedFile] {
    var files: [EncodedFile] = []
    var offset = range.lowerBound
    for place in starts where place >= offset {
      if let file = file(at: place, bytes, range) {
        files.append(file)
        offset = file.range.upperBound
      }
    }
    return files
  }

  /// The file whose first line begins at `start`, if there is one.
  static func file(at start: Int, _ bytes: [UInt8], _ range: Range<Int>) -> EncodedFile? {
    var offset = start
    var name: String?
    if mayBegin(at: start, bytes) {
      let line = bytes[start..<contentEnd(bytes, start, range.upperBound)]
      guard line.count < longestLine else { return nil }
      name = String(decoding: line.dropFirst(begin.count + 4), as: UTF8.self).trimmed
      offset = lineEnd(bytes, start, range.upperBound)
    } else if !isRun(at: start, bytes, range.upperBound) {
      return nil
    }
    let data = offset
    while offset < range.upperBound, let next = dataEnd(bytes, offset, range.upperBound) {
      offset = next
    }
    guard offset > data else { return nil }
    let end = contentEnd(bytes, offset, range.upperBound)
    if bytes[offset..<end].elementsEqual("end".utf8) {
      offset = lineEnd(bytes, offset, range.upperBound)
    }
    return EncodedFile(
      range: start..<offset, name: name, kind: kind(bytes[data..<offset], name))
  }

  /// So many spoiled lines may stand between two whole ones; no letter in them is a small one.
  private static let mostSpoiled = 100

  /// The end of the line of data at `offset`, or of a full one behind lines that have lost some of
  /// their bytes; nil where the file has ended.
  private static func dataEnd(_ bytes: [UInt8], _ offset: Int, _ end: Int) -> Int? {
    var offset = offset
    if isData(bytes[offset..<contentEnd(bytes, offset, end)]) {
      return lineEnd(bytes, offset, end)
    }
    for _ in 0..<mostSpoiled {
      let line = bytes[offset..<contentEnd(bytes, offset, end)]
      guard line.allSatisfy({ (0x20...0x60).contains($0) }) else { return nil }
      offset = lineEnd(bytes, offset, end)
      if isFull(at: offset, bytes, end) { return lineEnd(bytes, offset, end) }
    }
    return nil
  }

  /// The text without the files; with it, what was cut out.
  ///
  /// - Parameter starts: Where files may begin in it, in order.
  static func cut(
    from source: consuming SourceText, at starts: some Collection<Int>
  ) -> (text: SourceText, files: [EncodedFile]) {
    let files = find(in: source.bytes, source.range, at: starts)
    guard !files.isEmpty else { return (source, []) }
    let bytes = source.bytes
    let range = source.range
    var text: [UInt8] = []
    var start = range.lowerBound
    for file in files {
      text += bytes[start..<file.range.lowerBound]
      start = file.range.upperBound
    }
    text += bytes[start..<range.upperBound]
    return (SourceText(text), files)
  }

  private static let begin = Array("begin ".utf8)

  /// Where the line at `offset` ends, without its line end; longer lines are cut.
  private static func contentEnd(_ bytes: [UInt8], _ offset: Int, _ end: Int) -> Int {
    let stop = ByteScan.find(0x0A, in: bytes.span, offset, min(end, offset + longestLine))
    return ByteScan.find(0x0D, in: bytes.span, offset, stop)
  }

  private static let longestLine = 300

  /// Where the line after the one at `offset` begins.
  private static func lineEnd(_ bytes: [UInt8], _ offset: Int, _ end: Int) -> Int {
    var stop = contentEnd(bytes, offset, end)
    if stop < end, bytes[stop] == 0x0D { stop += 1 }
    if stop < end, bytes[stop] == 0x0A { stop += 1 }
    return stop
  }

  /// A first byte that says how many bytes follow, four characters for three of them.
  ///
  /// Some mailers took spaces off the ends, others put a character more there.
  private static func isData(_ line: ArraySlice<UInt8>) -> Bool {
    guard let first = line.first, (0x20...0x60).contains(first) else { return false }
    let count = Int((first &- 0x20) & 0x3F)
    let expected = (count + 2) / 3 * 4
    guard line.count - 1 <= expected + 2, line.allSatisfy({ (0x20...0x60).contains($0) }) else {
      return false
    }
    return line.count - 1 >= expected || count >= 1 && line.count > expected / 2
  }

  /// By the file's name, else by its first bytes.
  private static func kind(_ data: ArraySlice<UInt8>, _ name: String?) -> SkippedPart.Kind {
    let ending = name?.split(separator: ".").last.map { $0.lowercased() } ?? ""
    if let kind = kinds[ending] { return kind }
    let head = decoded(data.prefix(61))
    return Content.binaryReason(head[...])?.kind ?? .encoded
  }

  private static let kinds: [String: SkippedPart.Kind] = [
    "pdf": .pdf, "gif": .graphic, "jpg": .graphic, "jpeg": .graphic, "png": .graphic,
    "bmp": .graphic, "tif": .graphic, "zip": .archive, "xls": .spreadsheet, "xlsx": .spreadsheet,
  ]

  private static func decoded(_ line: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    for (index, byte) in line.dropFirst().prefix(32).enumerated() {
      bits = bits << 6 | UInt32((byte &- 0x20) & 0x3F)
      if index % 4 == 3 {
        bytes += [UInt8(bits >> 16 & 0xFF), UInt8(bits >> 8 & 0xFF), UInt8(bits & 0xFF)]
      }
    }
    return bytes
  }
}
