import Synchronization

/// An open segment: its sections, and what every query needs of them.
///
/// Opening reads the tail of the file, the info section and the headers of a few tables; all else
/// is read, and verified, when it is first needed.
final class Segment: Sendable {
  let name: String
  /// Whether it was made of older segments.
  let isMerged: Bool
  let file: SegmentFile
  let info: SegmentInfo
  let code: DenseCode
  let dictionary: TermDictionary
  let postings: Section
  let passages: Section
  let text: Section
  /// Where each passage's code begins in the text.
  let anchors: OffsetTable
  /// The first passage of each document.
  let documentPassages: OffsetTable
  let passageFields: Section
  /// The first document of each group.
  let groups: OffsetTable
  /// The file that says what of it is deleted.
  let deletionsName: String?
  /// What of it is deleted; nil where nothing is.
  let deletions: Deletions?
  /// The documents that are deleted; nil where none is.
  let deletedDocuments: DocumentSet?
  /// What the system said of its files before they were opened; nil where it said nothing.
  private let statuses: [Platform.Status]?
  private let lazyFrequencies = Mutex<FrequencyTable?>(nil)
  private let lazyWeights = Mutex<[Float]?>(nil)
  private let lazyDisplay = Mutex<SegmentDisplay?>(nil)

  /// Opens the segment of a line of a manifest.
  convenience init(_ entry: Manifest.Entry, folder: String) throws(IndexError) {
    try self.init(
      folder: folder, name: entry.name, deletions: entry.deletions?.name, isMerged: entry.isMerged)
    guard info.documentCount == entry.documentCount,
      deletions?.documentCount ?? 0 == entry.deletedCount
    else {
      throw file.section(SectionName.info).damaged(
        at: 0,
        "\(info.documentCount) documents, \(deletions?.documentCount ?? 0) deleted, where the "
          + "manifest says \(entry.documentCount) and \(entry.deletedCount)")
    }
  }

  /// - Parameter deletions: The name of the file with its deletions.
  init(
    folder: String, name: String, deletions: String? = nil, isMerged: Bool = false
  ) throws(IndexError) {
    self.isMerged = isMerged
    let path = folder + "/" + name
    self.name = name
    deletionsName = deletions
    statuses = Self.statuses([name, deletions], folder)
    file = try SegmentFile(path: path)
    info = try SegmentInfo(file.section(SectionName.info))
    code = DenseCode(stopperCount: info.stopperCount)
    postings = file.section(SectionName.postings)
    passages = file.section(SectionName.passages)
    text = file.section(SectionName.text)
    passageFields = file.section(SectionName.passageFields)
    dictionary = try TermDictionary(
      file.section(SectionName.terms), postingsCount: postings.count,
      passagesCount: passages.count)
    anchors = try OffsetTable(file.section(SectionName.anchors), at: 0)
    documentPassages = try OffsetTable(file.section(SectionName.documentPassages), at: 0)
    groups = try OffsetTable(file.section(SectionName.groups), at: 0)
    let fieldCount = info.schema.fields.count
    if let deletions {
      let path = folder + "/" + deletions
      let read = try Deletions(path: path, fieldCount: fieldCount)
      self.deletions = read
      deletedDocuments = try Self.documents(of: read, path, info, groups)
    } else {
      self.deletions = nil
      deletedDocuments = nil
    }
    try checkCounts()
  }

  private static func documents(
    of deletions: Deletions, _ path: String, _ info: SegmentInfo, _ groups: OffsetTable
  ) throws(IndexError) -> DocumentSet {
    func damaged(_ reason: String) -> IndexError {
      .damaged(file: path, section: "deletions", offset: 0, reason: reason)
    }
    guard deletions.segmentGroupCount == info.groupCount, groups.count == info.groupCount + 1 else {
      throw damaged(
        "\(deletions.segmentGroupCount) groups where the segment has \(info.groupCount)")
    }
    var set = DocumentSet(documentCount: info.documentCount)
    var count = 0
    for run in deletions.runs {
      let first = try groups.value(at: run.lowerBound)
      let end = try groups.value(at: run.upperBound)
      guard first <= end, end <= info.documentCount else { throw damaged("groups that cannot be") }
      set.insert(DocID(first)..<DocID(end))
      count += end - first
    }
    let fits = zip(deletions.fieldLengths, info.fieldLengths).allSatisfy { $0 <= $1 }
    guard count == deletions.documentCount, fits else { throw damaged("counts that do not fit") }
    return set
  }

