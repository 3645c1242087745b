/// Reads what people type into a search box.
///
///     query    = { clause }                      all of them; AND between them changes little
///     clause   = operand { "OR" operand }        OR joins its two neighbours: a b OR c = a (b OR c)
///     operand  = [ "+" | "-" | "NOT" ] [ field ":" ] atom [ "^" number ]
///     atom     = word | word "*" | '"' words '"' | "(" query ")" | zone
///     zone     = kind ":" ( word | '"' words '"' | "*" )    of the label, or of the zone's text
///
/// Operators are upper case. `NOT`, signs, fields and boosts bind tightest, then `OR`, then the
/// standing next to each other, as in the search engines that people know.
///
/// Punctuation never fails and never asks for anything by itself: a word is what the analyzer makes
/// of it, `10-K` becomes the phrase of its parts, `&` becomes nothing. A quote without its partner
/// reaches to the end; parentheses that touch a word belong to it; the others need no partner.
/// A zone without a sign limits the other clauses of its group to such zones (`item:1A fee`); `OR`
/// between zones takes either. In a group of its own, or with a sign, it asks for documents that
/// have such a zone. Of kinds without labels `heading:fee` asks for the word in such a zone, and is
/// an operand like any other; only `heading:*` is a zone.
///
/// What looks like syntax of other engines and is not known here is refused with its place.
public struct QueryParser: Sendable {
  /// How deep parentheses may be nested.
  public static let maximumDepth = 100
  /// How many terms a query may have.
  public static let maximumTermCount = 1024
  /// How many bytes of text a query may have.
  public static let maximumLength = 1 << 16
  /// What `^` takes. Every number in it prints without an exponent.
  public static let boosts: ClosedRange<Float> = 0.001...1000

  public let schema: Schema

  /// The kinds of zones that have no labels.
  public let unlabelledZones: Set<UInt8>

  public init(schema: Schema, unlabelledZones: Set<UInt8> = []) {
    self.schema = schema
    self.unlabelledZones = unlabelledZones
  }

  /// The query that `text` asks for.
  /// - Throws: `QueryError` with the place, for syntax that is not known, limits, and queries that
  ///   ask for nothing.
  /// - Complexity: O(length).
  public func parse(_ text: String) throws(QueryError) -> Query {
    guard text.utf8.count <= Self.maximumLength else {
      throw QueryError(
        "a query has at most \(Self.maximumLength) bytes", at: Self.maximumLength)
    }
    var lexer = QueryLexer(text, schema: schema)
    var builder = QueryBuilder(schema: schema)
    while let lexeme = try lexer.next() {
      switch lexeme.kind {
      case .word(let range): try builder.add(try word(lexer.bytes, range), at: lexeme.place)
      case .phrase(let range): try builder.add(phrase(lexer.bytes, range), at: lexeme.place)
      case .open: try builder.open(at: lexeme.place)
      case .close: try builder.close()
      case .or: try builder.join(.or, at: lexeme.place)
      case .and: try builder.join(.and, at: lexeme.place)
      case .not: try builder.sign(.mustNot, at: lexeme.place)
      case .sign(let occur): try builder.sign(occur, at: lexeme.place)
      case .field(let field): try builder.field(field, at: lexeme.place)
      case .zone(let kind):
        try builder.add(try zone(kind, &lexer, at: lexeme.place), at: lexeme.place)
      case .boost(let boost): try builder.boost(boost)
      }
    }
    return try builder.finish(isBlank: lexer.bytes.allSatisfy { $0 <= 0x20 })
  }

  private func phrase(_ bytes: [UInt8], _ range: Range<Int>) -> QueryOperand {
    let terms = Self.terms(bytes[range])
    return QueryOperand(
      content: terms.isEmpty ? .nothing : .query(.phrase(terms)), isStrict: true,
      termCount: terms.count)
  }

  private func word(_ bytes: [UInt8], _ range: Range<Int>) throws(QueryError) -> QueryOperand {
    let star = bytes[range].firstIndex(of: UInt8(ascii: "*"))
    let terms = Self.terms(bytes[range.lowerBound..<(star ?? range.upperBound)])
    var content = QueryOperand.Content.nothing
    if let star {
      if !Self.terms(bytes[star..<range.upperBound]).isEmpty {
        throw QueryError("“*” works only at the end of a word: licens*", at: star)
      }
      if terms.count > 1 {
        throw QueryError(
          "“*” works behind a single word, and “\(terms.joined(separator: " "))” is several",
          at: star)
      }
      if let term = terms.first { content = .query(.prefix(term)) }
    } else if !terms.isEmpty {
      content = .query(terms.count == 1 ? .word(terms[0]) : .phrase(terms))
    }
    return QueryOperand(content: content, isStrict: false, termCount: terms.count)
  }

  /// The zone that the lexeme behind its name asks for.
  private func zone(_ kind: UInt8, _ lexer: inout QueryLexer, at place: Int) throws(QueryError)
    -> QueryOperand
  {
    let next = try lexer.next()
    if unlabelledZones.contains(kind), let operand = try textOfZone(kind, next, lexer.bytes) {
      return operand
    }
    var label: [String] = []
    var isAny = false
    switch next?.kind {
    case .phrase(let range): label = Self.terms(lexer.bytes[range])
    case .word(let range):
      label = Self.terms(lexer.bytes[range])
      let star = UInt8(ascii: "*")
      isAny = lexer.bytes[range].elementsEqual([star])
      if !isAny, let place = lexer.bytes[range].firstIndex(of: star) {
        throw QueryError("in the name of a zone “*” stands only alone, for all of them", at: place)
      }
    default: break
    }
    guard isAny || !label.isEmpty else {
      let name = schema.name(ofZoneKind: kind) ?? ""
      throw QueryError(
        "“\(name):” needs a word of its label after it, \"several words\", or * for all: \(name):*",
        at: place)
    }
    return QueryOperand(
      content: .zone(ZoneFilter(kind: kind, label: label)), isStrict: false,
      termCount: label.count)
  }

  /// A word or phrase in a zone of a kind without labels; nil where the lexeme is none.
  private func textOfZone(
    _ kind: UInt8, _ lexeme: QueryLexeme?, _ bytes: [UInt8]
  ) throws(QueryError) -> QueryOperand? {
    var operand: QueryOperand
    switch lexeme?.kind {
    case .word(let range): operand = try word(bytes, range)
    case .phrase(let range): operand = phrase(bytes, range)
    default: return nil
    }
    guard case .query(let query) = operand.content else { return nil }
    operand.content = .query(.zones([ZoneFilter(kind: kind, label: [])], query))
    return operand
  }

  private static func terms(_ bytes: ArraySlice<UInt8>) -> [String] {
    Analyzer.terms(in: String(decoding: bytes, as: UTF8.self))
  }
}
