import TextSearch

/// The tokens that a part of a query is limited to, by document.
struct OracleZones {
  /// Rising, without overlap.
  let ranges: [[Range<Int>]]

  init(_ corpus: OracleCorpus, _ filters: [ZoneFilter], in outer: OracleZones?) {
    ranges = corpus.documents.enumerated().map { number, document in
      let length = document.runs.reduce(0) { $0 + $1.terms.count + 1 }
      let taken = document.zones.filter { zone in
        filters.contains { Self.takes($0, zone, corpus.schema) } && !zone.range.isEmpty
      }
      // Token by token: whether it is inside, and whether it goes on with the one before.
      var isInside = [Bool](repeating: false, count: length)
      var goesOn = [Bool](repeating: false, count: length)
      for zone in taken {
        for token in zone.range { isInside[token] = true }
        for token in zone.range.dropFirst() { goesOn[token] = true }
      }
      if let outer {
        let around = outer.ranges[number]
        for token in isInside.indices {
          let own = around.first { $0.contains(token) }
          isInside[token] = isInside[token] && own != nil
          goesOn[token] = goesOn[token] && own?.lowerBound != token
        }
      }
      var ranges: [Range<Int>] = []
      for token in isInside.indices where isInside[token] {
        if goesOn[token], let last = ranges.last, last.upperBound == token {
          ranges[ranges.count - 1] = last.lowerBound..<(token + 1)
        } else {
          ranges.append(token..<(token + 1))
        }
      }
      return ranges
    }
  }

  /// The argument stands in the label behind the kind's name, at its start if it is a number.
  private static func takes(_ filter: ZoneFilter, _ zone: OracleCorpus.Zone, _ schema: Schema)
    -> Bool
  {
    guard filter.kind == zone.kind else { return false }
    if filter.label.isEmpty { return true }
    var label = zone.label
    let names = schema.zoneKinds.filter { $0.number == zone.kind }.map(\.name)
    if let first = label.first, names.contains(first) { label.removeFirst() }
    let isNumber = filter.label[0].first.map { "0"..."9" ~= $0 } ?? false
    if isNumber, label.count > 1, label[1].count == 1, filter.label == [label[0] + label[1]] {
      return true
    }
    if isNumber { return label.starts(with: filter.label) }
    return label.indices.contains { label[$0...].starts(with: filter.label) }
  }

  /// Whether so many tokens from `start` on are in one range of a document.
  func contains(_ document: Int, _ start: Int, count: Int) -> Bool {
    ranges[document].contains { $0.lowerBound <= start && start + count <= $0.upperBound }
  }
}
