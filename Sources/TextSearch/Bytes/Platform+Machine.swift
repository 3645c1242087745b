#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Platform {
  /// The name of the machine.
  public static var hostName: String {
    var name = [UInt8](repeating: 0, count: 256)
    let result = unsafe name.withUnsafeMutableBytes { bytes in
      // The array has elements, so the base is there.
      unsafe gethostname(bytes.baseAddress!.assumingMemoryBound(to: CChar.self), bytes.count - 1)
    }
    guard result == 0 else { return "unknown" }
    return String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
  }

  /// Seconds since 1970.
  public static var wallClock: Int { time(nil) }

  /// A time as `2009-08-06T14:03:07Z`.
  /// - Parameter seconds: Since 1970.
  public static func timestamp(_ seconds: Int) -> String {
    var seconds = time_t(seconds)
    var parts = unsafe tm()
    guard unsafe gmtime_r(&seconds, &parts) != nil else { return "\(seconds)" }
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let day = unsafe "\(Int(parts.tm_year) + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
    return unsafe day + "T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
  }

  /// Does nothing for some time, at least.
  public static func sleep(seconds: Double) {
    let limit = max(0, min(seconds, 1e9))
    var time = timespec(
      tv_sec: Int(limit), tv_nsec: Int((limit - limit.rounded(.down)) * 1e9))
    var left = timespec()
    // A signal cuts the sleep; `left` is then what remains.
    while unsafe nanosleep(&time, &left) != 0, errno == EINTR { time = left }
  }

  /// The path from the root, without `.` and `..`, links left as they are; the file need not be
  /// there.
  public static func absolutePath(_ path: String) throws(IndexError) -> String {
    var whole = path
    if path.utf8.first != UInt8(ascii: "/") {
      guard let folder = unsafe getcwd(nil, 0) else { throw failure("read", ".") }
      defer { unsafe free(folder) }
      whole = unsafe String(cString: folder) + "/" + path
    }
    var parts: [Substring] = []
    for part in whole.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }
}
