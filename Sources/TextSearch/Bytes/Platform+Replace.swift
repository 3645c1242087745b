#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Platform {
  /// Puts a file with these bytes in the place of the one at `path`, in one step and durably.
  public static func replace(_ path: String, with bytes: [UInt8]) throws(IndexError) {
    let temporary = path + ".new"
    let file = try OutputFile(path: temporary)
    try file.write(bytes)
    try file.finish()
    let folder = parent(of: path)
    let name = String(temporary.dropFirst(folder.count + 1))
    try PendingFiles.shared.commit([name], in: folder) { settle throws(IndexError) in
      try rename(temporary, to: path)
      settle()
      try flush(folder: folder)
    }
  }

  /// Writes bytes into a file from `offset` on, which becomes its end; makes it where it is missing.
  public static func write(_ bytes: [UInt8], at offset: Int, of path: String) throws(IndexError) {
    let isNew = !exists(path)
    let file = try openForAppending(path)
    defer { close(file) }
    try truncate(file, to: offset, path: path)
    try write(file, bytes, path: path)
    try flush(file, path: path)
    if isNew { try flush(folder: parent(of: path)) }
  }

  /// Whether there is something at the path.
  public static func exists(_ path: String) -> Bool { (try? status(path)) != nil }

  /// Nanoseconds since 1970.
  public static var wallClockNanoseconds: Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}
