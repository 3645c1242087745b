/// Finds the words that a hyphen at the end of a line breaks in two.
///
/// `inter-` over `est` is "interest" where that word stands elsewhere in the text, but `long-` over
/// `term` stays a compound where "long-term" does. Where neither stands, the halves decide: what is
/// no word by itself in the text is the half of one.
struct BrokenWords {
  /// A word to be put together.
  struct Join: Equatable {
    /// The place of the hyphen.
    var hyphen: Int
    /// The rest of the word in the next line, with what follows it up to a space.
    var rest: Range<Int>
  }

  private struct Candidate {
    var join: Join
    var first: Range<Int>
    var second: Range<Int>
  }

  /// More are not looked at: a bound for hostile files.
  private static let mostCandidates = 100_000

  private var candidates: [Candidate] = []
  /// The last line, where it ends with a hyphen after a word.
  private var pending: Range<Int>?

  /// Takes the next line of a text.
  mutating func take(_ line: RawLine, _ bytes: [UInt8]) {
    if let first = pending {
      pending = nil
      if !line.isBlank { add(first, line, bytes) }
    }
    guard line.end &- line.first > 3, bytes[line.end &- 1] == UInt8(ascii: "-"),
      candidates.count < Self.mostCandidates
    else { return }
    var start = line.end &- 1
    while start > line.first, bytes[start &- 1] &- 0x61 < 26 { start &-= 1 }
    if start > line.first, bytes[start &- 1] &- 0x41 < 26 { start &-= 1 }
    let isWhole = start == line.first || bytes[start &- 1].isSpace || bytes[start &- 1] == 0x28
    if isWhole, line.end &- 1 &- start >= 2 { pending = start..<line.end &- 1 }
  }

  private mutating func add(_ first: Range<Int>, _ line: RawLine, _ bytes: [UInt8]) {
    var end = line.first
    while end < line.end, bytes[end] &- 0x61 < 26 { end &+= 1 }
    let next = end < line.end ? bytes[end] : 0x20
    guard end &- line.first >= 2, !next.isLetter, !next.isDigit, next < 0x80,
      next != UInt8(ascii: "-"), next != UInt8(ascii: "'")
    else { return }
    var rest = end
    while rest < line.end, !bytes[rest].isSpace { rest &+= 1 }
    candidates.append(
      Candidate(
        join: Join(hyphen: first.upperBound, rest: line.first..<rest), first: first,
        second: line.first..<end))
  }

  // MARK: Evidence

  /// The words to be put together, in order.
  ///
  /// - Complexity: O(n) where there is a candidate, else O(1).
  consuming func finish(_ text: SourceText) -> [Join] {
    guard !candidates.isEmpty else { return [] }
    let bytes = text.bytes
    var words = WordEvidence()
    for candidate in candidates {
      let (first, second) = (Self.hash(bytes[candidate.first]), Self.hash(bytes[candidate.second]))
      words.want(first, candidate.first, bytes)
      words.want(second, candidate.second, bytes)
      for key in [
        Self.hash(bytes[candidate.second], after: first), WordEvidence.compound(first, second),
      ] {
        words.want(key)
      }
    }
    words.look(in: text)
    return candidates.filter { Self.isOneWord($0, words, bytes) }.map(\.join)
  }

  private static func isOneWord(
    _ candidate: Candidate, _ words: WordEvidence, _ bytes: [UInt8]
  ) -> Bool {
    let (first, second) = (hash(bytes[candidate.first]), hash(bytes[candidate.second]))
    if words.has(WordEvidence.compound(first, second)) { return false }
    if words.has(hash(bytes[candidate.second], after: first)) { return true }
    let opening = bytes[candidate.first].map(\.lowered)
    return !words.has(first) && !words.has(second)
      && !openings.contains(String(decoding: opening, as: UTF8.self))
  }

  /// What compounds begin with, besides words.
  private static let openings: Set<String> = [
    "non", "self", "semi", "quasi", "anti", "co", "pre", "post", "multi", "ex", "mid", "vice",
    "all", "cross", "well", "half", "sub", "inter", "intra", "pro", "re", "un", "over", "under",
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty",
    "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "first", "second",
    "third", "long", "short", "year", "high", "low", "full", "part", "by", "in", "on", "off",
    "out", "up", "down", "so", "to", "like", "then", "day", "month", "day", "counter", "extra",
  ]

  static func hash(
    _ word: ArraySlice<UInt8>, after start: UInt64 = WordEvidence.start
  ) -> UInt64 {
    word.reduce(start) { WordEvidence.add($1, to: $0) }
  }
}

