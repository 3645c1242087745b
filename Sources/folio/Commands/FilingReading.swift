import Filings
import TextSearch

/// What was read of a filing and what of it was passed over; where nothing was read, only that.
struct FilingReading {
  let path: String
  var filing: Filing?
  var skipped: [SkippedPart] = []

  /// The filings of one result in order, then the files of which nothing was read.
  ///
  /// What was passed over stands with the first filing of its file.
  static func all(of result: ReadResult) -> [FilingReading] {
    var readings = result.filings.map { FilingReading(path: $0.path, filing: $0) }
    var places: [String: Int] = [:]
    for (place, reading) in readings.enumerated() where places[reading.path] == nil {
      places[reading.path] = place
    }
    for part in result.skipped {
      if let place = places[part.path] {
        readings[place].skipped.append(part)
      } else {
        places[part.path] = readings.count
        readings.append(FilingReading(path: part.path, skipped: [part]))
      }
    }
    return readings
  }

  var json: JSONWriter {
    .object { json in
      json.member("path", path)
      json.member("kind", filing?.kind.rawValue)
      json.member("accession", filing?.accession)
      json.member("form", filing?.form)
      json.member("filed", filing?.filed)
      json.member("period", filing?.period)
      json.member("accepted", filing?.accepted)
      json.member("file_number", filing?.fileNumber)
      json.member("items", filing?.items ?? []) { $0.value($1) }
      json.member("companies", filing?.companies ?? []) { json, company in
        json.object {
          $0.member("name", company.name)
          $0.member("cik", company.cik)
          $0.member("sic", company.sic)
          $0.member("role", company.role.rawValue)
        }
      }
      json.member("documents", filing?.documents ?? []) { json, document in
        json.object { DocumentReading(document).write(document, to: &$0) }
      }
      json.member("skipped", skipped) { json, part in
        json.object {
          $0.member("part", part.part)
          $0.member("kind", part.kind.rawValue)
          $0.member("reason", part.reason)
        }
      }
    }
  }
}

/// A document's text without the run of names that the search puts before it.
struct DocumentReading {
  /// UTF-8.
  let text: ArraySlice<UInt8>
  /// In order of their starts; ranges are places in `text`.
  let zones: [Document.Zone]

  init(_ document: FilingDocument) {
    let whole = document.document
    var start = 0
    if let first = whole.runs.first, first.field == FilingSchema.title {
      start = first.range.upperBound
    }
    text = whole.text[start...]
    zones = whole.zones.filter { $0.range.lowerBound >= start }
  }

  static func name(_ zone: Document.Zone) -> String {
    FilingZone(rawValue: zone.kind)?.name ?? "\(zone.kind)"
  }

  func write(_ document: FilingDocument, to json: inout JSONWriter) {
    json.member("document", document.id)
    json.member("type", document.type)
    json.member("sequence", document.sequence)
    json.member("filename", document.filename)
    json.member("exhibit", document.exhibit)
    json.member("description", document.description)
    json.member("title", document.title)
    json.member("text", String(decoding: text, as: UTF8.self))
    let places = ScalarPlaces(text, zones.flatMap { [$0.range.lowerBound, $0.range.upperBound] })
    json.member("zones", zones) { json, zone in
      json.object {
        $0.member("kind", Self.name(zone))
        $0.member("label", zone.label.isEmpty ? nil : zone.label)
        $0.member("start", places[zone.range.lowerBound])
        $0.member("end", places[zone.range.upperBound])
      }
    }
  }
}

/// How many Unicode scalars stand before places of a UTF-8 text.
///
/// What is no UTF-8 counts as the U+FFFD that `String(decoding:as:)` makes of it.
struct ScalarPlaces {
  private var counts: [Int: Int] = [:]

  /// - Complexity: O(n + p log p).
  init(_ text: ArraySlice<UInt8>, _ places: [Int]) {
    var rest = places.sorted()[...]
    var bytes = text.makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    var place = text.startIndex
    var count = 0
    scalars: while let next = rest.first {
      while place < next {
        switch parser.parseScalar(from: &bytes) {
        case .valid(let scalar): place += scalar.count
        case .error(let length): place += length
        case .emptyInput: break scalars
        }
        count += 1
      }
      counts[next] = count
      rest = rest.dropFirst()
    }
    for place in rest { counts[place] = count }
  }

  subscript(place: Int) -> Int { counts[place] ?? 0 }
}
