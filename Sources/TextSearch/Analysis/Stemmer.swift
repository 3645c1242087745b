/// The English stemmer of Snowball ("Porter2"), after its description at
/// https://snowballstem.org/algorithms/english/stemmer.html, with the changes up to version 3.1.
///
/// Apostrophes play no part, as terms have none.
enum Stemmer {
  /// The stem of a term. Terms that are shorter than three bytes or not all ASCII letters a–z come
  /// back unchanged. O(term).
  static func stem(_ term: [UInt8]) -> [UInt8] {
    guard term.count > 2, term.allSatisfy({ $0 &- 0x61 < 26 }) else { return term }
    if term.count < 7, let exception = exceptions[String(decoding: term, as: UTF8.self)] {
      return Array(exception.utf8)
    }
    var word = StemmedWord(term)
    word.removePlural()
    word.removePast()
    word.replaceY()
    word.replaceLongSuffix()
    word.replaceMiddleSuffix()
    word.removeShortSuffix()
    word.removeFinalLetter()
    return word.finished()
  }

  private static let exceptions: [String: String] = [
    "skis": "ski", "skies": "sky", "idly": "idl", "gently": "gentl", "ugly": "ugli",
    "early": "earli",
    "only": "onli", "singly": "singl", "sky": "sky", "news": "news", "howe": "howe",
    "atlas": "atlas", "cosmos": "cosmos", "bias": "bias", "andes": "andes",
  ]
}

/// A word on its way through the steps of the stemmer.
private struct StemmedWord {
  private var letters: [UInt8]
  /// The regions R1 and R2 of the description begin here.
  private let region1: Int
  private let region2: Int

  /// A "y" that is a consonant stands as "Y" until the end.
  private static let consonantY = UInt8(ascii: "Y")

  init(_ term: [UInt8]) {
    var letters = term
    for place in letters.indices where letters[place] == UInt8(ascii: "y") {
      if place == 0 || Self.isVowel(letters[place - 1]) { letters[place] = Self.consonantY }
    }
    self.letters = letters
    let beginning = Self.exceptionalBeginnings.first { term.starts(with: $0) }
    region1 = beginning?.count ?? Self.region(in: letters, from: 0)
    region2 = Self.region(in: letters, from: region1)
  }

  func finished() -> [UInt8] {
    letters.map { $0 == Self.consonantY ? UInt8(ascii: "y") : $0 }
  }

  /// Words beginning so have all the rest as R1.
  private static let exceptionalBeginnings: [[UInt8]] = [
    "gener", "commun", "arsen", "past", "univers", "later", "emerg", "organ", "inter",
  ].map { Array($0.utf8) }

  /// The place behind the first consonant that follows a vowel.
  private static func region(in letters: [UInt8], from start: Int) -> Int {
    var place = start
    while place < letters.count, !isVowel(letters[place]) { place += 1 }
    while place < letters.count, isVowel(letters[place]) { place += 1 }
    return min(place + 1, letters.count)
  }

  private static func isVowel(_ letter: UInt8) -> Bool {
    switch letter {
    case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"),
      UInt8(ascii: "u"), UInt8(ascii: "y"):
      true
    default: false
    }
  }

  // MARK: The steps

  /// Step 1a.
  mutating func removePlural() {
    if ends("sses") {
      replace(2, "")
    } else if ends("ied") || ends("ies") {
      replace(3, letters.count > 4 ? "i" : "ie")
    } else if ends("s"), !ends("us"), !ends("ss"), hasVowel(before: letters.count - 2) {
      replace(1, "")
    }
  }

  /// Step 1b.
  mutating func removePast() {
    let adverb = ends("ly") ? 2 : 0
    let end = letters.count - adverb
    if ends("eed", at: end) {
      let isExceptional = ["proc", "exc", "succ"].contains { isWord(upTo: end - 3, $0) }
      if end - 3 >= region1, !isExceptional { replace(adverb + 1, "") }
    } else if ends("ed", at: end) {
      removePast(2 + adverb)
    } else if ends("ing", at: end), adverb > 0 || !mendGerund(end - 3) {
      removePast(3 + adverb)
    }
  }

  private mutating func removePast(_ count: Int) {
    guard hasVowel(before: letters.count - count) else { return }
    replace(count, "")
    mendAfterPast()
  }

  /// Whether the "ing" behind `rest` letters is not to be removed; "dying" becomes "die" here.
  private mutating func mendGerund(_ rest: Int) -> Bool {
    if rest == 2, letters[1] == UInt8(ascii: "y"), !Self.isVowel(letters[0]) {
      replace(4, "ie")
      return true
    }
    return ["inn", "out", "cann", "herr", "earr", "even"].contains { isWord(upTo: rest, $0) }
  }

  /// What remains of "hoping" becomes "hope", of "hopping" "hop", of "luxuriated" "luxuriate".
  private mutating func mendAfterPast() {
    if ends("at") || ends("bl") || ends("iz") {
      letters.append(UInt8(ascii: "e"))
    } else if endsInDouble() {
      let isKept = letters.count == 3 && "aeo".utf8.contains(letters[0])
      if !isKept { letters.removeLast() }
    } else if region1 >= letters.count, endsInShortSyllable(letters.count) {
      letters.append(UInt8(ascii: "e"))
    }
  }

  /// Step 1c.
  mutating func replaceY() {
    guard letters.count > 2, letters[letters.count - 1] | 0x20 == UInt8(ascii: "y"),
      !Self.isVowel(letters[letters.count - 2])
    else { return }
    replace(1, "i")
  }

