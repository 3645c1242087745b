/// The inverted lists of a segment and its dictionary as bytes of their sections.
struct ListSections: Sendable {
  private(set) var terms: [UInt8] = []
  private(set) var postings: [UInt8] = []
  private(set) var passages: [UInt8] = []
  let frequencies: FrequencyTable
  let norms: [UInt8]
  let frequentRanks: [UInt8]

  init(_ content: SegmentContent) {
    let pairs = FrequentPairs(content.vocabulary)
    let builder = Self.invert(content, pairs)
    frequencies = builder.frequencies
    frequentRanks = pairs.ranks
    let boosts = content.schema.fields.map(\.boost)
    let columns = NormColumns.encode(
      content.documents.map(\.fieldLengths), schema: content.schema)
    norms = columns.section
    let info = content.info()
    let length = zip(info.fieldLengths, boosts).reduce(0) { $0 + Float($1.0) * $1.1 }
    var assembly = DictionaryAssembly(
      content, builder,
      ListWriter(
        frequencies: builder.frequencies, boosts: boosts, norms: columns.combined,
        averageLength: length / Float(max(info.documentCount, 1))),
      longPassageCount: info.longPassageCount)
    assembly.appendSurfaces()
    assembly.appendStems()
    assembly.appendPairs(pairs)
    (terms, postings, passages) = assembly.finish()
  }

  private static func invert(_ content: SegmentContent, _ pairs: FrequentPairs) -> PostingsBuilder {
    let firstPassages = content.firstPassages()
    let inverter = Inverter(
      tokens: content.tokens.ranks, documentStarts: content.documentStarts,
      firstPassages: firstPassages, lists: content.vocabulary.ordinals,
      counts: content.vocabulary.collectionFrequencies
        + pairs.counts(in: content.tokens.ranks, markerCount: content.markerCount),
      pairs: pairs, markerCount: content.markerCount)
    return PostingsBuilder(
      inverter, firstPassages: firstPassages, fieldCount: content.markerCount)
  }
}

/// Writes lists and dictionary entries side by side, in the order of the dictionary.
private struct DictionaryAssembly {
  private let content: SegmentContent
  private let builder: PostingsBuilder
  private let writer: ListWriter
  private let longPassageCount: Int
  private let firstPassages: [Int]
  private let totals: [Int]
  private var dictionary: TermDictionaryWriter
  private var postings: [UInt8] = []
  private var passages: [UInt8] = []

  /// Lists of up to so many documents stand in the dictionary.
  private static let inlineDocuments = 2
  /// Passages of such a list stand in the dictionary up to so many.
  private static let inlinePassages = 16

  init(
    _ content: SegmentContent, _ builder: PostingsBuilder, _ writer: ListWriter,
    longPassageCount: Int
  ) {
    self.content = content
    self.builder = builder
    self.writer = writer
    self.longPassageCount = longPassageCount
    firstPassages = content.firstPassages()
    totals = builder.frequencies.totals()
    dictionary = TermDictionaryWriter(
      reservedRanks: content.markerCount, stopperCount: content.vocabulary.code.stopperCount)
  }

  consuming func finish() -> (terms: [UInt8], postings: [UInt8], passages: [UInt8]) {
    (dictionary.finish(), postings, passages)
  }

  mutating func appendSurfaces() {
    let vocabulary = content.vocabulary
    for (ordinal, term) in vocabulary.terms.enumerated() {
      let entry = entry(
        list: ordinal, codeClass: vocabulary.code.length(of: Int(vocabulary.ranks[ordinal])),
        spellings: vocabulary.spellings[ordinal])
      dictionary.append(surface: term, entry)
    }
  }

  mutating func appendPairs(_ pairs: FrequentPairs) {
    for (first, firstRank) in pairs.ranks.enumerated() {
      for (second, secondRank) in pairs.ranks.enumerated() {
        let list = pairs.list(UInt8(first), UInt8(second))
        guard builder.starts[list + 1] > builder.starts[list] else { continue }
        let entry = entry(list: list, codeClass: 1, spellings: [.same])
        dictionary.append(pair: firstRank, secondRank, entry)
      }
    }
  }

