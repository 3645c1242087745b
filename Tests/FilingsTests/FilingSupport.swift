import Filings
import Foundation
import TextSearch

/// Reads text as a file of the name.
func read(_ text: String, path: String = "file.txt") -> ReadResult {
  FilingReader.read(bytes: Array(text.utf8), path: path)
}

extension ReadResult {
  /// The first document, or an empty one.
  var document: FilingDocument { filings.first?.documents.first ?? FilingDocument(id: "none") }
}

extension FilingDocument {
  /// The text of all runs of a field, a run a line.
  func text(_ field: FieldID) -> String {
    document.runs.filter { $0.field == field }
      .map {
        String(decoding: document.text[$0.range], as: UTF8.self).trimmingCharacters(in: .newlines)
      }
      .joined(separator: "\n")
  }

  var body: String { text(FilingSchema.body) }
  var tables: String { text(FilingSchema.tables) }

  /// What is wrong with the runs and zones, or nil.
  var flaw: String? {
    var end = 0
    for run in document.runs {
      if run.range.lowerBound != end || run.range.isEmpty { return "run \(run.range) after \(end)" }
      end = run.range.upperBound
    }
    if end != document.text.count { return "runs end at \(end) of \(document.text.count)" }
    var start = 0
    for zone in document.zones {
      if zone.range.lowerBound < start { return "zone \(zone.range) before \(start)" }
      start = zone.range.lowerBound
      if zone.range.isEmpty || zone.range.upperBound > document.text.count {
        return "zone \(zone.range) of \(document.text.count)"
      }
    }
    return nil
  }
}

/// What forms of a company begin with that does not exist.
enum MadeUpForm {
  static func cover(_ form: String) -> String {
    """
    UNITED STATES
    SECURITIES AND EXCHANGE COMMISSION
    Washington, D.C. 20549

    FORM \(form)

    Acme Corporation
    (Exact name of registrant as specified in its charter)


    """
  }
}

/// Folders that tests may use.
enum Folder {
  /// The repository.
  static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  static let corpus = repository + "/Corpus"

  /// Filings for development: `edgar-dev` in `$FOLIO_CORPORA` or in `folio-corpora` of the system's
  /// temporary folder.
  static let development: String? = {
    let base =
      ProcessInfo.processInfo.environment["FOLIO_CORPORA"]
      ?? FileManager.default.temporaryDirectory.appending(path: "folio-corpora").path
    let folder = base + "/edgar-dev"
    return FileManager.default.fileExists(atPath: folder + "/MANIFEST.tsv") ? folder : nil
  }()

  /// A new empty folder for one test.
  static func temporary() throws -> String {
    let url = FileManager.default.temporaryDirectory
      .appending(path: "folio-filings-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url.path
  }

  static func write(_ text: String, _ path: String) throws {
    let url = URL(filePath: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }
}

/// The rows of a tab-separated file by the names of its first line.
func rows(ofTable path: String) throws -> [[String: String]] {
  let text = try String(contentsOfFile: path, encoding: .utf8)
  let lines = text.split(separator: "\n").map {
    $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
  }
  guard let names = lines.first else { return [] }
  return lines.dropFirst().map { Dictionary(zip(names, $0), uniquingKeysWith: { $1 }) }
}
