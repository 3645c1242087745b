import Filings
import TextSearch

/// Sources whose filings may be in the index, by the fingerprint of their content.
///
/// Of files with the same content one is indexed, as if the others were not there: one of which the
/// accession number is known besides the content, and of such the one whose path comes first. Files
/// that are known to be of different filings, as exhibits that were filed several times are, are not
/// the same. Which one it is depends on the files alone, not on which came first.
struct Twins: Sendable {
  struct Twin: Sendable {
    var source: Source
    /// The accession number that is known besides the content.
    var accession: String?
    /// The fingerprint of the content alone.
    var content: UInt64

    init(source: Source, _ file: InputFile) {
      self.source = source
      accession = file.knownAccession
      content = source.fingerprint ^ file.factsFingerprint
    }
  }

  private var byContent: [UInt64: [Twin]] = [:]

  /// Adds a twin, in place of the one with its path.
  mutating func insert(_ twin: Twin) {
    remove(twin)
    byContent[twin.content, default: []].append(twin)
  }

  mutating func formUnion(_ others: Twins) {
    for twin in others.byContent.values.joined() { insert(twin) }
  }

  mutating func remove(where isUnwanted: (Twin) -> Bool) {
    byContent = byContent.compactMapValues { twins in
      let left = twins.filter { !isUnwanted($0) }
      return left.isEmpty ? nil : left
    }
  }

  mutating func remove(_ twin: Twin) {
    byContent[twin.content]?.removeAll {
      $0.source.path.utf8.elementsEqual(twin.source.path.utf8)
    }
  }

  /// The source that has the same content as `file` and is to be in the index in its place.
  func better(than file: InputFile, content: UInt64) -> Twin? {
    guard let twins = byContent[content] else { return nil }
    let accession = file.knownAccession
    return twins.filter { twin in
      if twin.accession != accession { return accession == nil }
      return PathOrder.precedes(twin.source.path, file.path)
    }.min { PathOrder.precedes($0.source.path, $1.source.path) }
  }

  /// The sources with the same content in whose place `file` is to be in the index.
  func worse(than file: InputFile, content: UInt64) -> [Twin] {
    guard let twins = byContent[content] else { return [] }
    let accession = file.knownAccession
    return twins.filter { twin in
      if twin.accession != accession { return twin.accession == nil }
      return PathOrder.precedes(file.path, twin.source.path)
    }
  }
}

extension Twins {
  /// Finds the sources that may have the content of a file to read, and those of them that are no
  /// longer there: a folder that was moved with its index leaves such.
  static func find(
    for readings: [UpdatePlan.Reading], in table: SourceTable, _ files: inout KnownFiles,
    leavingOut isReplaced: (String) -> Bool
  ) throws(IndexError) -> (twins: Twins, lost: [Twin]) {
    if readings.isEmpty { return (Twins(), []) }
    var candidates: [Source] = []
    try table.visitReadable(ofSizes: Set(readings.map(\.file.size))) { source in
      if !isReplaced(source.path) { candidates.append(source) }
    }
    var twins = Twins()
    var lost: [Twin] = []
    for source in candidates {
      let isThere = files.isThere(source)
      let twin = Twin(source: source, files.readFile(of: source))
      if isThere { twins.insert(twin) } else { lost.append(twin) }
    }
    return (twins, lost)
  }
}
