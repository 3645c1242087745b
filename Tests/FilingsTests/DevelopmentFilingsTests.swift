import Filings
import Foundation
import Testing
import TextSearch

/// All filings of the development corpus, where it is there, read file by file without its manifest.
@Suite(.enabled(if: Folder.development != nil, "edgar-dev is not there: set FOLIO_CORPORA"))
struct DevelopmentFilingsTests {
  private struct File {
    var path: String
    /// What the manifest says of it, by its columns.
    var row: [String: String]
    var bytes: [UInt8]
    var result: ReadResult
  }

  private static func files(_ kinds: Set<String>) throws -> [File] {
    let folder = try #require(Folder.development)
    return try rows(ofTable: "\(folder)/MANIFEST.tsv").compactMap { row in
      guard let path = row["path"], kinds.contains(row["kind"] ?? "") else { return nil }
      let bytes = try Platform.read("\(folder)/\(path)")
      return File(
        path: path, row: row, bytes: bytes, result: FilingReader.read(bytes: bytes, path: path))
    }
  }

  /// Nothing fails, and what is passed over has a reason that a person can understand.
  @Test(arguments: ["full-submission", "html", "text", "xml", "json", "index"])
  func nothingFails(_ kind: String) throws {
    #if DEBUG
      return
    #else
      for file in try Self.files([kind]) {
        #expect(!file.result.filings.isEmpty || !file.result.skipped.isEmpty, "\(file.path)")
        for part in file.result.skipped {
          #expect(part.reason.count > 8 && part.path.hasPrefix(file.path), "\(part)")
          #expect(part.kind != .malformed && part.kind != .unreadable, "\(part)")
        }
        for document in file.result.filings.flatMap(\.documents) {
          #expect(document.flaw == nil, "\(file.path) \(document.id)")
        }
      }
    #endif
  }

  @Test func submissionsSayWhatTheirHeadersSay() throws {
    #if DEBUG
      return
    #else
      let files = try Self.files(["full-submission"])
      #expect(files.count == 144)
      for file in files {
        let plain = PlainHeader(file.bytes)
        let filing = try #require(file.result.filings.first, "\(file.path)")
        #expect(file.result.filings.count == 1, "\(file.path)")
        #expect(filing.accession == plain.accession, "\(file.path)")
        #expect(filing.form == plain.form, "\(file.path)")
        #expect(filing.filed == plain.filed && filing.period == plain.period, "\(file.path)")
        #expect(filing.cik == plain.cik && filing.company == plain.company, "\(file.path)")
        #expect(filing.companies.count == plain.partyCount, "\(file.path)")
        #expect(Self.parts(file.result) == plain.documents, "\(file.path)")
      }
    #endif
  }

  /// Documents and skipped parts by what names them, sorted.
  private static func parts(_ result: ReadResult) -> [String] {
    let read = result.filings.flatMap(\.documents).map {
      $0.filename ?? $0.sequence ?? $0.type ?? "document"
    }
    // A file that is encoded inside a text is no document.
    let skipped = result.skipped.compactMap(\.part).filter { !$0.contains("/") }
    return (read + skipped).sorted()
  }

  /// Of the facts that the manifest states and the reader knows, how many are the same.
  @Test func bareFilesSayWhatTheManifestSays() throws {
    #if DEBUG
      return
    #else
      var shares: [String: (stated: Int, known: Int, same: Int)] = [:]
      for file in try Self.files(["html", "text", "xml", "json"]) {
        guard let filing = file.result.filings.first, let document = filing.documents.first else {
          continue
        }
        for (name, value, known) in Self.facts(file.row, filing, document) {
          if name == "company" {
            if Self.renamed.contains(file.row["cik"] ?? "") { continue }
            if !Self.prints(file.bytes, value) { continue }
          }
          shares[name, default: (0, 0, 0)].stated += 1
          guard let known else {
            Self.note("? \(name) \(value)", file.path)
            continue
          }
          shares[name]?.known += 1
          if Self.isSame(name, value, known) {
            shares[name]?.same += 1
          } else {
            Self.note("! \(name) \(value) | \(known)", file.path)
          }
        }
      }
      for (name, share) in shares {
        #expect(Double(share.same) >= 0.98 * Double(share.known), "\(name): \(share)")
      }
    #endif
  }

