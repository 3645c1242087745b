/// Reads what people type into a search box.
///
///     query    = { clause }                      all of them; AND between them changes little
///     clause   = operand { "OR" operand }        OR joins its two neighbours: a b OR c = a (b OR c)
///     operand  = [ "+" | "-" | "NOT" ] [ field ":" ] atom [ "^" number ]
///     atom     = word | word "*" | '"' words '"' | "(" query ")"
///
/// Operators are upper case. `NOT`, signs, fields and boosts bind tightest, then `OR`, then the
/// standing next to each other, as in the search engines that people know.
///
/// Punctuation never fails and never asks for anything by itself: a word is what the analyzer makes
/// of it, `10-K` becomes the phrase of its parts, `&` becomes nothing. A quote without its partner
/// reaches to the end; parentheses that touch a word belong to it; the others need no partner.
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

  public init(schema: Schema) { self.schema = schema }

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

  private static func terms(_ bytes: ArraySlice<UInt8>) -> [String] {
    Analyzer.terms(in: String(decoding: bytes, as: UTF8.self))
  }
}
