import Synchronization
import TextSearch

/// What Ctrl-C and TERM do to commands that write an index.
///
/// A thread waits for the signals. What no commit has put in place can be removed at any moment, so
/// the thread does that and ends the process; the work need not look whether it is to stop.
enum Interrupts {
  /// A commit that is about to be in place is waited for, but a person does not wait longer.
  private static let patience = 0.4

  /// Whether something is being done that is better ended before the process ends.
  private static let isFinishing = Mutex(false)

  /// Does what is done twice if the process ends in the midst of it; a signal waits for its end, but
  /// not for long.
  static func finish<Failure>(_ body: () throws(Failure) -> Void) throws(Failure) {
    isFinishing.withLock { $0 = true }
    defer { isFinishing.withLock { $0 = false } }
    try body()
  }

  private static func waitForFinish() {
    let deadline = Platform.nanoseconds() + UInt64(patience * 1e9)
    while isFinishing.withLock({ $0 }), Platform.nanoseconds() < deadline {
      Platform.sleep(seconds: 0.002)
    }
  }

  /// From now on a signal leaves the index in the folder `index` as the last commit left it.
  ///
  /// Call it before the first thread of the work begins.
  static func guardIndex(_ index: String) {
    let signals = Platform.holdStopSignals()
    if signals.isEmpty { return }
    let caller = Platform.threadNumber
    _ = Thread.start {
      // A system out of threads runs this on the caller's thread: signals then end the process.
      if Platform.threadNumber == caller { return Platform.releaseStopSignals(signals) }
      let signal = Platform.waitForStop(signals)
      // This thread alone takes signals: a second one ends the process without more ado.
      Platform.releaseStopSignals(signals)
      waitForFinish()
      PendingFiles.shared.end(patience: patience, code: signal.exitCode) {
        ErrorOutput.write(message(index))
      }
    }
  }

  private static func message(_ index: String) -> String {
    let name = Printable.line(index)
    // A progress line on the terminal gives way.
    let start = Platform.isTerminal(2) ? "\r\u{1B}[K" : ""
    guard let generation = Searcher.generation(ofIndex: index) else {
      return start + "folio: interrupted; nothing was committed, so nothing is kept\n"
    }
    return start + "folio: interrupted; \(name) is as its last commit left it "
      + "(generation \(generation))\n"
  }
}
