/// A piece of a query's text.
struct QueryLexeme: Equatable {
  enum Kind: Equatable {
    /// Bytes of a bare word, punctuation included.
    case word(Range<Int>)
    /// Bytes between quotes.
    case phrase(Range<Int>)
    case open
    case close
    case or
    case and
    case not
    /// `+` or `-` right before what it belongs to.
    case sign(Query.Occur)
    /// A field's name and its colon.
    case field(FieldID)
    /// The name of a kind of zones and its colon.
    case zone(UInt8)
    /// `^2.5` right behind what it belongs to.
    case boost(Float)
  }

  var kind: Kind
  /// The byte where it begins.
  var place: Int
}

/// Cuts a query into lexemes; decides what is an operator and what only punctuation.
///
/// People paste prose, so a sign is an operator only where it can be nothing else: `+` and `-` after
/// white space and right before something, `(` after white space, `)` where it closes such a `(`, `^`
/// before a number. Every other sign belongs to the word it touches.
struct QueryLexer {
  let bytes: [UInt8]
  private let schema: Schema
  private var offset = 0
  /// What is open: true for a group, false for a parenthesis inside a word.
  private var parentheses: [Bool] = []
  /// The last lexeme, where nothing stands between it and `offset`.
  private var neighbour: QueryLexeme.Kind?

  init(_ text: String, schema: Schema) {
    bytes = Array(text.utf8)
    self.schema = schema
  }

  /// The next lexeme, or nil at the end, any number of times.
  mutating func next() throws(QueryError) -> QueryLexeme? {
    while offset < bytes.count {
      let space = spaceLength(at: offset)
      if space > 0 {
        offset += space
        neighbour = nil
        continue
      }
      let place = offset
      if let kind = try lexeme() {
        neighbour = kind
        return QueryLexeme(kind: kind, place: place)
      }
    }
    return nil
  }

  /// The lexeme at `offset`, or nil after stepping over punctuation that means nothing.
  private mutating func lexeme() throws(QueryError) -> QueryLexeme.Kind? {
    let quote = quoteLength(at: offset)
    if quote > 0 { return try phrase(quote) }
    switch bytes[offset] {
    case UInt8(ascii: "("):
      offset += 1
      parentheses.append(true)
      return .open
    case UInt8(ascii: ")"):
      offset += 1
      return parentheses.popLast() == true ? .close : nil
    case UInt8(ascii: "^"): return try boost()
    case UInt8(ascii: "+"), UInt8(ascii: "-"): return sign()
    default: return name() ?? word()
    }
  }

  // MARK: Quotes

  private mutating func phrase(_ quote: Int) throws(QueryError) -> QueryLexeme.Kind {
    offset += quote
    let start = offset
    while offset < bytes.count {
      let length = quoteLength(at: offset)
      if length > 0 {
        let end = offset
        offset += length
        try refuseSlop()
        return .phrase(start..<end)
      }
      offset += 1
    }
    return .phrase(start..<offset)
  }

  /// Elsewhere `"a b"~5` asks for nearness; taking it for the word 5 would be a silent lie.
  private func refuseSlop() throws(QueryError) {
    if byte(at: offset) == UInt8(ascii: "~"), isDigit(byte(at: offset + 1)) {
      throw QueryError(
        "nearness (~) is not known here; quoted words stand side by side", at: offset)
    }
  }

  /// Bytes of the quotation mark at `place`, or 0: `"`, “, ”, „, ‟, «, ».
  private func quoteLength(at place: Int) -> Int {
    switch bytes[place] {
    case 0x22: 1
    case 0xC2 where [0xAB, 0xBB].contains(byte(at: place + 1)): 2
    case 0xE2 where byte(at: place + 1) == 0x80 && (0x9C...0x9F).contains(byte(at: place + 2)): 3
    default: 0
    }
  }

  // MARK: Signs

