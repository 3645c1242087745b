/// Finds the headings that have an item's title and not the word "Item": of items that the table of
/// contents names, and of those with a title of their own that stand nowhere else.
struct TitledHeadings {
  private struct Entry {
    var number: ItemNumber
    var part: Int?
  }

  /// By the letters of the titles, small.
  private var entries: [[UInt8]: Entry] = [:]
  /// The first letters of the titles.
  private var openings: Set<UInt64> = []
  private var initials = [Bool](repeating: false, count: 256)

  /// The item that each of these forms has with a long text of its own, by its part.
  private static func main(_ form: ItemTitles.Form) -> (number: Int, part: Int)? {
    switch form {
    case .annual: (7, 0)
    case .annualSmall: (6, 0)
    case .quarterly: (2, 1)
    case .foreignAnnual: (5, 0)
    case .other: nil
    }
  }

  /// Whether headings with numbers are missing: of items in the table of contents, or of the one
  /// that every such form has.
  static func mayHelp(
    _ candidates: [ItemCandidate], _ links: [ItemChain.Link], form: ItemTitles.Form
  ) -> Bool {
    guard let main = main(form) else { return false }
    let found = Self.found(candidates, links)
    let key = ItemChain.key(ItemNumber(number: main.number), main.part)
    return !found.contains(key)
      || candidates.contains { $0.isListed && !found.contains(Self.key($0, form: form)) }
  }

  private static func found(_ candidates: [ItemCandidate], _ links: [ItemChain.Link]) -> Set<Int> {
    Set(
      links.flatMap { link in
        candidates[link.candidate].heading.numbers.map { ItemChain.key($0, link.part) }
      })
  }

  private static func key(_ candidate: ItemCandidate, form: ItemTitles.Form) -> Int {
    let part = form == .quarterly ? candidate.openPart ?? 1 : 0
    return ItemChain.key(candidate.heading.numbers[0], part)
  }

  init(_ candidates: [ItemCandidate], _ links: [ItemChain.Link], form: ItemTitles.Form) {
    let found = Self.found(candidates, links)
    for candidate in candidates where candidate.isListed {
      guard !found.contains(Self.key(candidate, form: form)) else { continue }
      let number = candidate.heading.numbers[0]
      let part = form == .quarterly ? candidate.openPart ?? 1 : nil
      for title in [candidate.heading.title] + (Self.shortTitles[form]?[number.text] ?? []) {
        add(title, Entry(number: number, part: part))
      }
    }
    for (number, title) in Self.ownTitles[form] ?? [] {
      let part = form == .quarterly ? 1 : 0
      guard !found.contains(ItemChain.key(number, part)) else { continue }
      add(title, Entry(number: number, part: form == .quarterly ? part : nil))
    }
  }

  private mutating func add(_ title: String, _ entry: Entry) {
    let letters = title.utf8.filter(\.isLetter).map(\.lowered)
    guard letters.count >= Self.openingLength, entries[letters] == nil,
      !Self.common.contains(letters)
    else { return }
    entries[letters] = entry
    openings.insert(letters.prefix(Self.openingLength).reduce(0) { $0 << 8 | UInt64($1) })
    initials[Int(letters[0])] = true
  }

  /// Fewer letters are no title: "Business" has eight.
  private static let openingLength = 8

  /// Titles that other headings have, too.
  private static let common = ["financialstatements", "otherinformation"].map { Array($0.utf8) }

  private static let discussion =
    "Management's Discussion and Analysis of Financial Condition and Results of Operations"
  private static let disclosures = "Quantitative and Qualitative Disclosures About Market Risk"

  /// Titles that nothing but the item has.
  private static let ownTitles: [ItemTitles.Form: [(ItemNumber, String)]] = [
    .annual: [
      (ItemNumber(number: 7), discussion), (ItemNumber(number: 7, minor: 1), disclosures),
      (ItemNumber(number: 8), "Financial Statements and Supplementary Data"),
    ],
    .quarterly: [
      (ItemNumber(number: 2), discussion), (ItemNumber(number: 3), disclosures),
      (ItemNumber(number: 4), "Controls and Procedures"),
    ],
  ]

  /// What else items are called that the table of contents names.
  private static let shortTitles: [ItemTitles.Form: [String: [String]]] = [
    .annual: [
      "1": ["Description of Business"], "2": ["Description of Property"],
      "7": ["Management's Discussion and Analysis"],
    ],
    .quarterly: ["2": ["Management's Discussion and Analysis"]],
  ]

  // MARK: Search

