extension TermDictionary {
  /// A key's block, its place in it, and the block's bytes.
  struct KeyPlace {
    var block: Int
    var index: Int
    var content: TermBlock
  }

  /// Where a key is, or nil when the dictionary does not have it.
  func find(_ kind: TermKind, _ target: [UInt8]) throws(IndexError) -> KeyPlace? {
    guard let number = try lastBlock(kind, notAbove: target) else { return nil }
    let content = try block(number, of: kind)
    let index = try inBlock(layout.firstBlock(of: kind) + number) {
      () throws(TermBlockFault) in try Self.search(content, layout.lengths, target)
    }
    return index.map { KeyPlace(block: number, index: $0, content: content) }
  }

  /// The last block of `kind` whose first key is not greater than `target`.
  func lastBlock(_ kind: TermKind, notAbove target: [UInt8]) throws(IndexError) -> Int? {
    let first = layout.firstBlock(of: kind)
    var (low, high) = (-1, layout.blocks(of: kind))
    while high - low > 1 {
      let middle = (low + high) / 2
      var walker = TermKeyWalker(try block(middle, of: kind), layout.lengths)
      let order = try inBlock(first + middle) { () throws(TermBlockFault) in
        try walker.compareFirst(with: target)
      }
      if order <= 0 { low = middle } else { high = middle }
    }
    return low < 0 ? nil : low
  }

  /// The index of `target` among the keys of a block.
  ///
  /// `matched` is how much of the target the last key shares. A key that shares more than that with
  /// the last key is less than the target as the last one is; one that shares less is greater.
  ///
  /// Safety: the scratch has `keyRoom` bytes, which is what the walker asks for.
  private static func search(
    _ block: TermBlock, _ lengths: KeyLengthPairs, _ target: [UInt8]
  ) throws(TermBlockFault) -> Int? {
    try unsafe withScratch(block.keyRoom) { key throws(TermBlockFault) in
      var walker = TermKeyWalker(block, lengths)
      var matched = 0
      for index in 0..<block.keys {
        try unsafe walker.next(key)
        if walker.prefix > matched { continue }
        if walker.prefix < matched { return nil }
        while matched < walker.length, matched < target.count,
          unsafe key[matched] == target[matched]
        {
          matched += 1
        }
        if matched == target.count { return walker.length == matched ? index : nil }
        if matched < walker.length, unsafe key[matched] > target[matched] { return nil }
      }
      return nil
    }
  }

  /// The bytes of key `index` of a surface block.
  ///
  /// Safety: as in `search`; `length` bytes of the scratch were written.
  func key(in content: TermBlock, at index: Int, block number: Int) throws(IndexError) -> [UInt8] {
    try inBlock(number) { () throws(TermBlockFault) in
      try unsafe Self.withScratch(content.keyRoom) { key throws(TermBlockFault) in
        var walker = TermKeyWalker(content, layout.lengths)
        for _ in 0...index { try unsafe walker.next(key) }
        return unsafe Array(UnsafeBufferPointer(rebasing: key[..<walker.length]))
      }
    }
  }

  /// Calls `body` with `count` bytes that are gone after it.
  private static func withScratch<Value>(
    _ count: Int, _ body: (UnsafeMutableBufferPointer<UInt8>) throws(TermBlockFault) -> Value
  ) throws(TermBlockFault) -> Value {
    let result: Result<Value, TermBlockFault> = unsafe withUnsafeTemporaryAllocation(
      of: UInt8.self, capacity: count
    ) { scratch in
      do throws(TermBlockFault) {
        return .success(try unsafe body(scratch))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}
