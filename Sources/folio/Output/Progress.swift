import TextSearch

/// A line on the terminal that says how far the work is, and goes when it is done.
struct Progress {
  let isShown: Bool
  /// Bytes to read.
  let total: Int
  private let start = Platform.nanoseconds()
  private var last: UInt64 = 0

  /// Often enough to look alive, seldom enough to cost nothing.
  private static let interval: UInt64 = 100_000_000

  init(isShown: Bool, total: Int) {
    self.isShown = isShown
    self.total = total
  }

  mutating func show(filings: Int, bytes: Int) {
    guard isShown else { return }
    let now = Platform.nanoseconds()
    guard now - last >= Self.interval else { return }
    last = now
    let text = Self.text(filings: filings, bytes: bytes, total: total, elapsed: now - start)
    let width = max(10, (Platform.terminalWidth(2) ?? 80) - 1)
    ErrorOutput.write("\r\u{1B}[K\(text.prefix(width))")
  }

  /// Leaves the line as it was.
  func erase() {
    if isShown, last > 0 { ErrorOutput.write("\r\u{1B}[K") }
  }

  static func text(filings: Int, bytes: Int, total: Int, elapsed: UInt64) -> String {
    let seconds = max(Double(elapsed) / 1e9, 1e-3)
    let rate = Double(bytes) / seconds
    var text = "\(Numbers.count(filings, "filing")) · \(Numbers.fixed(rate / 1e6, 1)) MB/s"
    if bytes > 0, bytes < total {
      let left = Double(total - bytes) / rate * 1e9
      text += " · \(Numbers.duration(nanoseconds: UInt64(min(left, 1e18)))) left"
    }
    return text
  }
}
