import Filings
import Foundation
import Testing

/// What covers say, and that nothing is guessed where they do not.
@Suite struct CoverFactsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var facts: [String]
    var text: String
    var testDescription: String { name }
  }

  static let cases: [Case] = {
    let file = #filePath.replacing("CoverFactsTests.swift", with: "covers.txt")
    let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n=== ").dropFirst().map { part in
      let lines = part.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      let end = lines.firstIndex(of: "---") ?? lines.count - 1
      return Case(
        name: lines[0], facts: Array(lines[1..<end]),
        text: lines[(end + 1)...].joined(separator: "\n"))
    }
  }()

  @Test func thereAreCases() { #expect(Self.cases.count >= 50) }

  @Test(arguments: cases) func coversSay(_ cover: Case) throws {
    let path = cover.name.hasSuffix("html") ? "a.html" : "a.txt"
    let filing = try #require(read(cover.text, path: path).filings.first)
    var facts: [String] = []
    if let form = filing.form { facts.append("form: \(form)") }
    for company in filing.companies {
      let role = company.role == .filer ? "" : " (\(company.role.rawValue))"
      facts.append("company: \(company.name ?? "?")\(role)")
    }
    if let period = filing.period { facts.append("period: \(period)") }
    if let number = filing.fileNumber { facts.append("file: \(number)") }
    if let filed = filing.filed { facts.append("filed: \(filed)") }
    #expect(facts == cover.facts)
  }
}
