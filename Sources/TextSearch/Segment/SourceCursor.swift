/// A walk over the sources of several lists in the order of their paths, each as the newest list
/// that speaks of it has it.
///
/// Its contract is that of `SourceListCursor`.
struct SourceCursor {
  /// Oldest list first.
  private var cursors: [SourceListCursor] = []
  /// The lists that are not at their end, by the path that each is at, the newest of one path first.
  private var order: [Int] = []
  private var hasBegun = false
  /// Whether paths that are gone are given out, too.
  private let keepsGone: Bool

  init(_ lists: [SourceList], keepsGone: Bool = false) throws(IndexError) {
    self.keepsGone = keepsGone
    for list in lists { cursors.append(try list.cursor()) }
  }

  /// The list that has the record, and the record in it.
  var listNumber: Int { order[0] }
  var record: SourceListCursor { _read { yield cursors[order[0]] } }

  /// Moves to the next source; false after the last one.
  /// - Complexity: O(1) comparisons where most records are of one list, else O(lists).
  mutating func next() throws(IndexError) -> Bool {
    if !hasBegun { try begin() } else if !order.isEmpty { try advance(at: 0) }
    while !order.isEmpty {
      while order.count > 1, precedence(order[0], order[1]) == 0 { try advance(at: 1) }
      if keepsGone || !cursors[order[0]].isGone { return true }
      try advance(at: 0)
    }
    return false
  }

  private mutating func begin() throws(IndexError) {
    hasBegun = true
    for list in cursors.indices where try cursors[list].next() {
      order.insert(list, at: 0)
      settle(0)
    }
  }

  /// Moves the list at a place of `order` on.
  private mutating func advance(at place: Int) throws(IndexError) {
    if try cursors[order[place]].next() { settle(place) } else { order.remove(at: place) }
  }

  /// Moves the list at `place` back to where it belongs.
  private mutating func settle(_ place: Int) {
    var place = place
    while place + 1 < order.count, isBehind(order[place], order[place + 1]) {
      order.swapAt(place, place + 1)
      place += 1
    }
  }

  private func isBehind(_ one: Int, _ other: Int) -> Bool {
    let order = precedence(one, other)
    return order == 0 ? one < other : order > 0
  }

  private func precedence(_ one: Int, _ other: Int) -> Int {
    cursors[one].compare(cursors[other])
  }
}
