import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Every call of the operating system that Folio makes; nothing outside the files of this type
/// makes one.
public enum Platform {
  /// The system's own words for an error number.
  public static func message(for code: Int32) -> String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }

  static func failure(_ operation: String, _ path: String) -> IndexError {
    .system(operation: operation, path: path, code: errno)
  }

  /// Whether an error says that a file is not there.
  static func isMissing(_ error: IndexError) -> Bool {
    if case .system(_, _, let code) = error { return code == ENOENT || code == ENOTDIR }
    return false
  }

  /// The folder that `path` is in.
  static func parent(of path: String) -> String {
    let trimmed = path.utf8.last == UInt8(ascii: "/") ? path.dropLast() : path[...]
    guard let slash = trimmed.lastIndex(of: "/") else { return "." }
    return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
  }

  /// The natural logarithm.
  static func logarithm(_ value: Double) -> Double { log(value) }

  public static var processID: Int32 { getpid() }

  /// Calls `body` for 0..<count on some threads, each of which takes the next number when it is
  /// free, and waits for all. The caller's thread is one of them.
  static func concurrently(
    _ count: Int, threads: Int, _ body: @escaping @Sendable (Int) -> Void
  ) {
    let next = Mutex(0)
    let work: @Sendable () -> Void = {
      while true {
        let number = next.withLock { number in
          defer { number += 1 }
          return number
        }
        guard number < count else { return }
        body(number)
      }
    }
    let helpers = (1..<max(1, min(threads, count))).map { _ in Thread.start(work) }
    work()
    for helper in helpers { helper?.join() }
  }

  /// Whether a descriptor (1 is standard output, 2 standard error) is a terminal.
  public static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Columns of the terminal at `descriptor`, or nil.
  public static func terminalWidth(_ descriptor: Int32) -> Int? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Int(size.ws_col)
  }

  /// Nanoseconds of a clock that never goes back.
  public static func nanoseconds() -> UInt64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
  }
}
