#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A value that threads take turns with, and can wait for changes of.
///
/// Safety: `mutex` and `condition` are made once, never move (they are allocated) and end with the
/// monitor, which a thread that waits holds; `value` is touched only between lock and unlock.
@safe public final class Monitor<Value>: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>
  private var value: Value

  public init(_ value: sending Value) {
    self.value = value
    unsafe mutex = .allocate(capacity: 1)
    unsafe condition = .allocate(capacity: 1)
    unsafe mutex.initialize(to: pthread_mutex_t())
    unsafe condition.initialize(to: pthread_cond_t())
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(condition, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(condition)
    unsafe pthread_mutex_destroy(mutex)
    unsafe condition.deallocate()
    unsafe mutex.deallocate()
  }

  /// Calls `body` alone with the value until it gives something, sleeping between its tries until
  /// another thread has had the value.
  ///
  /// Every call wakes the threads that wait; so `body` that gives nil must not have changed anything
  /// that others wait for.
  public func wait<Result>(_ body: (inout Value) -> Result?) -> Result {
    unsafe pthread_mutex_lock(mutex)
    defer {
      unsafe pthread_cond_broadcast(condition)
      unsafe pthread_mutex_unlock(mutex)
    }
    while true {
      if let result = body(&value) { return result }
      unsafe pthread_cond_wait(condition, mutex)
    }
  }

  /// Calls `body` alone with the value, then wakes the threads that wait for a change.
  public func change<Result>(_ body: (inout Value) -> Result) -> Result {
    wait { body(&$0) }
  }
}
