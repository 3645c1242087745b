#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A thread of the operating system, for work of many milliseconds.
public struct Thread: Sendable {
  #if canImport(Darwin)
    private nonisolated(unsafe) let handle: pthread_t?
  #else
    private let handle: pthread_t
  #endif

  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Begins `body` on a new thread; where the system has no more threads, runs it at once.
  public static func start(_ body: @escaping @Sendable () -> Void) -> Thread? {
    let work = unsafe Unmanaged.passRetained(Work(body))
    var handle = pthread_t()
    let result = unsafe pthread_create(
      &handle, nil,
      { pointer in
        guard let pointer = unsafe pointer else { return nil }
        unsafe Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body()
        return nil
      }, work.toOpaque())
    if result == 0 { return Thread(handle: handle) }
    unsafe work.takeRetainedValue().body()
    return nil
  }

  /// Waits for the end of the thread; call it once.
  public func join() { pthread_join(handle, nil) }
}
