import TextSearch

/// Reads JSON Lines: one document a line; adjacent lines of one accession are one filing.
struct JSONLinesReader {
  let bytes: [UInt8]
  let path: String
  private var filings: [Filing] = []
  private var skipped: [SkippedPart] = []

  init(bytes: [UInt8], path: String) {
    self.bytes = bytes
    self.path = path
  }

  /// - Parameter firstLine: The number of the first line, from 1.
  static func read(_ bytes: [UInt8], path: String, firstLine: Int) -> (
    filings: [Filing], skipped: [SkippedPart]
  ) {
    var reader = JSONLinesReader(bytes: bytes, path: path)
    reader.readLines(firstLine)
    return (reader.filings, reader.skipped)
  }

  private mutating func readLines(_ firstLine: Int) {
    var number = firstLine
    // A byte order mark is no part of the first line.
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < bytes.count {
      let end = ByteScan.lineEnd(bytes, start)
      readLine(start..<end, number)
      number += 1
      start = end + 1
    }
  }

  private mutating func readLine(_ line: Range<Int>, _ number: Int) {
    var scanner = JSONScanner(bytes, line)
    guard scanner.peek() != nil else { return }
    do throws(JSONError) {
      let record = try JSONRecord(&scanner)
      guard scanner.peek() == nil else { throw scanner.expected("the end of the line") }
      guard record.hasContent else {
        let reason = "line \(number): no id and no text"
        return skipped.append(.init(path: path, kind: .list, reason: reason))
      }
      add(JSONFiling.filing(record, path: path, number: number, kind: .jsonLines))
    } catch {
      skipped.append(.init(path: path, kind: .malformed, reason: "line \(number): \(error.reason)"))
    }
  }

  private mutating func add(_ filing: Filing) {
    if let accession = filing.accession, filings.last?.accession == accession {
      filings[filings.count - 1].documents.append(contentsOf: filing.documents)
    } else {
      filings.append(filing)
    }
  }
}

/// Makes a filing of one JSON object.
enum JSONFiling {
  /// - Parameter number: The number of the line, which names an object without an id.
  /// - Parameter known: What is known from outside.
  static func filing(
    _ record: JSONRecord, path: String, number: Int?, kind: Filing.Kind,
    known: FilingFacts = FilingFacts()
  ) -> Filing {
    var facts = record.facts
    facts.complete(with: known)
    let fallback = number.map { "\(path):\($0)" } ?? path
    let id = record.string(.id) ?? record.string(.filename) ?? facts.accession ?? fallback
    var filing = Filing(id: facts.accession ?? id, path: path, kind: kind)
    facts.fill(&filing)
    filing.documents = [document(record, id: id, of: filing)]
    return filing
  }

  private static func document(
    _ record: JSONRecord, id: String, of filing: Filing
  ) -> FilingDocument {
    var document = FilingDocument(id: id)
    document.title = record.string(.title)
    document.description = record.string(.description)
    document.type = record.string(.type)
    document.filename = record.string(.filename)
    document.sequence = record.string(.sequence)
    document.exhibit = exhibitNumber(record)
    document.document = text(of: record, document, filing)
    return document
  }

  private static func text(
    of record: JSONRecord, _ document: FilingDocument, _ filing: Filing
  ) -> Document {
    let parts: [(JSONRecord.Meaning, FieldID)] = [
      (.body, FilingSchema.body), (.exhibit, FilingSchema.exhibit), (.tables, FilingSchema.tables),
    ]
    let sizes = parts.map { record.text(of: $0.0)?.range.count ?? 0 }
    var builder = DocumentBuilder(capacity: sizes.reduce(0, +) + 512)
    builder.append(title: TitleRun.parts(of: document, in: filing))
    for (meaning, field) in parts {
      guard let value = record.text(of: meaning) else { continue }
      let range = builder.append(field) { JSONText.append(value, of: record.bytes, to: &$0) }
      // A line of JSON Lines may be a page of a form, a file is a whole one.
      if meaning == .body, filing.kind == .json, record.items.isEmpty {
        builder.zones += JSONZones.zones(builder.text, range, form: filing.form)
      }
    }
    for item in record.items where JSONRecord.isText(item.value) && !item.value.range.isEmpty {
      appendItem(item.label, item.value, record, &builder)
    }
    return builder.finish(id: document.id)
  }

  private static func appendItem(
    _ label: String, _ value: JSONScanner.Value, _ record: JSONRecord,
    _ builder: inout DocumentBuilder
  ) {
    let range = builder.append(FilingSchema.body) {
      JSONText.append(value, of: record.bytes, to: &$0)
    }
    builder.zones.append(
      .init(
        kind: FilingZone.item.rawValue, label: "Item \(label)", range: range))
  }

  /// The number where one is given, or where the exhibit's text or the type is no more than one.
  private static func exhibitNumber(_ record: JSONRecord) -> String? {
    if let number = record.string(.exhibitNumber) { return number }
    if let type = record.string(.type), let number = ExhibitNumber(type: type) {
      return number.text
    }
    guard let value = record.text(of: .exhibit), value.range.count <= 12 else { return nil }
    return ExhibitNumber(type: JSONText.string(value, of: record.bytes))?.text
  }
}