  /// Of what the headers of full submissions say, what their main documents say as bare files.
  ///
  /// A cover does not print all of it (a header's period is that of a proxy's meeting, too), and may
  /// print an older number; what it prints in its places must be read right.
  @Test func coversSayWhatTheHeadersSay() throws {
    #if DEBUG
      return
    #else
      var shares: [String: (stated: Int, known: Int, same: Int)] = [:]
      for file in try Self.files(["full-submission"]) {
        guard let filing = file.result.filings.first, let main = Self.mainDocument(file.bytes),
          let bare = FilingReader.read(bytes: main, path: "main").filings.first
        else { continue }
        let names = filing.companies.compactMap(\.name).map(Self.core)
        let company = bare.company.map { names.contains(Self.core($0)) ? filing.company ?? "" : $0 }
        for (name, stated, known) in [
          ("form", filing.form, bare.form), ("company", filing.company, company),
          ("period", filing.period, bare.period),
          ("file number", Self.number(filing.fileNumber), Self.number(bare.fileNumber)),
        ] {
          guard let stated else { continue }
          shares[name, default: (0, 0, 0)].stated += 1
          if known != nil { shares[name]?.known += 1 }
          if stated == known { shares[name]?.same += 1 }
          if stated != known { Self.note("\(name) \(stated) | \(known ?? "?")", file.path) }
        }
      }
      // Some headers have the day of the report where the cover names the event's.
      let least = ["form": 0.98, "company": 0.94, "period": 0.93, "file number": 0.85]
      for (name, share) in shares {
        let wanted = least[name] ?? 1
        #expect(Double(share.same) >= wanted * Double(share.known), "\(name): \(share)")
        #expect(share.known * 3 >= share.stated * 2, "\(name): \(share)")
      }
    #endif
  }

  /// What stands in the first `<TEXT>` of a submission.
  private static func mainDocument(_ bytes: [UInt8]) -> [UInt8]? {
    let data = Data(bytes)
    guard let start = data.range(of: Data("<TEXT>".utf8)),
      let end = data.range(of: Data("</TEXT>".utf8), in: start.upperBound..<data.count)
    else { return nil }
    return Array(data[start.upperBound..<end.lowerBound])
  }

  /// "1-3950" of "001-03950-01": the two ways of writing it are one number.
  private static func number(_ text: String?) -> String? {
    let parts = text?.split(separator: "-").prefix(2).compactMap { Int($0) }
    return parts.map { $0.map(String.init).joined(separator: "-") }
  }

  private static func note(_ text: String, _ path: String) {
    if ProcessInfo.processInfo.environment["FOLIO_MISSES"] != nil { print(text, path) }
  }

  private static func facts(
    _ row: [String: String], _ filing: Filing, _ document: FilingDocument
  ) -> [(name: String, stated: String, known: String?)] {
    let form = row["form"].flatMap { $0.hasPrefix("EX-") ? document.type : filing.form }
    let facts = [
      ("form", row["form"], form), ("company", row["company"], filing.company),
      ("cik", row["cik"], filing.cik), ("filed", row["filed"], filing.filed),
    ]
    return facts.compactMap { name, stated, known in
      guard let stated, !stated.isEmpty, !stated.contains(" item"), stated != "(none)" else {
        return nil
      }
      return (name, stated, known)
    }
  }

  private static func isSame(_ name: String, _ stated: String, _ known: String) -> Bool {
    switch name {
    case "company": core(stated) == core(known)
    case "filed", "form": known.hasPrefix(stated)
    default: stated == known
    }
  }

  /// Parties for which the manifest has a name of other years than the files, which print both.
  private static let renamed: Set<String> = [
    "1001136", "1002022", "1005101", "1036044", "108516", "1512673", "1637715", "1930313",
    "320193", "796343",
  ]

