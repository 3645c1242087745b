/// Answers queries on one snapshot of an index.
public final class Searcher: Sendable {
  public let path: String

  /// Opens the newest commit of the index in the folder `path`.
  public init(index path: String) throws(IndexError) { self.path = path }

  public var schema: Schema { Schema(fields: [.init("body", boost: 1)], attributes: []) }
  public var generation: UInt64 { 0 }
  public var documentCount: Int { 0 }
  public var groupCount: Int { 0 }
  /// Words of all documents.
  public var tokenCount: Int { 0 }

  public func search(_ query: Query, _ options: SearchOptions) throws(IndexError) -> SearchResult {
    SearchResult(total: 0, isRelaxed: false, hits: [])
  }

  /// The document of that id, or nil.
  public func address(of id: String) throws(IndexError) -> DocAddress? { nil }

  public func document(_ address: DocAddress) throws(IndexError) -> StoredDocument {
    StoredDocument(id: "", groupID: "", attributes: [], groupAttributes: [])
  }

  /// The best passage of a document for a query, at most about `width` characters.
  public func snippet(
    _ address: DocAddress, for query: Query, _ options: SearchOptions, width: Int
  ) throws(IndexError) -> [Fragment] { [] }

  /// The text of a document, run by run, with what `query` matches marked.
  public func text(
    _ address: DocAddress, marking query: Query?, _ options: SearchOptions
  ) throws(IndexError) -> [(field: FieldID, fragments: [Fragment])] { [] }

  /// How the score of a document comes about; nil where it does not match.
  public func explain(
    _ query: Query, _ address: DocAddress, _ options: SearchOptions
  ) throws(IndexError) -> Explanation? { nil }
}
