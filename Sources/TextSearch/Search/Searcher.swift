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
  let segments: [Segment]
  private let lastMarker = Mutex<(MarkerKey, Marker)?>(nil)

  private struct MarkerKey: Equatable {
    var query: Query
    var options: SearchOptions
    var segment: Int
  }

  /// Opens the newest commit of the index in the folder `path`.
  ///
  /// Takes the same time whatever the size of the index. Where a commit removes files between the
  /// look at the manifest and their opening, the newer manifest is taken.
  /// - Throws: `IndexError.missing` where there is no index.
  public init(index path: String) throws(IndexError) {
    self.path = path
    var manifest = try Manifest(folder: path)
    while true {
      do throws(IndexError) {
        segments = try Self.open(manifest, path)
        break
      } catch {
        let newer = try Manifest(folder: path)
        if newer.generation == manifest.generation { throw error }
        manifest = newer
      }
    }
    generation = manifest.generation
    schema =
      segments.first?.info.schema ?? Schema(fields: [.init("body", boost: 1)], attributes: [])
    for segment in segments where segment.info.schema != schema {
      throw .invalid(reason: "\(path): segments with different schemas; write the index anew")
    }
  }

  /// The generation of the newest commit of the index in a folder, or nil where there is none.
  public static func generation(ofIndex path: String) -> UInt64? {
    (try? Manifest(folder: path))?.generation
  }

  private static func open(_ manifest: Manifest, _ path: String) throws(IndexError) -> [Segment] {
    var segments: [Segment] = []
    for entry in manifest.segments {
      let segment = try Segment(path: path + "/" + entry.name, name: entry.name)
      guard segment.info.documentCount == entry.documentCount else {
        throw .damaged(
          file: path + "/" + entry.name, section: SectionName.info, offset: 0,
          reason: "the manifest says \(entry.documentCount) documents, the segment "
            + "\(segment.info.documentCount)")
      }
      segments.append(segment)
    }
    return segments
  }

  public var documentCount: Int { segments.reduce(0) { $0 + $1.info.documentCount } }
  public var groupCount: Int { segments.reduce(0) { $0 + $1.info.groupCount } }
  /// Words of all documents.
  public var tokenCount: Int { segments.reduce(0) { $0 + $1.info.wordCount } }

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
      if let row = try segment.display().documentIDs.firstRow(where: id) {
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
