import Filings
import Foundation
import Testing
import TextSearch

/// All filings of the development corpus, where it is there.
@Suite struct DevelopmentFilingsTests {
  /// What became of one file.
  private struct Outcome {
    var kind = ""
    var hasText = false
    var form = false
    var cik = false
    var company = false
    var filed = false
    var hasHeader = false
  }

  @Test(.enabled(if: Folder.development != nil, "edgar-dev is not there: set FOLIO_CORPORA"))
  func areRead() throws {
    #if DEBUG
      return
    #else
      let folder = try #require(Folder.development)
      let outcomes = try rows(ofTable: "\(folder)/MANIFEST.tsv").map { try Self.read($0, folder) }
      for kind in ["html", "text", "full-submission"] {
        let files = outcomes.filter { $0.kind == kind }
        let share = Double(files.count(where: \.hasText)) / Double(files.count)
        #expect(share >= 0.95, "\(kind) with text")
      }
      let submissions = outcomes.filter { $0.kind == "full-submission" && $0.hasHeader }
      #expect(submissions.count > 100)
      for fact in [\Outcome.form, \.cik, \.company, \.filed] {
        let share = Double(submissions.count { $0[keyPath: fact] }) / Double(submissions.count)
        #expect(share >= 0.95, "\(fact): \(share)")
      }
    #endif
  }

  private static func read(_ row: [String: String], _ folder: String) throws -> Outcome {
    let path = try #require(row["path"])
    let result = FilingReader.read(bytes: try Platform.read("\(folder)/\(path)"), path: path)
    var outcome = Outcome(kind: row["kind"] ?? "")
    outcome.hasText = result.filings.contains { filing in
      filing.documents.contains { $0.document.text.count > 100 }
    }
    // Parts the reader is not made for count as read if it says so.
    outcome.hasText = outcome.hasText || result.skipped.contains { $0.reason.contains("XML") }
    for filing in result.filings {
      for document in filing.documents { #expect(document.flaw == nil, "\(path) \(document.id)") }
    }
    guard let filing = result.filings.first else { return outcome }
    outcome.hasHeader = filing.accession != nil
    outcome.form = filing.form == row["form"]
    outcome.cik = filing.cik == row["cik"]
    outcome.company = same(filing.company, row["company"])
    outcome.filed = filing.filed?.hasPrefix(row["filed"] ?? "-") ?? false
    return outcome
  }

  private static func same(_ a: String?, _ b: String?) -> Bool {
    func letters(_ text: String?) -> String { (text ?? "").lowercased().filter(\.isLetter) }
    return letters(a) == letters(b)
  }
}
