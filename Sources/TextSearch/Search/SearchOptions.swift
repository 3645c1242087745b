/// How a query is answered.
public struct SearchOptions: Sendable, Equatable {
  public enum Grouping: Sendable { case document, group }

  /// What bare words ask for.
  public enum BareWords: Sendable {
    /// All of them; where no document has all, those with most of them.
    case relaxable
    /// All of them, always.
    case all
    /// Any of them.
    case any
  }

  public enum Order: Sendable, Equatable {
    case relevance
    /// By the value of an attribute that is a date; hits without one come last.
    case attribute(String, descending: Bool)
  }

  /// How many hits to return.
  public var limit = 10
  /// How many of the best hits to leave out before those.
  public var offset = 0
  public var grouping = Grouping.group
  public var bareWords = BareWords.relaxable
  /// Whether bare words find their inflections.
  public var usesStems = true
  public var order = Order.relevance
  /// Field boosts by field number; nil takes the schema's.
  public var boosts: [Float]?
  /// How fast repeated occurrences stop counting; at least 0.
  public var k1: Float = 1.2
  /// How much long documents are held back; 0...1.
  public var b: Float = 0.75

  public init() {}
}
