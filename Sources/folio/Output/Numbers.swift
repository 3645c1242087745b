/// Numbers as people read them.
enum Numbers {
  /// `1234567` as `1,234,567`.
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude).utf8)
    var text: [UInt8] = number < 0 ? [UInt8(ascii: "-")] : []
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { text.append(UInt8(ascii: ",")) }
      text.append(digit)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// `1 filing`, `2,000 filings`.
  static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    "\(grouped(number)) \(number == 1 ? one : many ?? one + "s")"
  }

  /// `1234567` as `1.2 MB`, with powers of 1,000.
  static func bytes(_ count: Int) -> String {
    var value = Double(count)
    for unit in ["bytes", "kB", "MB", "GB"] {
      if value < 1000 {
        return unit == "bytes" ? Self.count(count, "byte") : "\(fixed(value, 1)) \(unit)"
      }
      value /= 1000
    }
    return "\(fixed(value, 1)) TB"
  }

  /// `0.4 ms`, `12 ms`, `3.4 s`, `2 min 5 s`.
  static func duration(nanoseconds: UInt64) -> String {
    let milliseconds = Double(nanoseconds) / 1e6
    switch milliseconds {
    case ..<10: return "\(fixed(milliseconds, 1)) ms"
    case ..<1000: return "\(fixed(milliseconds, 0)) ms"
    case ..<60_000: return "\(fixed(milliseconds / 1000, 1)) s"
    default:
      let seconds = Int(milliseconds / 1000)
      return "\(seconds / 60) min \(seconds % 60) s"
    }
  }

  /// With so many digits behind the point, rounded half up.
  static func fixed(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int((abs(value) * scale).rounded())
    let whole = grouped(scaled / Int(scale))
    let sign = value < 0 && scaled > 0 ? "-" : ""
    if digits == 0 { return sign + whole }
    let rest = String(scaled % Int(scale))
    return sign + whole + "." + String(repeating: "0", count: digits - rest.utf8.count) + rest
  }
}
