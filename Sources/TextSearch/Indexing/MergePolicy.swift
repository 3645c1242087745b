/// Says which segments of an index are merged next, by their sizes alone.
///
/// Segments are in levels by live tokens: level 0 is below `smallestLevel`, and each further level
/// reaches eight times as far. Eight segments of one level become one, which is in a higher level;
/// where eight are more than `limit` allows, the smallest are taken for as long as they fit. Full
/// segments, of more than half of the limit, are in no level and are left alone. A segment with
/// more than a quarter of its tokens deleted is written again without them.
///
/// When no merge is left, with l levels below half of the limit and T live tokens in all,
/// - there are at most 7 · l + 2 · T / `limit` segments, as each full one has more than half of the
///   limit;
/// - without deletions all writing, commits and merges together, was at most l + 1 times the tokens
///   that were committed, and 8 / 7 · `smallestLevel` tokens for each commit: a merge takes every
///   token to a higher level, or makes a full segment, for what is left out was at most half of the
///   limit and did not fit. Only within level 0 tokens may be merged again, and then eight segments
///   of at most `smallestLevel` tokens have become one.
///
/// Deletions add at most three tokens for each deleted one, as a segment is written again when a
/// third of what is written was deleted, and, as a segment can fall back by one level, at most one
/// writing more in each level.
struct MergePolicy: Sendable, Equatable {
  /// The size of a segment in tokens.
  struct Size: Sendable, Equatable {
    /// Tokens of documents that are not deleted.
    var live: Int
    var all: Int
  }

  /// The most tokens of a merged segment.
  let limit: Int

  /// So many segments of a level become one. Chosen: fewer write more, more make queries slower.
  static let factor = 8
  /// Segments below this size are in one level. Chosen: they are merged in some milliseconds, and
  /// four levels fewer mean 28 segments fewer.
  static let smallestLevel = 1 << 15

  init(limit: Int) { self.limit = max(limit, 1) }

  /// The level of a segment, or nil where it is full.
  func level(ofLive tokens: Int) -> Int? {
    if tokens > limit / 2 { return nil }
    var level = 0
    var rest = tokens / Self.smallestLevel
    while rest > 0 {
      level += 1
      rest /= Self.factor
    }
    return level
  }

  /// How many levels there are.
  var levelCount: Int { (level(ofLive: limit / 2) ?? 0) + 1 }

  /// Sets of segments, by their places in `segments`, each of which is to become one segment.
  ///
  /// The sets have nothing in common, and places rise in each. After these merges there may be
  /// further ones; none is left when the answer is empty. A segment without live tokens is a set of
  /// its own.
  func merges(of segments: [Size]) -> [[Int]] {
    var levels = [[Int]](repeating: [], count: levelCount)
    for (place, size) in segments.enumerated() {
      if let level = level(ofLive: size.live) { levels[level].append(place) }
    }
    var sets: [[Int]] = []
    for level in levels {
      var rest = level.sorted { (segments[$0].live, $0) < (segments[$1].live, $1) }[...]
      while rest.count >= Self.factor {
        let set = fitting(rest.prefix(Self.factor), segments)
        rest = rest.dropFirst(set.count)
        sets.append(set.sorted())
      }
    }
    let merged = Set(sets.joined())
    return sets
      + segments.indices.filter { !merged.contains($0) && segments[$0].isWasteful }
      .map { [$0] }
  }

  /// The first of `places` that fit into one segment; two always do, as neither is full.
  private func fitting(_ places: ArraySlice<Int>, _ segments: [Size]) -> ArraySlice<Int> {
    var sum = 0
    return places.prefix { place in
      sum += segments[place].live
      return sum <= limit
    }
  }

  /// What leaves at most `count` segments and nothing deleted, whatever the limit: the smallest
  /// become one, and others with deletions are written again.
  static func merges(of segments: [Size], leaving count: Int) -> [[Int]] {
    let order = segments.indices.sorted { (segments[$0].live, $0) < (segments[$1].live, $1) }
    let excess = segments.count - max(count, 1)
    let smallest = excess > 0 ? order.prefix(excess + 1).sorted() : []
    let others = segments.indices.filter { place in
      !smallest.contains(place) && segments[place].live < segments[place].all
    }
    return (smallest.isEmpty ? [] : [smallest]) + others.map { [$0] }
  }
}

extension MergePolicy.Size {
  /// Whether more than a quarter is deleted.
  fileprivate var isWasteful: Bool { all - live > all / 4 }
}
