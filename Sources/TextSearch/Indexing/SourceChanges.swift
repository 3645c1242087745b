/// What has become of sources since the last commit.
struct SourceChanges {
  private var byPath: [PathKey: SourceChange] = [:]
  private var pathOfNumber: [UInt32: String] = [:]
  /// Numbers of sources whose groups go as others take their place.
  private(set) var replacedNumbers: Set<UInt32> = []
  /// Numbers of sources that are gone.
  private(set) var forgottenNumbers: Set<UInt32> = []
  /// Sources that give way to another.
  private(set) var duplicates: [(path: String, of: String)] = []
  /// By the number of its source: groups that give way to others of the same id.
  private(set) var lostGroups: [UInt32: Int] = [:]
  /// By number: sources of which nothing is said but their time.
  private var touched: [UInt32: Source] = [:]

  /// Paths of sources that can't be read now and are to be read by a later run.
  private var postponed: Set<PathKey> = []

  /// Whether there is nothing that is worth a commit.
  var isEmpty: Bool { byPath.isEmpty }

  var list: [SourceChange] {
    byPath.values + touched.values.filter { byPath[PathKey($0.path)] == nil }.map { .set($0) }
  }

  /// Notes that a source is as it was but for its time.
  mutating func touch(_ source: Source) { touched[source.number] = source }

  /// Makes a source look changed to a later run, as it can't be read now.
  mutating func postpone(_ source: Source) {
    var source = source
    source.modified = 0
    source.fingerprint = 0
    let key = PathKey(source.path)
    if byPath[key] == nil { touch(source) } else { byPath[key] = .set(source) }
    postponed.insert(key)
  }

  /// - Parameter table: The sources of the last commit.
  mutating func set(_ source: Source, in table: SourceTable) throws(IndexError) {
    if let number = try number(of: source.path, table) { replacedNumbers.insert(number) }
    byPath[PathKey(source.path)] = .set(source)
    pathOfNumber[source.number] = source.path
    if case .duplicate(let other) = source.state {
      replacedNumbers.insert(source.number)
      duplicates.append((source.path, other))
    }
  }

  mutating func forget(_ path: String, in table: SourceTable) throws(IndexError) {
    if let number = try number(of: path, table) { forgottenNumbers.insert(number) }
    byPath[PathKey(path)] = .gone(path: path)
  }

  /// The number that the path has, by a change or by the last commit.
  private func number(of path: String, _ table: SourceTable) throws(IndexError) -> UInt32? {
    switch byPath[PathKey(path)] {
    case .set(let earlier): earlier.number
    case .gone: nil
    case nil: try table.source(at: path)?.number
    }
  }

  /// The sources of these numbers, as they are after the changes.
  /// - Complexity: O(sources) where a number is not of a changed one.
  func sources(_ numbers: Set<UInt32>, in table: SourceTable) throws(IndexError)
    -> [UInt32: Source]
  {
    var found: [UInt32: Source] = [:]
    for number in numbers {
      if let path = pathOfNumber[number], case .set(let source) = byPath[PathKey(path)] {
        found[number] = source
      } else if let source = touched[number] {
        found[number] = source
      }
    }
    if found.count < numbers.count {
      try table.visit { source in
        if numbers.contains(source.number), found[source.number] == nil {
          found[source.number] = source
        }
        return found.count < numbers.count
      }
    }
    return found
  }

  /// Notes that groups of `loser` give way to those of `winner`.
  /// - Parameters:
  ///   - count: How many.
  ///   - keepsOthers: Whether `loser` has more groups than those.
  mutating func beat(_ loser: Source, by winner: Source, in count: Int, keepsOthers: Bool) {
    lostGroups[loser.number, default: 0] += count
    var loser = loser
    if case .set(let newer) = byPath[PathKey(loser.path)] { loser = newer }
    if !loser.beatenBy.contains(winner.number) { loser.beatenBy.append(winner.number) }
    if !keepsOthers {
      loser.state = .duplicate(of: winner.path)
      duplicates.append((loser.path, winner.path))
    }
    byPath[PathKey(loser.path)] = .set(loser)
    pathOfNumber[loser.number] = loser.path
  }

  // MARK: What gave way

  /// The sources that gave way to others which are replaced or gone, and of which nothing else is
  /// said: what they have may belong into the index now.
  /// - Complexity: O(sources) where something is replaced or gone, else O(1).
  func displaced(in table: SourceTable) throws(IndexError) -> [Source] {
    if replacedNumbers.isEmpty, forgottenNumbers.isEmpty { return [] }
    var beaten: [Source] = []
    var copies: [(source: Source, original: String)] = []
    try table.visitBeaten { source in
      if has(source.path) { return }
      if source.beatenBy.contains(where: {
        replacedNumbers.contains($0) || forgottenNumbers.contains($0)
      }) {
        beaten.append(source)
      } else if source.beatenBy.isEmpty, case .duplicate(let original) = source.state,
        has(original)
      {
        copies.append((source, original))
      }
    }
    for (source, original) in copies where try !hasContentAsBefore(original, table) {
      beaten.append(source)
    }
    return try beaten + misled(table)
  }

  /// Sources that were recorded as duplicates of others which turned out to be something else.
  private func misled(_ table: SourceTable) throws(IndexError) -> [Source] {
    var misled: [Source] = []
    for case .set(let source) in byPath.values where source.beatenBy.isEmpty {
      guard case .duplicate(let path) = source.state, !postponed.contains(PathKey(source.path))
      else { continue }
      if postponed.contains(PathKey(path)) {
        misled.append(source)
      } else if case .set(let original) = byPath[PathKey(path)], original.number > source.number,
        let before = try table.source(at: path), before.fingerprint != original.fingerprint
      {
        misled.append(source)
      }
    }
    return misled.sorted { PathOrder.precedes($0.path, $1.path) }
  }

  /// Whether a path that something is said of still has the content that it had.
  private func hasContentAsBefore(_ path: String, _ table: SourceTable) throws(IndexError) -> Bool {
    guard case .set(let source) = byPath[PathKey(path)], let before = try table.source(at: path)
    else {
      return false
    }
    if case .empty = source.state { return false }
    return source.fingerprint == before.fingerprint
  }

  /// Whether something is said of the path.
  func has(_ path: String) -> Bool {
    let key = PathKey(path)
    return byPath[key] != nil || postponed.contains(key)
  }
}
