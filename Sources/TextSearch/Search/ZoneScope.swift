/// The zones that a part of a query is limited to, in all segments of a snapshot.
final class ZoneScope {
  /// The documents of one segment that have such zones, rising, with the tokens in them.
  struct Places {
    var documents: [DocID] = []
    /// Rising ranges without overlap; overlapping zones count as one.
    var ranges: [[Range<Int>]] = []

    /// The tokens of a document that are in the zones.
    func ranges(of document: DocID) -> [Range<Int>] {
      var low = 0
      var high = documents.count
      while low < high {
        let middle = (low + high) / 2
        if documents[middle] < document { low = middle + 1 } else { high = middle }
      }
      return low < documents.count && documents[low] == document ? ranges[low] : []
    }
  }

  let filters: [ZoneFilter]
  /// The scope around, which the zones must be in as well.
  let outer: ZoneScope?
  /// By segment.
  let places: [Places]

  /// - Complexity: O(zones of the snapshot).
  init(_ filters: [ZoneFilter], in outer: ZoneScope?, _ segments: [Segment]) throws(IndexError) {
    self.filters = filters
    self.outer = outer
    var places: [Places] = []
    for (number, segment) in segments.enumerated() {
      places.append(try Self.places(filters, segment, outer?.places[number]))
    }
    self.places = places
  }

  private static func places(
    _ filters: [ZoneFilter], _ segment: Segment, _ outer: Places?
  ) throws(IndexError) -> Places {
    let zones = try segment.display().zones
    var selection = ZoneSelection(filters, segment.info.schema)
    var places = Places()
    for document in 0..<DocID(segment.info.documentCount) where !segment.isDeleted(document) {
      var ranges = Self.merged(try zones.ranges(of: document, &selection))
      if let outer { ranges = Self.common(ranges, outer.ranges(of: document)) }
      if ranges.isEmpty { continue }
      places.documents.append(document)
      places.ranges.append(ranges)
    }
    return places
  }

  /// - Parameter ranges: In the order of their starts.
  private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var merged: [Range<Int>] = []
    for range in ranges where !range.isEmpty {
      if let last = merged.last, range.lowerBound < last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }

  private static func common(_ a: [Range<Int>], _ b: [Range<Int>]) -> [Range<Int>] {
    var common: [Range<Int>] = []
    var (i, j) = (0, 0)
    while i < a.count, j < b.count {
      let start = max(a[i].lowerBound, b[j].lowerBound)
      let end = min(a[i].upperBound, b[j].upperBound)
      if start < end { common.append(start..<end) }
      if a[i].upperBound < b[j].upperBound { i += 1 } else { j += 1 }
    }
    return common
  }
}

/// Remembers which labels of a segment the filters of a query take.
struct ZoneSelection {
  private let filters: [(filter: ZoneFilter, name: String?)]
  /// By filter: whether it takes the label of that number.
  private var known: [[Int: Bool]]

  init(_ filters: [ZoneFilter], _ schema: Schema) {
    self.filters = filters.map { filter in
      let name = schema.name(ofZoneKind: filter.kind) ?? ""
      let terms = Analyzer.terms(in: name)
      return (filter, terms.count == 1 ? terms[0] : nil)
    }
    known = [[Int: Bool]](repeating: [:], count: filters.count)
  }

  /// Whether a filter takes zones of that kind and label.
  /// - Parameter text: The label of that number; it is asked for once.
  mutating func takes(
    _ kind: UInt8, _ label: Int, _ text: (Int) throws(IndexError) -> String
  ) throws(IndexError) -> Bool {
    for (number, (filter, name)) in filters.enumerated() where filter.kind == kind {
      if filter.label.isEmpty { return true }
      if known[number][label] == nil {
        known[number][label] = filter.takes(Analyzer.terms(in: try text(label)), name: name)
      }
      if known[number][label] == true { return true }
    }
    return false
  }
}

extension ZonesReader {
  /// The tokens of the zones of a document that are selected, in the order of their starts.
  func ranges(of document: DocID, _ selection: inout ZoneSelection) throws(IndexError)
    -> [Range<Int>]
  {
    var ranges: [Range<Int>] = []
    var walker = try walker(of: document)
    while let zone = try walker.next() {
      let isTaken = try selection.takes(zone.kind, zone.label) { number throws(IndexError) in
        try label(number)
      }
      if isTaken { ranges.append(zone.range) }
    }
    return ranges
  }
}
