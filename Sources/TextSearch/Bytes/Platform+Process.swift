#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Platform {
  /// The value of an environment variable, or nil.
  public static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  /// Lets a write to a closed pipe fail instead of ending the process.
  public static func ignoreBrokenPipes() { _ = signal(SIGPIPE, SIG_IGN) }

  /// Ends the process at once.
  public static func exit(_ code: Int32) -> Never {
    #if canImport(Glibc)
      Glibc.exit(code)
    #else
      Darwin.exit(code)
    #endif
  }

  /// The next bytes of a descriptor, at most `limit`; none at its end.
  public static func readSome(
    _ descriptor: Int32, limit: Int, path: String
  ) throws(IndexError) -> [UInt8] {
    var failed = false
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      var got = unsafe readOnce(descriptor, buffer)
      while got < 0, errno == EINTR { got = unsafe readOnce(descriptor, buffer) }
      failed = got < 0
      count = max(0, got)
    }
    if failed { throw failure("read", path) }
    return bytes
  }

  private static func readOnce(
    _ descriptor: Int32, _ buffer: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    #if canImport(Glibc)
      unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    #else
      unsafe Darwin.read(descriptor, buffer.baseAddress, buffer.count)
    #endif
  }

  /// What kind of trouble an error number of the system is.
  public enum Trouble: Sendable { case missing, brokenPipe, resources, inputOutput }

  public static func trouble(_ code: Int32) -> Trouble {
    switch code {
    case ENOENT, ENOTDIR: .missing
    case EPIPE: .brokenPipe
    case ENOMEM, EMFILE, ENFILE, EAGAIN: .resources
    default: .inputOutput
    }
  }

  /// A number that no other running thread of the process has.
  public static var threadNumber: UInt {
    #if canImport(Darwin)
      UInt(bitPattern: pthread_self())
    #else
      UInt(pthread_self())
    #endif
  }

  /// How many threads can run at the same time.
  public static var processorCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
