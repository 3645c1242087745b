/// A walk over the keys of a dictionary in order: surface terms, then stems, then pairs.
///
/// Before the first `next()` and after it returned false there is no current key, and nothing else
/// may be asked. Once `next()` has returned false it always does. After an error the cursor is not
/// to be used again. Entries are decoded only when they are asked for.
struct TermCursor {
  let dictionary: TermDictionary
  /// The kind of the current key.
  private(set) var kind: TermKind
  /// The number of the block among those of its kind; −1 before the first.
  private(set) var number: Int
  /// How many keys of the block were walked.
  private(set) var walked = 0
  private var content: TermBlock?
  private var keys: TermKeyWalker?
  private var entries: TermEntryWalker?
  private var stems: StemWalker?
  /// The current key, in room for the longest of its block.
  private var buffer: [UInt8] = []
  /// Whether the current key is still to be given by `next()`.
  private var isAhead = false
  private var isAtEnd = false

  /// Stands before the first key of `kind` that is not less than `key`, or, when there is none,
  /// before the first key of the kinds after it.
  fileprivate init(_ dictionary: TermDictionary, _ kind: TermKind, _ key: [UInt8])
    throws(IndexError)
  {
    self.dictionary = dictionary
    self.kind = kind
    number = (try dictionary.lastBlock(kind, notAbove: key) ?? 0) - 1
    while try next(), self.kind == kind, self.key.lexicographicallyPrecedes(key) {}
    isAhead = true
  }

  /// The bytes of the current key.
  var key: [UInt8] { Array(buffer.prefix(keys?.length ?? 0)) }

  /// The place of the current key among those of its kind.
  var ordinal: Int { number * TermDictionaryLayout.blockSize + walked - 1 }

  /// Whether the current key begins with `prefix`.
  func hasPrefix(_ prefix: [UInt8]) -> Bool {
    prefix.count <= keys?.length ?? 0 && buffer.starts(with: prefix)
  }

  /// Moves to the next key; false after the last one.
  /// - Complexity: O(1) amortised over a block, and the length of the key.
  /// - Throws: `IndexError.damaged` when the keys do not rise or a block is not as it must be.
  mutating func next() throws(IndexError) -> Bool {
    if isAhead {
      isAhead = false
      return !isAtEnd
    }
    if isAtEnd { return false }
    guard let content, walked < content.keys else { return try firstOfNextBlock() }
    try step()
    return true
  }

  private mutating func firstOfNextBlock() throws(IndexError) -> Bool {
    if content != nil { try checkEnd() }
    var last = key
    number += 1
    while number >= dictionary.layout.blocks(of: kind) {
      guard let next = TermKind(rawValue: kind.rawValue + 1) else {
        isAtEnd = true
        return false
      }
      (kind, number, last) = (next, 0, [])
    }
    let block = try dictionary.block(number, of: kind)
    (content, walked, entries, stems) = (block, 0, nil, nil)
    keys = TermKeyWalker(block, dictionary.layout.lengths)
    buffer = [UInt8](repeating: 0, count: block.keyRoom)
    try step()
    guard last.lexicographicallyPrecedes(key) else { throw fault(.order) }
    return true
  }

  /// The block must end where its last key ends.
  private func checkEnd() throws(IndexError) {
    guard keys?.nibbles.isAtEnd ?? true else { throw fault(.header) }
  }

  /// Safety: the buffer has `keyRoom` bytes, which is what the walker asks for.
  private mutating func step() throws(IndexError) {
    guard var walker = keys else { return }
    let global = dictionary.layout.firstBlock(of: kind) + number
    try dictionary.inBlock(global) { () throws(TermBlockFault) in
      try unsafe buffer.withUnsafeMutableBufferPointer { key throws(TermBlockFault) in
        try unsafe walker.next(key)
      }
    }
    keys = walker
    walked += 1
  }

  private func fault(_ fault: TermBlockFault) -> IndexError {
    dictionary.damaged(block: dictionary.layout.firstBlock(of: kind) + number, fault)
  }
}

// MARK: - Entries

extension TermCursor {
  /// What is known of the current key, a surface term or a pair.
  /// - Complexity: O(keys since the last one whose entry was asked for).
  mutating func entry() throws(IndexError) -> TermEntry {
    precondition(kind != .stem)
    let entry = try walkToEntry { (walker, raw) throws(TermBlockFault) in try walker.entry(raw) }
    guard (entry.codeClass > 0) == (kind == .surface) else { throw fault(.shape) }
    return entry
  }

  /// The code class and the spellings of the current key, a surface term.
  /// - Complexity: O(keys since the last one whose entry was asked for).
  mutating func spellings() throws(IndexError) -> (codeClass: Int, spellings: [Spelling]) {
    precondition(kind == .surface)
    let found = try walkToEntry { (walker, raw) throws(TermBlockFault) in
      (codeClass: Int(raw.shape.codeClass), spellings: try walker.spellings(raw))
    }
    guard found.codeClass > 0 else { throw fault(.shape) }
    return found
  }

  /// Gives the entry of the current key to `read`.
  private mutating func walkToEntry<Result>(
    _ read: (TermEntryWalker, TermEntryWalker.Raw) throws(TermBlockFault) -> Result
  ) throws(IndexError) -> Result {
    guard let content else { throw fault(.header) }
    let global = dictionary.layout.firstBlock(of: kind) + number
    var walker: TermEntryWalker
    if let entries, entries.index < walked {
      walker = entries
    } else {
      walker = try dictionary.inBlock(global) { () throws(TermBlockFault) in
        try dictionary.entries(content)
      }
    }
    let wanted = walked - 1
    let result = try dictionary.inBlock(global) { () throws(TermBlockFault) in
      while walker.index < wanted { _ = try walker.next() }
      return try read(walker, try walker.next())
    }
    entries = walker
    return result
  }

  /// What is known of the current key, a stem.
  /// - Complexity: O(keys since the last one whose entry was asked for).
  mutating func stem() throws(IndexError) -> StemEntry {
    precondition(kind == .stem)
    guard let content else { throw fault(.header) }
    let global = dictionary.layout.firstBlock(of: kind) + number
    let terms = dictionary.layout.terms
    var walker: StemWalker
    if let stems, stems.index < walked {
      walker = stems
    } else {
      walker = try dictionary.inBlock(global) { () throws(TermBlockFault) in
        try StemWalker(content, terms: terms)
      }
    }
    let wanted = walked - 1
    let entry = try dictionary.inBlock(global) { () throws(TermBlockFault) in
      while walker.index < wanted { _ = try walker.next() }
      return try walker.entry(try walker.next())
    }
    stems = walker
    return entry
  }

  /// The rank of the current key, a surface term.
  /// - Complexity: O(block size).
  func rank() throws(IndexError) -> Int {
    precondition(kind == .surface)
    return try dictionary.rank(ordinal: ordinal)
  }
}

extension TermDictionary {
  /// A walk from the first key of `kind` that is not less than `key` to the end of the dictionary.
  ///
  /// An empty key means all of the kind. The terms that begin with a prefix are those from the
  /// prefix on for as long as the cursor's `hasPrefix` holds and its kind is the same.
  /// - Complexity: O(log blocks + block size).
  func cursor(from key: [UInt8] = [], kind: TermKind = .surface) throws(IndexError) -> TermCursor {
    try TermCursor(self, kind, key)
  }
}
