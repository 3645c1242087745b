/// The unit of retrieval as it goes into an index.
public struct Document: Sendable, Equatable {
  /// A run of the text that belongs to one field. Phrases never cross from one run to the next.
  public struct Run: Sendable, Equatable {
    public var field: FieldID
    /// Bytes of the document's text.
    public var range: Range<Int>

    public init(field: FieldID, range: Range<Int>) {
      self.field = field
      self.range = range
    }
  }

  /// A stretch of the text that has a kind and maybe a label ("Item 1A. Risk Factors").
  public struct Zone: Sendable, Equatable {
    public var kind: UInt8
    public var label: String
    /// Bytes of the document's text.
    public var range: Range<Int>

    public init(kind: UInt8, label: String, range: Range<Int>) {
      self.kind = kind
      self.label = label
      self.range = range
    }
  }

  /// Unique in an index; what `show` and `explain` are asked for.
  public var id: String
  /// UTF-8, though nothing breaks where it is not.
  public var text: [UInt8]
  /// In order, without overlap, covering the whole text.
  public var runs: [Run]
  /// In order of their starts; they may nest.
  public var zones: [Zone]
  /// The values of the schema's document attributes, in the schema's order; nil is unknown.
  public var attributes: [String?]

  public init(id: String, attributes: [String?] = []) {
    self.id = id
    text = []
    runs = []
    zones = []
    self.attributes = attributes
  }

  /// Appends text that belongs to `field`; joins the last run where that is of the same field.
  public mutating func append(_ content: some Sequence<UInt8>, field: FieldID) {
    let start = text.count
    text.append(contentsOf: content)
    if start == text.count { return }
    if let last = runs.last, last.field == field {
      runs[runs.count - 1].range = last.range.lowerBound..<text.count
    } else {
      runs.append(Run(field: field, range: start..<text.count))
    }
  }
}

/// Documents that belong together and are adjacent in the index: a filing.
public struct DocumentGroup: Sendable, Equatable {
  /// Names the group in results.
  public var id: String
  /// The values of the schema's group attributes, in the schema's order; nil is unknown.
  public var attributes: [String?]
  public var documents: [Document]
  /// The number of the source that it was read from; 0 where sources are not kept.
  public var source: UInt32

  public init(
    id: String, attributes: [String?], documents: [Document], source: UInt32 = 0
  ) {
    self.id = id
    self.attributes = attributes
    self.documents = documents
    self.source = source
  }
}
