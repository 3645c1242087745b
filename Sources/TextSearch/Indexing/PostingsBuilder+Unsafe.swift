/// Counts the occurrences of each list by document and field, and collects their passages.
///
/// Safety: an occurrence names a passage of the segment, so the tables have an entry for it and for
/// its document. A list makes no more postings than it has occurrences; so documents can be written
/// over the occurrences that were read, and `codes` has room.
struct PostingsBuilder {
  /// The postings of list l are those from `starts[l]` up to `starts[l + 1]`.
  private(set) var starts: [Int] = [0]
  private(set) var documents: [UInt32]
  /// Entries of `frequencies`, by falling use.
  private(set) var codes: [UInt32] = []
  /// The passages of list l, in long documents, by their numbers in the segment.
  private(set) var passageStarts: [Int] = [0]
  private(set) var passages: [UInt32] = []
  let frequencies: FrequencyTable

  init(_ inverter: consuming Inverter, firstPassages: [Int], fieldCount: Int) {
    let table = PassageTable(firstPassages)
    let lists = inverter.starts
    var interner = FrequencyInterner()
    var occurrences = inverter.takeOccurrences()
    var starts = [0]
    starts.reserveCapacity(lists.count)
    var passageStarts = [0]
    passageStarts.reserveCapacity(lists.count)
    var passages: [UInt32] = []
    codes = unsafe [UInt32](unsafeUninitializedCapacity: occurrences.count) { codes, filled in
      unsafe occurrences.withUnsafeMutableBufferPointer { occurrences in
        for list in 0..<(lists.count - 1) {
          unsafe Self.count(
            lists[list]..<lists[list + 1], table, &interner, occurrences, codes, &filled,
            &passages)
          starts.append(filled)
          passageStarts.append(passages.count)
        }
      }
    }
    occurrences.removeLast(occurrences.count - codes.count)
    documents = occurrences
    (self.starts, self.passageStarts, self.passages) = (starts, passageStarts, passages)
    let order = interner.order(codes)
    frequencies = FrequencyTable(
      fieldCount: fieldCount,
      entries: order.map { entry in (0..<fieldCount).map { interner.entries[entry][$0] } })
    renumber(order)
  }

  /// Turns the occurrences of one list into postings, which it puts at `filled`.
  private static func count(
    _ list: Range<Int>, _ table: PassageTable, _ interner: inout FrequencyInterner,
    _ occurrences: UnsafeMutableBufferPointer<UInt32>, _ codes: UnsafeMutableBufferPointer<UInt32>,
    _ filled: inout Int, _ passages: inout [UInt32]
  ) {
    var place = list.lowerBound
    while place < list.upperBound {
      let first = unsafe occurrences[place]
      let document = table.document(first)
      let end = table.end(of: document)
      var differences: UInt32 = 0
      var next = place &+ 1
      while next < list.upperBound, unsafe occurrences[next] < end {
        differences |= unsafe occurrences[next] ^ first
        next &+= 1
      }
      let own = unsafe UnsafeBufferPointer(rebasing: occurrences[place..<next])
      if table.isLong(document) { unsafe append(own, to: &passages) }
      let isOneField = differences & Inverter.fieldMask == 0
      let field = Int(first & Inverter.fieldMask)
      let code =
        unsafe isOneField ? interner.number(of: own.count, in: field) : interner.number(of: own)
      unsafe occurrences[filled] = document
      unsafe codes[filled] = code
      filled &+= 1
      place = next
    }
  }

  private static func append(
    _ occurrences: UnsafeBufferPointer<UInt32>, to passages: inout [UInt32]
  ) {
    var last = UInt32.max
    for place in 0..<occurrences.count {
      let passage = unsafe occurrences[place] &>> Inverter.fieldBits
      if passage != last { passages.append(passage) }
      last = passage
    }
  }

  private mutating func renumber(_ order: [Int]) {
    var numbers = [UInt32](repeating: 0, count: order.count)
    for (number, entry) in order.enumerated() { numbers[entry] = UInt32(number) }
    unsafe codes.withUnsafeMutableBufferPointer { codes in
      for place in 0..<codes.count { unsafe codes[place] = numbers[Int(codes[place])] }
    }
  }
}

