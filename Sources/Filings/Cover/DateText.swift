/// Reads dates as filings print them.
enum DateText {
  /// `2009-08-06` of a text that is a date and nothing else; nil where it is none.
  ///
  /// Knows `August 6, 2009`, `6 August 2009`, `Aug. 6, 2009`, `2009-08-06`, `20090806`,
  /// `8/6/2009` and `8/6/09` (month first, as the SEC's forms have it).
  static func iso(_ text: some StringProtocol) -> String? {
    guard text.utf8.count <= longestDate, let found = first(in: text), found.isWhole else {
      return nil
    }
    return found.iso
  }

  /// `2009-08-06T16:31:05` of fourteen digits; nil where they are no time.
  static func time(_ text: String) -> String? {
    let digits = Array(text.utf8)
    guard digits.count == 14, digits.allSatisfy(\.isDigit),
      let date = iso(text.prefix(8))
    else { return nil }
    let parts = [8, 10, 12].map { String(decoding: digits[$0..<$0 + 2], as: UTF8.self) }
    guard parts[0] < "24", parts[1] < "60", parts[2] <= "60" else { return nil }
    return date + "T" + parts.joined(separator: ":")
  }

  /// A date found in a text.
  struct Found: Equatable {
    var iso: String
    /// Whether nothing but the date and punctuation is in the text.
    var isWhole: Bool
    /// Whether no more than two words stand before it.
    var startsEarly: Bool
  }

  /// No way of writing a date needs more bytes.
  private static let longestDate = 60

  /// The first date in the text.
  static func first(in text: some StringProtocol) -> Found? {
    guard text.utf8.contains(where: \.isDigit) else { return nil }
    let words = words(of: text)
    guard let (iso, place) = next(words, from: 0) else { return nil }
    return Found(
      iso: iso, isWhole: place == 0..<words.count, startsEarly: place.lowerBound <= 2)
  }

  /// All dates in the text, in order.
  static func all(in text: some StringProtocol) -> [String] {
    guard text.utf8.contains(where: \.isDigit) else { return [] }
    let words = words(of: text)
    var dates: [String] = []
    var start = 0
    while let (iso, place) = next(words, from: start) {
      dates.append(iso)
      start = place.upperBound
    }
    return dates
  }

  private static func next(
    _ words: [Word], from first: Int
  ) -> (iso: String, place: Range<Int>)? {
    for start in first..<max(first, words.count) {
      // In "March 1-3, 2005" no date begins with the day.
      let isDay =
        start > 0 && words[start].text.utf8.count <= 2 && month(words[start - 1].text) != nil
      for length in [3, 4, 5, 1] where start + length <= words.count && !isDay {
        if let iso = date(words[start..<start + length]) { return (iso, start..<start + length) }
      }
    }
    return nil
  }

  /// "December 2007" where a month's name and a year stand alone together; as printed.
  static func monthAndYear(in text: some StringProtocol) -> String? {
    guard text.utf8.contains(where: \.isDigit) else { return nil }
    let words = words(of: text)
    for index in words.indices.dropLast() {
      if let year = year(words[index + 1].text), month(words[index].text) != nil {
        return "\(words[index].text) \(year)"
      }
    }
    return nil
  }

  /// A run of letters and digits; bytes beyond ASCII count as letters.
  private struct Word {
    var text: Substring
    /// The one byte between it and the word before; nil where more or nothing stand there.
    var joint: UInt8?
  }

  private static func words(of text: some StringProtocol) -> [Word] {
    let bytes = Array(text.utf8)
    var words: [Word] = []
    var offset = 0
    var end = 0
    while offset < bytes.count {
      guard isOfWord(bytes[offset]) else {
        offset += 1
        continue
      }
      let start = offset
      while offset < bytes.count, isOfWord(bytes[offset]) { offset += 1 }
      let joint = !words.isEmpty && start - end == 1 ? bytes[end] : nil
      let word = Substring(decoding: bytes[start..<offset], as: UTF8.self)
      words.append(Word(text: word, joint: joint))
      end = offset
    }
    return words
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || byte >= 0x80
  }

  private static func date(_ slice: ArraySlice<Word>) -> String? {
    let words = slice.map(\.text)
    switch words.count {
    case 1: return compact(words[0])
    case 3:
      if let date = short(Array(slice)) { return date }
      guard words[0].utf8.count == 4 || year(words[2]) != nil else { return nil }
      if let month = month(words[0]) { return iso(words[2], month, words[1]) }
      if let month = month(words[1]) { return iso(words[2], month, words[0]) }
      if words[0].utf8.count == 4 { return iso(words[0], Int(words[1]), words[2]) }
      return iso(words[2], Int(words[0]), words[1])
    case 4:  // 6th of August 2009, 6th day August 2009
      guard year(words[3]) != nil, let month = month(words[2]),
        ["of", "day"].contains(words[1].lowercased())
      else {
        return nil
      }
      return iso(words[3], month, words[0])
    default:  // 6th day of August 2009
      guard year(words[4]) != nil, let month = month(words[3]), words[1].lowercased() == "day",
        words[2].lowercased() == "of"
      else { return nil }
      return iso(words[4], month, words[0])
    }
  }

  /// `6/30/97` and `6-30-97`: such years are those of EDGAR.
  private static func short(_ words: [Word]) -> String? {
    guard let joint = words[1].joint, joint == words[2].joint,
      joint == UInt8(ascii: "/") || joint == UInt8(ascii: "-"),
      words.allSatisfy({ $0.text.utf8.count <= 2 }), words[2].text.utf8.count == 2,
      let year = Int(words[2].text)
    else { return nil }
    let full = String(year < firstShortYear ? 2000 + year : 1900 + year)
    return iso(full[...], Int(words[0].text), words[1].text)
  }

  /// Covers have no dates before; those of plans and of old agreements are written out.
  private static let firstShortYear = 80

  private static func compact(_ word: Substring) -> String? {
    guard word.utf8.count == 8, word.utf8.allSatisfy(\.isDigit) else { return nil }
    return iso(word.prefix(4), Int(word.dropFirst(4).prefix(2)), word.suffix(2))
  }

  private static func iso(_ year: Substring, _ month: Int?, _ day: Substring) -> String? {
    guard let year = self.year(year), let month, (1...12).contains(month),
      let day = Int(dropOrdinal(day)), day >= 1, day <= days(of: month, in: year)
    else { return nil }
    return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  private static func days(of month: Int, in year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    switch month {
    case 2: return isLeap ? 29 : 28
    case 4, 6, 9, 11: return 30
    default: return 31
    }
  }

  private static func year(_ word: Substring) -> Int? {
    guard word.utf8.count == 4, let year = Int(word), (1900...2099).contains(year) else {
      return nil
    }
    return year
  }

  /// "6" of "6th".
  private static func dropOrdinal(_ day: Substring) -> Substring {
    let endings = ["st", "nd", "rd", "th"]
    return endings.contains(day.suffix(2).lowercased()) ? day.dropLast(2) : day
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  /// 1 to 12 of a month's name or of its first three or four letters.
  private static func month(_ word: Substring) -> Int? {
    let word = word.lowercased()
    guard word.utf8.count >= 3 else { return nil }
    let isShort = word.utf8.count <= 4
    return months.firstIndex { $0 == word || (isShort && $0.hasPrefix(word)) }.map { $0 + 1 }
  }
}
