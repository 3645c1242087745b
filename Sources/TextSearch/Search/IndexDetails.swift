/// What an index is made of.
public struct IndexDetails: Sendable, Equatable {
  public struct Section: Sendable, Equatable {
    public var name: String
    public var byteCount: Int

    public init(name: String, byteCount: Int) {
      self.name = name
      self.byteCount = byteCount
    }
  }

  public struct Segment: Sendable, Equatable {
    /// The file in the index's folder.
    public var file: String
    public var byteCount: Int
    public var groupCount: Int
    public var documentCount: Int
    public var tokenCount: Int
    /// Different terms.
    public var termCount: Int
    /// In the order of the file.
    public var sections: [Section]

    public init(
      file: String, byteCount: Int, groupCount: Int, documentCount: Int, tokenCount: Int,
      termCount: Int, sections: [Section]
    ) {
      self.file = file
      self.byteCount = byteCount
      self.groupCount = groupCount
      self.documentCount = documentCount
      self.tokenCount = tokenCount
      self.termCount = termCount
      self.sections = sections
    }
  }

  public var generation: UInt64
  /// Of all files of the commit.
  public var byteCount: Int
  public var segments: [Segment]

  public init(generation: UInt64, byteCount: Int, segments: [Segment]) {
    self.generation = generation
    self.byteCount = byteCount
    self.segments = segments
  }
}

extension Searcher {
  /// The sizes of the snapshot's parts.
  public func details() throws(IndexError) -> IndexDetails {
    let manifest = try Platform.status(path + "/" + Manifest.fileName).size
    var details = IndexDetails(generation: generation, byteCount: manifest, segments: [])
    for segment in segments {
      let byteCount = try Platform.status(path + "/" + segment.name).size
      details.byteCount += byteCount
      details.segments.append(
        .init(
          file: segment.name, byteCount: byteCount, groupCount: segment.info.groupCount,
          documentCount: segment.info.documentCount, tokenCount: segment.info.wordCount,
          termCount: segment.dictionary.termCount,
          sections: segment.file.sections.map { .init(name: $0.name, byteCount: $0.range.count) }))
    }
    return details
  }
}
