import Foundation
import Testing

@testable import folio

@Suite struct TextTests {
  private static let submission = """
    <SEC-DOCUMENT>0000000001-09-000001.txt : 20090806
    <SEC-HEADER>0000000001-09-000001.hdr.sgml : 20090806
    ACCESSION NUMBER:\t\t0000000001-09-000001
    CONFORMED SUBMISSION TYPE:\t10-K
    CONFORMED PERIOD OF REPORT:\t20090630
    FILED AS OF DATE:\t\t20090806

    FILER:

    \tCOMPANY DATA:
    \t\tCOMPANY CONFORMED NAME:\t\t\tCAFÉ & CO
    \t\tCENTRAL INDEX KEY:\t\t\t0001012477
    </SEC-HEADER>
    <DOCUMENT>
    <TYPE>10-K
    <SEQUENCE>1
    <FILENAME>a.htm
    <DESCRIPTION>ANNUAL REPORT
    <TEXT>
    <html><body><p>Annual report of the Café 𝄞 &#27;[2J company</p>
    <p><b>RISKS</b></p><p>There are some, é and more.</p></body></html>
    </TEXT>
    </DOCUMENT>
    <DOCUMENT>
    <TYPE>GRAPHIC
    <SEQUENCE>2
    <FILENAME>logo.gif
    <TEXT>
    begin 644 logo.gif
    M1TE&.#EA`0`!`(```/___P```"'Y!`$`````+``````!``$```("1`$`.P``
    `
    end
    </TEXT>
    </DOCUMENT>
    """

  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("in/a.txt", submission)
    try folder.write("in/b.txt", "Some words of a text.\n")
    try folder.write("in/empty.txt", "")
    return folder
  }

  /// The objects of lines of JSON.
  private static func objects(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map { try SampleIndex.object(String($0)) }
  }

  @Test func jsonHasAnObjectAFiling() throws {
    let folder = try Self.folder()
    let outcome = try CommandRunner.run("text", "in", "--json", folder: folder.path)
    #expect(outcome.code == 0, "\(outcome.errors)")
    let objects = try Self.objects(outcome.output)
    #expect(objects.map { $0["path"] as? String } == ["a.txt", "b.txt", "empty.txt"])
    let first = try #require(objects.first)
    #expect(
      Set(first.keys) == [
        "path", "kind", "accession", "form", "filed", "period", "accepted", "file_number", "items",
        "companies", "documents", "skipped",
      ])
    #expect(first["kind"] as? String == "submission")
    #expect(first["form"] as? String == "10-K")
    #expect(first["filed"] as? String == "2009-08-06")
    #expect(first["period"] as? String == "2009-06-30")
    #expect(first["accepted"] is NSNull)
    let companies = first["companies"] as? [[String: Any]] ?? []
    #expect(companies.map { $0["name"] as? String } == ["CAFÉ & CO"])
    #expect(companies.map { $0["role"] as? String } == ["filer"])
    let skipped = first["skipped"] as? [[String: Any]] ?? []
    #expect(skipped.map { $0["part"] as? String } == ["logo.gif"])
    #expect(skipped.allSatisfy { !(($0["reason"] as? String) ?? "").isEmpty })
    #expect((objects[2]["documents"] as? [Any])?.isEmpty == true)
    #expect((objects[2]["skipped"] as? [[String: Any]])?.first?["kind"] as? String == "empty")
    #expect((objects[2]["skipped"] as? [[String: Any]])?.first?["part"] is NSNull)
  }

  /// The text is the document's own, without the names that the search puts in front.
  @Test func placesOfZonesCountScalars() throws {
    let folder = try Self.folder()
    let outcome = try CommandRunner.run("text", "in/a.txt", "--json", folder: folder.path)
    let documents = try Self.objects(outcome.output).first?["documents"] as? [[String: Any]]
    let document = try #require(documents?.first)
    #expect(
      Set(document.keys) == [
        "document", "type", "sequence", "filename", "exhibit", "description", "title", "text",
        "zones",
      ])
    let text = try #require(document["text"] as? String)
    #expect(text.hasPrefix("Annual report of the Café 𝄞"))
    let zones = document["zones"] as? [[String: Any]] ?? []
    let heading = try #require(
      zones.first {
        let start = $0["start"] as? Int ?? 0
        let end = $0["end"] as? Int ?? 0
        return String(String.UnicodeScalarView(Array(text.unicodeScalars)[start..<end])) == "RISKS"
      })
    #expect(heading["kind"] as? String == "heading")
    #expect(heading["label"] is NSNull)
  }

  @Test func textIsForPeople() throws {
    let folder = try Self.folder()
    let outcome = try CommandRunner.run("text", "in", folder: folder.path)
    #expect(outcome.code == 0)
    #expect(outcome.output.hasPrefix("File:          a.txt\nKind:          submission\n"))
    #expect(outcome.output.contains("Company:       CAFÉ & CO (filer, CIK 1012477)\n"))
    #expect(outcome.output.contains("⟦heading⟧RISKS⟦/heading⟧"))
    #expect(outcome.output.contains("Passed over:\n  logo.gif ("))
    #expect(outcome.output.contains("  the whole file (empty): "))
    #expect(!outcome.output.contains("\u{1B}"))
  }

  @Test func whatCannotBeRead() throws {
    let folder = try Self.folder()
    let empty = try CommandRunner.run("text", "in/empty.txt", "--json", folder: folder.path)
    #expect(empty.code == 66)
    #expect(
      empty.output.contains("\"documents\":[],\"skipped\":[{\"part\":null,\"kind\":\"empty\""))
    #expect(empty.errors.contains("no filing to read"))
    #expect(try CommandRunner.run("text", "nowhere", folder: folder.path).code == 66)
  }

  @Test func aReaderThatGoesAwayIsNoTrouble() throws {
    let folder = try TemporaryFolder()
    for number in 0..<40 {
      try folder.write("in/\(number).txt", String(repeating: "some words\n", count: 5000))
    }
    let outcome = try CommandRunner.shell("\"$FOLIO\" text '\(folder.path)/in' | head -1")
    #expect(outcome.code == 0)
    #expect(outcome.errors.isEmpty, "\(outcome.errors)")
  }

  @Test func damagedTextIsCountedAsItIsShown() {
    let bytes: [UInt8] = [0x61, 0xF0, 0x9F, 0x62, 0xFF, 0xC3, 0xA9, 0x63]
    let places = ScalarPlaces(bytes[...], [0, 1, 3, 4, 5, 7, 8])
    for place in [0, 1, 3, 4, 5, 7, 8] {
      let before = String(decoding: bytes[..<place], as: UTF8.self)
      #expect(places[place] == before.unicodeScalars.count)
    }
  }
}
