#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Platform {
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
    try faults.check(.status, path, "read")
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

  /// The names in a folder, sorted by their bytes, without `.` and `..`.
  public static func names(inFolder path: String) throws(IndexError) -> [String] {
    try faults.check(.list, path, "list")
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
    let file = try open(path)
    defer { close(file) }
    try faults.check(.read, path, "read")
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

  /// Opens a file for reading.
  static func open(_ path: String) throws(IndexError) -> Int32 {
    try faults.check(.open, path, "open")
    return try descriptor(path, O_RDONLY | O_CLOEXEC)
  }

  private static func descriptor(_ path: String, _ flags: Int32, mode: mode_t = 0o644)
    throws(IndexError)
    -> Int32
  {
    while true {
      #if canImport(Glibc)
        let file = unsafe Glibc.open(path, flags, mode)
      #else
        let file = unsafe Darwin.open(path, flags, mode)
      #endif
      if file >= 0 { return file }
      if errno != EINTR { throw failure("open", path) }
    }
  }

  /// Opens a new, empty file for writing; a file of that name loses its content.
  static func create(_ path: String) throws(IndexError) -> Int32 {
    try faults.check(.create, path, "open")
    return try descriptor(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC)
  }

  /// Opens a file for writing at its end, and makes it where it is missing.
  static func openForAppending(_ path: String) throws(IndexError) -> Int32 {
    try faults.check(.create, path, "open")
    return try descriptor(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC)
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
    switch faults.fault(.write, path) {
    case nil: try write(descriptor, bytes[...], path)
    case .error(let code): throw .system(operation: "write", path: path, code: code)
    case .cutWrite(let count, let code):
      try write(descriptor, bytes.prefix(count), path)
      throw .system(operation: "write", path: path, code: code)
    }
  }

  private static func write(
    _ descriptor: Int32, _ bytes: ArraySlice<UInt8>, _ path: String
  ) throws(IndexError) {
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
    try faults.check(.flush, path, "flush")
    guard fsync(descriptor) == 0 else { throw failure("flush", path) }
  }

  /// Makes the names in a folder durable.
  static func flush(folder path: String) throws(IndexError) {
    try faults.check(.flushFolder, path, "flush")
    let folder = try descriptor(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw failure("flush", path) }
  }

  /// Puts `path` in the place of `target` in one step.
  static func rename(_ path: String, to target: String) throws(IndexError) {
    try faults.check(.rename, path, "rename")
    #if canImport(Glibc)
      let result = unsafe Glibc.rename(path, target)
    #else
      let result = unsafe Darwin.rename(path, target)
    #endif
    guard result == 0 else { throw failure("rename", path) }
  }

  static func remove(_ path: String) throws(IndexError) {
    try faults.check(.remove, path, "remove")
    guard unsafe unlink(path) == 0 else { throw failure("remove", path) }
  }

  /// Removes an empty folder.
  static func remove(folder path: String) throws(IndexError) {
    try faults.check(.removeFolder, path, "remove")
    guard unsafe rmdir(path) == 0 else { throw failure("remove", path) }
  }

  /// Makes a folder, and those above it that are missing; one that is there is fine.
  /// - Parameter note: Called with each folder that was made, also where the next one fails.
  static func makeFolder(_ path: String, _ note: (String) -> Void) throws(IndexError) {
    var waiting = [path]
    /// The last one that was made or found.
    var present: String?
    while let folder = waiting.last {
      switch try makeOneFolder(folder) {
      case .made: note(folder)
      case .isThere: break
      case .hasNoParent:
        // A parent that is its own, or was there and is gone again, can't be waited for; nor is it of
        // use where the path is empty.
        let parent = parent(of: folder)
        guard parent != folder, present != parent else {
          throw .system(operation: "make a folder", path: path, code: ENOENT)
        }
        waiting.append(parent)
        continue
      }
      present = folder
      waiting.removeLast()
    }
  }

  private enum NewFolder { case made, isThere, hasNoParent }

  private static func makeOneFolder(_ path: String) throws(IndexError) -> NewFolder {
    try faults.check(.makeFolder, path, "make a folder")
    if unsafe mkdir(path, 0o777) == 0 { return .made }
    switch errno {
    case ENOENT: return .hasNoParent
    case EEXIST:
      guard try status(path).kind == .folder else {
        throw .system(operation: "make a folder", path: path, code: ENOTDIR)
      }
      return .isThere
    default: throw failure("make a folder", path)
    }
  }

  /// Opens (and makes) the file at `path` and takes its advisory lock.
  ///
  /// The lock is that of the descriptor: it ends when that is closed or the process ends, whatever
  /// else opens and closes the file. Where the file was removed or replaced meanwhile, its lock would
  /// keep nobody out, so it is opened again.
  /// - Returns: The descriptor, or nil where another one has the lock.
  static func lock(_ path: String) throws(IndexError) -> Int32? {
    while true {
      try faults.check(.lock, path, "lock")
      let file = try descriptor(path, O_RDWR | O_CREAT | O_CLOEXEC)
      guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
        let code = errno
        close(file)
        if code == EWOULDBLOCK { return nil }
        if code == EINTR { continue }
        throw .system(operation: "lock", path: path, code: code)
      }
      var held = stat()
      var named = stat()
      if unsafe fstat(file, &held) == 0, unsafe stat(path, &named) == 0,
        held.st_ino == named.st_ino, held.st_dev == named.st_dev
      {
        return file
      }
      close(file)
    }
  }

  /// Lets a lock go and closes its descriptor.
  ///
  /// A process that is being started has a copy of the descriptor for a moment, which alone would keep
  /// the lock.
  static func unlock(_ descriptor: Int32) {
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// Cuts the file of a descriptor to its first bytes.
  static func truncate(_ descriptor: Int32, to byteCount: Int, path: String) throws(IndexError) {
    try faults.check(.truncate, path, "write")
    guard ftruncate(descriptor, off_t(byteCount)) == 0 else { throw failure("write", path) }
  }

  /// Gives the file at `path` a second name, on the same disk.
  static func link(_ path: String, to target: String) throws(IndexError) {
    try faults.check(.link, target, "link")
    #if canImport(Glibc)
      let result = unsafe Glibc.link(path, target)
    #else
      let result = unsafe Darwin.link(path, target)
    #endif
    guard result == 0 else { throw failure("link", target) }
  }

  /// Copies a file to a new one and flushes that; what is there of that name is replaced.
  static func copy(_ path: String, to target: String) throws(IndexError) {
    let size = try status(path).size
    let file = try create(target)
    defer { close(file) }
    let pieceSize = 1 << 22
    var offset = 0
    while offset < size {
      let piece = try read(path, offset..<min(offset + pieceSize, size))
      // The file has become shorter: nothing is to be copied that ends in the middle.
      if piece.isEmpty { throw .system(operation: "read", path: path, code: EIO) }
      try write(file, piece, path: target)
      offset += piece.count
    }
    try flush(file, path: target)
  }

  /// Maps a file for reading; empty files give an empty buffer.
  static func map(_ path: String) throws(IndexError) -> UnsafeRawBufferPointer {
    let file = try open(path)
    defer { close(file) }
    try faults.check(.map, path, "map")
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
}
