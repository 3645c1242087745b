/// One `<DOCUMENT>` of a submission, as it stands in the file.
struct SubmissionPart: Equatable {
  var type: String?
  var sequence: String?
  var filename: String?
  var description: String?
  /// What is between `<TEXT>` and `</TEXT>`.
  var content: Range<Int>
}

/// Splits a submission into its header and its documents.
///
/// A part that is cut off ends with the file; a `<DOCUMENT>` inside an unclosed one begins the next.
struct SubmissionParts {
  private(set) var header = 0..<0
  private(set) var parts: [SubmissionPart] = []
  private let bytes: [UInt8]

  /// - Complexity: O(n).
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var offset = next(Self.document, 0) ?? bytes.count
    header = 0..<offset
    while offset < bytes.count {
      let start = offset + Self.document.count
      let end = next(Self.document, start) ?? bytes.count
      parts.append(part(start..<end))
      offset = end
    }
  }

  private static let document = Array("<DOCUMENT>".utf8)
  private static let text = Array("<TEXT>".utf8)

  /// The next place where a line begins with `tag`.
  private func next(_ tag: [UInt8], _ start: Int) -> Int? {
    var offset = start
    while true {
      offset = ByteScan.find(UInt8(ascii: "<"), in: bytes.span, offset, bytes.count)
      guard offset < bytes.count else { return nil }
      if offset == 0 || bytes[offset - 1] == 0x0A || bytes[offset - 1] == 0x0D, has(tag, offset) {
        return offset
      }
      offset += 1
    }
  }

  private func has(_ tag: [UInt8], _ offset: Int) -> Bool {
    guard offset + tag.count <= bytes.count else { return false }
    for index in tag.indices where bytes[offset + index] & 0xDF != tag[index] & 0xDF {
      return false
    }
    return true
  }

  private func part(_ range: Range<Int>) -> SubmissionPart {
    let textTag = next(Self.text, range.lowerBound).map { min($0, range.upperBound) }
    let headEnd = textTag ?? range.upperBound
    var part = SubmissionPart(content: headEnd..<headEnd)
    let lines = bytes[range.lowerBound..<headEnd].split { $0 == 0x0A || $0 == 0x0D }
    for line in lines.prefix(40) where line.count < 1000 { Self.take(line, into: &part) }
    let start = min(headEnd + Self.text.count, range.upperBound)
    part.content = start..<contentEnd(start..<range.upperBound)
    return part
  }

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
    for tag in ["</DOCUMENT>", "</TEXT>"].map({ Array($0.utf8) }) {
      var offset = end - tag.count
      while offset >= lowest, !has(tag, offset) { offset -= 1 }
      if offset >= lowest { end = offset }
    }
    return end
  }
}
