import TextSearch

/// Documents as lists of term numbers: what an oracle scans.
public struct OracleCorpus: Sendable {
  /// A run of text; phrases stay within one.
  public struct Run: Sendable {
    public var field: Int
    public var terms: [Int]
    /// The number of the first term among the document's tokens, of which each run's mark is one.
    public var start = 0
  }

  /// A zone with its place among the document's tokens.
  public struct Zone: Sendable {
    public var kind: UInt8
    /// The words of its label.
    public var label: [String]
    public var range: Range<Int>
  }

  public struct Document: Sendable {
    public var group: Int
    public var runs: [Run]
    public var zones: [Zone]
    /// Words by field.
    public var lengths: [Int]
    /// The values of attributes by their names, the group's among them.
    public var attributes: [String: String]
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
      for document in group.documents { append(document, of: group) }
      self.groups.append(first..<documents.count)
    }
  }

  /// The number of a term, or nil where no document has it.
  public func number(of term: String) -> Int? { numbers[term] }

  /// Dates as numbers, the first of the order largest; what is no date comes last.
  func rank(of document: Int, _ order: SearchOptions.Order) -> Int {
    guard case .attribute(let name, let descending) = order else { return 0 }
    let parts = documents[document].attributes[name, default: ""].split(separator: "-")
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == 3 else { return .min }
    let date = (numbers[0] * 100 + numbers[1]) * 100 + numbers[2]
    return descending ? date : -date
  }

  private func attributes(_ owner: Schema.Attribute.Owner, _ values: [String?]) -> [String: String]
  {
    let names = schema.attributes.filter { $0.owner == owner }.map(\.name)
    var attributes: [String: String] = [:]
    for (name, value) in zip(names, values) { attributes[name] = value }
    return attributes
  }

  private mutating func append(_ document: TextSearch.Document, of group: DocumentGroup) {
    var lengths = [Int](repeating: 0, count: schema.fields.count)
    var runs: [Run] = []
    // Where in the text each token begins.
    var starts: [Int] = []
    for run in document.runs {
      let text = String(decoding: document.text[run.range], as: UTF8.self)
      let tokens = Analyzer.tokens(in: text)
      let words = tokens.map { intern($0.term) }
      if !run.range.isEmpty { starts.append(run.range.lowerBound) }
      lengths[Int(run.field.rawValue)] += words.count
      runs.append(Run(field: Int(run.field.rawValue), terms: words, start: starts.count))
      starts += tokens.map { run.range.lowerBound + $0.range.lowerBound }
    }
    let zones = document.zones.map { zone in
      let first = starts.count { $0 < zone.range.lowerBound }
      let end = starts.count { $0 < zone.range.upperBound }
      return Zone(
        kind: zone.kind, label: Analyzer.tokens(in: zone.label).map(\.term), range: first..<end)
    }
    let attributes = attributes(.group, group.attributes).merging(
      attributes(.document, document.attributes)
    ) { $1 }
    documents.append(
      Document(
        group: groups.count, runs: runs, zones: zones, lengths: lengths, attributes: attributes))
  }

  private mutating func intern(_ term: String) -> Int {
    if let number = numbers[term] { return number }
    numbers[term] = terms.count
    terms.append(term)
    return terms.count - 1
  }
}
