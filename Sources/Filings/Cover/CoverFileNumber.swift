/// Reads the commission's file number off a cover.
enum CoverFileNumber {
  static func of(_ lines: [FlowLine]) -> String? {
    for index in lines.indices {
      guard let after = caption(index, lines) else { continue }
      if let number = number(in: after) ?? inColumn(index, lines) { return number }
      for distance in [1, -1, 2, -2, 3, -3] where lines.indices ~= index + distance {
        let other = lines[index + distance]
        if other.lower.utf8.count < 120, let number = number(in: other.text) { return number }
      }
      // Of a table whose cells are lines, values stand together above their captions or below.
      let above = lines[max(0, index - mostCells)..<index].reversed()
      for other in Array(above) + lines[(index + 1)...].prefix(mostCells) {
        // "Delaware 1-5805", where the line is a first word joined to the next.
        let words = other.text.split(separator: " ")
        if words.count <= 3, let last = words.last, isNumber(last) { return String(last) }
      }
    }
    return nil
  }

  private static let mostCells = 10

  /// The number in the caption's column of the table row above or below.
  private static func inColumn(_ index: Int, _ lines: [FlowLine]) -> String? {
    let cells = lines[index].cells
    guard cells.count > 1,
      let column = cells.firstIndex(where: { $0.lowercased().contains("file n") })
    else { return nil }
    for other in [index - 1, index + 1] where lines.indices ~= other {
      let cells = lines[other].cells
      if cells.indices ~= column, let number = number(in: String(cells[column])) { return number }
    }
    return nil
  }

  /// Whether a line is the caption with its number.
  static func isAnswered(_ line: FlowLine) -> Bool {
    line.lower.place(of: "commission file") != nil && number(in: line.text) != nil
  }

  /// What stands behind the caption in the line where it begins; nil where none begins there.
  ///
  /// In columns it goes on below: "(Commission", then "File Number)".
  private static func caption(_ index: Int, _ lines: [FlowLine]) -> String? {
    let line = lines[index]
    guard line.lower.utf8.count < 400 else { return nil }
    for caption in captions {
      if let place = line.lower.place(of: caption) {
        return String(line.text.utf8.dropFirst(place)) ?? ""
      }
    }
    if let caption = openings.first(where: { line.lower.hasPrefix($0) }) {
      return String(line.text.utf8.dropFirst(caption.utf8.count)) ?? ""
    }
    guard line.lower.place(of: "commission") != nil, line.lower.place(of: "exchange") == nil
    else { return nil }
    let next = lines[(index + 1)...].prefix(2)
    if next.contains(where: { $0.lower.place(of: "file n") != nil }) { return "" }
    if line.lower.hasSuffix("commission"), next.map(\.lower) == ["file", "number"] { return "" }
    // "Commission file", then "number 1-5805".
    let isCut = line.lowerCells.contains { $0.hasSuffix("commission file") }
    return isCut
      && next.contains { $0.lower.hasPrefix("number ") || $0.lower.place(of: "\tnumber ") != nil }
      ? "" : nil
  }

  private static let captions = [
    "commission file n", "commission file #", "commission file:", "commission file -",
    "commission's file n", "sec file n", "commission filing n", "commission no", "act file n",
    "(file n", "registration no.", "registration nos.", "registration statement no",
    "registration number", "registration file no", "(commission file", "commission registration n",
    "13f file n",
  ]

  /// Captions that are looked for at the start of a line alone.
  private static let openings = [
    "file no", "file nos", "file number", "reg. no", "registration no",
  ]

  /// The first file number in a text: a number of one of the SEC's kinds of files, a hyphen, four
  /// to six digits that are not a seventh (which would be an employer's number), maybe a hyphen
  /// and two digits.
  static func number(in text: String) -> String? {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      let isHyphen = (0x2010...0x2015).contains(scalar.value) || scalar.value == 0x2D
      // "333 - 1234" is one number.
      if isHyphen {
        while bytes.last == 0x20 { bytes.removeLast() }
        bytes.append(UInt8(ascii: "-"))
      } else if scalar != " " || bytes.last != UInt8(ascii: "-") {
        bytes.append(scalar.isASCII ? UInt8(scalar.value) : 0x5F)
      }
    }
    let runs = bytes.split { !($0.isDigit || $0 == UInt8(ascii: "-")) }
    return runs.lazy.filter(isNumber).first.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether a word is such a number and nothing else.
  static func isNumber(_ word: Substring) -> Bool {
    let bytes = Array(word.utf8)
    return bytes.allSatisfy { $0.isDigit || $0 == UInt8(ascii: "-") } && isNumber(bytes[...])
  }

  private static func isNumber(_ run: ArraySlice<UInt8>) -> Bool {
    let parts = run.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count == 2 || (parts.count == 3 && (1...2).contains(parts[2].count)),
      (1...3).contains(parts[0].count), (2...6).contains(parts[1].count),
      let kind = Int(String(decoding: parts[0], as: UTF8.self))
    else { return false }
    switch kind {
    case 0: return true
    case 1, 2, 5: return parts.count == 2 || parts[1].count >= 3
    case 333: return parts[1].count >= 4
    case 811...814: return parts[1].count >= 4
    default: return ((3...40).contains(kind) || kind == 69 || kind == 70) && parts[1].count >= 3
    }
  }
}
