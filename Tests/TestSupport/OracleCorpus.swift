import TextSearch

/// Documents as lists of term numbers: what an oracle scans.
public struct OracleCorpus: Sendable {
  /// A run of text; phrases stay within one.
  public struct Run: Sendable {
    public var field: Int
    public var terms: [Int]
  }

  public struct Document: Sendable {
    public var group: Int
    public var runs: [Run]
    /// Words by field.
    public var lengths: [Int]
  }

  public let schema: Schema
  public private(set) var documents: [Document] = []
  /// The documents of each group that has any.
  public private(set) var groups: [Range<Int>] = []
  /// The terms in the order of first sight.
  public private(set) var terms: [String] = []
  private var numbers: [String: Int] = [:]

  public init(_ groups: [DocumentGroup], schema: Schema) {
    self.schema = schema
    for group in groups where !group.documents.isEmpty {
      let first = documents.count
      for document in group.documents { append(document) }
      self.groups.append(first..<documents.count)
    }
  }

  /// The number of a term, or nil where no document has it.
  public func number(of term: String) -> Int? { numbers[term] }

  private mutating func append(_ document: TextSearch.Document) {
    var lengths = [Int](repeating: 0, count: schema.fields.count)
    var runs: [Run] = []
    for run in document.runs {
      let text = String(decoding: document.text[run.range], as: UTF8.self)
      let words = Analyzer.tokens(in: text).map { intern($0.term) }
      lengths[Int(run.field.rawValue)] += words.count
      runs.append(Run(field: Int(run.field.rawValue), terms: words))
    }
    documents.append(Document(group: groups.count, runs: runs, lengths: lengths))
  }

  private mutating func intern(_ term: String) -> Int {
    if let number = numbers[term] { return number }
    numbers[term] = terms.count
    terms.append(term)
    return terms.count - 1
  }
}
