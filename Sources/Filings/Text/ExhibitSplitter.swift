/// Finds the documents in a text that holds a filing's cover and its exhibits one after another.
enum ExhibitSplitter {
  /// An exhibit in the text.
  struct Part: Equatable {
    var start: Int
    /// Nil where the text does not give it.
    var number: String?
    var description: String?
  }

  /// The exhibits in order; what stands before the first is the main document.
  ///
  /// An exhibit begins, after the signature page, at a line "Exhibit 99.1"; where there is no such
  /// line, at the first text after the signature page and the list of exhibits that is set off by
  /// a large gap or by "For Immediate Release"; forms that are not reports of events (annual
  /// reports and others) are cut by headings only, as statements follow their signatures.
  static func parts(_ outline: Outline, _ flow: Flow, form: String?) -> [Part] {
    guard let signature = outline.signature else { return [] }
    let after = max(signature.upperBound, outline.indexes.last?.upperBound ?? 0)
    var parts = byHeadings(outline, after: signature.lowerBound, flow)
    let isEventReport = form.map { $0.hasPrefix("6-K") || $0.hasPrefix("8-K") } ?? false
    if parts.isEmpty, isEventReport { parts = byOpenings(outline, after: after, flow) }
    return parts
  }

  private static func byHeadings(_ outline: Outline, after: Int, _ flow: Flow) -> [Part] {
    let listed = Dictionary(
      outline.entries.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    // "Exhibit 10" heads what a list has as 10.1 and 10.2.
    let groups = Set(listed.keys.compactMap { $0.split(separator: ".").first.map(String.init) })
    var parts: [Part] = []
    for heading in outline.headings where heading.start >= after {
      if let last = parts.last, isRepeated(heading, last, flow) {
        if let entry = listed[heading.number] {
          parts[parts.count - 1] = part(heading.number, last.start, entry)
        }
        continue
      }
      let isListed =
        listed.isEmpty || listed[heading.number] != nil || groups.contains(heading.number)
      guard isListed || parts.isEmpty, parts.last?.number != heading.number else { continue }
      parts.append(part(heading.number, heading.start, listed[heading.number]))
    }
    return parts
  }

  /// Whether a heading follows the one before at once and is it in another spelling, "10.A-6", then
  /// "10.A.6", or says which one it is: "EX-10", then "Exhibit 10.1".
  private static func isRepeated(
    _ heading: (number: String, start: Int), _ last: Part, _ flow: Flow
  ) -> Bool {
    guard heading.start - last.start < 100, let number = last.number else { return false }
    return heading.number.hasPrefix(number + ".")
      || number.filter { $0.isLetter || $0.isNumber }
        == heading.number.filter { $0.isLetter || $0.isNumber }
  }

  /// Whether what is left is but the end of the signature page, which has large gaps, too.
  private static func isOfSignature(_ opening: (start: Int, isRelease: Bool), _ flow: Flow) -> Bool
  {
    guard !opening.isRelease, flow.text.count - opening.start < longestEnd else { return false }
    let rest = String(decoding: flow.text[opening.start...].map(\.lowered), as: UTF8.self)
    return ["/s/", "officer", "president", "secretary", "treasurer", "exhibit number"].contains {
      rest.place(of: $0) != nil
    }
  }

  private static let longestEnd = 400

  private static func byOpenings(_ outline: Outline, after: Int, _ flow: Flow) -> [Part] {
    let openings = outline.openings.filter { $0.start >= after && !isOfSignature($0, flow) }
    guard let first = openings.first else { return [] }
    let entries = outline.entries
    let releases = openings.filter(\.isRelease)
    if entries.count > 1, releases.count == entries.count {
      return zip(releases, entries).map { part($1.number, $0.start, $1) }
    }
    let number = entries.first?.number ?? mention(flow, first.start)
    guard let number else { return [Part(start: first.start)] }
    return [part(number, first.start, entries.first)]
  }

  private static func part(_ number: String, _ start: Int, _ entry: ExhibitEntry?) -> Part {
    Part(
      start: start, number: number, description: entry?.description ?? "Exhibit \(number)")
  }

  /// The number in "attached as Exhibit 99.1" in the running text before `end`.
  private static func mention(_ flow: Flow, _ end: Int) -> String? {
    for line in FlowLines(flow, max(0, end - 20_000)..<end) {
      guard let place = line.lower.place(of: "as exhibit ") else { continue }
      let word = line.lower.utf8.dropFirst(place + 11).prefix { !$0.isSpace }
      if let number = ExhibitNumber(
        number: String(decoding: word, as: UTF8.self).trimmed(of: ".,;:()"))
      {
        return number.text
      }
    }
    return nil
  }
}
