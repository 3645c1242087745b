import Filings
import Foundation
import Testing
import TextSearch

@Suite struct InputFinderTests {
  @Test func walksInByteOrder() throws {
    let root = try Folder.temporary()
    for name in ["b.txt", "a/z.txt", "a.txt", "B.txt", ".hidden", ".git/x", "a/.x", "é.txt"] {
      try Folder.write("x", "\(root)/\(name)")
    }
    let (files, skipped) = try InputFinder.files(at: [root])
    #expect(files.map(\.relativePath) == ["B.txt", "a/z.txt", "a.txt", "b.txt", "é.txt"])
    #expect(files.allSatisfy { $0.size == 1 && $0.modified > 0 })
    #expect(skipped.isEmpty)
  }

  @Test func circlesEnd() throws {
    let root = try Folder.temporary()
    try Folder.write("x", "\(root)/a/b/c.txt")
    let manager = FileManager.default
    try manager.createSymbolicLink(atPath: "\(root)/a/b/up", withDestinationPath: root)
    try manager.createSymbolicLink(atPath: "\(root)/link.txt", withDestinationPath: "a/b/c.txt")
    try manager.createSymbolicLink(atPath: "\(root)/lost", withDestinationPath: "nowhere")
    try manager.createSymbolicLink(atPath: "\(root)/self", withDestinationPath: "self")
    let (files, skipped) = try InputFinder.files(at: [root])
    #expect(files.map(\.relativePath) == ["a/b/c.txt", "link.txt"])
    #expect(skipped.map(\.path) == ["lost", "self"])
  }

  @Test func excludesFolders() throws {
    let root = try Folder.temporary()
    try Folder.write("x", "\(root)/Index/segment")
    try Folder.write("x", "\(root)/a.txt")
    let found = try InputFinder.files(at: [root], excluding: ["\(root)/./Index", "\(root)/none"])
    #expect(found.files.map(\.relativePath) == ["a.txt"])
  }

  @Test func namedFilesAndCollisions() throws {
    let root = try Folder.temporary()
    for name in ["x/one/a.txt", "y/two/a.txt", "y/two/b.txt"] {
      try Folder.write("x", "\(root)/\(name)")
    }
    func paths(_ names: String...) throws -> [String] {
      try InputFinder.files(at: names.map { "\(root)/\($0)" }).files.map(\.relativePath)
    }
    #expect(try paths("x/one/a.txt") == ["a.txt"])
    #expect(try paths("x/one/a.txt", "y/two/b.txt") == ["a.txt", "b.txt"])
    #expect(try paths("x/one", "y/two") == ["one/a.txt", "two/a.txt", "two/b.txt"])
    #expect(try paths("x/one", "x/one") == ["a.txt"])
    #expect(Set(try paths("x/one/a.txt", "y/two/a.txt")).count == 2)
  }

  @Test func aMissingPathIsAnError() throws {
    #expect(throws: IndexError.self) { try InputFinder.files(at: ["/nowhere/at/all"]) }
  }

  @Test func largeJSONLinesAreCutBetweenFilings() throws {
    let root = try Folder.temporary()
    let filler = String(repeating: "word ", count: 400)
    let lines = (0..<9000).map { number in
      "{\"id\":\"\(number)\",\"accession\":\"A\(number / 700)\",\"body\":\"\(filler)\"}"
    }
    try Folder.write(lines.joined(separator: "\n"), "\(root)/d.jsonl")
    let file = try #require(InputFinder.files(at: [root]).files.first)
    let items = Array(InputFinder.items(of: file))
    #expect(items.count > 2)
    #expect(items.first?.range.lowerBound == 0 && items.last?.range.upperBound == file.size)
    for (one, next) in zip(items, items.dropFirst()) {
      #expect(one.range.upperBound == next.range.lowerBound)
    }
    let results = items.map { FilingReader.read($0) }
    let filings = results.flatMap(\.filings)
    #expect(filings.map(\.id) == (0...12).map { "A\($0)" })
    #expect(filings.flatMap(\.documents).map(\.id) == (0..<9000).map { "\($0)" })
    #expect(results.map(\.byteCount).reduce(0, +) == file.size)
    #expect(items.last.map { $0.firstLine > 5000 } ?? false)
  }

  @Test func otherFilesAreOneItem() throws {
    let root = try Folder.temporary()
    try Folder.write(String(repeating: "words of text\n", count: 400_000), "\(root)/a.txt")
    let file = try #require(InputFinder.files(at: [root]).files.first)
    #expect(InputFinder.items(of: file).map(\.range) == [0..<file.size])
  }

  @Test func aFileThatVanishesIsReported() {
    let file = InputFile(path: "/nowhere/x", relativePath: "x", size: 10, modified: 0)
    let result = FilingReader.read(InputItem(file: file, range: 0..<10))
    #expect(result.filings.isEmpty && result.skipped.first?.path == "x")
  }

  @Test func fingerprintsTellBytesApart() {
    var seen: Set<UInt64?> = []
    for count in 0..<100 {
      seen.insert(read(String(repeating: "a", count: count)).fingerprint)
      seen.insert(read(String(repeating: "a", count: count) + "b").fingerprint)
    }
    #expect(seen.count == 200)
    #expect(read("the same").fingerprint == read("the same", path: "other").fingerprint)
  }
}
