/// The k best of a stream of scored items, and the score that a new one has to beat.
///
/// Items come in rising order of their numbers; of two with equal scores the earlier is better. So
/// an item enters only with a score above the worst one kept. A binary heap with the worst on top.
struct TopK {
  struct Item: Equatable {
    /// Compared first; 0 where only scores matter.
    var rank: Int
    var score: Double
    /// The document's place; earlier is better where all else is equal.
    var address: DocAddress
  }

  let limit: Int
  /// A score that is not enough from the start.
  private let floor: Double
  private var heap: [Item] = []

  init(limit: Int, floor: Double = -.infinity) {
    self.limit = limit
    self.floor = floor
    heap.reserveCapacity(min(limit, 1024))
  }

  /// A score that is not enough.
  var threshold: Double {
    if limit == 0 { return .infinity }
    return heap.count < limit ? floor : max(floor, heap[0].score)
  }

  mutating func offer(_ item: Item) {
    guard limit > 0 else { return }
    if heap.count < limit {
      heap.append(item)
      siftUp(heap.count - 1)
    } else if Self.isWorse(heap[0], item) {
      heap[0] = item
      siftDown()
    }
  }

  /// The kept items, best first.
  func sorted() -> [Item] { heap.sorted { Self.isWorse($1, $0) } }

  private static func isWorse(_ a: Item, _ b: Item) -> Bool {
    if a.rank != b.rank { return a.rank < b.rank }
    if a.score != b.score { return a.score < b.score }
    return a.address > b.address
  }

  private mutating func siftUp(_ start: Int) {
    var place = start
    while place > 0 {
      let parent = (place - 1) / 2
      guard Self.isWorse(heap[place], heap[parent]) else { return }
      heap.swapAt(place, parent)
      place = parent
    }
  }

  private mutating func siftDown() {
    var place = 0
    while true {
      var worst = place
      for child in (2 * place + 1)...(2 * place + 2)
      where child < heap.count && Self.isWorse(heap[child], heap[worst]) {
        worst = child
      }
      if worst == place { return }
      heap.swapAt(place, worst)
      place = worst
    }
  }
}