/// Which of some wanted words stand in a text; words are told by hashes.
struct WordEvidence {
  static let start: UInt64 = 0xCBF2_9CE4_8422_2325

  @inline(__always)
  static func add(_ byte: UInt8, to hash: UInt64) -> UInt64 {
    (hash ^ UInt64(byte | 0x20)) &* 0x0000_0100_0000_01B3
  }

  /// Of two words with a hyphen between them.
  static func compound(_ first: UInt64, _ second: UInt64) -> UInt64 {
    (first ^ second &* 0x9E37_79B9_7F4A_7C15) &+ 1
  }

  private var wanted: [UInt64: Bool] = [:]
  /// A bit for each of the lowest twelve bits of a wanted hash: most words are settled by it.
  private var filter = [UInt64](repeating: 0, count: 64)

  /// A bit for each first three letters of a word that has to be looked at: most have others.
  private var openings = [UInt64](repeating: 0, count: 512)

  /// Wants a word of two letters or more, and lets pass what else begins as it does.
  mutating func want(_ key: UInt64, _ word: Range<Int>, _ bytes: [UInt8]) {
    want(key)
    let opening = ByteScan.lowBits(ofThreeAt: word.lowerBound, in: bytes.span)
    // Behind two letters may follow those of another half, or what is none.
    let isShort = word.count == 2
    for number in (isShort ? opening & ~31 : opening)...(isShort ? opening | 31 : opening) {
      openings[number &>> 6] |= 1 &<< UInt64(number & 63)
    }
  }

  mutating func want(_ key: UInt64) {
    wanted[key] = false
    filter[Int(key &>> 6 & 63)] |= 1 &<< (key & 63)
  }

  func has(_ key: UInt64) -> Bool { wanted[key] ?? false }

  private mutating func note(_ key: UInt64) {
    if filter[Int(key &>> 6 & 63)] &>> (key & 63) & 1 != 0, wanted[key] != nil {
      wanted[key] = true
    }
  }

  /// Notes the wanted words among those of the text, but for the halves at line ends.
  ///
  /// - Complexity: O(n).
  mutating func look(in text: SourceText) {
    let bytes = text.bytes.span.extracting(text.range)
    var place = 0
    var wasLetter: UInt32 = 0
    while place < bytes.count {
      let letters = ByteScan.letters(at: place, in: bytes)
      var starts = letters & ~(letters &<< 1 | wasLetter)
      wasLetter = letters &>> 31
      while starts != 0 {
        look(at: place &+ starts.trailingZeroBitCount, bytes)
        starts &= starts &- 1
      }
      place &+= 32
    }
  }

  /// Notes the word at `start` and the compound that it ends, if they are wanted.
  @inline(__always)
  private mutating func look(at start: Int, _ bytes: borrowing Span<UInt8>) {
    let opening = ByteScan.lowBits(ofThreeAt: start, in: bytes)
    if openings[opening &>> 6] &>> UInt64(opening & 63) & 1 != 0 { read(start, bytes) }
  }

  private mutating func read(_ start: Int, _ bytes: borrowing Span<UInt8>) {
    var end = start
    while end < bytes.count, bytes[end].isLetter { end &+= 1 }
    let hash = Self.hash(bytes, start, end)
    if start >= 2, bytes[start &- 1] == UInt8(ascii: "-"), bytes[start &- 2].isLetter {
      var first = start &- 2
      while first > 0, bytes[first &- 1].isLetter { first &-= 1 }
      note(Self.compound(Self.hash(bytes, first, start &- 1), hash))
    }
    let isRest = Self.wordEnd(bytes, before: start).map { Self.isBroken(bytes, $0) } ?? false
    if !isRest, !Self.isBroken(bytes, end) { note(hash) }
  }

  private static func hash(_ bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
    var hash = Self.start
    for place in start..<end { hash = add(bytes[place], to: hash) }
    return hash
  }

  /// Whether a hyphen and space stand at the end of a word.
  private static func isBroken(_ bytes: borrowing Span<UInt8>, _ end: Int) -> Bool {
    end &+ 1 < bytes.count && bytes[end] == UInt8(ascii: "-") && bytes[end &+ 1].isSpace
  }

  /// Where the word before `start` ends; nil where there is none.
  private static func wordEnd(_ bytes: borrowing Span<UInt8>, before start: Int) -> Int? {
    var end = start
    while end > 0, !bytes[end &- 1].isLetter { end &-= 1 }
    return end > 0 ? end : nil
  }
}
