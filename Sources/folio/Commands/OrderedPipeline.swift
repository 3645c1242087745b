import TextSearch

/// Works on items with several threads and takes the results in the order of the items.
///
/// The caller's thread is one of the threads: it takes the result that is due, else it works on an
/// item itself, else it sleeps. So what comes out does not depend on the number of threads, and no
/// more than `lookAhead` results wait for their turn.
final class OrderedPipeline<Item: Sendable, Output: Sendable>: Sendable {
  private struct State {
    /// Items given out.
    var started = 0
    /// Results taken.
    var taken = 0
    var results: [Int: Output] = [:]
    /// Nothing more is given out: the items are at their end, or a step failed.
    var isClosed = false
  }

  private enum Step {
    case take(Output)
    case work(Int, Item)
    case end
  }

  private let state = Monitor(State())
  private let threads: Int
  private let lookAhead: Int
  private let next: @Sendable () -> Item?
  private let work: @Sendable (Item) -> Output
  private let caller = Platform.threadNumber

  /// - Parameters:
  ///   - next: Gives the next item, or nil at the end; one thread at a time calls it.
  ///   - work: Makes an item's result; several threads call it at once.
  init(
    threads: Int, lookAhead: Int, next: @escaping @Sendable () -> Item?,
    work: @escaping @Sendable (Item) -> Output
  ) {
    self.threads = max(1, threads)
    self.lookAhead = max(1, lookAhead)
    self.next = next
    self.work = work
  }

  /// Calls `take` with every result, in order, on the caller's thread; call it once.
  /// - Throws: What `take` throws, after all threads have ended.
  func run<Failure>(_ take: (Output) throws(Failure) -> Void) throws(Failure) {
    let helpers = (1..<threads).compactMap { _ in Thread.start { self.help() } }
    defer {
      state.change { $0.isClosed = true }
      for helper in helpers { helper.join() }
    }
    while true {
      switch state.wait({ self.callerStep(&$0) }) {
      case .take(let output): try take(output)
      case .work(let number, let item): finish(number, work(item))
      case .end: return
      }
    }
  }

  private func help() {
    // A system out of threads runs the helper on the caller's thread, which has its own loop.
    if Platform.threadNumber == caller { return }
    while case .work(let number, let item) = state.wait({ self.helperStep(&$0) }) {
      finish(number, work(item))
    }
  }

  private func finish(_ number: Int, _ output: Output) {
    state.change { $0.results[number] = output }
  }

  private func callerStep(_ state: inout State) -> Step? {
    if let output = state.results.removeValue(forKey: state.taken) {
      state.taken += 1
      return .take(output)
    }
    if let step = workStep(&state) { return step }
    return state.isClosed && state.taken == state.started ? .end : nil
  }

  private func helperStep(_ state: inout State) -> Step? {
    if let step = workStep(&state) { return step }
    return state.isClosed ? .end : nil
  }

  private func workStep(_ state: inout State) -> Step? {
    guard !state.isClosed, state.started < state.taken + lookAhead else { return nil }
    guard let item = next() else {
      state.isClosed = true
      return nil
    }
    state.started += 1
    return .work(state.started - 1, item)
  }
}
