/// The number by which the SEC names a submission: ten digits, two for the year, six.
enum AccessionNumber {
  /// The first one in the text: `0001193125-07-204517`, or the same eighteen digits of a link
  /// without its hyphens.
  static func first(in text: some StringProtocol) -> String? {
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      guard bytes[start].isDigit else {
        start += 1
        continue
      }
      var end = start
      while end < bytes.count, bytes[end].isDigit || bytes[end] == UInt8(ascii: "-") { end += 1 }
      if let number = normal(bytes[start..<end]) { return number }
      start = end
    }
    return nil
  }

  /// The one in the name of a file or a folder: between other letters and signs, but not digits.
  static func named(_ name: some StringProtocol) -> String? {
    let bytes = Array(name.utf8)
    for length in [20, 18] where bytes.count >= length {
      for start in 0...(bytes.count - length) {
        let end = start + length
        let isInside =
          start > 0 && bytes[start - 1].isDigit || end < bytes.count && bytes[end].isDigit
        if !isInside, let number = normal(bytes[start..<end]) { return number }
      }
    }
    return nil
  }

  private static func normal(_ run: ArraySlice<UInt8>) -> String? {
    // Most runs end here, and counting costs no memory.
    guard run.count == 18 || run.count == 20, run.count(where: \.isDigit) == 18 else { return nil }
    if run.count == 20 {
      let hyphens = run.indices.filter { run[$0] == UInt8(ascii: "-") }
      guard hyphens == [run.startIndex + 10, run.startIndex + 13] else { return nil }
    }
    let text = String(decoding: run.filter(\.isDigit), as: UTF8.self)
    return "\(text.prefix(10))-\(text.dropFirst(10).prefix(2))-\(text.suffix(6))"
  }
}

/// The number of an exhibit: "99.1", "10.12", "4(a)", "1".
struct ExhibitNumber: Equatable {
  var text: String

  /// Of the SEC's type of a document ("EX-99.1", "EX-10.A") or of the bare number.
  init?(type: some StringProtocol) {
    let trimmed = type.trimmed
    let number = trimmed.uppercased().hasPrefix("EX-") ? String(trimmed.dropFirst(3)) : trimmed
    self.init(number: number)
  }

  /// One to three digits, then parts of letters, digits and brackets after dots or hyphens.
  init?(number: some StringProtocol) {
    let bytes = Array(number.utf8)
    let digits = bytes.prefix { $0.isDigit }.count
    guard (1...3).contains(digits), bytes.count <= 12 else { return nil }
    let isNumber = bytes[digits...].allSatisfy {
      $0.isDigit || $0.isLetter || [0x2E, 0x28, 0x29, 0x2D, 0x2A, 0x2B].contains($0)
    }
    guard isNumber, bytes.last != 0x2E, bytes.last != 0x2D else { return nil }
    text = String(decoding: bytes, as: UTF8.self)
  }
}
