extension TermDictionary {
  /// Reads everything and verifies every rule of the format.
  ///
  /// Verified: the tables, that blocks follow one another without gaps, that every key is greater
  /// than the one before, that every part of a block is used up, that lists lie in their sections
  /// and do not overlap, that classes are counted right, and that members are terms.
  /// - Complexity: O(bytes of the section).
  /// - Throws: `IndexError.damaged` at the first rule that does not hold.
  func check() throws(IndexError) {
    try checkTables()
    var cursor = try cursor()
    while try cursor.next() {
      if cursor.kind == .pair, cursor.key.count != 2 {
        throw damaged(block: layout.firstBlock(of: .pair) + cursor.number, .key)
      }
    }
    var lists = ListEnds()
    var counts = SIMD4<Int>()
    for number in 0..<layout.blocks(of: .surface) {
      try checkClassRow(number, counts)
      try checkEntries(number, .surface, &counts, &lists)
    }
    guard counts == layout.classCounts else {
      throw section.damaged(at: 16, "classes of \(layout.classCounts), counted \(counts)")
    }
    for number in 0..<layout.blocks(of: .stem) { try checkStems(number) }
    lists = ListEnds()
    for number in 0..<layout.blocks(of: .pair) {
      try checkEntries(number, .pair, &counts, &lists)
    }
  }

  private struct ListEnds {
    var postings = 0
    var passages = 0
  }

  private func checkTables() throws(IndexError) {
    var end = layout.blocksStart
    for global in 0..<layout.blocks {
      let range = try bytes(of: global)
      guard range.lowerBound == end else {
        throw section.damaged(at: range.lowerBound, "a block that should begin at \(end)")
      }
      end = range.upperBound
    }
    let last = try section.word(at: layout.offsetsStart + 4 * layout.blocks, count: 4)
    guard end == section.count, Int(last & 0xFFFF_FFFF) == end - layout.blocksStart else {
      throw section.damaged(at: end, "\(section.count - end) bytes after the last block")
    }
  }

  private func checkClassRow(_ number: Int, _ counts: SIMD4<Int>) throws(IndexError) {
    for codeClass in 1...4 where try classCount(codeClass, before: number) != counts[codeClass - 1]
    {
      throw section.damaged(
        at: layout.classRowsStart + TermDictionaryLayout.classRowSize * number,
        "terms of class \(codeClass) before block \(number) are \(counts[codeClass - 1])")
    }
  }

  private func checkEntries(
    _ number: Int, _ kind: TermKind, _ counts: inout SIMD4<Int>, _ lists: inout ListEnds
  ) throws(IndexError) {
    let global = layout.firstBlock(of: kind) + number
    let content = try block(number, of: kind)
    var classes = counts
    var ends = lists
    try inBlock(global) { () throws(TermBlockFault) in
      var walker = try entries(content)
      guard walker.postings >= ends.postings, walker.passages >= ends.passages else {
        throw .list
      }
      for _ in 0..<content.keys {
        let raw = try walker.next()
        guard (raw.shape.codeClass > 0) == (kind == .surface) else { throw .shape }
        if kind == .surface { classes[Int(raw.shape.codeClass) - 1] += 1 }
      }
      guard walker.isAtEnd else { throw .header }
      ends = ListEnds(postings: walker.postings, passages: walker.passages)
    }
    (counts, lists) = (classes, ends)
  }

  private func checkStems(_ number: Int) throws(IndexError) {
    let content = try block(number, of: .stem)
    try inBlock(layout.firstBlock(of: .stem) + number) { () throws(TermBlockFault) in
      var walker = try StemWalker(content, terms: layout.terms)
      for _ in 0..<content.keys { _ = try walker.next() }
      guard walker.isAtEnd else { throw .header }
    }
  }
}
