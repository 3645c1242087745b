import Foundation
import TestSupport
import Testing

@testable import TextSearch

/// A reader that lives while the folder of its index is removed and another index is made there:
/// files of both have the same names, often the same sizes, and must not be mixed.
@Suite struct RemadeIndexTests {
  private static let schema = Schema(fields: [.init("body", boost: 1)], attributes: [])

  /// Makes a commit for each of some words, of a source that is changed in the next one.
  private static func make(_ path: String, _ words: [String]) throws {
    for (turn, word) in words.enumerated() {
      let writer = try IndexWriter(index: path, schema: schema)
      var groups: [DocumentGroup] = []
      for name in turn == 0 ? ["kept", "changed"] : ["changed"] {
        var document = Document(id: name)
        document.append("\(word) \(name)".utf8, field: FieldID(rawValue: 0))
        var group = DocumentGroup(id: name, attributes: [], documents: [document])
        group.source = writer.newSourceNumber()
        try writer.record(
          Source(
            path: "/" + name, label: name, size: 1, modified: Int64(turn),
            fingerprint: UInt64(turn), number: group.source))
        groups.append(group)
      }
      try writer.append(IndexWriter.analyze(groups, schema: schema))
      _ = try writer.commit()
    }
  }

  /// Every word of an index with the number of documents that have it, and the texts of those.
  private static func content(_ searcher: Searcher) throws -> [String] {
    var lines = ["generation \(searcher.generation)", "\(searcher.documentCount) documents"]
    for word in ["olda", "oldb", "oldc", "newa", "newb", "newc", "kept", "changed"] {
      let hits = try searcher.search(.phrase([word])).hits
      let texts = try hits.flatMap {
        try searcher.text($0.address).flatMap(\.fragments).map(\.text)
      }
      lines.append("\(word) \(hits.count) \(texts)")
    }
    return lines
  }

  @Test(arguments: 1...3, 1...3) func theNewIndexIsSeen(old: Int, new: Int) throws {
    let folder = try TemporaryIndex()
    try Self.make(folder.path, Array(["olda", "oldb", "oldc"].prefix(old)))
    let searcher = try Searcher(index: folder.path)
    let before = try Self.content(searcher)
    #expect(try searcher.newest() === searcher)

    try FileManager.default.removeItem(atPath: folder.path)
    #expect(throws: IndexError.self) { try searcher.newest() }
    try Self.make(folder.path, Array(["newa", "newb", "newc"].prefix(new)))
    let newest = try searcher.newest()
    #expect(try Self.content(newest) == Self.content(Searcher(index: folder.path)))
    #expect(newest.segments.allSatisfy { one in !searcher.segments.contains { $0 === one } })
    #expect(try Self.content(searcher) == before)
  }

  /// What an index and its next commit have in common is not opened again.
  @Test func segmentsAreKept() throws {
    let folder = try TemporaryIndex()
    try Self.make(folder.path, ["olda"])
    let searcher = try Searcher(index: folder.path)
    var document = Document(id: "more")
    document.append("more".utf8, field: FieldID(rawValue: 0))
    let writer = try IndexWriter(index: folder.path, schema: Self.schema)
    let group = DocumentGroup(id: "more", attributes: [], documents: [document])
    try writer.append(IndexWriter.analyze([group], schema: Self.schema))
    _ = try writer.commit()
    let newest = try searcher.newest()
    #expect(newest.generation == 2)
    #expect(newest.segments.first === searcher.segments.first)
  }
}
