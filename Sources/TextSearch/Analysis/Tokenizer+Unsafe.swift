/// Finds words in bytes.
///
/// The rules are those of `FormScanner`. Most words are runs of ASCII letters and digits between
/// other ASCII characters: those are found here, 32 bytes at a time.
///
/// Safety: the buffer outlives the tokenizer; every load is at an offset that was compared with
/// the buffer's count, and a load of 32 bytes happens only where 32 bytes are left.
@safe struct Tokenizer {
  private let bytes: UnsafeRawBufferPointer
  private let text: UTF8Text
  private let count: Int
  /// The byte range of the form; empty at the end of the bytes after the last.
  private(set) var start = 0
  private(set) var end = 0

  /// `bytes` must outlive the tokenizer.
  init(_ bytes: UnsafeRawBufferPointer) {
    unsafe self.bytes = bytes
    text = unsafe UTF8Text(bytes)
    count = bytes.count
  }

  /// Moves to the next form; false at the end. O(bytes passed).
  @inline(__always)
  mutating func next() -> Bool {
    let place = candidate(from: end)
    guard place < count else { return finish() }
    let runEnd = asciiRunEnd(from: place)
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
  @inline(never)
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

  /// The first byte from `place` on that is an ASCII letter or digit or not ASCII.
  @inline(__always)
  private func candidate(from place: Int) -> Int {
    var place = place
    while place + 32 <= count {
      let bytes = unsafe bytes.baseAddress! + place
      let mask = unsafe Vector.wordMask(bytes) | ~Vector.lessMask(bytes, 0x80)
      if mask != 0 { return place + mask.trailingZeroBitCount }
      place += 32
    }
    while place < count, text[place] < 0x80, !Self.isWord(text[place]) { place += 1 }
    return place
  }

  /// The end of the run of ASCII letters and digits at `place`, or some place further than the
  /// longest form.
  @inline(__always)
  private func asciiRunEnd(from place: Int) -> Int {
    let start = place
    var place = place
    while place + 32 <= count, place - start <= FormScanner.limit {
      let mask = ~(unsafe Vector.wordMask(bytes.baseAddress! + place))
      if mask != 0 { return place + mask.trailingZeroBitCount }
      place += 32
    }
    while place < count, place - start <= FormScanner.limit, Self.isWord(text[place]) {
      place += 1
    }
    return place
  }

  @inline(__always)
  private static func isWord(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
  }

  /// Whether a run of ASCII letters and digits is a form by itself, as almost all are: nothing
  /// stands beside it that could belong to it.
  @inline(__always)
  private func isPlain(_ from: Int, _ to: Int) -> Bool {
    guard to > from, to - from <= FormScanner.limit else { return false }
    let before = from > 0 ? text[from - 1] : 0x20
    if before != 0x20, !isPlain(from, to, behind: before) { return false }
    let after = to < count ? text[to] : 0x20
    return after == 0x20 || isPlainBefore(after, at: to)
  }

  /// Whether a run behind the byte `before` is neither the decimals of that nor a possessive's end.
  @inline(__always)
  private func isPlain(_ from: Int, _ to: Int, behind before: UInt8) -> Bool {
    let first = text[from]
    if before == 0x2E || before >= 0x80, first &- 0x30 < 10 { return false }
    return to - from > 1 || first | 0x20 != 0x73
  }

  /// Whether nothing behind a run, where the byte `after` stands, can belong to it.
  @inline(__always)
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
