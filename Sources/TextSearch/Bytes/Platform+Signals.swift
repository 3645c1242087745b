#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Platform {
  /// A signal by which a person or the system asks a process to stop.
  public enum StopSignal: Int32, Sendable, CaseIterable {
    case interrupt = 2
    case terminate = 15

    /// What the shell sees of a process that ends so.
    public var exitCode: Int32 { 128 + rawValue }
  }

  /// Keeps the signals that ask to stop from ending the process; `waitForStop` takes them.
  ///
  /// Call it before there is a second thread. One that the parent has set to be ignored, as shells
  /// do for what runs in the background, stays ignored.
  /// - Returns: Those that are kept.
  public static func holdStopSignals() -> [StopSignal] {
    let held = StopSignal.allCases.filter { signal in
      var action = sigaction()
      guard unsafe sigaction(signal.rawValue, nil, &action) == 0 else { return false }
      return !isIgnored(action)
    }
    var set = signalSet(held)
    unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    return held
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    #if canImport(Glibc)
      let handler = unsafe action.__sigaction_handler.sa_handler
    #else
      let handler = unsafe action.__sigaction_u.__sa_handler
    #endif
    // SIG_IGN is the number 1 in the place of a function.
    return unsafe unsafeBitCast(handler, to: Int.self) == 1
  }

  private static func signalSet(_ signals: [StopSignal]) -> sigset_t {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    for signal in signals { unsafe sigaddset(&set, signal.rawValue) }
    return set
  }

  /// Sleeps until one of the signals comes that are held.
  public static func waitForStop(_ signals: [StopSignal]) -> StopSignal {
    var set = signalSet(signals)
    while true {
      var number: Int32 = 0
      guard unsafe sigwait(&set, &number) == 0 else { continue }
      if let signal = StopSignal(rawValue: number) { return signal }
    }
  }

  /// Lets the signals that are held end the process.
  public static func releaseStopSignals(_ signals: [StopSignal]) {
    var set = signalSet(signals)
    unsafe pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }

  /// Ends the process without a look at what else it does.
  static func endAtOnce(_ code: Int32) -> Never { _exit(code) }
}
