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
  private let isLong: [Bool]
  private var interned = FrequencyInterner()
  private let fieldCount: Int

  init(firstPassages: [Int], fieldCount: Int, occurrences: Int) {
    self.fieldCount = fieldCount
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
    let document = documentOfPassage[Int(occurrences[start] &>> Inverter.fieldBits)]
    let keepsPassages = isLong[Int(document)]
    var counts = InlineArray<8, UInt32>(repeating: 0)
    var lastPassage = UInt32.max
    var place = start
    while place < occurrences.endIndex {
      let occurrence = occurrences[place]
      let passage = occurrence &>> Inverter.fieldBits
      if passage != lastPassage {
        if documentOfPassage[Int(passage)] != document { break }
        lastPassage = passage
        if keepsPassages { passages.append(passage) }
      }
      counts[Int(occurrence & 7)] &+= 1
      place &+= 1
    }
    documents.append(document)
    codes.append(interned.number(of: counts))
    return place
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

  mutating func number(of counts: InlineArray<8, UInt32>) -> UInt32 {
    var field = 0
    var fields = 0
    for place in 0..<8 where counts[place] > 0 {
      field = place
      fields += 1
    }
    if fields == 1, counts[field] < 256 {
      let place = field * 256 + Int(counts[field])
      if single[place] == 0 { single[place] = add(counts) + 1 }
      uses[Int(single[place] - 1)] += 1
      return single[place] - 1
    }
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
