/// What is asked of an index: a tree of clauses over analysed terms.
public indirect enum Query: Sendable, Equatable {
  /// A bare word; finds its inflections too unless stemming is switched off.
  case word(String)
  /// Terms that stand next to each other in one run of text, exactly as given; one term is an
  /// exact word. Never empty.
  case phrase([String])
  /// Every term that begins so.
  case prefix(String)
  /// The clauses together.
  case boolean([Clause])
  /// The query, in one field only.
  case field(FieldID, Query)
  /// The query with its score multiplied.
  case boost(Float, Query)

  public enum Occur: Sendable, Equatable {
    /// A document must match; this clause is a bare one, so a search may relax it.
    case bare
    /// A document must match.
    case must
    /// A match adds to the score.
    case should
    /// A document must not match.
    case mustNot
  }

  public struct Clause: Sendable, Equatable {
    public var occur: Occur
    public var query: Query

    public init(_ occur: Occur, _ query: Query) {
      self.occur = occur
      self.query = query
    }
  }
}
