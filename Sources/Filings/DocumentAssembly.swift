import TextSearch

/// Makes a document of a flow or of a part of one.
struct DocumentAssembly {
  let flow: Flow
  let range: Range<Int>
  let outline: Outline
  let isExhibit: Bool
  /// Whether it begins with the cover page of a form.
  let hasCover: Bool

  /// Fills `document` in: its title, its text and its zones.
  func fill(_ document: inout FilingDocument, of filing: Filing) {
    if isExhibit {
      document.title = Headline.find(flow, range) ?? document.description
    } else {
      document.title = title(of: filing)
    }
    var builder = DocumentBuilder(capacity: range.count + 512)
    builder.append(title: TitleRun.parts(of: document, in: filing))
    let places = appendText(to: &builder)
    appendZones(to: &builder, places, form: document.type ?? filing.form)
    document.document = builder.finish(id: document.id)
  }

  /// "6-K Flamel Technologies S.A. August 2009" of what is known; what the document calls itself
  /// where no company is.
  private func title(of filing: Filing) -> String? {
    let facts = [filing.form, filing.company, filing.period].compactMap { $0 }
      .joined(separator: " ")
    if filing.company != nil { return facts }
    let own = flow.title.flatMap { Self.isTitle($0) ? $0 : nil }
    return own ?? (filing.form == nil ? Headline.find(flow, range) ?? flow.title : facts)
  }

  /// Whether a title has words, and is not the name of a file or the number of an order.
  private static func isTitle(_ title: String) -> Bool {
    let words = title.split(separator: " ").filter { word in
      word.utf8.count >= 3 && word.utf8.allSatisfy { $0.isLetter || $0 >= 0x80 }
    }
    return words.count >= 2
  }

  /// Appends the text; gives the place in the document for each stretch of the flow.
  private func appendText(to builder: inout DocumentBuilder) -> PlaceMap {
    let text = isExhibit ? FilingSchema.exhibit : FilingSchema.body
    var places = PlaceMap()
    var start = range.lowerBound
    while start < range.upperBound, flow.text[start].isSpace { start += 1 }
    var end = range.upperBound
    while end > start, flow.text[end - 1].isSpace { end -= 1 }
    for block in tables(in: start..<end) {
      append(start..<block.lowerBound, text, &builder, &places)
      append(block, FilingSchema.tables, &builder, &places)
      start = block.upperBound
    }
    append(start..<end, text, &builder, &places)
    return places
  }

  /// The tables that are not part of the signature page.
  private func tables(in range: Range<Int>) -> [Range<Int>] {
    // Both are in order.
    var signatures = outline.signatures[...]
    return flow.blocks(in: range).compactMap { block in
      let table = block.range.clamped(to: range)
      guard block.kind == .table, !table.isEmpty else { return nil }
      while let first = signatures.first, first.upperBound <= table.lowerBound {
        signatures.removeFirst()
      }
      return signatures.first?.contains(table.lowerBound) == true ? nil : table
    }
  }

  private func append(
    _ source: Range<Int>, _ field: FieldID, _ builder: inout DocumentBuilder,
    _ places: inout PlaceMap
  ) {
    var end = source.upperBound
    while end > source.lowerBound, flow.text[end - 1].isSpace { end -= 1 }
    var start = source.lowerBound
    while start < end, flow.text[start] == 0x0A { start += 1 }
    guard start < end else { return }
    // The gap after the last stretch belongs to that one's run.
    builder.append(field) { $0.append(contentsOf: flow.text[start..<end]) }
    places.add(from: start, to: builder.text.count - (end - start))
  }
}

/// Where the places of a flow went in a document's text.
struct PlaceMap {
  private var sources: [Int] = []
  private var targets: [Int] = []

  mutating func add(from source: Int, to target: Int) {
    sources.append(source)
    targets.append(target)
  }

  /// The place in the document of a place in the flow, by the last stretch that begins before it.
  func place(_ source: Int, limit: Int) -> Int {
    var low = 0
    var high = sources.count
    while low < high {
      let middle = (low + high) / 2
      if sources[middle] <= source { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return targets.first ?? 0 }
    let place = targets[low - 1] + (source - sources[low - 1])
    let next = low < targets.count ? targets[low] : limit
    return min(place, next)
  }
}

// MARK: Zones

extension DocumentAssembly {
  /// Headings beyond this many in one document are no longer noted: a bound for hostile files.
  private static let mostZones = 20_000

  private func appendZones(
    to builder: inout DocumentBuilder, _ places: PlaceMap, form: String?
  ) {
    var zones: [Document.Zone] = []
    let limit = builder.text.count
    func add(_ kind: FilingZone, _ source: Range<Int>, _ label: String = "") {
      let source = source.clamped(to: range)
      let start = places.place(source.lowerBound, limit: limit)
      let end = places.place(source.upperBound, limit: limit)
      if start < end, zones.count < Self.mostZones {
        zones.append(.init(kind: kind.rawValue, label: label, range: start..<end))
      }
    }
    let items = isExhibit ? nil : ItemOutline(flow, range, form: form, outline: outline)
    if hasCover { add(.cover, coverRange(items)) }
    for block in flow.blocks(in: range) {
      switch block.kind {
      case .table: add(.table, block.range)
      case .heading: add(.heading, block.range)
      case .text: break
      }
    }
    for zone in items?.zones ?? [] { add(zone.kind, zone.range, zone.label) }
    for signature in outline.signatures { add(.signature, signature) }
    for index in outline.indexes { add(.exhibitIndex, index) }
    builder.zones = zones
  }

  /// A cover page is not longer; in bytes.
  private static let longestCover = 12_000

  /// From the start to the table of contents, the first part or item, list of exhibits or
  /// signature page.
  private func coverRange(_ items: ItemOutline?) -> Range<Int> {
    let ends = [
      items?.contents?.lowerBound, items?.parts.first?.range.lowerBound,
      items?.items.first?.range.lowerBound, outline.indexes.first?.lowerBound,
      outline.signatures.first?.lowerBound, range.upperBound,
    ]
    let end = ends.compactMap { $0 }.filter { $0 > range.lowerBound }.min() ?? range.upperBound
    return range.lowerBound..<min(end, range.lowerBound + Self.longestCover)
  }
}