  private mutating func entry(list: Int, codeClass: Int, spellings: [Spelling]) -> TermEntry {
    let range = builder.starts[list]..<builder.starts[list + 1]
    let codes = builder.codes[range]
    return TermEntry(
      documentFrequency: range.count,
      collectionFrequency: codes.reduce(0) { $0 + totals[Int($1)] },
      postings: postingsPlace(builder.documents[range], codes),
      passages: passagesPlace(list, range),
      codeClass: codeClass, spellings: spellings)
  }

  private mutating func postingsPlace(_ documents: ArraySlice<UInt32>, _ codes: ArraySlice<UInt32>)
    -> PostingsPlace
  {
    if documents.count <= Self.inlineDocuments {
      var bytes = ByteWriter()
      var before = -1
      for (document, code) in zip(documents, codes) {
        bytes.varint(Int(document) - before - 1)
        bytes.varint(UInt64(code))
        before = Int(document)
      }
      return .inline(bytes.bytes)
    }
    let list = writer.postings(documents, codes)
    defer { postings += list }
    return .list(offset: postings.count, count: list.count)
  }

  private mutating func passagesPlace(_ list: Int, _ range: Range<Int>) -> PostingsPlace {
    let numbers = builder.passages[builder.passageStarts[list]..<builder.passageStarts[list + 1]]
    // A list of nearly all passages narrows nothing.
    if numbers.isEmpty || numbers.count * 5 > longPassageCount * 3 { return .none }
    if range.count <= Self.inlineDocuments, numbers.count <= Self.inlinePassages {
      return .inline(inlinePassages(numbers[...], range))
    }
    let bytes = writer.passages(numbers)
    defer { passages += bytes }
    return .list(offset: passages.count, count: bytes.count)
  }

  /// ```
  /// passages := { [varint passages − 1], varint gap{passages} } for each long document
  /// ```
  /// The first gap counts from the document's first passage, the others from behind the passage
  /// before. What stands in brackets is left out where the term occurs once in the document.
  private func inlinePassages(_ numbers: ArraySlice<UInt32>, _ range: Range<Int>) -> [UInt8] {
    var bytes = ByteWriter()
    var rest = numbers
    for posting in range {
      let document = Int(builder.documents[posting])
      let own = rest.prefix { $0 < firstPassages[document + 1] }
      if own.isEmpty { continue }
      rest = rest.dropFirst(own.count)
      if totals[Int(builder.codes[posting])] > 1 { bytes.varint(own.count - 1) }
      var before = firstPassages[document] - 1
      for number in own {
        bytes.varint(Int(number) - before - 1)
        before = Int(number)
      }
    }
    return bytes.bytes
  }

  // MARK: Stems

  mutating func appendStems() {
    let terms = content.vocabulary.terms
    var numbers = Interner()
    var members: [[Int]] = []
    for (ordinal, term) in terms.enumerated() {
      let number = numbers.intern(Stemmer.stem(term))
      if number == members.count { members.append([]) }
      members[number].append(ordinal)
    }
    let stems = numbers.strings
    let kept = members.indices.filter { number in
      members[number].count > 1 || stems[number] != terms[members[number][0]][...]
    }
    let sorted = kept.sorted { stems[$0].lexicographicallyPrecedes(stems[$1]) }
    var seen = [UInt32](repeating: .max, count: content.documents.count)
    for number in sorted {
      dictionary.append(
        stem: Array(stems[number]),
        StemEntry(
          documentFrequency: documentFrequency(members[number], &seen, UInt32(number)),
          members: members[number]))
    }
  }

  /// Documents that have any of the members.
  private func documentFrequency(_ members: [Int], _ seen: inout [UInt32], _ stamp: UInt32) -> Int {
    if members.count == 1 { return builder.starts[members[0] + 1] - builder.starts[members[0]] }
    var count = 0
    for member in members {
      for document in builder.documents[builder.starts[member]..<builder.starts[member + 1]]
      where seen[Int(document)] != stamp {
        seen[Int(document)] = stamp
        count += 1
      }
    }
    return count
  }
}
