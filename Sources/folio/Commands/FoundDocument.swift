import Filings
import TextSearch

/// What is shown of a document: its attributes by their names.
struct FoundDocument: Sendable {
  var rank = 0
  var score = 0.0
  var id: String
  var filing: String
  var form: String?
  var company: String?
  var cik: String?
  var accession: String?
  var filed: String?
  var period: String?
  var path: String?
  var exhibit: String?
  var exhibitDescription: String?
  var title: String?
  var snippet: [Fragment] = []
  /// The item of the form that the snippet stands in.
  var section: String?
  /// The other found documents of the filing.
  var others: [String] = []

  init(_ stored: StoredDocument, _ schema: Schema) {
    func group(_ name: String) -> String? {
      value(stored.groupAttributes, schema.attribute(named: name, of: .group))
    }
    func document(_ name: String) -> String? {
      value(stored.attributes, schema.attribute(named: name, of: .document))
    }
    func value(_ values: [String?], _ place: Int?) -> String? {
      place.flatMap { values.indices.contains($0) ? values[$0] : nil }
    }
    id = stored.id
    filing = stored.groupID
    form = group("form")
    company = group("company")
    cik = group("cik")
    accession = group("accession")
    filed = group("filed")
    period = group("period")
    path = group("path")
    exhibit = document("exhibit")
    exhibitDescription = document("description")
    title = document("title")
  }

  mutating func show(_ snippet: Snippet) {
    self.snippet = snippet.fragments
    let item = snippet.zones.last { $0.kind == FilingZone.item.rawValue && !$0.label.isEmpty }
    section = item?.label
  }

  /// Company, form, date and exhibit, as far as they are known.
  var heading: [String] {
    [company, form, filed, exhibit.map { "Exhibit \($0)" }].compactMap { $0 }.map(Printable.line)
      .filter { !$0.isEmpty }
  }

  /// What `show` takes, and the file where that does not say it.
  var place: String {
    guard let path, !path.isEmpty, !id.hasPrefix(path) else { return Printable.line(id) }
    return Printable.line("\(id)  (\(path))")
  }

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("rank", rank)
      json.member("score", score)
      json.member("document", id)
      json.member("filing", filing)
      json.member("form", form)
      json.member("company", company)
      json.member("cik", cik)
      json.member("accession", accession)
      json.member("filed", filed)
      json.member("period", period)
      json.member("exhibit", exhibit)
      json.member("title", title)
      json.member("path", path)
      json.member("section", section)
      json.member("snippet", snippet) { json, fragment in
        json.object {
          $0.member("text", fragment.text)
          $0.member("match", fragment.isMatch)
        }
      }
    }
  }
}