  /// The headings outside the table of contents, in order.
  ///
  /// - Complexity: O(n) in the length of the range.
  func find(in flow: Flow, _ range: Range<Int>, _ table: ContentsTable) -> [ItemCandidate] {
    var found: [ItemCandidate] = []
    for raw in RawLines(flow.text, range) {
      guard initials[Int(raw.initial)] || raw.initial.isDigit, found.count < Self.most,
        opens(raw, flow), !table.contains(raw.range.lowerBound),
        let candidate = candidate(raw, flow, range)
      else { continue }
      found.append(candidate)
    }
    return found
  }

  /// The first letters of a title stand in so many bytes, with what is between them.
  private static let longestOpening = 40
  private static let longestLine = 250
  /// A bound for hostile files.
  private static let most = 2000

  /// Whether the first letters behind a number are those of a title.
  private func opens(_ raw: RawLines.Line, _ flow: Flow) -> Bool {
    let start = Self.numberEnd(flow.text, raw.range)
    let end = min(raw.range.upperBound, start + Self.longestOpening)
    return openings.contains(flow.letters(Self.openingLength, in: start..<end))
  }

  /// The place behind "1A." at the start of a line.
  private static func numberEnd(_ text: [UInt8], _ line: Range<Int>) -> Int {
    var place = line.lowerBound
    while place < line.upperBound, !text[place].isDigit, !text[place].isLetter { place += 1 }
    guard place < line.upperBound, text[place].isDigit else { return line.lowerBound }
    while place < line.upperBound, text[place].isDigit { place += 1 }
    // The letter of "1A" is not followed by another.
    let next = place + 1 < line.upperBound ? text[place + 1] : 0
    return place < line.upperBound && text[place].isLetter && !next.isLetter ? place + 1 : place
  }

  private func candidate(
    _ raw: RawLines.Line, _ flow: Flow, _ range: Range<Int>
  ) -> ItemCandidate? {
    let limit = min(range.upperBound, raw.range.upperBound + Self.longestLine)
    var lines = FlowLines(flow, raw.range.lowerBound..<limit)
    guard let line = lines.next() else { return nil }
    var scanner = HeadingScanner(line.text)
    let number = scanner.itemNumbers()?.first
    if number != nil { scanner.skip(HeadingScanner.separators) }
    var title = number == nil ? line.text : String(scanner.rest)
    let runIn = Self.runInTitle(title)
    title = runIn ?? title
    guard
      line.isMarked || ItemLines.isCapitals(title) || number != nil && raw.blanksBefore > 0
        || title.utf8.count >= Self.shortestUnmarked
          && (raw.blanksBefore > 0 || !ItemLines.isInSentence(raw, flow, range)),
      title.utf8.count < Self.longestLine, !title.utf8.contains(where: \.isDigit)
    else { return nil }
    var end = raw.range.upperBound
    var entry = entry(of: title)
    if entry == nil, runIn == nil, title.utf8.count >= Self.shortestBroken, let next = lines.next(),
      next.range.upperBound < limit
    {
      title += " " + next.text
      end = next.range.upperBound
      entry = self.entry(of: title)
    }
    guard let entry, number == nil || number == entry.number else { return nil }
    let heading = ItemHeading(number: entry.number, title: title)
    var candidate = ItemCandidate(
      heading: heading, range: raw.range.lowerBound..<end, isMarked: true,
      isAfterBlank: raw.blanksBefore > 0, isRunIn: false, openPart: entry.part)
    (candidate.isTitled, candidate.standsAlone) = (true, true)
    if runIn != nil { candidate.range = raw.range.lowerBound..<raw.range.lowerBound }
    return candidate
  }

  /// A title in capitals on whose line a sentence follows.
  private static func runInTitle(_ text: String) -> String? {
    guard let end = ItemHeading.sentenceEnd(text), let title = String(text.utf8.prefix(end)),
      ItemLines.isCapitals(title)
    else { return nil }
    return title
  }

  /// Lines of one word in plain letters are no headings, in bytes.
  private static let shortestUnmarked = 12
  /// A title that goes on in the next line is longer.
  private static let shortestBroken = 30

  private func entry(of title: String) -> Entry? {
    var letters = title.utf8.filter(\.isLetter).map(\.lowered)
    if let entry = entries[letters] { return entry }
    for addition in Self.additions where letters.suffix(addition.count) == addition[...] {
      letters.removeLast(addition.count)
      return entries[letters]
    }
    return nil
  }

  /// "(MD&A)", "(Unaudited)" behind a title.
  private static let additions = ["mda", "unaudited"].map { Array($0.utf8) }
}
