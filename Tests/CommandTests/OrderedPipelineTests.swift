import Foundation
import Synchronization
import Testing

@testable import folio

@Suite struct OrderedPipelineTests {
  private struct Stop: Error {}

  /// Numbers below a limit, counted.
  private final class Source: Sendable {
    private let given = Mutex(0)
    let limit: Int
    init(_ limit: Int) { self.limit = limit }
    var count: Int { given.withLock { $0 } }
    func next() -> Int? {
      given.withLock { given in
        guard given < limit else { return nil }
        given += 1
        return given - 1
      }
    }
  }

  @Test(arguments: [1, 2, 3, 8])
  func resultsComeInOrder(_ threads: Int) {
    let source = Source(500)
    let pipeline = OrderedPipeline(
      threads: threads, lookAhead: 5, next: { source.next() },
      work: { (number: Int) -> Int in
        if number % 7 == 0 { usleep(UInt32(number % 13) * 100) }
        return number * 2
      })
    var results: [Int] = []
    pipeline.run { results.append($0) }
    #expect(results == (0..<500).map { $0 * 2 })
  }

  @Test(arguments: [0, 1, 2])
  func fewItems(_ count: Int) {
    let source = Source(count)
    let pipeline = OrderedPipeline(
      threads: 4, lookAhead: 8, next: { source.next() }, work: { (number: Int) in number })
    var results: [Int] = []
    pipeline.run { results.append($0) }
    #expect(results == Array(0..<count))
  }

  /// However long one item takes, no more than `lookAhead` others are begun.
  @Test func lookAheadIsBounded() {
    let source = Source(100)
    let taken = Mutex(0)
    let worst = Mutex(0)
    let pipeline = OrderedPipeline(
      threads: 4, lookAhead: 6, next: { source.next() },
      work: { (number: Int) -> Int in
        if number % 20 == 0 { usleep(5000) }
        let ahead = source.count - taken.withLock { $0 }
        worst.withLock { $0 = max($0, ahead) }
        return number
      })
    pipeline.run { _ in taken.withLock { $0 += 1 } }
    // The pipeline counts a result as taken just before it is handed over.
    #expect(worst.withLock { $0 } <= 7)
  }

  @Test(arguments: [1, 4])
  func anErrorStopsEverything(_ threads: Int) {
    let source = Source(100_000)
    let pipeline = OrderedPipeline(
      threads: threads, lookAhead: 8, next: { source.next() }, work: { (number: Int) in number })
    var last = -1
    #expect(throws: Stop.self) {
      try pipeline.run { (number: Int) throws(Stop) in
        if number == 50 { throw Stop() }
        last = number
      }
    }
    #expect(last == 49)
    #expect(source.count < 100)
  }
}
