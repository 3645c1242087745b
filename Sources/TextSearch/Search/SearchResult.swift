/// One found document, or the best document of a found group.
public struct Hit: Sendable, Equatable {
  public var address: DocAddress
  public var score: Double
  /// The other matching documents of the same group, in order; empty when hits are documents.
  public var others: [DocAddress]

  public init(address: DocAddress, score: Double, others: [DocAddress] = []) {
    self.address = address
    self.score = score
    self.others = others
  }
}

/// What a search found.
public struct SearchResult: Sendable, Equatable {
  /// How many documents (or groups, as asked) match; always exact.
  public var total: Int
  /// True where no document has all bare words and those with most of them are returned.
  public var isRelaxed: Bool
  public var hits: [Hit]
}

/// What an index keeps about one document.
public struct StoredDocument: Sendable, Equatable {
  public var id: String
  public var groupID: String
  /// By the schema's order of document attributes.
  public var attributes: [String?]
  /// By the schema's order of group attributes.
  public var groupAttributes: [String?]
}

/// A piece of text of a hit and whether it is what was searched for.
public struct Fragment: Sendable, Equatable {
  public var text: String
  public var isMatch: Bool

  public init(text: String, isMatch: Bool) {
    self.text = text
    self.isMatch = isMatch
  }
}

/// A number of a score, and what it is made of.
public struct Explanation: Sendable, Equatable {
  public var value: Double
  public var text: String
  public var parts: [Explanation]

  public init(value: Double, text: String, parts: [Explanation] = []) {
    self.value = value
    self.text = text
    self.parts = parts
  }
}
