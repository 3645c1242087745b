/// The names of the sections of a segment, and of those of a source list.
enum SectionName {
  static let info = "info"
  static let terms = "terms"
  static let frequencies = "frequencies"
  static let norms = "norms"
  static let postings = "postings"
  static let passages = "passages"
  static let text = "text"
  static let anchors = "anchors"
  static let documentPassages = "document passages"
  static let passageFields = "passage fields"
  static let separators = "separators"
  static let layoutModel = "layout model"
  static let layout = "layout"
  static let zones = "zones"
  static let groups = "groups"
  static let groupIDs = "group ids"
  static let documentIDs = "document ids"
  static let sources = "sources"

  static let sourceList = "source list"
  static let sourceRecords = "source records"
  static let sourceBlocks = "source blocks"
  static let sourceReasons = "source reasons"

  static func attribute(_ name: String, of owner: Schema.Attribute.Owner) -> String {
    owner == .group ? "group \(name)" : "document \(name)"
  }
}
