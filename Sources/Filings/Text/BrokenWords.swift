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
      for key in [
        first, second, Self.hash(bytes[candidate.second], after: first),
        WordEvidence.compound(first, second),
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
    let bytes = text.bytes
    let end = text.range.upperBound
    var place = text.range.lowerBound
    var before: UInt64?
    var isBroken = false
    while place < end {
      guard bytes[place].isLetter else {
        place &+= 1
        before = nil
        continue
      }
      var hash = Self.start
      repeat {
        hash = Self.add(bytes[place], to: hash)
        place &+= 1
      } while place < end && bytes[place].isLetter
      if let before { note(Self.compound(before, hash)) }
      before = nil
      let wasBroken = isBroken
      isBroken = false
      if place &+ 1 < end, bytes[place] == UInt8(ascii: "-") {
        if bytes[place &+ 1].isLetter {
          before = hash
          place &+= 1
        } else if bytes[place &+ 1].isSpace {
          isBroken = true
        }
      }
      if !wasBroken, !isBroken { note(hash) }
    }
  }
}
