import TestSupport
import Testing

@testable import TextSearch

@Suite struct LayoutTests {
  static let lengths: [[Int]] = [
    [], [0], [0, 0, 1, 0], [1], [2, 3, 4], [1023, 1, 1, 0, 5], [1024, 1, 1024, 1023],
    [4096, 10], [4097, 10], [10, 4097, 0, 10, 12_000, 7], Array(repeating: 300, count: 40),
  ]

  @Test(arguments: lengths, [1, 2] as [UInt64])
  func roundTrip(lengths: [Int], seed: UInt64) throws {
    let fixture = LayoutFixture(seed: seed, lengths: lengths)
    let sections = fixture.encode()
    #expect(fixture.encode() == sections, "the same input gives the same bytes")
    let reader = try reader(sections, fixture)
    let blocks = LayoutBlock.blocks(of: fixture.documentStarts)
    #expect(blocks.reduce(0) { $0 + $1.end - $1.start } == fixture.ranks.count)
    for block in blocks {
      let start = block.start - fixture.documentStarts[block.document]
      let anchor = try #require(try reader.anchor(document: block.document, token: start))
      #expect(anchor.document == block.document)
      #expect(anchor.token == start)
      var decoder = try reader.decoder(at: anchor)
      for token in block.start..<block.end {
        let result = try fixture.step(&decoder, token)
        #expect(result.variant == Int(fixture.variants[token]))
        #expect(result.gap == Int(fixture.gaps[token]))
      }
    }
  }

  @Test(arguments: 0..<10 as Range<UInt64>) func anyTokenIsReached(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let sizes = [0, 1, 50, 700, 1500, 5000, 9000]
    let lengths = (0..<12).map { _ in sizes[Int.random(in: 0..<sizes.count, using: &random)] }
    let gapCount = [1, 2, 40, 5000][Int(seed) % 4]
    let fixture = LayoutFixture(seed: seed, lengths: lengths, gapCount: gapCount)
    let reader = try reader(fixture.encode(), fixture)
    guard !fixture.ranks.isEmpty else { return }
    for _ in 0..<20 {
      let token = Int.random(in: fixture.ranks.indices, using: &random)
      let result = try #require(try fixture.decode(token, with: reader))
      #expect(result.variant == Int(fixture.variants[token]), "seed \(seed)")
      #expect(result.gap == Int(fixture.gaps[token]), "seed \(seed)")
    }
  }

  @Test func predictableLayoutCostsLittle() {
    var fixture = LayoutFixture(seed: 5, lengths: Array(repeating: 2000, count: 20))
    fixture.variants = fixture.variants.map { _ in 0 }
    fixture.gaps = fixture.ranks.map { $0 % 3 }
    #expect(fixture.encode().stream.count < fixture.ranks.count / 16)
  }

  @Test func damagedModelNeverTraps() throws {
    let fixture = LayoutFixture(seed: 3, lengths: [40, 30], terms: 30, gapCount: 9)
    let sections = fixture.encode()
    let stream = try SectionFixture.section(sections.stream)
    // The cells that end the model may hold anything; the structure before them is what can hurt.
    for place in Array(0..<150) + stride(from: 150, to: sections.model.count, by: 99) {
      for change: UInt8 in [0x01, 0x80, 0xFF] {
        var model = sections.model
        model[place] ^= change
        try decodeAll(fixture, SectionFixture.section(model), stream)
      }
    }
    for length in stride(from: 0, to: sections.model.count, by: 61) {
      let model = try SectionFixture.section(Array(sections.model[..<length]))
      #expect(throws: IndexError.self) {
        try LayoutReader(
          model: model, stream: stream, gapCount: fixture.gapCount)
      }
    }
  }

  @Test func damagedStreamNeverTraps() throws {
    let fixture = LayoutFixture(seed: 4, lengths: [40, 30, 1100, 60], terms: 60, gapCount: 20)
    let sections = fixture.encode()
    let model = try SectionFixture.section(sections.model)
    var random = SeededGenerator(seed: 4)
    for _ in 0..<200 {
      var damaged = sections.stream
      damaged[Int.random(in: damaged.indices, using: &random)] ^=
        1 << UInt8.random(in: 0..<8, using: &random)
      try decodeAll(fixture, model, SectionFixture.section(damaged))
      let cut = Array(damaged[..<Int.random(in: damaged.indices, using: &random)])
      try decodeAll(fixture, model, SectionFixture.section(cut))
    }
    for place in 0..<40 {
      for change: UInt8 in [0x01, 0x80, 0xFF] {
        var damaged = sections.stream
        damaged[place] ^= change
        try decodeAll(fixture, model, SectionFixture.section(damaged))
      }
    }
  }

  @Test func modelKnowsFrequentTerms() throws {
    let fixture = LayoutFixture(seed: 9, lengths: Array(repeating: 500, count: 40), terms: 90)
    let reader = try reader(fixture.encode(), fixture)
    let known = fixture.shapes.indices.filter { reader.term(rank: $0) != nil }
    #expect(known.count > 20)
    for rank in known { #expect(reader.term(rank: rank) == fixture.term(rank: rank)) }
    #expect(reader.term(rank: -1) == nil)
    #expect(reader.term(rank: 1 << 40) == nil)
  }

  private func reader(_ sections: LayoutSections, _ fixture: LayoutFixture) throws -> LayoutReader {
    try LayoutReader(
      model: SectionFixture.section(sections.model),
      stream: SectionFixture.section(sections.stream),
      gapCount: fixture.gapCount)
  }

  /// Decodes the ends of all documents; only `IndexError` may come of it.
  private func decodeAll(
    _ fixture: LayoutFixture, _ model: Section, _ stream: Section
  )
    throws
  {
    do {
      let reader = try LayoutReader(
        model: model, stream: stream, gapCount: fixture.gapCount)
      for start in fixture.documentStarts where start > 0 {
        do { _ = try fixture.decode(start - 1, with: reader) } catch _ as IndexError {}
      }
    } catch _ as IndexError {}
  }
}

@Suite struct LayoutShapeTests {
  static let cases: [(String, LayoutShape)] = [
    ("the", .lower), ("The", .capitalised), ("THE", .upper), ("A", .capitalised), ("a", .lower),
    ("U.S", .upper), ("iPhone", .other), ("McDonald", .other), ("9,153", .other), ("", .other),
    ("10K", .capitalised), ("3m", .lower), ("É", .other), ("Événement", .lower),
  ]

  @Test(arguments: cases) func shape(_ spelling: String, _ shape: LayoutShape) {
    #expect(LayoutShape(spelling.utf8) == shape)
  }

  @Test func packing() {
    #expect(LayoutShape.pack([]) == 0xFF)
    #expect(LayoutShape.pack([.lower]) == 0b1111_1100)
    #expect(LayoutShape.pack([.capitalised, .upper, .lower, .other, .lower]) == 0b1100_1001)
  }
}
