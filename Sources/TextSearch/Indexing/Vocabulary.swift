/// The terms of a segment in order, with their code numbers and spellings.
///
/// Made from the forms that occur and how often: forms with one normalised term belong together;
/// terms are sorted by their bytes, and get code numbers by how often they occur.
struct Vocabulary {
  /// The terms in the order of their bytes; the place is the term's ordinal.
  private(set) var terms: [[UInt8]] = []
  /// Occurrences, by ordinal.
  private(set) var collectionFrequencies: [Int] = []
  private(set) var code: DenseCode
  /// Code numbers by ordinal.
  private(set) var ranks: [UInt32] = []
  /// Ordinals by code number; a field marker's is `UInt32.max`.
  private(set) var ordinals: [UInt32] = []
  /// By ordinal: the spellings, the most frequent first.
  private(set) var spellings: [[Spelling]] = []
  /// By form: the code number of its term.
  private(set) var rankOfForm: [UInt32] = []
  /// By form: its place among the spellings of its term.
  private(set) var variantOfForm: [UInt16] = []

  /// A segment shows a term in at most so many spellings; rarer ones turn into the commonest.
  static let maximumSpellings = Int(UInt16.max)

  /// - Parameters:
  ///   - forms: All forms, by number.
  ///   - counts: How often each occurs, at least once.
  ///   - markerCount: The code numbers kept for field markers.
  init(forms: StringTable, counts: [Int], markerCount: Int) {
    let formsOfTerm = Self.group(forms)
    collectionFrequencies = formsOfTerm.map { $0.forms.reduce(0) { $0 + counts[$1] } }
    terms = formsOfTerm.map(\.term)
    code = DenseCode(stopperCount: 128)
    assignRanks(markerCount)
    rankOfForm = [UInt32](repeating: 0, count: counts.count)
    variantOfForm = [UInt16](repeating: 0, count: counts.count)
    spellings.reserveCapacity(terms.count)
    for (ordinal, group) in formsOfTerm.enumerated() {
      spell(ordinal, group.forms, forms, counts)
    }
  }

  private static func group(_ forms: StringTable) -> [(term: [UInt8], forms: [Int])] {
    var numbers = Interner()
    var members: [[Int]] = []
    var term: [UInt8] = []
    for form in 0..<forms.count {
      Normalizer.normalize(forms, form, into: &term)
      let number = numbers.intern(&term)
      if number == members.count { members.append([form]) } else { members[number].append(form) }
    }
    let strings = numbers.strings
    return sortedNumbers(strings).map { (Array(strings[$0]), members[$0]) }
  }

  /// The numbers of `strings` in the order of the strings' bytes.
  ///
  /// Compares eight bytes at once as a number, and the rest only between equals.
  private static func sortedNumbers(_ strings: StringTable) -> [Int] {
    let keys = (0..<strings.count).map { number in
      (key: prefix(strings[number]), number: number)
    }
    return keys.sorted { a, b in
      if a.key != b.key { return a.key < b.key }
      return strings[a.number].lexicographicallyPrecedes(strings[b.number])
    }.map(\.number)
  }

  private static func prefix(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    var key: UInt64 = 0
    for byte in bytes.prefix(8) { key = key &<< 8 | UInt64(byte) }
    return key &<< UInt64(8 * (8 - min(bytes.count, 8)))
  }

  /// Gives the most frequent terms the shortest codes; within a length, numbers follow the order
  /// of the terms, so that the dictionary need not store them.
  private mutating func assignRanks(_ markerCount: Int) {
    let byFrequency = terms.indices.sorted { a, b in
      (collectionFrequencies[b], a) < (collectionFrequencies[a], b)
    }
    let markers = [Int](repeating: collectionFrequencies.max() ?? 1, count: markerCount)
    code = DenseCode(frequencies: markers + byFrequency.map { collectionFrequencies[$0] })
    var lengths = [Int](repeating: 0, count: terms.count)
    for (place, ordinal) in byFrequency.enumerated() {
      lengths[ordinal] = code.length(of: markerCount + place)
    }
    var next = code.bases
    next[0] = markerCount
    ranks = lengths.map { length in
      defer { next[length - 1] += 1 }
      return UInt32(next[length - 1])
    }
    ordinals = [UInt32](repeating: .max, count: terms.count + markerCount)
    for (ordinal, rank) in ranks.enumerated() { ordinals[Int(rank)] = UInt32(ordinal) }
  }

  private mutating func spell(
    _ ordinal: Int, _ group: [Int], _ forms: StringTable, _ counts: [Int]
  ) {
    let ordered =
      group.count == 1
      ? group
      : group.sorted { a, b in
        counts[a] != counts[b]
          ? counts[a] > counts[b] : forms[a].lexicographicallyPrecedes(forms[b])
      }
    for (variant, form) in ordered.enumerated() {
      rankOfForm[form] = ranks[ordinal]
      variantOfForm[form] = variant < Self.maximumSpellings ? UInt16(variant) : 0
    }
    spellings.append(
      ordered.prefix(Self.maximumSpellings).map { Spelling(Array(forms[$0]), of: terms[ordinal]) })
  }
}
