/// Counts the occurrences of each list by document and field, and collects their passages.
struct PostingsBuilder {
  /// The postings of list l are those from `starts[l]` up to `starts[l + 1]`.
  private(set) var starts: [Int] = [0]
  private(set) var documents: [UInt32] = []
  /// Entries of `frequencies`, first by first sight, after `finish()` by falling use.
  private(set) var codes: [UInt32] = []
  /// The passages of list l, in long documents, by their numbers in the segment.
  private(set) var passageStarts: [Int] = [0]
  private(set) var passages: [UInt32] = []
  private(set) var frequencies: FrequencyTable

  private let documentOfPassage: [UInt32]
  private let firstPassages: [UInt32]
  private let isLong: [Bool]
  private var interned = FrequencyInterner()
  private let fieldCount: Int

  init(firstPassages: [Int], fieldCount: Int, occurrences: Int) {
    self.fieldCount = fieldCount
    self.firstPassages = firstPassages.map { UInt32($0) }
    let counts = zip(firstPassages, firstPassages.dropFirst()).map { $1 - $0 }
    isLong = counts.map { $0 > Passage.mostInShortDocument }
    documentOfPassage = counts.enumerated().flatMap { document, count in
      repeatElement(UInt32(document), count: count)
    }
    frequencies = FrequencyTable(fieldCount: fieldCount, entries: [])
    documents.reserveCapacity(occurrences / 2)
    codes.reserveCapacity(occurrences / 2)
  }

  /// Appends the next list. `occurrences` rise.
  mutating func append(list occurrences: ArraySlice<UInt32>) {
    var place = occurrences.startIndex
    while place < occurrences.endIndex {
      place = appendPosting(occurrences, place)
    }
    starts.append(documents.count)
    passageStarts.append(passages.count)
  }

  /// Appends the posting of the document that the occurrence at `start` is in.
  private mutating func appendPosting(_ occurrences: ArraySlice<UInt32>, _ start: Int) -> Int {
    let first = occurrences[start]
    let document = documentOfPassage[Int(first &>> Inverter.fieldBits)]
    let end = firstPassages[Int(document) + 1] &<< Inverter.fieldBits
    var place = start
    var differences: UInt32 = 0
    while place < occurrences.endIndex, occurrences[place] < end {
      differences |= occurrences[place] ^ first
      place &+= 1
    }
    let own = occurrences[start..<place]
    if isLong[Int(document)] { appendPassages(own) }
    documents.append(document)
    if differences & 7 == 0 {
      codes.append(interned.number(of: own.count, in: Int(first & 7)))
    } else {
      var counts = InlineArray<8, UInt32>(repeating: 0)
      for occurrence in own { counts[Int(occurrence & 7)] &+= 1 }
      codes.append(interned.number(of: counts))
    }
    return place
  }

  private mutating func appendPassages(_ occurrences: ArraySlice<UInt32>) {
    var last = UInt32.max
    for occurrence in occurrences where occurrence &>> Inverter.fieldBits != last {
      last = occurrence &>> Inverter.fieldBits
      passages.append(last)
    }
  }

  /// Renumbers the frequencies by falling use.
  mutating func finish() {
    let order = interned.order()
    frequencies = FrequencyTable(
      fieldCount: fieldCount,
      entries: order.map { entry in (0..<fieldCount).map { interned.entries[entry][$0] } })
    var numbers = [UInt32](repeating: 0, count: order.count)
    for (number, entry) in order.enumerated() { numbers[entry] = UInt32(number) }
    for place in codes.indices { codes[place] = numbers[Int(codes[place])] }
  }
}

/// Numbers vectors of field frequencies by first sight and counts them.
private struct FrequencyInterner {
  private(set) var entries: [InlineArray<8, UInt32>] = []
  private var uses: [Int] = []
  /// By field and frequency below 256, for vectors of one field: the number plus 1.
  private var single = [UInt32](repeating: 0, count: 8 * 256)
  private var others: [[UInt32]: UInt32] = [:]

  /// The number of a vector with `frequency` in `field` and nothing else.
  @inline(__always)
  mutating func number(of frequency: Int, in field: Int) -> UInt32 {
    if frequency < 256, single[field &* 256 &+ frequency] > 0 {
      let number = single[field &* 256 &+ frequency] &- 1
      uses[Int(number)] &+= 1
      return number
    }
    var counts = InlineArray<8, UInt32>(repeating: 0)
    counts[field] = UInt32(frequency)
    let number = self.number(of: counts)
    if frequency < 256 { single[field * 256 + frequency] = number + 1 }
    return number
  }

  mutating func number(of counts: InlineArray<8, UInt32>) -> UInt32 {
    let key = (0..<8).map { counts[$0] }
    let number = others[key] ?? add(counts)
    others[key] = number
    uses[Int(number)] += 1
    return number
  }

  private mutating func add(_ counts: InlineArray<8, UInt32>) -> UInt32 {
    entries.append(counts)
    uses.append(0)
    return UInt32(entries.count - 1)
  }

  /// The numbers by falling use; equally used ones by their frequencies.
  func order() -> [Int] {
    entries.indices.sorted { a, b in
      if uses[a] != uses[b] { return uses[a] > uses[b] }
      for field in 0..<8 where entries[a][field] != entries[b][field] {
        return entries[a][field] < entries[b][field]
      }
      return false
    }
  }
}