  private mutating func sign() -> QueryLexeme.Kind? {
    let start = offset
    let isFree = neighbour == nil || neighbour == .open
    while offset < bytes.count, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[offset]) {
      offset += 1
    }
    guard isFree, offset == start + 1, beginsSomething(at: offset) else { return nil }
    return .sign(bytes[start] == UInt8(ascii: "-") ? .mustNot : .must)
  }

  private func beginsSomething(at place: Int) -> Bool {
    place < bytes.count && spaceLength(at: place) == 0
      && ![UInt8(ascii: ")"), UInt8(ascii: "^"), UInt8(ascii: "*")].contains(bytes[place])
  }

  private mutating func boost() throws(QueryError) -> QueryLexeme.Kind? {
    let start = offset
    let end = boostEnd(at: start)
    guard let end else {
      offset += 1
      return nil
    }
    guard canBeBoosted else {
      throw QueryError("“^” with a number stands right behind what it weighs: fee^2", at: start)
    }
    offset = end
    let digits = bytes[(start + 1)..<end]
    let isNumber = digits.allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") }
    guard isNumber, let value = Float(String(decoding: digits, as: UTF8.self)),
      QueryParser.boosts.contains(value)
    else {
      throw QueryError("after “^” a number from 0.001 to 1000 is needed: fee^2.5", at: start)
    }
    return .boost(value)
  }

  private var canBeBoosted: Bool {
    switch neighbour {
    case .word, .phrase, .close: true
    default: false
    }
  }

  /// The end of what follows the `^` at `place`; nil where that is no letter or digit at all.
  private func boostEnd(at place: Int) -> Int? {
    var end = place + 1
    var hasContent = false
    while end < bytes.count, spaceLength(at: end) == 0, quoteLength(at: end) == 0,
      bytes[end] != UInt8(ascii: "("), bytes[end] != UInt8(ascii: ")")
    {
      hasContent = hasContent || isDigit(bytes[end]) || isLetter(bytes[end]) || bytes[end] >= 0x80
      end += 1
    }
    return hasContent ? end : nil
  }

  // MARK: Words

  /// The operator or field name at `offset`, or nil.
  private mutating func name() -> QueryLexeme.Kind? {
    var end = offset
    while end < bytes.count, isLetter(bytes[end]) || isDigit(bytes[end]) || bytes[end] == 0x5F {
      end += 1
    }
    let name = String(decoding: bytes[offset..<end], as: UTF8.self)
    if byte(at: end) == UInt8(ascii: ":"), let kind = prefix(name.lowercased()) {
      offset = end + 1
      return kind
    }
    guard mayBeOperator, endsName(at: end) else { return nil }
    let kinds: [String: QueryLexeme.Kind] = ["OR": .or, "AND": .and, "NOT": .not]
    guard let kind = kinds[name] else { return nil }
    offset = end
    return kind
  }

  /// Right behind a sign or a field's colon stands a word, whatever it is.
  private var mayBeOperator: Bool {
    switch neighbour {
    case .sign, .field, .zone: false
    default: true
    }
  }

  /// What a name before a colon means, or nil where it is only a word.
  private func prefix(_ name: String) -> QueryLexeme.Kind? {
    if let field = schema.fields.firstIndex(where: { $0.name.lowercased() == name }) {
      return .field(FieldID(rawValue: UInt8(field)))
    }
    return schema.zoneKinds.first { $0.name.lowercased() == name }.map { .zone($0.number) }
  }

  private func endsName(at place: Int) -> Bool {
    place == bytes.count || spaceLength(at: place) > 0 || quoteLength(at: place) > 0
      || bytes[place] == UInt8(ascii: "(") || bytes[place] == UInt8(ascii: ")")
  }

  private mutating func word() -> QueryLexeme.Kind {
    let start = offset
    scan: while offset < bytes.count, spaceLength(at: offset) == 0, quoteLength(at: offset) == 0 {
      switch bytes[offset] {
      case UInt8(ascii: "("): parentheses.append(false)
      case UInt8(ascii: ")"):
        if parentheses.last == true { break scan }
        _ = parentheses.popLast()
      case UInt8(ascii: "^") where boostEnd(at: offset) != nil: break scan
      default: break
      }
      offset += 1
    }
    return .word(start..<offset)
  }

  // MARK: Bytes

  private func byte(at place: Int) -> UInt8 { place < bytes.count ? bytes[place] : 0 }

  private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  /// Bytes of the white space or control character at `place`, or 0.
  private func spaceLength(at place: Int) -> Int {
    switch bytes[place] {
    case 0x00...0x20, 0x7F: return 1
    case 0xC2: return byte(at: place + 1) == 0xA0 || byte(at: place + 1) == 0x85 ? 2 : 0
    case 0xE2:
      let (second, third) = (byte(at: place + 1), byte(at: place + 2))
      let isSpace =
        (second == 0x80 && ((0x80...0x8A).contains(third) || [0xA8, 0xA9, 0xAF].contains(third)))
        || (second == 0x81 && third == 0x9F)
      return isSpace ? 3 : 0
    case 0xE3: return byte(at: place + 1) == 0x80 && byte(at: place + 2) == 0x80 ? 3 : 0
    default: return 0
    }
  }
}
