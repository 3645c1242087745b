import Filings
import Foundation
import TestSupport
import Testing
import TextSearch

/// What fuzzing has found or found interesting: the files in `fuzz-finds`, and cases made from them.
@Suite struct FuzzFindsTests {
  private static let folder = Folder.repository + "/Tests/FilingsTests/fuzz-finds"

  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()

  @Test func findsAreThere() { #expect(Self.names.count > 20) }

  /// Files called `sidecar-N-NAME` are read as facts about others; see `isReadBesideAFiling`.
  @Test(arguments: names) func isReadAndIndexed(_ name: String) throws {
    let bytes = try Platform.read("\(Self.folder)/\(name)")
    let result = FilingReader.read(bytes: bytes, path: name)
    #expect(!result.filings.isEmpty || !result.skipped.isEmpty)
    let documents = result.filings.flatMap(\.documents)
    for document in documents { #expect(document.flaw == nil) }
    let again = FilingReader.read(bytes: bytes, path: name)
    #expect(again.filings == result.filings && again.skipped == result.skipped)
    let index = try TemporaryIndex(
      result.filings.map { $0.group() }, schema: FilingSchema.schema)
    #expect(try Searcher(index: index.path).documentCount == documents.count)
    #expect(try Searcher.check(index: index.path).problems.isEmpty)
  }

  @Test(arguments: names.filter { $0.hasPrefix("sidecar-") })
  func isReadBesideAFiling(_ name: String) throws {
    let folder = try Folder.temporary()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Folder.write("<html><body><p>Annual report</p></body></html>", "\(folder)/a.htm")
    let bytes = try Platform.read("\(Self.folder)/\(name)")
    let parts = name.split(separator: "-", maxSplits: 2)
    try Data(bytes).write(to: URL(filePath: "\(folder)/\(parts[2])"))
    let files = try InputFinder.files(at: [folder]).files
    #expect(files.map(\.relativePath).contains("a.htm"))
    for file in files {
      let result = FilingReader.read(InputItem(file: file, range: 0..<file.size))
      #expect(!result.filings.isEmpty || !result.skipped.isEmpty)
    }
  }

  @Test func archiveWithoutAFileIsReported() {
    let end = [0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 18)
    let result = FilingReader.read(bytes: end, path: "a.zip")
    #expect(result.skipped.map(\.kind) == [.empty])
  }

  /// Each member claims all bytes of the archive; what is damaged counts as unpacked, too.
  @Test func membersInTheSameBytesAreBounded() {
    let content = [UInt8](repeating: 0x41, count: 4 << 20)
    let size = little(content.count)
    let facts = [UInt8](repeating: 0, count: 12) + size + size + [0, 0, 0, 0]
    var bytes = [0x50, 0x4B, 3, 4, 20, 0] + facts + content
    let start = bytes.count
    let entry =
      [0x50, 0x4B, 1, 2, 20, 0, 20, 0] + facts.dropLast(4) + [1, 0, 0, 0]
      + [UInt8](repeating: 0, count: 14) + Array("a".utf8)
    let count = 5000
    for _ in 0..<count { bytes += entry }
    bytes += [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + little(count).prefix(2) + little(count).prefix(2)
    bytes += little(count * entry.count) + little(start) + [0, 0]
    let skipped = FilingReader.read(bytes: bytes, path: "a.zip").skipped
    #expect(skipped.count == count)
    let damaged = skipped.count { $0.reason.contains("checksum") }
    #expect(damaged > 0 && damaged < 200)
    #expect(skipped.last?.reason.contains("more than is unpacked") == true)
  }

  /// A block of the fixed code with nothing in it is ten bits; making the code anew for each of
  /// them would take hundreds of times as long.
  @Test func emptyBlocks() {
    // Four blocks in five bytes: 0, 01, 0000000, the lowest bit first.
    let blocks = [UInt8]([0b0000_0010, 0b0000_1000, 0b0010_0000, 0b1000_0000, 0])
    let gzip =
      [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + (0..<100_000).flatMap { _ in blocks }
      + [3, 0] + [UInt8](repeating: 0, count: 8)
    let result = FilingReader.read(bytes: gzip, path: "a.gz")
    #expect(result.skipped.map(\.reason) == ["empty file"])
  }

  @Test func namesOfPartsStayApart() {
    let names = ["a", "a~2", "a", "a", "a~2"]
    let parts = names.map { "<DOCUMENT>\n<TYPE>EX-1\n<FILENAME>\($0)\n<TEXT>\nword\n</DOCUMENT>\n" }
    let header = "<SEC-HEADER>\nACCESSION NUMBER: 0000912057-00-012345\n</SEC-HEADER>\n"
    let result = read(header + parts.joined())
    #expect(
      result.filings.first?.documents.map(\.id)
        == ["a", "a~2", "a~3", "a~4", "a~2~2"].map { "0000912057-00-012345:" + $0 })
  }

  private func little(_ number: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}
