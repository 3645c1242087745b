/// What the items of a form 20-F are divided into: "Item 3.D", "3.D Risk factors", and plain
/// "D. Risk factors" below the heading of item 3.
struct InnerItems {
  /// Headings that may be such; the number is 0 where only a letter is printed.
  private var candidates: [ItemCandidate]

  private static let chain = ItemChain(form: .foreignAnnual)

  /// Takes such headings out of `candidates`, and adds to it the items of their own that have a
  /// letter and stand without the word "Item": "4A. Unresolved Staff Comments".
  ///
  /// - Parameter listed: The table of contents.
  init(_ candidates: inout [ItemCandidate], _ lines: ItemLines, outside listed: Range<Int>?) {
    let wholes = candidates.filter { !$0.isListed }.flatMap(\.heading.numbers)
      .filter { $0.minor == 0 }
    let numbers = Set(wholes.map(\.number))
    self.candidates = []
    var proper: [ItemCandidate] = []
    for var candidate in candidates {
      if Self.isInner(candidate.heading) { candidate.heading.numbers[0].isInner = true }
      let number = candidate.heading.numbers[0]
      if number.isInner, !candidate.isListed, numbers.contains(number.number) {
        self.candidates.append(candidate)
      } else {
        proper.append(candidate)
      }
    }
    var bare = lines
    bare.readBare(outside: listed)
    for var candidate in bare.candidates where !candidate.heading.hasPageNumber {
      var number = candidate.heading.numbers[0]
      number.isInner = false
      if number.number > 0, Self.matches(candidate.heading, number) {
        candidate.heading.numbers = [number]
        proper.append(candidate)
      } else if !candidate.isRunIn {
        self.candidates.append(candidate)
      }
    }
    candidates = proper.sorted { $0.range.lowerBound < $1.range.lowerBound }
    self.candidates.sort { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// Whether the letter of an item's number names a part of it. Items 4A and 16A to 16K are their
  /// own.
  private static func isInner(_ heading: ItemHeading) -> Bool {
    guard heading.numbers.count == 1, var number = heading.numbers.first, number.minor > 0,
      !number.isDecimal, !matches(heading, number)
    else { return false }
    let isOwn = number.number == 16 || number.number == 4 && number.minor == 1
    number.isInner = true
    return !isOwn || matches(heading, number)
  }

  private static func matches(_ heading: ItemHeading, _ number: ItemNumber) -> Bool {
    ItemTitles.matches(heading.title, number, part: 0, form: .foreignAnnual)
  }

  /// The rising chain of such headings below an item's, each up to the next.
  ///
  /// - Complexity: O(n log n) in the number of candidates in the item.
  func sections(of item: ItemOutline.Section) -> [ItemOutline.Section] {
    guard let whole = item.number, whole.minor == 0 else { return [] }
    var inside = candidates(in: item.range).compactMap { Self.candidate($0, of: whole.number) }
    ItemOutline.measure(&inside, end: item.range.upperBound)
    let links = Self.chain.links(inside)
    return links.enumerated().map { place, link in
      let heading = inside[link.candidate].heading
      let start = inside[link.candidate].range.lowerBound
      let end =
        place + 1 < links.count
        ? inside[links[place + 1].candidate].range.lowerBound : item.range.upperBound
      let number = heading.numbers[0]
      let label = SectionBuilder.label(number, heading)
      return .init(label: label, number: number, range: start..<end)
    }
  }

  /// A candidate as a part of the item of that number; nil where it is none.
  private static func candidate(_ candidate: ItemCandidate, of whole: Int) -> ItemCandidate? {
    var candidate = candidate
    var number = candidate.heading.numbers[0]
    let hasNumber = number.number > 0
    guard !hasNumber || number.number == whole else { return nil }
    number.number = whole
    number.isInner = whole != 16
    candidate.heading.numbers[0] = number
    let isSure = hasNumber && candidate.isMarked
    return isSure || matches(candidate.heading, number) ? candidate : nil
  }

  private func candidates(in range: Range<Int>) -> ArraySlice<ItemCandidate> {
    let start = candidates.firstIndex { $0.range.lowerBound > range.lowerBound }
    let slice = candidates[(start ?? candidates.count)...]
    return slice.prefix { $0.range.lowerBound < range.upperBound }
  }
}
