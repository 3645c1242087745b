import Foundation
import Testing
import TextSearch

@Suite struct ShowTests {
  @Test func printsTheDocument() throws {
    let outcome = try SampleIndex.run("show", "f-99")
    #expect(outcome.code == 0)
    #expect(
      outcome.output.hasPrefix("Company:       Flamel Technologies, S.A.\nForm:          6-K\n"))
    #expect(outcome.output.contains("Document:      f-99\n"))
    #expect(
      outcome.output.hasSuffix("Access fees and royalties rose. Net loss was $(14.8) million.\n"))
  }

  @Test func marksMatches() throws {
    let plain = try SampleIndex.run("show", "f-99", "--query", "royalty \"net loss\"")
    #expect(plain.output.contains("⟦royalties⟧ rose. ⟦Net loss⟧ was"), "\(plain.output)")
    let exact = try SampleIndex.run("show", "f-99", "--query", "royalty", "--exact")
    #expect(!exact.output.contains("⟦"))
    let color = try SampleIndex.run("show", "f-99", "--query=royalty", "--color=always")
    #expect(color.output.contains("\u{1B}[1;31mroyalties\u{1B}[0m"))
  }

  @Test func unknownDocuments() throws {
    let outcome = try SampleIndex.run("show", "nothing")
    #expect(outcome.code == 1)
    #expect(outcome.errors.hasPrefix("folio: no document “nothing”"))
    #expect(try SampleIndex.run("explain", "a", "nothing").code == 1)
    #expect(try SampleIndex.run("show", "f-99", "--query", "a OR").code == 64)
  }

  @Test func keepsLinesAndNothingHostile() throws {
    let outcome = try SampleIndex.run("show", "evil\u{1B}[31m\t2")
    #expect(outcome.code == 0)
    #expect(
      outcome.output.contains("with\ttabs\nand\nreturns"), "\(outcome.output.debugDescription)")
    #expect(
      !outcome.output.unicodeScalars.contains {
        $0 != "\n" && $0 != "\t" && Printable.isDangerous($0)
      })
  }
}

@Suite struct ExplainTests {
  @Test func numbersOfTheSearch() throws {
    let search = try SampleIndex.run("search", "--json", "--by", "document", "access fee")
    let hits = try SampleIndex.object(search.output)["hits"] as? [[String: Any]] ?? []
    #expect(!hits.isEmpty)
    for hit in hits {
      let id = try #require(hit["document"] as? String)
      let json = try SampleIndex.run("explain", "--json", "access", "fee", id)
      #expect(json.code == 0, "\(json.errors)")
      let answer = try SampleIndex.object(json.output)
      #expect(answer["score"] as? Double == hit["score"] as? Double)
      let text = try SampleIndex.run("explain", "access fee", id)
      let score = text.output.split(separator: " ").first ?? ""
      #expect(search.output.contains("\"score\":\(score),"), "\(text.output)")
      #expect(text.output.split(separator: "\n").count > 3)
    }
  }

  @Test func noMatch() throws {
    let outcome = try SampleIndex.run("explain", "zanzibar", "f-99")
    #expect(outcome.code == 1)
    #expect(outcome.errors.contains("does not match zanzibar"))
  }
}

@Suite struct InfoTests {
  @Test func text() throws {
    let outcome = try SampleIndex.run("info")
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("filings    4\n"))
    #expect(outcome.output.contains("documents  5\n"))
  }

  @Test func json() throws {
    let report = try SampleIndex.object(try SampleIndex.run("info", "--json").output)
    #expect(report["filings"] as? Int == 4)
    #expect(report["documents"] as? Int == 5)
    #expect((report["tokens"] as? Int ?? 0) > 40)
    #expect((report["terms"] as? Int ?? 0) > 20)
    let segments = report["segments"] as? [[String: Any]] ?? []
    #expect(segments.count == 1)
    let sections = segments.first?["sections"] as? [String: Int] ?? [:]
    #expect(sections.count > 5)
    #expect(sections.values.reduce(0, +) <= report["index_bytes"] as? Int ?? 0)
  }
}

@Suite struct CheckTests {
  @Test func soundIndex() throws {
    let outcome = try SampleIndex.run("check")
    #expect(outcome.code == 0)
    #expect(outcome.output.contains(": sound; "))
    let json = try SampleIndex.object(try SampleIndex.run("check", "--json").output)
    #expect(json["sound"] as? Bool == true)
    #expect((json["problems"] as? [Any])?.isEmpty == true)
  }
}
