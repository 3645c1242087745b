import Filings
import TextSearch

/// What was read of a filing as people read it.
struct FilingText {
  let terminal: Terminal

  func write(_ reading: FilingReading, to output: inout Output) throws(Failure) {
    for line in terminal.labelled(facts(reading)) { output.line(line) }
    for document in reading.filing?.documents ?? [] {
      output.line()
      for line in terminal.labelled(facts(document)) { output.line(line) }
      output.line()
      try write(DocumentReading(document), to: &output)
    }
    if !reading.skipped.isEmpty { output.line(terminal.bold("Passed over:")) }
    for part in reading.skipped {
      let name = Printable.line(part.part ?? "the whole file")
      output.line("  \(name) (\(part.kind.rawValue)): \(Printable.line(part.reason))")
      try output.flushIfLarge()
    }
    output.line()
  }

  private func facts(_ reading: FilingReading) -> [(String, String?)] {
    guard let filing = reading.filing else { return [("File", reading.path)] }
    return [
      ("File", reading.path), ("Kind", filing.kind.rawValue), ("Form", filing.form),
    ] + filing.companies.map { ("Company", Self.name($0)) } + [
      ("Filed", filing.filed), ("Period", filing.period), ("Accepted", filing.accepted),
      ("Items", filing.items.isEmpty ? nil : filing.items.joined(separator: ", ")),
      ("Accession", filing.accession), ("File number", filing.fileNumber),
    ]
  }

  /// "Flamel Technologies S.A. (filer, CIK 1012477, SIC 2834)"
  private static func name(_ company: FilingCompany) -> String {
    let facts = [
      company.role.rawValue, company.cik.map { "CIK \($0)" }, company.sic.map { "SIC \($0)" },
    ].compactMap { $0 }.joined(separator: ", ")
    return company.name.map { "\($0) (\(facts))" } ?? facts
  }

  private func facts(_ document: FilingDocument) -> [(String, String?)] {
    [
      ("Document", document.id), ("Type", document.type), ("Sequence", document.sequence),
      ("File name", document.filename), ("Exhibit", document.exhibit),
      ("Described as", document.description), ("Title", document.title),
    ]
  }

  /// Writes the text with a mark where each zone begins and ends.
  private func write(_ document: DocumentReading, to output: inout Output) throws(Failure) {
    var place = document.text.startIndex
    for mark in Self.marks(document.zones) {
      let end = min(max(mark.place, place), document.text.endIndex)
      output.write(Printable.lines(String(decoding: document.text[place..<end], as: UTF8.self)))
      output.write(terminal.faint(mark.text))
      place = end
      try output.flushIfLarge()
    }
    let rest = document.text[place...]
    output.write(Printable.lines(String(decoding: rest, as: UTF8.self)))
    if !document.text.isEmpty, rest.last != UInt8(ascii: "\n") { output.line() }
  }

  private struct Mark {
    var place: Int
    var text: String
    /// Among marks at one place the small one comes first.
    var order: Int
  }

  /// Marks in the order of the text: at one place ends before starts, the inner ones first.
  private static func marks(_ zones: [Document.Zone]) -> [Mark] {
    var marks: [Mark] = []
    for (number, zone) in zones.enumerated() {
      let name = DocumentReading.name(zone)
      let isShort = zone.kind == FilingZone.heading.rawValue
      let label = zone.label.isEmpty ? "" : " " + Printable.line(zone.label)
      marks.append(
        Mark(
          place: zone.range.lowerBound, text: "⟦\(name)\(label)⟧" + (isShort ? "" : "\n"),
          order: number + 1))
      marks.append(
        Mark(
          place: zone.range.upperBound, text: (isShort ? "" : "\n") + "⟦/\(name)⟧",
          order: -number - 1))
    }
    return marks.sorted { ($0.place, $0.order) < ($1.place, $1.order) }
  }
}