  private static func statuses(_ names: [String?], _ folder: String) -> [Platform.Status]? {
    try? names.compactMap { $0 }.map { name throws(IndexError) in
      try Platform.status(folder + "/" + name)
    }
  }

  /// Whether a line of the manifest in `folder` means this segment. The name alone does not say so:
  /// where an index was removed and made anew, a segment may have the name of another.
  func isSegment(_ entry: Manifest.Entry, folder: String) -> Bool {
    guard name == entry.name, deletionsName == entry.deletions?.name, let statuses else {
      return false
    }
    return Self.statuses([name, deletionsName], folder) == statuses
  }

  /// The commit that the segment came with.
  var generation: UInt64 { Manifest.generation(ofFile: name) ?? 0 }

  /// Documents that are not deleted.
  var liveDocumentCount: Int { info.documentCount - (deletions?.documentCount ?? 0) }

  /// Groups that are not deleted.
  var liveGroupCount: Int { info.groupCount - (deletions?.groupCount ?? 0) }

  /// Words of documents that are not deleted, by field.
  var liveFieldLengths: [Int] {
    guard let deletions else { return info.fieldLengths }
    return zip(info.fieldLengths, deletions.fieldLengths).map { $0 - $1 }
  }

  var liveWordCount: Int { info.wordCount - (deletions?.wordCount ?? 0) }

  func isDeleted(_ document: DocID) -> Bool { deletedDocuments?.contains(document) ?? false }

  private func checkCounts() throws(IndexError) {
    func check(_ found: Int, _ expected: Int, _ name: String) throws(IndexError) {
      guard found == expected else {
        throw file.section(name).damaged(at: 0, "\(found) entries where \(expected) belong")
      }
    }
    try check(anchors.count, info.passageCount + 1, SectionName.anchors)
    try check(documentPassages.count, info.documentCount + 1, SectionName.documentPassages)
    try check(groups.count, info.groupCount + 1, SectionName.groups)
    try check(passageFields.count, (info.passageCount + 1) / 2, SectionName.passageFields)
  }

  /// The frequency table, read on first use.
  func frequencies() throws(IndexError) -> FrequencyTable {
    if let table = lazyFrequencies.withLock({ $0 }) { return table }
    let table = try FrequencyTable(
      file.section(SectionName.frequencies), fieldCount: info.schema.fields.count)
    lazyFrequencies.withLock { $0 = table }
    return table
  }

  /// The weighted frequency of each entry of the table under the schema's boosts.
  func defaultWeights() throws(IndexError) -> [Float] {
    if let weights = lazyWeights.withLock({ $0 }) { return weights }
    let weights = try frequencies().weights(info.schema.fields.map(\.boost))
    lazyWeights.withLock { $0 = weights }
    return weights
  }

  /// What is needed to show documents, opened on first use.
  func display() throws(IndexError) -> SegmentDisplay {
    if let display = lazyDisplay.withLock({ $0 }) { return display }
    let display = try SegmentDisplay(self)
    lazyDisplay.withLock { $0 = display }
    return display
  }

  /// The numbers of the sources of groups.
  func sources() throws(IndexError) -> SourceColumn {
    try SourceColumn(file.section(SectionName.sources), groupCount: info.groupCount)
  }

  /// The passages of a document.
  func passageRange(of document: DocID) throws(IndexError) -> Range<Int> {
    var places = TextPlaces(self)
    return try places.passages(of: document)
  }

  /// Where in the text the passages `range` lie.
  func textRange(ofPassages range: Range<Int>) throws(IndexError) -> Range<Int> {
    var places = TextPlaces(self)
    return try places.text(ofPassages: range)
  }

  /// The group that a document is in.
  func group(of document: DocID) throws(IndexError) -> Int {
    guard let group = try groups.lastIndex(notAbove: Int(document)), group < info.groupCount else {
      throw file.section(SectionName.groups).damaged(at: 0, "document \(document) is in no group")
    }
    return group
  }

  /// The documents of a group.
  func documents(ofGroup group: Int) throws(IndexError) -> Range<DocID> {
    let range = try groups.range(at: group)
    guard range.upperBound <= info.documentCount else {
      throw file.section(SectionName.groups).damaged(at: 0, "document \(range.upperBound)")
    }
    return DocID(range.lowerBound)..<DocID(range.upperBound)
  }
}
