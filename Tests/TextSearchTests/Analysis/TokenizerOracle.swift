/// The rules of words as regular expressions over the classes of the scalars; slow and short.
///
/// It takes the classes from the standard library's Unicode properties, not from the tables.
enum TokenizerOracle {
  /// The forms of bytes, none of which may be longer than 255.
  static func forms(in bytes: [UInt8]) -> [Range<Int>] {
    let scalars = scalars(in: bytes)
    let kinds = String(scalars.map(\.kind))
    // A byte that is not UTF-8 is one scalar; all kinds are ASCII, so places are offsets.
    var forms: [Range<Int>] = []
    var last = 0..<0
    var place = 0
    while place < scalars.count {
      guard var form = form(in: kinds.utf8.dropFirst(place), at: place) else {
        place += 1
        continue
      }
      place = form.upperBound
      let before = kinds.utf8.prefix(form.lowerBound).suffix(2)
      let isDecimal = kinds.utf8.dropFirst(form.lowerBound).first == UInt8(ascii: "D")
      if isDecimal, String(before)?.wholeMatch(of: /([x,'])?\./) != nil {
        form = (form.lowerBound - 1)..<decimalEnd(kinds.utf8.dropFirst(form.lowerBound), form)
        place = form.upperBound
      }
      let range = scalars[form.lowerBound].start..<scalars[form.upperBound - 1].end
      let gap = String(
        kinds.utf8.dropFirst(last.upperBound).prefix(form.lowerBound - last.upperBound))
      let isS = range.count == 1 && bytes[range.lowerBound] | 0x20 == UInt8(ascii: "s")
      if isS, !last.isEmpty, gap == "'" || gap == ".'" { continue }
      last = form
      forms.append(range)
    }
    return forms
  }

  /// The scalars of the form that begins with `kinds`.
  private static func form(in kinds: Substring.UTF8View, at place: Int) -> Range<Int>? {
    let kinds = Substring(kinds)
    let acronym = /LM*(\.LM*(?![LDMI]))+/
    let mixed =
      /D{1,3}(,DDD(?!D))+F|D+F|(D{1,3}(,DDD(?!D))+(\.(?=D))?|D\.(?=D)|[LD])(I*(D\.(?=D)|[LDM]))*/
    let others = /SM*|R+|F/
    let match =
      kinds.prefixMatch(of: acronym)?.0 ?? kinds.prefixMatch(of: mixed)?.0
      ?? kinds.prefixMatch(of: others)?.0
    return match.map { place..<(place + $0.utf8.count) }
  }

  /// The end of a form that is known to be the decimals behind a dot.
  private static func decimalEnd(_ kinds: Substring.UTF8View, _ form: Range<Int>) -> Int {
    let match = Substring(kinds).prefixMatch(of: /(I*(D\.(?=D)|[LDM]))*/)
    return form.lowerBound + (match?.0.utf8.count ?? 0)
  }

  struct Scalar {
    var start: Int
    var end: Int
    var kind: Character
  }

  static func scalars(in bytes: [UInt8]) -> [Scalar] {
    var scalars: [Scalar] = []
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var place = 0
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .emptyInput: return scalars
      case .error(let length):
        for start in place..<(place + length) {
          scalars.append(Scalar(start: start, end: start + 1, kind: "x"))
        }
        place += length
      case .valid(let encoded):
        let end = place + encoded.count
        scalars.append(
          Scalar(start: place, end: end, kind: kind(of: Unicode.UTF8.decode(encoded))))
        place = end
      }
    }
  }

  /// L letter, D digit, M mark, I ignorable, S single, R raised, F fraction, x other, and the
  /// characters with a part of their own as themselves.
  static func kind(of scalar: Unicode.Scalar) -> Character {
    scalar.value < kinds.count ? kinds[Int(scalar.value)] : kindByProperties(scalar)
  }

  /// Asked for once, as names are slow to look up.
  private static let kinds = (UInt32(0)..<0x40000).map { value in
    Unicode.Scalar(value).map(kindByProperties) ?? "x"
  }

  private static func kindByProperties(_ scalar: Unicode.Scalar) -> Character {
    if let kind = special[scalar] { return kind }
    if scalar.properties.isDefaultIgnorableCodePoint { return scalar == "\u{200B}" ? "x" : "I" }
    switch scalar.properties.generalCategory {
    case .decimalNumber: return "D"
    case .nonspacingMark, .spacingMark, .enclosingMark: return "M"
    case .otherNumber: return otherNumber(scalar)
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .letterNumber:
      return isWithoutSpaces(scalar) ? "S" : "L"
    default: return "x"
    }
  }

  private static let special: [Unicode.Scalar: Character] = {
    var special: [Unicode.Scalar: Character] = [:]
    for scalar in ".\u{FF0E}\u{66B}".unicodeScalars { special[scalar] = "." }
    for scalar in ",\u{FF0C}\u{66C}".unicodeScalars { special[scalar] = "," }
    for scalar in "'`\u{92}´ʼ‘’＇".unicodeScalars { special[scalar] = "'" }
    for scalar in "\u{FF9E}\u{FF9F}".unicodeScalars { special[scalar] = "M" }
    return special
  }()

  private static func otherNumber(_ scalar: Unicode.Scalar) -> Character {
    switch scalar {
    case "²", "³", "¹", "⁰", "⁴"..."⁹": "R"
    case "₀"..."₉": "D"
    case "¼"..."¾", "⅐"..."⅞": "F"
    case "⅟", "↉": "x"
    default: "S"
    }
  }

  /// Han and the like, Hiragana, Katakana, Thai, Lao, Khmer and Myanmar.
  private static func isWithoutSpaces(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.properties.isIdeographic { return true }
    let name = scalar.properties.name ?? ""
    return [
      "HIRAGANA", "KATAKANA", "HALFWIDTH KATAKANA", "HENTAIGANA", "THAI", "LAO", "KHMER",
      "MYANMAR", "TANGUT", "NUSHU", "IDEOGRAPHIC", "VERTICAL IDEOGRAPHIC", "MASU",
    ].contains { name.hasPrefix($0) }
  }
}
