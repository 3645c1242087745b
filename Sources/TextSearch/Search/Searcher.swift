import Synchronization

/// Answers queries on one snapshot of an index.
///
/// A searcher keeps the segments of the commit that it opened for as long as it lives, whatever
/// is written meanwhile. It can be used from several threads.
public final class Searcher: Sendable {
  /// The folder of the index.
  public let path: String
  public let schema: Schema
  /// Rises by one with each commit.
  public let generation: UInt64
  /// A newer commit that is not whole here, as in a copy that was made during commits.
  public let incomplete: IncompleteGeneration?
  let segments: [Segment]
  /// What the system says of the manifest that was read; nil where that is not known.
  private let manifestStatus: Platform.Status?
  private let lastMarker = Mutex<(MarkerKey, Marker)?>(nil)

  private struct MarkerKey: Equatable {
    var query: Query
    var options: SearchOptions
    var segment: Int
  }

  /// Opens the newest whole commit of the index in the folder `path`.
  ///
  /// Takes the same time whatever the size of the index. Where a commit removes files between the
  /// look at the manifest and their opening, the newer manifest is taken.
  /// - Throws: `IndexError.missing` where there is no index.
  public convenience init(index path: String) throws(IndexError) {
    try self.init(index: path, reusing: [])
  }

  private convenience init(index path: String, reusing open: [Segment]) throws(IndexError) {
    let folder = IndexFolder(path)
    var status = try? Platform.status(path + "/" + Manifest.fileName)
    let whole: WholeManifest
    let segments: [Segment]
    while true {
      let found = try WholeManifest(folder: path)
      do throws(IndexError) {
        segments = try folder.segments(of: found.manifest, reusing: open)
        whole = found
        break
      } catch {
        if try Manifest(folder: path).generation == found.newest { throw error }
        status = nil
      }
    }
    try self.init(path, whole, segments, status)
  }

  /// Opens a commit that may be an older one.
  convenience init(_ path: String, _ manifest: Manifest) throws(IndexError) {
    let whole = WholeManifest(manifest: manifest, newest: manifest.generation, incomplete: nil)
    try self.init(path, whole, try IndexFolder(path).segments(of: manifest), nil)
  }

  private init(
    _ path: String, _ whole: WholeManifest, _ segments: [Segment], _ status: Platform.Status?
  ) throws(IndexError) {
    self.path = path
    self.segments = segments
    generation = whole.manifest.generation
    incomplete = whole.incomplete
    manifestStatus = status
    schema =
      segments.first?.info.schema ?? Schema(fields: [.init("body", boost: 1)], attributes: [])
    for segment in segments where segment.info.schema != schema {
      throw .invalid(reason: "\(path): segments with different schemas; write the index anew")
    }
  }

  /// A searcher of the newest commit; this one where there is no newer.
  ///
  /// What both have in common is not opened again. Where nothing has changed, one call of the system
  /// tells. An index that was removed and made anew is another one, whatever its generation.
  public func newest() throws(IndexError) -> Searcher {
    let status = try? Platform.status(path + "/" + Manifest.fileName)
    if let status, status == manifestStatus { return self }
    let newest = try Searcher(index: path, reusing: segments)
    // Generations do not go back, even where files are missing.
    return newest.incomplete != nil && newest.generation < generation ? self : newest
  }

  /// The generation of the newest commit of the index in a folder, or nil where there is none.
  public static func generation(ofIndex path: String) -> UInt64? {
    (try? Manifest(folder: path))?.generation
  }

  /// A searcher of the documents that came after the commit of that generation, new and changed.
  ///
  /// Scores are those of these documents alone.
  public func part(after generation: UInt64) -> Searcher {
    Searcher(self, segments.filter { !$0.isMerged && $0.generation > generation })
  }

  private init(_ whole: Searcher, _ part: [Segment]) {
    path = whole.path
    schema = whole.schema
    generation = whole.generation
    incomplete = whole.incomplete
    manifestStatus = nil
    segments = part
  }

  /// The files and folders that the index in the folder `path` is kept up to date with.
  public static func roots(ofIndex path: String) throws(IndexError) -> [SourceRoot] {
    try Manifest(folder: path).roots
  }

  public var documentCount: Int { segments.reduce(0) { $0 + $1.liveDocumentCount } }
  public var groupCount: Int { segments.reduce(0) { $0 + $1.liveGroupCount } }
  /// Words of all documents.
  public var tokenCount: Int { segments.reduce(0) { $0 + $1.liveWordCount } }

  /// The best hits of a query and the exact number of all.
  public func search(_ query: Query, _ options: SearchOptions = .init()) throws(IndexError)
    -> SearchResult
  {
    try SearchRun(segments, schema: schema, options).result(of: query)
  }

  /// The document of that id, or nil.
  /// - Complexity: O(documents), at some ten million a second.
  public func address(of id: String) throws(IndexError) -> DocAddress? {
    for (number, segment) in segments.enumerated() {
      let ids = try segment.display().documentIDs
      if let row = try ids.firstRow(of: id, where: { !segment.isDeleted(DocID($0)) }) {
        return DocAddress(segment: number, document: DocID(row))
      }
    }
    return nil
  }

  /// What the index keeps about a document.
  public func document(_ address: DocAddress) throws(IndexError) -> StoredDocument {
    let segment = segments[address.segment]
    let display = try segment.display()
    let group = try segment.group(of: address.document)
    return StoredDocument(
      id: try display.documentIDs.value(Int(address.document)) ?? "",
      groupID: try display.groupIDs.value(group) ?? "",
      attributes: try display.values(of: .document, row: Int(address.document)),
      groupAttributes: try display.values(of: .group, row: group))
  }

  /// The best passage of a document for a query, at most about `width` characters.
  ///
  /// - Parameter hidden: A field whose text is not shown, as it is made for searching.
  public func snippet(
    _ address: DocAddress, for query: Query, _ options: SearchOptions = .init(), width: Int = 240,
    leavingOut hidden: FieldID? = nil
  ) throws(IndexError) -> Snippet {
    let marker = try marker(query, options, address.segment)
    return try SnippetMaker(segments[address.segment], marker, width: width, leavingOut: hidden)
      .snippet(of: address.document)
  }

  /// The text of a document, run by run, with what `query` matches marked.
  public func text(
    _ address: DocAddress, marking query: Query? = nil, _ options: SearchOptions = .init()
  ) throws(IndexError) -> [(field: FieldID, fragments: [Fragment])] {
    var marker: Marker?
    if let query { marker = try self.marker(query, options, address.segment) }
    return try StoredText(segments[address.segment]).runs(of: address.document, marker)
  }

  /// The marker of a query in a segment; the last one is kept, as hits are shown one by one.
  private func marker(_ query: Query, _ options: SearchOptions, _ segment: Int) throws(IndexError)
    -> Marker
  {
    let key = MarkerKey(query: query, options: options, segment: segment)
    if let (last, marker) = lastMarker.withLock({ $0 }), last == key { return marker }
    let run = try SearchRun(segments, schema: schema, options)
    let plan = try QueryPlan(query, run.planner, options)
    let marker = try Marker(plan, segment, segments[segment])
    lastMarker.withLock { $0 = (key, marker) }
    return marker
  }

  /// How the score of a document comes about; nil where it does not match.
  public func explain(
    _ query: Query, _ address: DocAddress, _ options: SearchOptions = .init()
  ) throws(IndexError) -> Explanation? {
    try Explainer(SearchRun(segments, schema: schema, options)).explain(query, address)
  }
}
