import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Every call of the operating system that Folio makes; nothing outside this file makes one.
public enum Platform {
  /// The system's own words for an error number.
  public static func message(for code: Int32) -> String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }

  /// What `stat` says of a file.
  public struct Status: Sendable, Equatable {
    public enum Kind: Sendable { case file, folder, other }
    public var kind: Kind
    /// In bytes.
    public var size: Int
    /// Nanoseconds since 1970.
    public var modified: Int64
    /// The same file under two names has the same.
    public var identity: Identity
  }

  /// What tells files of a running system apart, whatever they are called.
  public struct Identity: Sendable, Hashable {
    var device: UInt64
    var inode: UInt64
  }

  public static func status(_ path: String) throws(IndexError) -> Status {
    var info = stat()
    guard unsafe stat(path, &info) == 0 else { throw failure("read", path) }
    return status(of: info)
  }

  static func status(of info: stat) -> Status {
    let kind: Status.Kind =
      switch info.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      default: .other
      }
    #if canImport(Darwin)
      let time = info.st_mtimespec
    #else
      let time = info.st_mtim
    #endif
    return Status(
      kind: kind, size: Int(info.st_size),
      modified: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec),
      identity: Identity(
        device: UInt64(truncatingIfNeeded: info.st_dev), inode: UInt64(info.st_ino)))
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

  /// The names in a folder, sorted by their bytes, without `.` and `..`.
  public static func names(inFolder path: String) throws(IndexError) -> [String] {
    guard let folder = unsafe opendir(path) else { throw failure("list", path) }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The bytes `range` of a file (all of it by default); fewer where the file ends before.
  public static func read(_ path: String, _ range: Range<Int>? = nil) throws(IndexError) -> [UInt8]
  {
    let file = try descriptor(path, O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    var info = stat()
    guard unsafe fstat(file, &info) == 0 else { throw failure("read", path) }
    if info.st_mode & S_IFMT == S_IFDIR {
      throw .system(operation: "read", path: path, code: EISDIR)
    }
    let wanted = range ?? 0..<Int(info.st_size)
    var failed = false
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: wanted.count) { buffer, count in
      while count < wanted.count {
        let got = unsafe pread(
          file, buffer.baseAddress! + count, wanted.count - count,
          off_t(wanted.lowerBound + count))
        if got < 0, errno == EINTR { continue }
        failed = got < 0
        if got <= 0 { break }
        count += got
      }
    }
    if failed { throw failure("read", path) }
    return bytes
  }

  static func descriptor(_ path: String, _ flags: Int32, mode: mode_t = 0o644) throws(IndexError)
    -> Int32
  {
    while true {
      let file = unsafe open(path, flags, mode)
      if file >= 0 { return file }
      if errno != EINTR { throw failure("open", path) }
    }
  }

  /// Opens a new, empty file for writing; a file of that name loses its content.
  static func create(_ path: String) throws(IndexError) -> Int32 {
    try descriptor(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC)
  }

  static func close(_ descriptor: Int32) {
    #if canImport(Glibc)
      _ = Glibc.close(descriptor)
    #else
      _ = Darwin.close(descriptor)
    #endif
  }

  /// Writes all bytes.
  public static func write(_ descriptor: Int32, _ bytes: [UInt8], path: String) throws(IndexError) {
    var failed = false
    unsafe bytes.withUnsafeBytes { all in
      var done = 0
      while done < all.count {
        // The offset is less than the count, so the base is there.
        let got = unsafe writeSome(descriptor, all.baseAddress! + done, all.count - done)
        if got < 0, errno == EINTR { continue }
        failed = got <= 0
        if failed { break }
        done += got
      }
    }
    if failed { throw failure("write", path) }
  }

  private static func writeSome(_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    #if canImport(Glibc)
      unsafe Glibc.write(file, bytes, count)
    #else
      unsafe Darwin.write(file, bytes, count)
    #endif
  }

  /// Makes what was written durable.
  static func flush(_ descriptor: Int32, path: String) throws(IndexError) {
    guard fsync(descriptor) == 0 else { throw failure("flush", path) }
  }

  /// Makes the names in a folder durable.
  static func flush(folder path: String) throws(IndexError) {
    let folder = try descriptor(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(folder) }
    try flush(folder, path: path)
  }

  /// Puts `path` in the place of `target` in one step.
  static func rename(_ path: String, to target: String) throws(IndexError) {
    #if canImport(Glibc)
      let result = unsafe Glibc.rename(path, target)
    #else
      let result = unsafe Darwin.rename(path, target)
    #endif
    guard result == 0 else { throw failure("rename", path) }
  }

  static func remove(_ path: String) throws(IndexError) {
    guard unsafe unlink(path) == 0 else { throw failure("remove", path) }
  }

  /// Makes a folder, and those above it that are missing; one that is there is fine.
  static func makeFolder(_ path: String) throws(IndexError) {
    if unsafe mkdir(path, 0o777) == 0 { return }
    switch errno {
    case EEXIST:
      guard try status(path).kind == .folder else {
        throw .system(operation: "make a folder", path: path, code: ENOTDIR)
      }
    case ENOENT:
      guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
        throw failure("make a folder", path)
      }
      try makeFolder(String(path[..<slash]))
      guard unsafe mkdir(path, 0o777) == 0 || errno == EEXIST else {
        throw failure("make a folder", path)
      }
    default: throw failure("make a folder", path)
    }
  }

  /// Opens (and makes) the file at `path` and takes its advisory lock, which ends with the process.
  /// - Returns: The descriptor, or nil where another process has the lock.
  static func lock(_ path: String) throws(IndexError) -> Int32? {
    let file = try descriptor(path, O_RDWR | O_CREAT | O_CLOEXEC)
    if flock(file, LOCK_EX | LOCK_NB) == 0 { return file }
    let isTaken = errno == EWOULDBLOCK
    defer { close(file) }
    if isTaken { return nil }
    throw failure("lock", path)
  }

  /// Empties the file of a descriptor.
  static func truncate(_ descriptor: Int32, path: String) throws(IndexError) {
    guard ftruncate(descriptor, 0) == 0 else { throw failure("write", path) }
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

  /// Maps a file for reading; empty files give an empty buffer.
  static func map(_ path: String) throws(IndexError) -> UnsafeRawBufferPointer {
    let file = try descriptor(path, O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    var info = stat()
    guard unsafe fstat(file, &info) == 0 else { throw failure("read", path) }
    let count = Int(info.st_size)
    guard count > 0 else { return unsafe UnsafeRawBufferPointer(start: nil, count: 0) }
    let memory = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, file, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else {
      throw failure("map", path)
    }
    return unsafe UnsafeRawBufferPointer(start: memory, count: count)
  }

  static func unmap(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    unsafe munmap(UnsafeMutableRawPointer(mutating: base), bytes.count)
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
