/// What part a Unicode scalar takes in the finding of words.
///
/// The raw values are those in `UnicodeTables`.
enum ScalarClass: UInt8 {
  /// Separates words, as invalid UTF-8 does.
  case other
  /// A letter of a script that is written with spaces.
  case letter
  /// A decimal digit of any script, and the subscript digits.
  case digit
  /// A combining mark: part of the word it follows.
  case mark
  /// Invisible and without meaning inside a word, as the soft hyphen.
  case ignorable
  /// A word by itself: a letter of a script that is written without spaces, and circled numbers.
  case single
  /// A superscript digit: a run of them is a word, as it is mostly the number of a footnote.
  case raised
  /// A fraction, as "½": the decimals of the number it follows.
  case fraction
  /// A full stop, which may be a decimal point or belong to an acronym.
  case dot
  /// A comma, which may separate thousands.
  case comma
  /// An apostrophe, which may begin the ending of a possessive.
  case apostrophe

  /// Whether a word can contain it.
  var isWord: Bool {
    switch self {
    case .letter, .digit, .mark, .ignorable, .single, .raised, .fraction: true
    case .other, .dot, .comma, .apostrophe: false
    }
  }
}
