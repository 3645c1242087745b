/// Finds words in bytes.
///
/// The rules are those of `FormScanner`. Most words are runs of ASCII letters and digits with
/// nothing beside them that could belong to them: those are read off bit masks of 64 bytes.
///
/// Safety: the buffer outlives the tokenizer; every load is at an offset that was compared with
/// the buffer's count, and a load of 32 bytes happens only where there are 32 bytes.
@safe struct Tokenizer {
  private let bytes: UnsafeRawBufferPointer
  private let text: UTF8Text
  private let count: Int
  /// The byte range of the form; empty at the end of the bytes after the last.
  private(set) var start = 0
  private(set) var end = 0
  /// The masks are those of the 64 bytes from here on; bits past the end of the bytes are 0.
  private var block = 0
  /// ASCII letters and digits.
  private var words: UInt64 = 0
  /// Those and bytes that are not ASCII: where a form can begin.
  private var candidates: UInt64 = 0
  /// Bytes beside which a run of letters and digits needs a closer look.
  private var doubtful: UInt64 = 0

  /// `bytes` must outlive the tokenizer.
  init(_ bytes: UnsafeRawBufferPointer) {
    unsafe self.bytes = bytes
    text = unsafe UTF8Text(bytes)
    count = bytes.count
    load(at: 0)
  }

  /// Moves to the next form; false at the end. O(bytes passed).
  @inline(__always)
  mutating func next() -> Bool {
    let offset = UInt64(truncatingIfNeeded: end &- block)
    if offset < 64 {
      let left = candidates &>> offset
      if left != 0 {
        return take(offset &+ UInt64(truncatingIfNeeded: left.trailingZeroBitCount))
      }
    }
    return nextInOtherBlock()
  }

  /// Takes the form at `from`, a candidate in the block.
  @inline(__always)
  private mutating func take(_ from: UInt64) -> Bool {
    let length = UInt64(truncatingIfNeeded: (~(words &>> from)).trailingZeroBitCount)
    let to = from &+ length
    // A run that goes on in the next block has bits of 0 behind it here, but `to` is 64.
    if from > 0, to < 64, (doubtful &>> to | doubtful &>> (from &- 1)) & 1 == 0 {
      start = block &+ Int(truncatingIfNeeded: from)
      end = block &+ Int(truncatingIfNeeded: to)
      return true
    }
    return nextWithCare(
      at: block &+ Int(truncatingIfNeeded: from), runEnd: block &+ Int(truncatingIfNeeded: to))
  }

  /// Moves to the first form after this block.
  @inline(never)
  private mutating func nextInOtherBlock() -> Bool {
    let place = candidate(from: end)
    guard place < count else { return finish() }
    // With the byte before it in the block, the form needs no closer look for that.
    load(at: max(place - 1, 0))
    return take(UInt64(truncatingIfNeeded: place &- block))
  }

  /// Moves to the first form at or after `place`, a candidate not before `end`. The run there
  /// ends at `runEnd` if that is in the block.
  @inline(never)
  private mutating func nextWithCare(at place: Int, runEnd: Int) -> Bool {
    let runEnd = runEnd - block < 64 ? runEnd : asciiRunEnd(from: place)
    if isPlain(place, runEnd) {
      (start, end) = (place, runEnd)
      return true
    }
    return nextByScalars(from: place)
  }

  private mutating func finish() -> Bool {
    (start, end) = (count, count)
    return false
  }

  /// Moves to the first form at or after `place`, which is not before `end`, by the full rules.
  private mutating func nextByScalars(from place: Int) -> Bool {
    var place = place
    while place < count {
      let from = beginning(place)
      guard let formEnd = FormScanner.end(in: text, at: place, from: from) else {
        place = candidate(from: place + text.scalar(at: place).count)
        continue
      }
      if !isPossessive(from, formEnd) {
        (start, end) = (from, formEnd)
        return true
      }
      place = candidate(from: formEnd)
    }
    return finish()
  }

  // MARK: Masks

  private mutating func load(at place: Int) {
    let low = masks(at: place)
    let high = masks(at: place + 32)
    block = place
    words = UInt64(low.words) | UInt64(high.words) &<< 32
    let notASCII = UInt64(low.high) | UInt64(high.high) &<< 32
    candidates = words | notASCII
    doubtful = UInt64(low.stops) | UInt64(high.stops) &<< 32 | notASCII
  }

