import TextSearch

/// Puts a document's text together, run by run.
///
/// Every run but the last ends with a line end, so that words of two runs never touch.
struct DocumentBuilder {
  private(set) var text: [UInt8] = []
  private(set) var runs: [Document.Run] = []
  /// In any order; `finish` sorts them.
  var zones: [Document.Zone] = []

  init(capacity: Int) {
    text.reserveCapacity(capacity)
  }

  /// Appends what `write` writes as text of `field`; joins the last run if it is of that field.
  ///
  /// Gives the place of what was written.
  @discardableResult
  mutating func append(_ field: FieldID, _ write: (inout [UInt8]) -> Void) -> Range<Int> {
    let start = text.count
    if start > 0, text[start - 1] != UInt8(ascii: "\n") { text.append(UInt8(ascii: "\n")) }
    let content = text.count
    write(&text)
    if text.count == content {
      text.removeLast(content - start)
      return start..<start
    }
    extendLastRun(to: content)
    if let last = runs.last, last.field == field {
      extendLastRun(to: text.count)
    } else {
      runs.append(.init(field: field, range: content..<text.count))
    }
    return content..<text.count
  }

  private mutating func extendLastRun(to end: Int) {
    guard let last = runs.last else { return }
    runs[runs.count - 1].range = last.range.lowerBound..<end
  }

  /// Appends the run that names the document.
  mutating func append(title parts: [String?]) {
    let lines = TitleRun.lines(parts)
    append(FilingSchema.title) { text in
      for (number, line) in lines.enumerated() {
        if number > 0 { text.append(UInt8(ascii: "\n")) }
        text.append(contentsOf: line.utf8)
      }
    }
  }

  /// Hands the text over.
  consuming func finish(id: String) -> Document {
    var document = Document(id: id)
    document.text = text
    document.runs = runs
    // The sort is stable: of equal ranges the one noted first stays first.
    document.zones = zones.sorted {
      ($0.range.lowerBound, -$0.range.upperBound) < ($1.range.lowerBound, -$1.range.upperBound)
    }
    return document
  }
}

/// The run of text by which a document is found under its names.
enum TitleRun {
  /// The names of a document: its headline, form, companies, exhibit number and description.
  static func parts(of document: FilingDocument, in filing: Filing) -> [String?] {
    [document.title, filing.form] + filing.companyNames
      + [document.exhibit.map { "Exhibit \($0)" }, document.description]
  }

  /// The parts in order, without those that are empty or that an earlier one contains word for word.
  static func lines(_ parts: [String?]) -> [String] {
    var lines: [String] = []
    for part in parts {
      guard let part, !part.isEmpty else { continue }
      if !lines.contains(where: { contains($0, part) }) { lines.append(part) }
    }
    return lines
  }

  /// Whether `text` has `words` in it between places that are no letters or digits; ASCII letters
  /// are the same in both cases.
  ///
  /// What is longer than a name is not searched for.
  /// - Complexity: O(n) in the length of the text.
  private static func contains(_ text: String, _ words: String) -> Bool {
    let text = text.utf8.map(lowered)
    let words = words.utf8.map(lowered)
    guard words.count <= min(text.count, longestName) else { return false }
    for start in 0...(text.count - words.count)
    where text[start...].starts(with: words) {
      let end = start + words.count
      if start > 0, isWord(text[start - 1]) { continue }
      if end < text.count, isWord(text[end]) { continue }
      return true
    }
    return false
  }

  private static let longestName = 300

  private static func lowered(_ byte: UInt8) -> UInt8 {
    byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
  }
}
