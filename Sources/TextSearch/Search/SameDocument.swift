extension Searcher {
  /// The newest commit before a generation that is whole in the folder of an index; nil where there
  /// is none any more.
  public static func last(
    before generation: UInt64, ofIndex path: String
  ) throws(IndexError) -> Searcher? {
    guard let manifest = try WholeManifest.newestWhole(before: generation, in: path) else {
      return nil
    }
    return try Searcher(path, manifest)
  }

  /// The first generation that something in this snapshot came with; nil where there is nothing.
  public var firstGeneration: UInt64? { segments.map(\.generation).min() }

  /// Whether a document of another snapshot is here, too: with the same ids, attributes and text.
  ///
  /// - Parameter name: An attribute of groups that does not matter.
  /// - Complexity: O(segments · log groups + words of the group).
  public func hasSame(
    _ address: DocAddress, of other: Searcher, ignoring name: String
  ) throws(IndexError) -> Bool {
    let wanted = try other.document(address).without(name, other.schema)
    for (number, segment) in segments.enumerated() {
      for group in try segment.groups(withID: Array(wanted.groupID.utf8))
      where segment.deletions?.contains(group) != true {
        for document in try segment.documents(ofGroup: group) {
          let place = DocAddress(segment: number, document: document)
          if try self.document(place).without(name, schema) == wanted,
            Self.isSame(try text(place), try other.text(address))
          {
            return true
          }
        }
      }
    }
    return false
  }

  private typealias Run = (field: FieldID, fragments: [Fragment])

  private static func isSame(_ runs: [Run], _ others: [Run]) -> Bool {
    runs.count == others.count
      && zip(runs, others).allSatisfy { run, other in
        run.field == other.field && run.fragments == other.fragments
      }
  }
}

extension StoredDocument {
  fileprivate func without(_ attribute: String, _ schema: Schema) -> StoredDocument {
    var document = self
    if let place = schema.attribute(named: attribute, of: .group),
      document.groupAttributes.indices.contains(place)
    {
      document.groupAttributes[place] = nil
    }
    return document
  }
}
