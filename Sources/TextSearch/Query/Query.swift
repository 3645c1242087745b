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
  /// The query, inside of zones only: each of its words and phrases counts where it stands wholly
  /// in a zone that one of the filters takes. Without a query: documents that have such a zone.
  case zones([ZoneFilter], Query?)
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

/// What zones a query is limited to.
public struct ZoneFilter: Sendable, Hashable {
  /// The kind of the zones.
  public var kind: UInt8
  /// Terms that stand next to each other in the zone's label, at its start where the first of them
  /// begins with a digit; a kind's name before them is passed over. Empty takes every label.
  public var label: [String]

  public init(kind: UInt8, label: [String]) {
    self.kind = kind
    self.label = label
  }

  /// Whether the filter takes a label of those terms.
  ///
  /// - Parameter name: The name of the kind, which the label may begin with: "Item 1A".
  public func takes(_ terms: [String], name: String?) -> Bool {
    guard let first = label.first else { return true }
    let isNamed = name != nil && terms.first == name
    let terms = terms[(isNamed ? 1 : 0)...]
    let isNumber = first.utf8.first.map { (0x30...0x39).contains($0) } ?? false
    guard isNumber else { return terms.indices.contains { terms[$0...].starts(with: label) } }
    return terms.starts(with: label) || label == [Self.joined(terms)]
  }

  /// The number at the start with the lone letter behind it: "3D" of "3.D. Risk factors".
  private static func joined(_ terms: ArraySlice<String>) -> String {
    guard let number = terms.first, let letter = terms.dropFirst().first, letter.utf8.count == 1
    else { return "" }
    return number + letter
  }
}
