/// One `<DOCUMENT>` of a submission, as it stands in the file.
struct SubmissionPart: Equatable {
  var type: String?
  var sequence: String?
  var filename: String?
  var description: String?
  /// What is between `<TEXT>` and `</TEXT>`.
  var content: Range<Int>

  /// What the part is called in reports.
  var name: String { filename ?? sequence ?? type ?? "document" }
}

/// Splits a file into submissions, and these into header and documents.
///
/// A part that is cut off ends with the file; a `<DOCUMENT>` inside an unclosed one begins the next.
/// A submission begins at the file's start and, between documents, at each line that opens one.
struct SubmissionParts {
  struct Submission: Equatable {
    var header: Range<Int>
    var parts: [SubmissionPart] = []
  }

  private(set) var submissions: [Submission] = []
  /// Where encoded files may begin, in order.
  private(set) var encodedStarts: [Int] = []
  private let bytes: [UInt8]

  /// The tags of the part that is being read.
  private struct OpenPart {
    var start: Int
    var text: Int?
    var close: Int?
  }

  private var part: OpenPart?
  /// The tags that have opened the submission: each stands in it once.
  private var openers: Set<Tag> = []

  /// - Complexity: O(n).
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    submissions.append(Submission(header: 0..<bytes.count))
    var offset = 0
    while let place = ByteScan.partMark(in: bytes, offset, bytes.count) {
      offset = place + 1
      if let tag = tag(at: place) {
        take(tag, at: place)
      } else if EncodedFiles.mayBegin(at: place, bytes) {
        encodedStarts.append(place)
      }
    }
    finishPart(bytes.count)
  }

  // MARK: Tags

  private enum Tag: String, CaseIterable {
    case document = "<DOCUMENT>"
    case text = "<TEXT>"
    case close = "</DOCUMENT>"
    case secDocument = "<SEC-DOCUMENT>"
    case imsDocument = "<IMS-DOCUMENT>"
    case submission = "<SUBMISSION>"
    case secHeader = "<SEC-HEADER>"
    case imsHeader = "<IMS-HEADER>"

    var count: Int { rawValue.utf8.count }
  }

  private static let tags = Tag.allCases.map { (tag: $0, bytes: Array($0.rawValue.utf8)) }

  private func tag(at place: Int) -> Tag? {
    guard bytes[place] == UInt8(ascii: "<") else { return nil }
    return Self.tags.first { bytes[place...].starts(with: $0.bytes) }?.tag
  }

  private mutating func take(_ tag: Tag, at place: Int) {
    switch tag {
    case .document:
      finishPart(place)
      let last = submissions.count - 1
      if submissions[last].parts.isEmpty {
        submissions[last].header = submissions[last].header.lowerBound..<place
      }
      part = OpenPart(start: place + tag.count)
    case .text: if part?.text == nil { part?.text = place }
    case .close: part?.close = place
    default: open(tag, at: place)
    }
  }

  /// Begins a submission where the last one is complete.
  private mutating func open(_ tag: Tag, at place: Int) {
    if let part, part.close == nil { return }
    if part == nil, openers.insert(tag).inserted { return }
    let start = envelope(before: place) ?? place
    if part == nil {
      let last = submissions.count - 1
      submissions[last].header = submissions[last].header.lowerBound..<start
    }
    finishPart(start)
    submissions.append(Submission(header: start..<bytes.count))
    openers = [tag]
  }

  /// Where the envelope of a privacy-enhanced message begins that ends at `place`.
  private func envelope(before place: Int) -> Int? {
    let mark = Array("-----BEGIN PRIVACY".utf8)
    var offset = place
    let lowest = max(0, place - Self.longestEnvelope)
    while offset > lowest {
      offset -= 1
      if bytes[offset] == mark[0], bytes[offset..<place].starts(with: mark) { return offset }
      if bytes[offset] == UInt8(ascii: ">") { return nil }
    }
    return nil
  }

  private static let longestEnvelope = 2000

  // MARK: Parts

  private mutating func finishPart(_ end: Int) {
    guard let open = part else { return }
    part = nil
    openers = []
    let range = open.start..<max(open.start, open.close ?? end)
    let text = open.text.map { min($0, range.upperBound) }
    let head = text ?? headEnd(range)
    var part = SubmissionPart(content: head..<head)
    let lines = bytes[range.lowerBound..<head].split { $0 == 0x0A || $0 == 0x0D }
    for line in lines.prefix(40) where line.count < 1000 { Self.take(line, into: &part) }
    let start = min(text == nil ? head : head + Tag.text.count, range.upperBound)
    part.content = start..<contentEnd(start..<range.upperBound)
    submissions[submissions.count - 1].parts.append(part)
  }

  /// Where the lines of a part that begin with a known tag end: the content of one without `<TEXT>`.
  private func headEnd(_ range: Range<Int>) -> Int {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let rest = bytes[offset..<range.upperBound]
      let line = rest.prefix { $0 != 0x0A && $0 != 0x0D }
      let isFact = line.allSatisfy(\.isSpace) || Self.facts.contains { line.starts(with: $0.utf8) }
      if !isFact { return offset }
      offset = min(line.endIndex + 1, range.upperBound)
    }
    return range.upperBound
  }

  private static let facts = ["<TYPE>", "<SEQUENCE>", "<FILENAME>", "<DESCRIPTION>", "<TEXT>"]

  private static func take(_ line: ArraySlice<UInt8>, into part: inout SubmissionPart) {
    guard line.first == UInt8(ascii: "<"), let end = line.firstIndex(of: UInt8(ascii: ">")) else {
      return
    }
    let value = String(decoding: TextEncoding.utf8(Array(line[(end + 1)...])), as: UTF8.self)
      .trimmed
    guard !value.isEmpty else { return }
    switch String(decoding: line[line.startIndex...end], as: UTF8.self).uppercased() {
    case "<TYPE>": part.type = value
    case "<SEQUENCE>": part.sequence = value
    case "<FILENAME>": part.filename = value
    case "<DESCRIPTION>": part.description = value
    default: break
    }
  }

  /// The last `</TEXT>` or `</DOCUMENT>` near the end of the part, else its end.
  private func contentEnd(_ range: Range<Int>) -> Int {
    let lowest = max(range.lowerBound, range.upperBound - 400)
    var end = range.upperBound
    for tag in ["</DOCUMENT>", "</TEXT>"] {
      var offset = end - tag.utf8.count
      while offset >= lowest,
        bytes[offset] != UInt8(ascii: "<") || !bytes[offset..<end].starts(with: tag.utf8)
      {
        offset -= 1
      }
      if offset >= lowest { end = offset }
    }
    return end
  }
}