/// Which document an occurrence is in.
private struct PassageTable {
  /// By passage the document.
  private var documents: [UInt32] = []
  /// By document the number that its occurrences stay below.
  private var ends: [UInt32] = []
  private let firstPassages: [Int]

  init(_ firstPassages: [Int]) {
    documents.reserveCapacity(firstPassages.last ?? 0)
    ends.reserveCapacity(firstPassages.count)
    for (document, range) in zip(firstPassages, firstPassages.dropFirst()).enumerated() {
      let count = range.1 - range.0
      documents.append(contentsOf: repeatElement(UInt32(document), count: count))
      ends.append(UInt32(range.1) &<< Inverter.fieldBits)
    }
    self.firstPassages = firstPassages
  }

  @inline(__always)
  func document(_ occurrence: UInt32) -> UInt32 {
    documents[Int(occurrence &>> Inverter.fieldBits)]
  }

  @inline(__always)
  func end(of document: UInt32) -> UInt32 { ends[Int(document)] }

  @inline(__always)
  func isLong(_ document: UInt32) -> Bool {
    let place = Int(document)
    return firstPassages[place &+ 1] &- firstPassages[place] > Passage.mostInShortDocument
  }
}

/// Numbers vectors of field frequencies by first sight.
private struct FrequencyInterner {
  private(set) var entries: [InlineArray<8, UInt32>] = []
  /// By field and frequency below 256, for vectors of one field: the number plus 1.
  private var single = [UInt32](repeating: 0, count: 8 * 256)
  /// By eight bits a field, for vectors of frequencies below 256.
  private var packed: [UInt64: UInt32] = [:]
  private var others: [[UInt32]: UInt32] = [:]

  /// The number of a vector with `frequency` in `field` and nothing else.
  @inline(__always)
  mutating func number(of frequency: Int, in field: Int) -> UInt32 {
    if frequency < 256, single[field &* 256 &+ frequency] > 0 {
      return single[field &* 256 &+ frequency] &- 1
    }
    var counts = InlineArray<8, UInt32>(repeating: 0)
    counts[field] = UInt32(frequency)
    let number = self.number(of: counts)
    if frequency < 256 { single[field * 256 + frequency] = number + 1 }
    return number
  }

  /// The number of the vector that the occurrences of one document make.
  mutating func number(of occurrences: UnsafeBufferPointer<UInt32>) -> UInt32 {
    var counts = InlineArray<8, UInt32>(repeating: 0)
    for place in 0..<occurrences.count {
      counts[Int(unsafe occurrences[place] & Inverter.fieldMask)] &+= 1
    }
    return number(of: counts)
  }

  private mutating func number(of counts: InlineArray<8, UInt32>) -> UInt32 {
    var key: UInt64 = 0
    var isSmall = true
    for field in 0..<8 {
      key = key &<< 8 | UInt64(counts[field])
      if counts[field] > 255 { isSmall = false }
    }
    if isSmall {
      if let number = packed[key] { return number }
      let number = add(counts)
      packed[key] = number
      return number
    }
    let vector = (0..<8).map { counts[$0] }
    if let number = others[vector] { return number }
    let number = add(counts)
    others[vector] = number
    return number
  }

  private mutating func add(_ counts: InlineArray<8, UInt32>) -> UInt32 {
    entries.append(counts)
    return UInt32(entries.count - 1)
  }

  /// The numbers by falling use in `codes`; equally used ones by their frequencies.
  func order(_ codes: [UInt32]) -> [Int] {
    var uses = [Int](repeating: 0, count: entries.count)
    for code in codes { uses[Int(code)] &+= 1 }
    return entries.indices.sorted { a, b in
      if uses[a] != uses[b] { return uses[a] > uses[b] }
      for field in 0..<8 where entries[a][field] != entries[b][field] {
        return entries[a][field] < entries[b][field]
      }
      return false
    }
  }
}
