import Filings
import TestSupport
import Testing
import TextSearch

// What README.md shows begins here.
/// Indexes the filings in a folder, and gives the hits of a query with the match in brackets.
func findFilings(_ text: String, in folder: String, index: String) throws -> [String] {
  let schema = FilingSchema.schema
  let writer = try IndexWriter(index: index, schema: schema, options: .startingOver)
  for file in try InputFinder.files(at: [folder], excluding: [index]).files {
    for item in InputFinder.items(of: file) {
      let groups = FilingReader.read(item).filings.map { $0.group() }
      try writer.append(IndexWriter.analyze(groups, schema: schema))
    }
  }
  _ = try writer.commit()

  let searcher = try Searcher(index: index)
  let query = try QueryParser(schema: schema).parse(text)
  return try searcher.search(query).hits.map { hit in
    let id = try searcher.document(hit.address).id
    let snippet = try searcher.snippet(hit.address, for: query, leavingOut: FilingSchema.title)
    return id + ": " + snippet.fragments.map { $0.isMatch ? "[\($0.text)]" : $0.text }.joined()
  }
}
// What README.md shows ends here.

/// The README's example of the library works and is what the README shows.
@Suite struct LibraryExampleTests {
  @Test func findsWhatItIndexed() throws {
    let folder = try TemporaryIndex()
    let lines = """
      {"id":"a","title":"Notice","exhibit":"The technology access fee is due."}
      {"id":"b","title":"Notice","exhibit":"Access is free; the fee is not."}

      """
    try folder.put(Array(lines.utf8), "filings.jsonl")
    let hits = try findFilings("\"access fee\"", in: folder.path, index: folder.path + "/Index")
    #expect(hits == ["a: The technology [access fee] is due."])
  }

  @Test func isShownByTheReadme() throws {
    let lines = try Self.lines(#filePath)
    let first = try #require(lines.firstIndex(of: "// What README.md shows begins here."))
    let last = try #require(lines.firstIndex(of: "// What README.md shows ends here."))
    let example = ["import Filings", "import TextSearch", ""] + lines[(first + 1)..<last]
    let readme = try Self.lines(SharedData.repository.path + "/README.md")
    let start = try #require(readme.firstIndex(of: "import Filings"))
    let end = try #require(readme[start...].firstIndex(of: "```"))
    #expect(Array(readme[start..<end]) == example)
  }

  private static func lines(_ path: String) throws -> [String] {
    String(decoding: try Platform.read(path), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
