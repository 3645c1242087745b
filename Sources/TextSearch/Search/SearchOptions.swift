/// How a query is answered.
public struct SearchOptions: Sendable, Equatable {
  public enum Grouping: Sendable { case document, group }

  /// What bare words ask for.
  public enum BareWords: Sendable {
    /// All of them; where no document has all, those with most of them first, or, where hits are
    /// in the order of a date, in that order.
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

  /// How many hits to return; at least 0.
  public var limit = 10
  /// How many of the best hits to leave out before those; at least 0.
  public var offset = 0
  public var grouping = Grouping.group
  public var bareWords = BareWords.relaxable
  /// Whether bare words find their inflections.
  public var usesStems = true
  public var order = Order.relevance
  /// Field boosts by field number, each greater than 0; nil takes the schema's.
  public var boosts: [Float]?
  /// How fast repeated occurrences stop counting; 0...`greatestNumber`.
  public var k1: Float = 1.2
  /// How much long documents are held back; 0...1.
  public var b: Float = 0.75

  public init() {}

  /// What k1, boosts and products of boosts are at most, so that no score is infinite.
  public static let greatestNumber: Float = 1e9

  /// - Throws: `IndexError.invalid` where a number is out of its range.
  func check(_ schema: Schema) throws(IndexError) {
    guard limit >= 0, offset >= 0 else {
      throw .invalid(reason: "limit and offset must not be negative: \(limit), \(offset)")
    }
    guard k1 >= 0, k1 <= Self.greatestNumber else {
      throw .invalid(reason: "k1 must be from 0 to \(Self.greatestNumber), not \(k1)")
    }
    guard b >= 0, b <= 1 else { throw .invalid(reason: "b must be from 0 to 1, not \(b)") }
    guard let boosts else { return }
    guard boosts.count == schema.fields.count else {
      throw .invalid(
        reason: "\(boosts.count) field boosts where there are \(schema.fields.count) fields")
    }
    for boost in boosts { try Self.check(boost: boost) }
  }

  /// - Throws: `IndexError.invalid` where a boost, or a product of some, is out of its range.
  static func check(boost: Float) throws(IndexError) {
    guard boost >= 1 / greatestNumber, boost <= greatestNumber else {
      throw .invalid(
        reason: "boosts must be from \(1 / greatestNumber) to \(greatestNumber), alone and "
          + "multiplied, not \(boost)")
    }
  }
}
