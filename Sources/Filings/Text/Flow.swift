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

  /// The first letters in the range, small and packed, the last one lowest; fewer where there are no
  /// more.
  ///
  /// - Parameter count: At most eight.
  func letters(_ count: Int, in range: Range<Int>) -> UInt64 {
    var letters: UInt64 = 0
    var left = count
    var place = range.lowerBound
    while place < range.upperBound, left > 0 {
      let byte = text[place]
      if byte.isLetter {
        letters = letters << 8 | UInt64(byte.lowered)
        left -= 1
      }
      place += 1
    }
    return letters
  }

  /// Whether a letter stands right behind the first so many letters in the range, as in "partner"
  /// and not in "Part I"; false where there are no more.
  func isWord(longerThan count: Int, in range: Range<Int>) -> Bool {
    var left = count
    var place = range.lowerBound
    while place < range.upperBound, left > 0 {
      if text[place].isLetter { left -= 1 }
      place += 1
    }
    return left == 0 && place < range.upperBound && text[place].isLetter
  }

  /// Small letters as `letters` gives them.
  static func packed(_ word: String) -> UInt64 {
    word.utf8.reduce(0) { $0 << 8 | UInt64($1) }
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

  var cells: [Substring] { Self.cells(of: text) }
  /// The cells of `lower`.
  var lowerCells: [Substring] { Self.cells(of: lower) }

  /// Most lines are one cell.
  private static func cells(of text: String) -> [Substring] {
    text.place(of: "\t") == nil ? [text[...]] : text.parts(between: 0x09)
  }
}

/// Goes over the lines of a flow that have words.
struct FlowLines: Sequence, IteratorProtocol {
  private let flow: Flow
  private let text: [UInt8]
  private var offset: Int
  private let end: Int
  private var isBold = false
  /// The line that is being cleaned.
  private var cleaned: [UInt8] = []

  init(_ flow: Flow, _ range: Range<Int>) {
    self.flow = flow
    text = flow.text
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
      let first = clean(start..<Swift.min(stop, start + Self.longestLine))
      guard cleaned.contains(where: { $0.isLetter || $0.isDigit || $0 >= 0x80 }) else {
        blanks += 1
        continue
      }
      let line = String(decoding: cleaned[first...], as: UTF8.self)
      for place in first..<cleaned.count { cleaned[place] = cleaned[place].lowered }
      let lower = String(decoding: cleaned[first...], as: UTF8.self)
      let isMarked = wasBold || isBold || flow.isHeading(at: start) || isMarked(start..<stop)
      return FlowLine(
        text: line, lower: lower, range: start..<stop, blanksBefore: blanks, isMarked: isMarked)
    }
    return nil
  }

  /// Sets `cleaned` to the line without `**` and `\`, and with one space for many; gives the place
  /// in it behind leading `#` and spaces.
  private mutating func clean(_ range: Range<Int>) -> Int {
    cleaned.removeAll(keepingCapacity: true)
    cleaned.reserveCapacity(range.count)
    var offset = range.lowerBound
    while offset < range.upperBound {
      // Words between single spaces are cleaned as they are.
      let plain = ByteScan.wordsEnd(in: text.span, offset, range.upperBound)
      if plain > offset {
        cleaned.append(contentsOf: text[offset..<plain])
        offset = plain
        continue
      }
      let byte = text[offset]
      let next = offset + 1 < range.upperBound ? text[offset + 1] : 0
      if byte == UInt8(ascii: "*"), next == byte {
        isBold.toggle()
        offset += 1
      } else if byte == UInt8(ascii: "\\"), next &- 0x21 < 94, !next.isLetter, !next.isDigit {
        cleaned.append(next)
        offset += 1
      } else if let length = WideSpace.length(text, offset, range.upperBound) {
        append(0x20)
        offset += length - 1
      } else {
        append(byte == UInt8(ascii: "|") ? 0x09 : byte)
      }
      offset += 1
    }
    if let last = cleaned.last, last.isSpace { cleaned.removeLast() }
    return cleaned.firstIndex { $0 != UInt8(ascii: "#") && !$0.isSpace } ?? cleaned.count
  }

  /// Appends a byte; spaces are joined, a tab wins over spaces.
  @inline(__always) private mutating func append(_ byte: UInt8) {
    guard byte.isSpace else { return cleaned.append(byte) }
    let space: UInt8 = byte == 0x09 ? 0x09 : 0x20
    if let last = cleaned.last, last.isSpace {
      if space == 0x09 { cleaned[cleaned.count - 1] = 0x09 }
    } else if !cleaned.isEmpty {
      cleaned.append(space)
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
