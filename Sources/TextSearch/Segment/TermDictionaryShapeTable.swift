/// Chooses the shapes that get a number in a dictionary.
///
/// Greedy: each step takes the shape that saves the most nibbles given those already taken, which
/// for a saving of this kind (submodular) is within 1 − 1/e of the best choice (Nemhauser, Wolsey
/// and Fisher 1978). A saving only shrinks as shapes are taken, so the savings are kept in a heap
/// and only its top is computed anew (Minoux 1978).
struct TermShapeTable {
  private(set) var rows: [TermShape] = []
  private var numbers: [TermShape: Int] = [:]

  private struct Use {
    var shape: TermShape
    var count: Int
    /// Nibbles that follow with the best row so far.
    var cost: Int
  }

  /// A row has six bytes, so a shape has to save more than that.
  private static let leastSaving = 2 * TermShape.byteCount
  /// Only the most frequent shapes are offered a row of their own: a bound on the work.
  private static let candidates = 1 << 15

  /// - Parameter counts: The shapes of all entries in the order of first use, and how many entries
  ///   have each.
  init(_ counts: [(shape: TermShape, count: Int)]) {
    for (shape, _) in counts { take(shape.leaving(.all)) }
    var uses = counts.map { shape, count in
      Use(shape: shape, count: count, cost: shape.leaving(.all).nibblesLeft(of: shape))
    }
    choose(&uses)
  }

  /// The number of the row with which the fewest nibbles follow for an entry of shape `exact`.
  func number(for exact: TermShape) -> Int {
    var best = (cost: Int.max, number: 0)
    for open in TermShape.Open.tried {
      let shape = exact.leaving(open)
      guard let number = numbers[shape] else { continue }
      let cost = shape.nibblesLeft(of: exact)
      if cost < best.cost { best = (cost, number) }
    }
    return best.number
  }

  private mutating func take(_ shape: TermShape) {
    guard numbers[shape] == nil else { return }
    numbers[shape] = rows.count
    rows.append(shape)
  }

  private mutating func choose(_ uses: inout [Use]) {
    let (shapes, users) = Self.offered(uses)
    var heap = MaxHeap()
    for index in shapes.indices {
      heap.push((Self.saving(shapes[index], users[index], uses), index))
    }
    while rows.count < TermShape.maximumCount, let (_, index) = heap.pop() {
      let saving = Self.saving(shapes[index], users[index], uses)
      if let next = heap.top, saving < next.saving {
        heap.push((saving, index))
        continue
      }
      guard saving > Self.leastSaving else { break }
      take(shapes[index])
      for use in users[index] {
        uses[use].cost = min(uses[use].cost, shapes[index].nibblesLeft(of: uses[use].shape))
      }
    }
  }

  /// The shapes that may be taken, and for each the uses that it can serve.
  private static func offered(_ uses: [Use]) -> ([TermShape], [[Int]]) {
    let frequent = uses.indices.sorted { (-uses[$0].count, $0) < (-uses[$1].count, $1) }
    var places: [TermShape: Int] = [:]
    var shapes: [TermShape] = []
    var users: [[Int]] = []
    for use in frequent.prefix(candidates) {
      for shape in offers(for: uses[use].shape) {
        if let place = places[shape] {
          users[place].append(use)
        } else {
          places[shape] = shapes.count
          shapes.append(shape)
          users.append([use])
        }
      }
    }
    return (shapes, users)
  }

  private static func offers(for exact: TermShape) -> [TermShape] {
    var shapes: [TermShape] = []
    for open in TermShape.Open.tried {
      let shape = exact.leaving(open)
      if shape.fitsRow, !shapes.contains(shape) { shapes.append(shape) }
    }
    return shapes
  }

  private static func saving(_ shape: TermShape, _ users: [Int], _ uses: [Use]) -> Int {
    users.reduce(0) { sum, use in
      let cost = shape.nibblesLeft(of: uses[use].shape)
      return sum + max(0, uses[use].cost - cost) * uses[use].count
    }
  }
}

/// A binary heap of savings, the greatest on top; equal ones in the order of their numbers.
private struct MaxHeap {
  private var items: [(saving: Int, index: Int)] = []

  var top: (saving: Int, index: Int)? { items.first }

  private func precedes(_ a: Int, _ b: Int) -> Bool {
    (-items[a].saving, items[a].index) < (-items[b].saving, items[b].index)
  }

  mutating func push(_ item: (saving: Int, index: Int)) {
    items.append(item)
    var place = items.count - 1
    while place > 0, precedes(place, (place - 1) / 2) {
      items.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func pop() -> (saving: Int, index: Int)? {
    guard let top = items.first, let last = items.popLast() else { return nil }
    if items.isEmpty { return top }
    items[0] = last
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2] where child < items.count {
        if precedes(child, least) { least = child }
      }
      if least == place { return top }
      items.swapAt(place, least)
      place = least
    }
  }
}