  /// Whether the file has the name at all: the manifest often has one of later years.
  private static func prints(_ bytes: [UInt8], _ name: String) -> Bool {
    core(String(decoding: bytes.prefix(100_000), as: UTF8.self)).contains(core(name))
  }

  /// The letters of a name without those that tell the legal form and the state.
  private static func core(_ name: String) -> String {
    let plain = name.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
      .replacingOccurrences(of: "&amp;", with: "&")
      .replacingOccurrences(of: "/[a-z]{2}/?$", with: "", options: .regularExpression)
    let legal: Set<String> = [
      "corp", "corporation", "co", "company", "inc", "incorporated", "ltd", "limited", "plc",
      "the", "de",
    ]
    return plain.split { !$0.isLetter && !$0.isNumber }.filter { !legal.contains(String($0)) }
      .joined()
  }
}

/// A reading of a submission's header and list of documents that is as simple as can be.
private struct PlainHeader {
  var accession, form, filed, period, cik, company: String?
  var partyCount = 0
  var documents: [String] = []

  private static let parties = [
    "FILER", "SUBJECT COMPANY", "ISSUER", "FILED FOR", "SERIAL COMPANY", "ISSUING_ENTITY",
    "FILED BY", "DEPOSITOR", "SECURITIZER", "REPORTING OWNER", "UNDERWRITER",
  ]

  init(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
      .replacingOccurrences(of: "\r\n", with: "\n").replacingOccurrences(of: "\r", with: "\n")
    let pieces = text.components(separatedBy: "\n<DOCUMENT>\n")
    var roles: [(rank: Int, name: String?, cik: String?)] = []
    for line in pieces[0].components(separatedBy: "\n") {
      let isTag = line.hasPrefix("<")
      let parts = line.split(separator: isTag ? ">" : ":", maxSplits: 1)
      guard let name = parts.first else { continue }
      let key = name.trimmingCharacters(in: CharacterSet(charactersIn: "<- \t"))
        .replacingOccurrences(of: "-", with: " ")
      let value = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
      if value.isEmpty, let rank = Self.parties.firstIndex(of: key) {
        roles.append((rank < 3 ? 0 : rank, nil, nil))
      }
      take(key, value, &roles)
    }
    let first = roles.min { $0.rank < $1.rank }
    (company, cik) = (first?.name, first?.cik)
    partyCount = roles.count
    documents = pieces.dropFirst().map(Self.name).sorted()
  }

  private mutating func take(
    _ key: String, _ value: String, _ roles: inout [(rank: Int, name: String?, cik: String?)]
  ) {
    guard !value.isEmpty else { return }
    switch key {
    case "ACCESSION NUMBER": accession = accession ?? value
    case "CONFORMED SUBMISSION TYPE", "TYPE": form = form ?? value
    case "FILED AS OF DATE", "FILING DATE": filed = filed ?? Self.date(value)
    case "CONFORMED PERIOD OF REPORT", "PERIOD": period = period ?? Self.date(value)
    case "COMPANY CONFORMED NAME", "CONFORMED NAME":
      if !roles.isEmpty { roles[roles.count - 1].name = roles[roles.count - 1].name ?? value }
    case "CENTRAL INDEX KEY", "CIK":
      if !roles.isEmpty {
        roles[roles.count - 1].cik =
          roles[roles.count - 1].cik ?? String(value.drop { $0 == "0" })
      }
    default: break
    }
  }

  private static func date(_ digits: String) -> String {
    "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))"
  }

  private static func name(_ piece: String) -> String {
    let head = piece.prefix(2000).components(separatedBy: "\n<TEXT>")[0]
    var values: [String: String] = [:]
    for line in head.components(separatedBy: "\n") {
      for tag in ["<FILENAME>", "<SEQUENCE>", "<TYPE>"] where line.hasPrefix(tag) {
        values[tag] = line.dropFirst(tag.count).trimmingCharacters(in: .whitespaces)
      }
    }
    return values["<FILENAME>"] ?? values["<SEQUENCE>"] ?? values["<TYPE>"] ?? "document"
  }
}
