/// Text in reading order, cut into blocks: what the readers of single documents give.
struct Flow {
  /// A stretch of lines of one kind.
  struct Block: Equatable {
    enum Kind: UInt8 { case text, heading, table }
    var kind: Kind
    /// Bytes of the flow's text, without the line end of the last line.
    var range: Range<Int>
  }

  var text: [UInt8] = []
  /// In order, without overlap. What lies between two blocks is space.
  var blocks: [Block] = []
  /// What the document calls itself (`<title>`), if it does.
  var title: String?

  /// Whether a heading covers the place.
  ///
  /// - Complexity: O(log n) in the number of blocks.
  func isHeading(at place: Int) -> Bool {
    var low = 0
    var high = blocks.count
    while low < high {
      let middle = (low + high) / 2
      if blocks[middle].range.lowerBound <= place { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return false }
    let block = blocks[low - 1]
    return block.kind == .heading && block.range.contains(place)
  }

  /// The blocks that overlap a range.
  ///
  /// - Complexity: O(log n) in the number of blocks.
  func blocks(in range: Range<Int>) -> ArraySlice<Block> {
    let start = place { $0.range.upperBound > range.lowerBound }
    let end = place { $0.range.lowerBound >= range.upperBound }
    return blocks[start..<max(start, end)]
  }

  /// The first block from which on all fulfil the condition.
  private func place(_ condition: (Block) -> Bool) -> Int {
    var low = 0
    var high = blocks.count
    while low < high {
      let middle = (low + high) / 2
      if condition(blocks[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The whole text.
  var range: Range<Int> { 0..<text.count }
}

/// One line of a flow, cleaned for reading facts off it.
struct FlowLine {
  /// Without markup, runs of spaces of any width as one space, the cells of a table row separated by tabs.
  var text: String
  /// `text` with ASCII letters small.
  var lower: String
  /// Bytes of the flow's text.
  var range: Range<Int>
  /// How many lines without text stand before it.
  var blanksBefore: Int
  /// Whether all of it is marked as bold or as a heading.
  var isMarked: Bool

  var cells: [Substring] { text.split(separator: "\t") }
}

/// Goes over the lines of a flow that have words.
struct FlowLines: Sequence, IteratorProtocol {
  private let flow: Flow
  private var text: [UInt8] { flow.text }
  private var offset: Int
  private let end: Int
  private var isBold = false

  init(_ flow: Flow, _ range: Range<Int>) {
    self.flow = flow
    offset = range.lowerBound
    end = range.upperBound
  }

  /// A line longer than this is cut for reading facts; its range is whole.
  private static let longestLine = 2000

  mutating func next() -> FlowLine? {
    var blanks = 0
    while offset < end {
      let start = offset
      let stop = ByteScan.find(0x0A, in: text.span, start, end)
      offset = Swift.min(stop + 1, end)
      if stop == end { offset = end }
      let wasBold = isBold
      let bytes = clean(start..<Swift.min(stop, start + Self.longestLine))
      guard bytes.contains(where: { $0.isLetter || $0.isDigit || $0 >= 0x80 }) else {
        blanks += 1
        continue
      }
      let line = String(decoding: bytes, as: UTF8.self)
      let lower = String(decoding: bytes.map(\.lowered), as: UTF8.self)
      let isMarked = wasBold || isBold || flow.isHeading(at: start) || isMarked(start..<stop)
      return FlowLine(
        text: line, lower: lower, range: start..<stop, blanksBefore: blanks, isMarked: isMarked)
    }
    return nil
  }

  /// The line without `**`, `\`, leading `#` and `-`, and with one space for many.
  private mutating func clean(_ range: Range<Int>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    var offset = range.lowerBound
    while offset < range.upperBound {
      let byte = text[offset]
      let next = offset + 1 < range.upperBound ? text[offset + 1] : 0
      if byte == UInt8(ascii: "*"), next == byte {
        isBold.toggle()
        offset += 1
      } else if byte == UInt8(ascii: "\\"), next &- 0x21 < 94, !next.isLetter, !next.isDigit {
        bytes.append(next)
        offset += 1
      } else if let length = WideSpace.length(text, offset, range.upperBound) {
        Self.append(0x20, to: &bytes)
        offset += length - 1
      } else {
        Self.append(byte == UInt8(ascii: "|") ? 0x09 : byte, to: &bytes)
      }
      offset += 1
    }
    if let last = bytes.last, last.isSpace { bytes.removeLast() }
    return Array(bytes.drop { $0 == UInt8(ascii: "#") || $0.isSpace })
  }

  /// Appends a byte; spaces are joined, a tab wins over spaces.
  @inline(__always) private static func append(_ byte: UInt8, to bytes: inout [UInt8]) {
    guard byte.isSpace else { return bytes.append(byte) }
    let space: UInt8 = byte == 0x09 ? 0x09 : 0x20
    if let last = bytes.last, last.isSpace {
      if space == 0x09 { bytes[bytes.count - 1] = 0x09 }
    } else if !bytes.isEmpty {
      bytes.append(space)
    }
  }

  private func isMarked(_ range: Range<Int>) -> Bool {
    var line = text[range]
    while let last = line.last, last.isSpace { line.removeLast() }
    line = line.drop { $0.isSpace || $0 == UInt8(ascii: "-") }
    if line.first == UInt8(ascii: "#") { return true }
    return line.count > 4 && line.starts(with: [0x2A, 0x2A]) && line.suffix(2) == [0x2A, 0x2A]
  }
}

/// Spaces beyond ASCII: the one that does not break, and those of typesetters, down to no width.
enum WideSpace {
  /// The length in bytes of such a space at `place`; nil where none stands there.
  static func length(_ text: [UInt8], _ place: Int, _ end: Int) -> Int? {
    guard text[place] >= 0xC2, place + 1 < end else { return nil }
    if text[place] == 0xC2 { return text[place + 1] == 0xA0 ? 2 : nil }
    guard text[place] == 0xE2, text[place + 1] == 0x80, place + 2 < end else { return nil }
    let last = text[place + 2]
    return last <= 0x8B || last == 0xAF ? 3 : nil
  }
}
