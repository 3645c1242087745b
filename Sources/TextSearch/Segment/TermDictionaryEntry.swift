/// The three sorts of keys in a term dictionary, in their order in it.
enum TermKind: UInt8, Sendable, CaseIterable {
  /// A surface term; the key is its UTF-8 bytes.
  case surface = 1
  /// A stem; the key is its UTF-8 bytes.
  case stem = 2
  /// Two very frequent terms that follow each other; the key is their two ranks.
  case pair = 3
}

/// What the dictionary knows of a surface term or a pair.
struct TermEntry: Equatable, Sendable {
  /// In how many documents the term occurs; at least 1.
  var documentFrequency: Int
  /// How often it occurs; at least `documentFrequency`.
  var collectionFrequency: Int
  var postings: PostingsPlace
  var passages: PostingsPlace
  /// The length of the term's text code in bytes, 1…4; 0 for a pair.
  var codeClass: Int
  /// How the text spells the term, most frequent first, 1…65,535 of them; none for a pair.
  var spellings: [Spelling]
}

/// Where a list of postings or passages is.
enum PostingsPlace: Equatable, Sendable {
  /// There is no list.
  case none
  /// The list itself; lists of one or two documents are this short.
  case inline([UInt8])
  /// A range of bytes of the list's own section.
  case list(offset: Int, count: Int)
}

/// What the dictionary knows of a stem.
struct StemEntry: Equatable, Sendable {
  /// In how many documents a member occurs; at least 1.
  var documentFrequency: Int
  /// The ordinals of the surface terms of this stem, rising; at least one.
  var members: [Int]
}

/// How a form is spelled, given its term.
enum Spelling: Equatable, Sendable {
  /// As the term.
  case same
  /// With the first letter, an ASCII one, in upper case.
  case capitalized
  /// With all ASCII letters in upper case.
  case upper
  /// With a comma before each three digits that end at the decimal point or at the end.
  case thousands
  /// As these bytes.
  case literal([UInt8])

  /// The number of a spelling that the term alone determines; nil for `.literal`.
  var code: UInt8? {
    switch self {
    case .same: 0
    case .capitalized: 1
    case .upper: 2
    case .thousands: 3
    case .literal: nil
    }
  }

  /// The spelling of number `code` & 3.
  init(code: UInt8) {
    switch code & 3 {
    case 0: self = .same
    case 1: self = .capitalized
    case 2: self = .upper
    default: self = .thousands
    }
  }

  /// The shortest spelling that turns `term` into `form`.
  init(_ form: [UInt8], of term: [UInt8]) {
    for code in UInt8(0)..<4 where Spelling(code: code).form(of: term) == form {
      self.init(code: code)
      return
    }
    self = .literal(form)
  }

  /// The bytes that stand in the text for `term` spelled in this way.
  /// - Complexity: O(length of the form).
  func form(of term: [UInt8]) -> [UInt8] {
    switch self {
    case .same: return term
    case .capitalized:
      var form = term
      if let first = term.first { form[0] = Self.upperCased(first) }
      return form
    case .upper: return term.map(Self.upperCased)
    case .thousands: return Self.withThousands(term)
    case .literal(let form): return form
    }
  }

  private static func upperCased(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") ? byte &- 32 : byte
  }

  /// Terms that are not digits with an optional decimal point after them stay as they are.
  private static func withThousands(_ term: [UInt8]) -> [UInt8] {
    let point = term.firstIndex { $0 < UInt8(ascii: "0") || $0 > UInt8(ascii: "9") } ?? term.count
    if point < term.count, term[point] != UInt8(ascii: ".") { return term }
    var form: [UInt8] = []
    form.reserveCapacity(term.count + point / 3)
    for place in term.indices {
      if place > 0, place < point, (point - place) % 3 == 0 { form.append(UInt8(ascii: ",")) }
      form.append(term[place])
    }
    return form
  }
}
