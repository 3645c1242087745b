import TestSupport

@testable import TextSearch

/// A list of postings as the writer makes it, and as arrays.
struct ListFixture {
  static let boosts: [Float] = [3, 1, 2]

  let documents: [UInt32]
  let entries: [UInt32]
  /// The documents of the segment are below it.
  let limit: Int
  let norms: [UInt8]
  let table: FrequencyTable
  let bytes: [UInt8]

  init(_ count: Int, density: Double, _ random: inout SeededGenerator) {
    var documents: [UInt32] = []
    var next: UInt32 = 0
    while documents.count < count {
      if Double.random(in: 0..<1, using: &random) < density { documents.append(next) }
      next += 1
    }
    let limit = Int(next) + Int.random(in: 0...3, using: &random)
    table = FrequencyTable(fieldCount: 3, entries: (0..<60).map(Self.entry))
    entries = documents.map { _ in
      let large = Int.random(in: 0..<8, using: &random) == 0
      return UInt32.random(in: large ? 0...59 : 0...5, using: &random)
    }
    norms = (0..<max(limit, 1)).map { _ in UInt8.random(in: 0...90, using: &random) }
    let writer = ListWriter(
      frequencies: table, boosts: Self.boosts, norms: norms, averageLength: 40)
    bytes = writer.postings(documents[...], entries[...])
    self.documents = documents
    self.limit = limit
  }

  /// Some frequencies by field, never all 0.
  private static func entry(_ number: Int) -> [UInt32] {
    let last = (number / 20 + 1) * (number % 7 + 1)
    return [number % 4, number / 4 % 5, last].map { UInt32($0) }
  }

  func section() throws -> Section { try SectionFixture.section(bytes) }

  func cursor(_ section: Section, boosts: [Float] = boosts) throws -> ListCursor {
    try ListCursor(
      section, 0..<section.count, count: documents.count, limit: limit,
      weights: table.weights(boosts), scale: BoundScale(schema: Self.boosts, query: boosts))
  }

  func weights(_ boosts: [Float] = boosts) -> [Float] {
    let weights = table.weights(boosts)
    return entries.map { weights[Int($0)] }
  }

  /// The list in memory.
  func memory() -> MemoryList {
    var list = MemoryList()
    for (document, weight) in zip(documents, weights()) { list.append(document, weight) }
    return list
  }
}
