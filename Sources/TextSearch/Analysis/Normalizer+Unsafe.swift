/// Turns forms into terms.
///
/// Letters lose case and accents and are replaced by their compatibility equivalents, digits become
/// ASCII digits, commas and the dots of acronyms go, fractions become decimals. Hangul is composed
/// into syllables. Vowel signs and other marks that are not accents stay.
///
/// Safety: the forms are only read through `UTF8Text`, which checks each offset.
enum Normalizer {
  /// The most bytes of a term; a few letters fold to many.
  static let limit = 255

  /// Replaces `term` by the normalised term of `form` (never empty for a form of `Tokenizer`).
  /// A term's own term is itself. O(form).
  static func normalize(_ form: UnsafeRawBufferPointer, into term: inout [UInt8]) {
    term.removeAll(keepingCapacity: true)
    let text = unsafe UTF8Text(form)
    let tables = UnicodeLookup()
    var composer = HangulComposer()
    var place = 0
    var last = ScalarClass.other
    while place < text.count, term.count <= limit {
      let scalar = text.scalar(at: place)
      place += scalar.count
      switch scalar.kind {
      case .letter where scalar.value < 0x80: composer.append(scalar.value | 0x20, to: &term)
      case .digit where scalar.value < 0x80: composer.append(scalar.value, to: &term)
      case .letter, .mark, .single, .digit, .raised:
        tables.fold(scalar.value) { composer.append($0, to: &term) }
      case .fraction:
        if last == .other { composer.append(0x30, to: &term) }
        tables.fold(scalar.value) { composer.append($0, to: &term) }
      case .dot where text.scalar(at: place).kind == .digit && (last == .digit || last == .other):
        if last == .other { composer.append(0x30, to: &term) }
        composer.append(0x2E, to: &term)
      case .dot, .comma, .ignorable, .other, .apostrophe: break
      }
      last = scalar.kind
    }
    composer.finish(&term)
    cut(&term)
  }

  /// Cuts a term between characters and not behind a dot.
  private static func cut(_ term: inout [UInt8]) {
    guard term.count > limit else { return }
    var count = limit
    while count > 0, term[count] & 0xC0 == 0x80 { count -= 1 }
    if count > 0, term[count - 1] == 0x2E { count -= 1 }
    term.removeSubrange(count...)
  }
}

/// Joins the letters of Hangul (conjoining jamo) into syllables, by the arithmetic of the Unicode
/// standard, section 3.12, and appends everything as UTF-8.
struct HangulComposer {
  private var pending: UInt32?

  mutating func append(_ scalar: UInt32, to term: inout [UInt8]) {
    if pending == nil, scalar < 0x80 { return term.append(UInt8(truncatingIfNeeded: scalar)) }
    if let first = pending {
      if let joined = Self.join(first, scalar) {
        pending = joined
        return
      }
      Self.encode(first, &term)
      pending = nil
    }
    if scalar &- 0x1100 < 19 || scalar &- 0xAC00 < 11_172 {
      pending = scalar
    } else {
      Self.encode(scalar, &term)
    }
  }

  mutating func finish(_ term: inout [UInt8]) {
    if let first = pending { Self.encode(first, &term) }
    pending = nil
  }

  private static func join(_ first: UInt32, _ second: UInt32) -> UInt32? {
    let (lead, vowel, tail) = (first &- 0x1100, second &- 0x1161, second &- 0x11A7)
    if lead < 19, vowel < 21 { return 0xAC00 + (lead * 21 + vowel) * 28 }
    let syllable = first &- 0xAC00
    if syllable < 11_172, syllable % 28 == 0, tail > 0, tail < 28 { return first + tail }
    return nil
  }

  private static func encode(_ scalar: UInt32, _ term: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(scalar) else { return }
    term.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}
