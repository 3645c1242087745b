/// The rules of words, over scalars: what `Tokenizer` does where its quick path gives up.
///
/// A *form* is a word as it stands in the text. Words are
/// - runs of letters and digits with their marks; characters that can't be seen, as the soft
///   hyphen, count where letters or digits go on behind them;
/// - in numbers, dots between two digits ("14.8", "3.4.1"), commas before groups of exactly three
///   digits in a whole number of one to three digits ("1,234,567.89"), a fraction right behind a
///   whole number ("8½"), and a dot before the first digit that stands after none of word
///   character and dot (".01", but not "....5");
/// - acronyms: two or more single letters with dots between them ("U.S", "J.P");
/// - characters of scripts without spaces, each with its marks; runs of superscript digits;
///   fractions.
///
/// An "s" behind an apostrophe right behind a word, or a word and a dot ("Inc.'s"), is no form.
/// A form has at most 255 bytes; a longer one is cut between characters.
struct FormScanner {
  /// The most bytes of a form.
  static let limit = 255

  let text: UTF8Text
  private let start: Int
  private var end: Int
  /// Behind the last scalar looked at: `end`, or after it where there are ignorable ones.
  private var place: Int
  private var last = ScalarClass.other
  /// Whether a comma or a fraction may go on: so far a whole number.
  private var isWhole = false
  /// The digits at the beginning; more than three rule commas out.
  private var digitCount = 0
  private var hasCommas = false
  /// Whether all so far is single letters with dots between them.
  private var isAcronym = false

  private init(_ text: UTF8Text, from start: Int) {
    self.text = text
    self.start = start
    (end, place) = (start, start)
  }

  /// The end of the form whose first letter or digit is at `place`, or nil if no form begins
  /// there. `start` is `place` or that of the dot before it. O(the form's length).
  static func end(in text: UTF8Text, at place: Int, from start: Int) -> Int? {
    var scanner = FormScanner(text, from: start)
    scanner.place = place
    return scanner.scan() ? scanner.end : nil
  }

  private mutating func scan() -> Bool {
    let first = text.scalar(at: place)
    switch first.kind {
    case .letter:
      isAcronym = true
      take(first)
    case .digit:
      isWhole = place == start
      digitCount = 1
      take(first)
    case .single:
      take(first)
      takeAll(.mark)
      return true
    case .raised:
      take(first)
      takeAll(.raised)
      return true
    case .fraction:
      take(first)
      return true
    case .other, .mark, .ignorable, .dot, .comma, .apostrophe:
      return false
    }
    while step() {}
    return true
  }

  /// Takes what comes next into the form; false where the form ends.
  private mutating func step() -> Bool {
    let next = text.scalar(at: place)
    guard place + next.count - start <= Self.limit else { return false }
    switch next.kind {
    case .letter:
      (isWhole, isAcronym) = (false, false)
    case .digit:
      (isWhole, isAcronym) = (isWhole && !hasCommas && place == end, false)
      digitCount += 1
    case .mark:
      isWhole = false
    case .ignorable:
      (isWhole, isAcronym) = (false, false)
      place += next.count
      return true
    case .dot: return place == end && takeDot(next)
    case .comma: return place == end && takeThousands(next)
    case .fraction:
      guard isWhole, last == .digit else { return false }
      take(next)
      return false
    case .other, .single, .raised, .apostrophe: return false
    }
    take(next)
    return true
  }

  private mutating func take(_ scalar: UTF8Text.Scalar) {
    place += scalar.count
    end = place
    last = scalar.kind
  }

  private mutating func takeAll(_ kind: ScalarClass) {
    while true {
      let next = text.scalar(at: place)
      guard next.kind == kind, place + next.count - start <= Self.limit else { return }
      take(next)
    }
  }

  /// Takes a decimal point and the digit behind it, or an acronym's dot and its next letter.
  private mutating func takeDot(_ dot: UTF8Text.Scalar) -> Bool {
    let next = text.scalar(at: place + dot.count)
    guard place + dot.count + next.count - start <= Self.limit else { return false }
    if last == .digit, next.kind == .digit {
      isWhole = false
      take(dot)
      take(next)
      return true
    }
    guard isAcronym, next.kind == .letter,
      let letterEnd = singleLetterEnd(place + dot.count + next.count)
    else { return false }
    (place, end, last) = (letterEnd, letterEnd, .letter)
    return true
  }

  /// The end of a letter's marks if no letter, digit or ignorable character follows them.
  private func singleLetterEnd(_ afterLetter: Int) -> Int? {
    var place = afterLetter
    while place - start <= Self.limit {
      let next = text.scalar(at: place)
      switch next.kind {
      case .mark: place += next.count
      case .letter, .digit, .ignorable: return nil
      case .other, .single, .raised, .fraction, .dot, .comma, .apostrophe: return place
      }
    }
    return nil
  }

  /// Takes a comma and exactly three digits.
  private mutating func takeThousands(_ comma: UTF8Text.Scalar) -> Bool {
    guard isWhole, last == .digit, digitCount <= 3 else { return false }
    var place = place + comma.count
    for _ in 0..<3 {
      let next = text.scalar(at: place)
      guard next.kind == .digit else { return false }
      place += next.count
    }
    guard place - start <= Self.limit, text.scalar(at: place).kind != .digit else { return false }
    (self.place, end, hasCommas) = (place, place, true)
    return true
  }
}
