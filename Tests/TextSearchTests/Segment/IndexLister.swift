@testable import TextSearch

/// What `tools/read-segment` prints of an index, as the engine reads it.
enum IndexLister {
  static func lines(of command: String, _ path: String) throws -> [String] {
    if command == "sources" { return try sources(path) }
    let searcher = try Searcher(index: path)
    return try searcher.segments.indices.flatMap { number in
      try SegmentLister(searcher, number).lines(of: command)
    }
  }

  private static func sources(_ path: String) throws -> [String] {
    let manifest = try WholeManifest(folder: path).manifest
    let table = try SourceTable(paths: manifest.sources.map { path + "/" + $0.name })
    var lines: [String] = []
    var cursor = try table.cursor()
    while try cursor.next() {
      let source = try cursor.record.source()
      let state =
        switch source.state {
        case .indexed: "indexed"
        case .empty(let reason): "empty\t\(reason)"
        case .duplicate(let original): "duplicate\t\(original)"
        }
      let numbers = source.beatenBy.map { "\($0)" }.joined(separator: " ")
      let fingerprint = String(source.fingerprint, radix: 16)
      lines.append(
        "\(source.number)\t\(source.path)\t\(source.label)\t\(source.size)\t\(source.modified)\t"
          + String(repeating: "0", count: 16 - fingerprint.count) + fingerprint
          + "\t\(numbers)\t\(state)")
    }
    return lines
  }
}

/// What `tools/read-segment` prints of one segment.
private struct SegmentLister {
  private let searcher: Searcher
  private let number: Int
  private let segment: Segment

  init(_ searcher: Searcher, _ number: Int) {
    self.searcher = searcher
    self.number = number
    segment = searcher.segments[number]
  }

  func lines(of command: String) throws -> [String] {
    switch command {
    case "terms": try terms()
    case "postings": try lists(postings(of:))
    case "passages": try lists(passages(of:))
    case "documents": try documents()
    case "zones": try zones()
    default: try text()
    }
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\t": result += "\\t"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func string(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  // MARK: Dictionary

  private func terms() throws -> [String] {
    var lines: [String] = []
    var surfaces: [(term: String, occurrences: Int)] = []
    var cursor = try segment.dictionary.cursor()
    while try cursor.next() {
      var columns = ["\(cursor.kind)", try name(of: cursor)]
      if cursor.kind == .stem {
        let stem = try cursor.stem()
        let members = stem.members.map { surfaces[$0] }
        columns += ["\(stem.documentFrequency)", "\(members.reduce(0) { $0 + $1.occurrences })"]
        columns.append(members.map(\.term).joined(separator: " "))
      } else {
        let (term, entry) = (cursor.key, try cursor.entry())
        surfaces.append((Self.string(term), entry.collectionFrequency))
        columns += ["\(entry.documentFrequency)", "\(entry.collectionFrequency)"]
        let forms = entry.spellings.map { Self.string($0.form(of: term)) }
        columns.append(forms.joined(separator: " "))
      }
      lines.append(columns.joined(separator: "\t"))
    }
    return lines
  }

  private func name(of cursor: TermCursor) throws -> String {
    guard cursor.kind == .pair else { return Self.string(cursor.key) }
    return try cursor.key.map { rank in
      Self.string(try segment.dictionary.term(rank: Int(rank))?.bytes ?? [])
    }.joined(separator: " ")
  }

  // MARK: Lists

  private func lists(_ list: (TermEntry) throws -> [String]) throws -> [String] {
    var lines: [String] = []
    var cursor = try segment.dictionary.cursor()
    while try cursor.next() {
      if cursor.kind == .stem { continue }
      let name = try name(of: cursor)
      for line in try list(cursor.entry()) { lines.append("\(cursor.kind)\t\(name)\t\(line)") }
    }
    return lines
  }

  private func postings(of entry: TermEntry) throws -> [String] {
    let table = try segment.frequencies()
    // Every entry of the table weighs its own number, so that a posting's weight names it.
    let numbers = (0..<table.count).map { Float($0) }
    var lines: [String] = []
    let cursor: PostingCursor
    switch entry.postings {
    case .none: return []
    case .inline(let bytes):
      cursor = MemoryCursor(try segment.inlinePostings(bytes, entry, numbers))
    case .list(let offset, let count):
      cursor = try ListCursor(
        segment.postings, offset..<(offset + count), count: entry.documentFrequency,
        limit: segment.info.documentCount, weights: numbers,
        scale: BoundScale(schema: [1], query: [1]))
    }
    try cursor.advance(to: 0)
    while cursor.doc != .end {
      let first = Int(try cursor.weight()) * table.fieldCount
      let frequencies = table.frequencies[first..<(first + table.fieldCount)]
      lines.append(([cursor.doc] + frequencies).map { "\($0)" }.joined(separator: "\t"))
      try cursor.next()
    }
    return lines
  }

  private func passages(of entry: TermEntry) throws -> [String] {
    guard let cursor = try segment.passageCursor(entry) else { return [] }
    var lines: [String] = []
    try cursor.advance(to: 0)
    while cursor.doc != .end {
      let passage = Int(cursor.doc)
      let document = try segment.documentPassages.lastIndex(notAbove: passage) ?? -1
      lines.append("\(document)\t\(passage)")
      try cursor.next()
    }
    return lines
  }

  // MARK: Documents

  /// The documents that are not deleted.
  private var documentNumbers: [DocID] {
    (0..<DocID(segment.info.documentCount)).filter { !segment.isDeleted($0) }
  }

  private func documents() throws -> [String] {
    let norms = try segment.norms(nil)
    return try documentNumbers.map { number in
      let stored = try searcher.document(DocAddress(segment: self.number, document: number))
      let passages = try segment.passageRange(of: number).count
      let source = try segment.sources().number(of: segment.group(of: number))
      let columns = [
        "\(number)", stored.id, stored.groupID, "\(source)", "\(passages)", "\(norms[number])",
      ]
      let attributes =
        named(stored.groupAttributes, of: .group) + named(stored.attributes, of: .document)
      return (columns + attributes).joined(separator: "\t")
    }
  }

  private func named(_ values: [String?], of owner: Schema.Attribute.Owner) -> [String] {
    let names = searcher.schema.attributes.filter { $0.owner == owner }.map(\.name)
    return zip(names, values).compactMap { name, value in
      value.map { Self.escaped("\(name)=\($0)") }
    }
  }

  private func zones() throws -> [String] {
    let reader = try segment.display().zones
    return try documentNumbers.flatMap { number in
      try reader.zones(of: number).map { zone in
        let range = zone.range
        return "\(number)\t\(zone.kind)\t\(range.lowerBound)\t\(range.upperBound)\t"
          + Self.escaped(zone.label)
      }
    }
  }

  private func text() throws -> [String] {
    try documentNumbers.flatMap { number in
      let address = DocAddress(segment: self.number, document: number)
      let id = try searcher.document(address).id
      return try searcher.text(address).map { run in
        let field = searcher.schema.fields[Int(run.field.rawValue)].name
        return "\(number)\t\(id)\t\(field)\t"
          + Self.escaped(run.fragments.map(\.text).joined())
      }
    }
  }
}
