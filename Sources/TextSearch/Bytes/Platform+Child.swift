#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Platform {
  /// Runs a program without a shell, gives it `input` on its standard input and waits for its end.
  ///
  /// What it writes goes to the standard error of this process, whose output may be JSON. The rest it
  /// has from this process: folder and environment. Broken pipes must be ignored (`ignoreBrokenPipes`); a program that does not read its input is fine.
  /// - Parameter program: A path, or a name that is looked for in the folders of `PATH`.
  /// - Returns: Its exit code, or 128 and the number of the signal that ended it.
  public static func run(
    _ program: String, _ arguments: [String], input: [UInt8]
  ) throws(IndexError) -> Int32 {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw failure("start", program) }
    // The child has the end that it reads as its standard input, and must not have the other one:
    // it would wait for itself to write.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let child: pid_t
    do throws(IndexError) {
      defer { close(ends[0]) }
      child = try start(program, arguments, standardInput: ends[0])
    } catch {
      close(ends[1])
      throw error
    }
    // A child that reads no more is no trouble of ours.
    try? write(ends[1], input, path: program)
    close(ends[1])
    return try end(of: child, program)
  }

  private static func start(
    _ program: String, _ arguments: [String], standardInput: Int32
  ) throws(IndexError) -> pid_t {
    #if canImport(Glibc)
      var actions = unsafe posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #else
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    unsafe posix_spawn_file_actions_adddup2(&actions, standardInput, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, 2, 1)
    // What this process has set for signals is not for the child.
    var none = sigset_t()
    var pipes = sigset_t()
    unsafe sigemptyset(&none)
    unsafe sigemptyset(&pipes)
    unsafe sigaddset(&pipes, SIGPIPE)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &pipes)
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
    // Copies that live until the child has its own; the list ends with nil.
    let words = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
    defer { for place in unsafe words.indices { unsafe free(words[place]) } }
    var child: pid_t = 0
    let code = unsafe posix_spawnp(&child, program, &actions, &attributes, words, environ)
    guard code == 0 else { throw .system(operation: "start", path: program, code: code) }
    return child
  }

  private static func end(of child: pid_t, _ program: String) throws(IndexError) -> Int32 {
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0 {
      if errno != EINTR { throw failure("wait for", program) }
    }
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}
