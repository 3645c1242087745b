/// The forms of a segment by the code numbers of their terms.
struct SegmentForms: Sendable {
  /// All forms, those of a term next to each other, its most frequent first.
  private(set) var strings = StringTable()
  /// What the layout has to know of terms, packed, by code number, field markers included.
  private(set) var terms: [UInt8]
  /// By code number: the forms of the term among `strings`.
  private var starts: [UInt32]
  private var counts: [UInt32]

  /// - Throws: `IndexError.damaged` where a spelling is none of its term.
  /// - Complexity: O(bytes of the dictionary).
  init(_ segment: Segment) throws(IndexError) {
    let dictionary = segment.dictionary
    let markers = segment.info.schema.fields.count
    guard dictionary.reservedRanks == markers else {
      throw dictionary.section.damaged(
        at: 0, "\(dictionary.reservedRanks) markers of \(markers) fields")
    }
    let count = markers + dictionary.termCount
    let marker = LayoutTerm(rank: 0, variantCount: 1, isNumber: false)
    terms = [UInt8](repeating: marker.packed, count: count)
    starts = [UInt32](repeating: 0, count: count)
    counts = [UInt32](repeating: 0, count: count)
    // Ranks of one class follow the order of the dictionary.
    var ranks = dictionary.layout.classBases
    var normalized: [UInt8] = []
    var cursor = try dictionary.cursor()
    while try cursor.next(), cursor.kind == .surface {
      let (codeClass, spellings) = try cursor.spellings()
      let rank = ranks[codeClass - 1]
      ranks[codeClass - 1] += 1
      guard rank < count, counts[rank] == 0 else {
        throw dictionary.section.damaged(at: 0, "a term of rank \(rank) of \(count)")
      }
      try add(spellings, of: cursor.key, rank, dictionary.section, &normalized)
    }
    strings.addSlack()
  }

  var rankCount: Int { terms.count }

  private mutating func add(
    _ spellings: [Spelling], of term: [UInt8], _ rank: Int, _ section: Section,
    _ normalized: inout [UInt8]
  ) throws(IndexError) {
    starts[rank] = UInt32(truncatingIfNeeded: strings.count)
    counts[rank] = UInt32(truncatingIfNeeded: spellings.count)
    terms[rank] = LayoutTerm(rank: rank, spellings: spellings.count, of: term).packed
    for spelling in spellings {
      let number = strings.count
      strings.append(spelling.form(of: term))
      Normalizer.normalize(strings, number, into: &normalized)
      guard normalized == term, !term.isEmpty else {
        throw section.damaged(
          at: 0, "spelling \(number) is none of the term of rank \(rank)")
      }
    }
  }

  /// The number of a form among `strings`, or nil where the term has not so many.
  @inline(__always)
  func number(rank: UInt32, variant: UInt32) -> UInt32? {
    guard variant < counts[Int(rank)] else { return nil }
    return starts[Int(rank)] &+ variant
  }
}
