import TestSupport
import Testing

@testable import TextSearch

/// The format stays what FORMAT.md says: the index in the repository is written again byte for
/// byte, and a reader made from the text alone finds in it what the engine finds.
@Suite struct ReferenceIndexTests {
  static let commands = ["terms", "postings", "passages", "documents", "zones", "text"]

  @Test func isWrittenAgainByteForByte() throws {
    let index = try TemporaryIndex(ReferenceIndex.groups(), schema: ReferenceIndex.schema)
    let found = try index.segments()
    #expect(found.map(\.name) == ["1-1.segment"])
    let expected = try ReferenceIndex.segment()
    let place = zip(found[0].bytes, expected).enumerated().first { $1.0 != $1.1 }?.offset
    #expect(found[0].bytes.count == expected.count)
    #expect(place == nil, "the first byte that differs; see \"History\" in Index/FORMAT.md")
  }

  /// A document of more than 4,096 tokens has several blocks of layout; behind the first one its
  /// spellings and separators once came out wrong.
  @Test func textIsAsFiled() throws {
    let searcher = try Searcher(index: ReferenceIndex.folder)
    for document in try ReferenceIndex.groups().flatMap(\.documents) {
      let address = try #require(try searcher.address(of: document.id))
      let text = try searcher.text(address).flatMap(\.fragments).map(\.text).joined()
      #expect(text.utf8.elementsEqual(document.text), "\(document.id)")
    }
  }

  @Test(.enabled(if: SegmentReader.isThere, "python3 is missing"), arguments: commands)
  func readerAgreesOnReferenceIndex(command: String) throws {
    try compare(command, ReferenceIndex.folder)
  }

  /// Lists of many blocks, documents of many passages, three fields.
  @Test(.enabled(if: SegmentReader.isThere, "python3 is missing"))
  func readerAgreesOnRandomIndex() throws {
    let seed = TestSeed.announced("reader")
    let shape = CorpusShape(
      "mixed", groups: 250, vocabulary: 900, fields: 3, lengths: [1, 1, 30, 1, 0.4])
    var corpus = RandomCorpus(shape, SeededGenerator(seed: seed))
    let index = try TemporaryIndex(corpus.groups(), schema: corpus.schema)
    for command in Self.commands { try compare(command, index.path) }
  }

  @Test(.enabled(if: SegmentReader.isThere, "python3 is missing"))
  func readerReportsDamage() throws {
    let index = try TemporaryIndex(ReferenceIndex.groups(), schema: ReferenceIndex.schema)
    var bytes = try ReferenceIndex.segment()
    for place in [3, 1_000, bytes.count / 2, bytes.count - 60, bytes.count - 20] {
      bytes[place] ^= 0x10
      try index.put(bytes, "1-1.segment")
      #expect(try SegmentReader.run(command: "terms", on: index.path).status == 65, "\(place)")
      bytes[place] ^= 0x10
    }
  }

  /// The bytes that FORMAT.md shows are those of the reference index: lines like "norms+0: 0f 32".
  @Test func bytesOfFormatAreThere() throws {
    let bytes = try ReferenceIndex.segment()
    let file = try SegmentFile(path: ReferenceIndex.folder + "/1-1.segment")
    let starts = file.sections.map { ($0.name, $0.range.lowerBound) } + [("file", 0)]
    var count = 0
    for line in try ReferenceIndex.format().split(separator: "\n") {
      let parts = line.drop { $0 == " " }.split(separator: ": ", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let place = parts[0].split(separator: "+")
      guard place.count == 2, let offset = Int(place[1]),
        let start = starts.first(where: { $0.0 == place[0] })?.1
      else { continue }
      let shown = parts[1].prefix { $0.isHexDigit || $0 == " " }.split(separator: " ")
      let first = start + offset
      #expect(
        bytes[first..<(first + shown.count)].elementsEqual(
          shown.compactMap { byte in
            UInt8(byte, radix: 16)
          }), "\(line)")
      count += 1
    }
    #expect(count > 10)
  }

  private func compare(_ command: String, _ path: String) throws {
    let (status, found) = try SegmentReader.run(command: command, on: path)
    let expected = try SegmentLister(index: path).lines(of: command)
    #expect(status == 0)
    #expect(found.count == expected.count, "\(command)")
    for (number, (a, b)) in zip(found, expected).enumerated()
    where !a.utf8.elementsEqual(b.utf8) {
      Issue.record("\(command), line \(number + 1): '\(a.prefix(300))' is not '\(b.prefix(300))'")
      return
    }
  }
}
