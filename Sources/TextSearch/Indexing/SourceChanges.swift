/// What has become of sources since the last commit.
struct SourceChanges {
  private var byPath: [String: SourceChange] = [:]
  private var pathOfNumber: [UInt32: String] = [:]
  /// Numbers of sources whose groups go as others take their place.
  private(set) var replacedNumbers: Set<UInt32> = []
  /// Numbers of sources that are gone.
  private(set) var forgottenNumbers: Set<UInt32> = []
  /// Sources that give way to another.
  private(set) var duplicates: [(path: String, of: String)] = []

  var isEmpty: Bool { byPath.isEmpty }

  var list: [SourceChange] { Array(byPath.values) }

  /// - Parameter table: The sources of the last commit.
  mutating func set(_ source: Source, in table: SourceTable) throws(IndexError) {
    if let number = try number(of: source.path, table) { replacedNumbers.insert(number) }
    byPath[source.path] = .set(source)
    pathOfNumber[source.number] = source.path
    if case .duplicate(let other) = source.state {
      replacedNumbers.insert(source.number)
      duplicates.append((source.path, other))
    }
  }

  mutating func forget(_ path: String, in table: SourceTable) throws(IndexError) {
    if let number = try number(of: path, table) { forgottenNumbers.insert(number) }
    byPath[path] = .gone(path: path)
  }

  /// The number that the path has, by a change or by the last commit.
  private func number(of path: String, _ table: SourceTable) throws(IndexError) -> UInt32? {
    switch byPath[path] {
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
      if let path = pathOfNumber[number], case .set(let source) = byPath[path] {
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
  /// - Parameter keepsOthers: Whether `loser` has more groups than those.
  mutating func beat(_ loser: Source, by winner: Source, keepsOthers: Bool) {
    var loser = loser
    if case .set(let newer) = byPath[loser.path] { loser = newer }
    if !loser.beatenBy.contains(winner.number) { loser.beatenBy.append(winner.number) }
    if !keepsOthers {
      loser.state = .duplicate(of: winner.path)
      duplicates.append((loser.path, winner.path))
    }
    byPath[loser.path] = .set(loser)
    pathOfNumber[loser.number] = loser.path
  }
}