  /// Step 2.
  mutating func replaceLongSuffix() { apply(Self.longSuffixes, in: region1) }

  private static let longSuffixes = SuffixRules(
    [
      ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("abli", "able"), ("entli", "ent"),
      ("izer", "ize"), ("ization", "ize"), ("ational", "ate"), ("ation", "ate"), ("ator", "ate"),
      ("alism", "al"), ("aliti", "al"), ("alli", "al"), ("fulness", "ful"), ("ousli", "ous"),
      ("ousness", "ous"), ("iveness", "ive"), ("iviti", "ive"), ("biliti", "ble"), ("bli", "ble"),
      ("ogist", "og"), ("ogi", "og"), ("fulli", "ful"), ("lessli", "less"), ("li", ""),
    ], after: ["ogi": "l", "li": "cdeghkmnrt"])

  /// Step 3.
  mutating func replaceMiddleSuffix() {
    apply(Self.middleSuffixes, in: ends("ative") ? region2 : region1)
  }

  /// "ational" and "ative" exclude each other, so "ative" alone may ask for another region.
  private static let middleSuffixes = SuffixRules([
    ("tional", "tion"), ("ational", "ate"), ("alize", "al"), ("icate", "ic"), ("iciti", "ic"),
    ("ical", "ic"), ("ful", ""), ("ness", ""), ("ative", ""),
  ])

  /// Step 4.
  mutating func removeShortSuffix() { apply(Self.shortSuffixes, in: region2) }

  private static let shortSuffixes = SuffixRules(
    [
      ("al", ""), ("ance", ""), ("ence", ""), ("er", ""), ("ic", ""), ("able", ""), ("ible", ""),
      ("ant", ""), ("ement", ""), ("ment", ""), ("ent", ""), ("ism", ""), ("ate", ""), ("iti", ""),
      ("ous", ""), ("ive", ""), ("ize", ""), ("ion", ""),
    ], after: ["ion": "st"])

  /// Step 5.
  mutating func removeFinalLetter() {
    let rest = letters.count - 1
    switch letters.last {
    case UInt8(ascii: "e"):
      guard rest >= region2 || (rest >= region1 && !endsInShortSyllable(rest)) else { return }
    case UInt8(ascii: "l"):
      guard rest >= region2, rest > 0, letters[rest - 1] == UInt8(ascii: "l") else { return }
    default: return
    }
    letters.removeLast()
  }

  // MARK: What the steps ask

  private func ends(_ suffix: String) -> Bool { ends(suffix, at: letters.count) }

  private func ends(_ suffix: String, at end: Int) -> Bool {
    let suffix = suffix.utf8
    return end >= suffix.count && letters[(end - suffix.count)..<end].elementsEqual(suffix)
  }

  private func endsInDouble() -> Bool {
    guard let last = letters.last, letters.count > 1 else { return false }
    return letters[letters.count - 2] == last && "bdfgmnprt".utf8.contains(last)
  }

  /// Applies the rule of the longest suffix that the word has, if it is in the region and stands
  /// behind what the rule asks for.
  private mutating func apply(_ rules: SuffixRules, in region: Int) {
    guard let rule = rules.longest(in: letters) else { return }
    let rest = letters.count - rule.suffix.count
    guard rest >= region else { return }
    if let allowed = rule.allowedBefore {
      guard rest > 0, allowed.contains(letters[rest - 1]) else { return }
    }
    letters.replaceSubrange(rest..., with: rule.replacement)
  }

  private mutating func replace(_ count: Int, _ replacement: String) {
    letters.replaceSubrange((letters.count - count)..., with: replacement.utf8)
  }

  private func isWord(upTo end: Int, _ word: String) -> Bool {
    letters[..<end].elementsEqual(word.utf8)
  }

  private func hasVowel(before end: Int) -> Bool {
    end > 0 && letters[..<end].contains(where: Self.isVowel)
  }

  /// Whether the first `end` letters end in a consonant, a vowel and a consonant other than w, x
  /// and Y, or are a vowel and a consonant, or end in "past".
  private func endsInShortSyllable(_ end: Int) -> Bool {
    guard end >= 2, !Self.isVowel(letters[end - 1]), Self.isVowel(letters[end - 2]) else {
      return letters[..<end].suffix(4).elementsEqual("past".utf8)
    }
    if end == 2 { return true }
    return !Self.isVowel(letters[end - 3]) && !"wxY".utf8.contains(letters[end - 1])
  }
}

/// Suffixes with what replaces them.
private struct SuffixRules {
  struct Rule {
    var suffix: [UInt8]
    var replacement: [UInt8]
    /// The letters one of which must stand before the suffix, or nil if any or none may.
    var allowedBefore: [UInt8]?
  }

  /// By last letter from "a" on, the longest suffix first.
  private var byLastLetter = [[Rule]](repeating: [], count: 26)

  init(_ rules: [(String, String)], after: [String: String] = [:]) {
    for (suffix, replacement) in rules.sorted(by: { $0.0.utf8.count > $1.0.utf8.count }) {
      guard let last = suffix.utf8.last else { continue }
      byLastLetter[Int(last) - 0x61].append(
        Rule(
          suffix: Array(suffix.utf8), replacement: Array(replacement.utf8),
          allowedBefore: after[suffix].map { Array($0.utf8) }))
    }
  }

  func longest(in letters: [UInt8]) -> Rule? {
    guard let last = letters.last, last &- 0x61 < 26 else { return nil }
    return byLastLetter[Int(last &- 0x61)].first { rule in
      letters.count >= rule.suffix.count && letters.suffix(rule.suffix.count) == rule.suffix[...]
    }
  }
}