  /// The masks of the 32 bytes from `place` on, 0 past the end.
  @inline(__always)
  private func masks(at place: Int) -> TextMasks {
    if place + 32 <= count {
      return unsafe Vector.textMasks(bytes.baseAddress! + place)
    }
    return lastMasks(at: place)
  }

  private func lastMasks(at place: Int) -> TextMasks {
    var masks = TextMasks(words: 0, high: 0, stops: 0)
    guard place < count else { return masks }
    if count >= 32 {
      masks = unsafe Vector.textMasks(bytes.baseAddress! + (count - 32))
      let shift = UInt32(truncatingIfNeeded: place - (count - 32))
      return TextMasks(
        words: masks.words >> shift, high: masks.high >> shift, stops: masks.stops >> shift)
    }
    for offset in place..<count {
      masks.insert(text[offset], at: UInt32(truncatingIfNeeded: offset - place))
    }
    return masks
  }

  /// The first byte from `place` on that is an ASCII letter or digit or not ASCII.
  private func candidate(from place: Int) -> Int {
    var place = place
    while place < count {
      let masks = masks(at: place)
      let found = masks.words | masks.high
      if found != 0 { return place + found.trailingZeroBitCount }
      place += 32
    }
    return count
  }

  /// The end of the run of ASCII letters and digits at `place`, or some place further than the
  /// longest form.
  private func asciiRunEnd(from place: Int) -> Int {
    let start = place
    var place = place
    while place < count, place - start <= FormScanner.limit {
      let others = ~masks(at: place).words
      if others != 0 { return place + others.trailingZeroBitCount }
      place += 32
    }
    return min(place, count)
  }

  // MARK: Closer looks

  /// Whether a run of ASCII letters and digits is a form by itself, as almost all are: nothing
  /// stands beside it that could belong to it.
  private func isPlain(_ from: Int, _ to: Int) -> Bool {
    guard to > from, to - from <= FormScanner.limit else { return false }
    let before = from > 0 ? text[from - 1] : 0x20
    if before != 0x20, !isPlain(from, to, behind: before) { return false }
    let after = to < count ? text[to] : 0x20
    return after == 0x20 || isPlainBefore(after, at: to)
  }

  /// Whether a run behind the byte `before` is neither the decimals of that nor a possessive's end.
  private func isPlain(_ from: Int, _ to: Int, behind before: UInt8) -> Bool {
    let first = text[from]
    if before == 0x2E || before >= 0x80, first &- 0x30 < 10 { return false }
    return to - from > 1 || first | 0x20 != 0x73
  }

  /// Whether nothing behind a run, where the byte `after` stands, can belong to it.
  private func isPlainBefore(_ after: UInt8, at place: Int) -> Bool {
    if after >= 0x80 {
      switch text.scalar(at: place).kind {
      case .other, .apostrophe, .single, .raised: return true
      case .letter, .digit, .mark, .ignorable, .fraction, .dot, .comma: return false
      }
    }
    guard after == 0x2E || after == 0x2C, place + 1 < count else { return true }
    let next = text[place + 1]
    return next < 0x80 && !Self.isWord(next)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
  }

  /// Where the form begins whose first letter or digit is at `place`: at a decimal dot before it?
  private func beginning(_ place: Int) -> Int {
    guard place > 0, text.scalar(at: place).kind == .digit else { return place }
    let dot = text.scalar(before: place)
    guard dot.kind == .dot, place - dot.count >= end else { return place }
    let before = text.scalar(before: place - dot.count).kind
    return before.isWord || before == .dot ? place : place - dot.count
  }

  /// Whether the form is the "s" of a possessive.
  private func isPossessive(_ from: Int, _ to: Int) -> Bool {
    guard to - from == 1, text[from] | 0x20 == 0x73, end > start else { return false }
    let apostrophe = text.scalar(before: from)
    let behindWord = from - apostrophe.count
    guard apostrophe.kind == .apostrophe, behindWord >= end else { return false }
    if behindWord == end { return true }
    let dot = text.scalar(before: behindWord)
    return dot.kind == .dot && behindWord - dot.count == end
  }
}
