/// An exhibit as the list of exhibits names it.
struct ExhibitEntry: Equatable {
  var number: String
  var description: String?
}

/// Where the parts of a document begin and end: signature pages, lists of exhibits, exhibits.
///
/// Found in one pass over the lines; only short lines that begin like a heading are looked at.
struct Outline {
  /// Signature pages, from "Signatures" to what follows them.
  private(set) var signatures: [Range<Int>] = []
  /// The one that is read, or the last one.
  private(set) var signature: Range<Int>?
  /// The date on the signature page.
  private(set) var signatureDate: String?
  private(set) var entries: [ExhibitEntry] = []
  private var entered: Set<String> = []
  private(set) var indexes: [Range<Int>] = []
  /// Lines that are nothing but "Exhibit 99.1".
  private(set) var headings: [(number: String, start: Int)] = []
  /// Where a text begins after the signature page that looks like a document of its own: after a
  /// gap larger than those between paragraphs, or with "For Immediate Release" and its like.
  private(set) var openings: [(start: Int, isRelease: Bool)] = []

  /// Lines that begin as the heading of an item or a part does.
  private(set) var itemLines: [RawLines.Line] = []

  private let usualGap: Int
  private var index: (start: Int, end: Int)?
  private var pendingNumber: String?
  /// The numbers in the open list: "Exhibit 99.1" after its entry is the exhibit's heading.
  private var listed: Set<String> = []
  /// The lines before the first entry of the open list.
  private var introduction = 0
  private var isSigned = false
  /// Whether the sentence follows with which a signature page begins.
  private var isClaimed = false
  private var awaitsDate = false

  /// - Complexity: O(n).
  init(_ flow: Flow, _ range: Range<Int>) {
    var lines = RawLines(flow.text, range)
    var first: [RawLines.Line] = []
    while first.count < Self.surveyedLineCount, let line = lines.next() { first.append(line) }
    usualGap = Self.usualGap(first)
    for line in first { take(line, flow) }
    while let line = lines.next() { take(line, flow) }
    leave(range.upperBound)
    closeSignature(at: range.upperBound)
  }

  private static let surveyedLineCount = 1000

  /// How many empty lines mostly stand between paragraphs.
  private static func usualGap(_ lines: [RawLines.Line]) -> Int {
    var counts = [Int](repeating: 0, count: 16)
    for line in lines where line.blanksBefore > 0 { counts[min(line.blanksBefore, 15)] += 1 }
    return counts.indices.max { (counts[$0], -$0) < (counts[$1], -$1) } ?? 1
  }

  private mutating func take(_ line: RawLines.Line, _ flow: Flow) {
    if line.mayBeItem { itemLines.append(line) }
    claimSignature(line, flow)
    guard line.range.count < 600 else {
      if !introduces(line) { leave(line.range.lowerBound) }
      return noteOpening(line, release: false)
    }
    if index == nil, !isNearSignature(line), !mayMatter(line, flow) { return }
    var lines = FlowLines(flow, line.range)
    if let clean = lines.next() { take(clean, line) }
  }

  /// Whether a line outside of lists and signature pages may be one of those looked for, by its
  /// first letters.
  private func mayMatter(_ line: RawLines.Line, _ flow: Flow) -> Bool {
    guard line.mayBeHeading, signature != nil || line.mayHeadPart else { return false }
    let letters = flow.letters(7, in: line.range)
    if letters == Self.exhibit || Self.heads.contains(letters) { return true }
    if line.initial == UInt8(ascii: "e"), line.second == UInt8(ascii: "x") {
      // "EX-99.1"
      return !flow.isWord(longerThan: 2, in: line.range)
    }
    return signature != nil && Self.releases.contains(flow.letters(3, in: line.range))
  }

  private static let exhibit = Flow.packed("exhibit")
  /// Of "Signatures", "Index to exhibits", "Index of exhibits", "Documents index".
  private static let heads = ["signatu", "indexto", "indexof", "documen"].map(Flow.packed)
  /// Of "Press release" and its like.
  private static let releases = ["pre", "imm", "sto", "ear"].map(Flow.packed)

  private mutating func take(_ line: FlowLine, _ raw: RawLines.Line) {
    let start = raw.range.lowerBound
    if line.lower.hasPrefix("item"), index == nil || ItemHeading(line) != nil {
      forgetSignature(before: line)
      return leave(start)
    }
    if SignaturePage.isHeading(line) {
      leave(start)
      closeSignature(at: start)
      signature = start..<start
      (isSigned, isClaimed) = (false, false)
      return
    }
    if ExhibitList.isHeading(line) {
      leave(start)
      closeSignature(at: start)
      index = (start, raw.range.upperBound)
      if !ExhibitList.isContinued(line) { listed = [] }
      introduction = 0
      return
    }
    if index != nil, takeEntry(line, raw) { return }
    if let number = ExhibitList.headingNumber(line) {
      leave(start)
      closeSignature(at: start)
      headings.append((number, start))
      return
    }
    takeSignature(line, raw)
  }

  // MARK: The signature page

  /// Whether a line may belong to the signature page, or open what follows it.
  private func isNearSignature(_ line: RawLines.Line) -> Bool {
    guard let signature else { return false }
    return signature.isEmpty || line.blanksBefore > usualGap
  }

  /// Begins a signature page, if none is open, at the sentence with which such a page begins.
  private mutating func claimSignature(_ line: RawLines.Line, _ flow: Flow) {
    guard line.mayBeClaim, !isClaimed || signature?.isEmpty == false,
      case let opening = flow.text[line.range.lowerBound...].prefix(400),
      Self.claims.contains(flow.letters(8, in: opening.indices)), SignaturePage.isOpening(opening)
    else { return }
    if signature?.isEmpty != true {
      leave(line.range.lowerBound)
      signature = line.range.lowerBound..<line.range.lowerBound
      isSigned = false
    }
    isClaimed = true
  }

  /// Of "Pursuant to" and "In accordance with".
  private static let claims = ["pursuant", "inaccord"].map(Flow.packed)

  private mutating func takeSignature(_ line: FlowLine, _ raw: RawLines.Line) {
    guard let signature else { return }
    let isRelease = SignaturePage.isRelease(line)
    if isSigned, isRelease || raw.blanksBefore > usualGap || SignaturePage.isOtherHeading(line),
      !SignaturePage.isPart(line)
    {
      closeSignature(at: raw.range.lowerBound)
    }
    guard signature.isEmpty, self.signature?.isEmpty == true else {
      return noteOpening(raw, release: isRelease)
    }
    if raw.range.lowerBound - signature.lowerBound > SignaturePage.longest {
      return closeSignature(at: raw.range.lowerBound)
    }
    if awaitsDate || line.lower.hasPrefix("date"), signatureDate == nil {
      signatureDate = DateText.first(in: line.text)?.iso
      awaitsDate = signatureDate == nil && line.lower.utf8.count <= 6
    }
    if SignaturePage.isPart(line) { isSigned = true }
  }

  /// Drops the open signature page above an item's heading where no one has signed it: the last line
  /// of a table of contents reads the same.
  private mutating func forgetSignature(before line: FlowLine) {
    guard let signature, signature.isEmpty, !isSigned, !isClaimed, ItemHeading(line) != nil else {
      return
    }
    self.signature = nil
  }

  private mutating func closeSignature(at end: Int) {
    guard let signature, signature.isEmpty else { return }
    self.signature = signature.lowerBound..<end
    // A line of a table of contents reads the same, but no one has signed below it.
    if isSigned || isClaimed { signatures.append(signature.lowerBound..<end) }
  }

  private mutating func noteOpening(_ line: RawLines.Line, release: Bool) {
    if signature != nil, isSigned, release || line.blanksBefore > usualGap {
      closeSignature(at: line.range.lowerBound)
      openings.append((line.range.lowerBound, release))
    }
  }

  // MARK: Lists of exhibits

  /// Takes a line of the list; false where the list has ended before it.
  private mutating func takeEntry(_ line: FlowLine, _ raw: RawLines.Line) -> Bool {
    if let number = ExhibitList.headingNumber(line), listed.contains(number) { return false }
    if let number = pendingNumber, raw.blanksBefore <= usualGap, ExhibitList.entry(line) == nil {
      pendingNumber = nil
      add(ExhibitEntry(number: number, description: line.text), raw)
      return true
    }
    pendingNumber = nil
    if ExhibitList.isTableHead(line) {
      extendIndex(raw)
      return true
    }
    if let entry = ExhibitList.entry(line) {
      if entry.description == nil {
        pendingNumber = entry.number
        extendIndex(raw)
      } else {
        add(entry, raw)
      }
      return true
    }
    if raw.blanksBefore == 0, let last = entries.last, last.description != nil,
      line.text.utf8.count < 200
    {
      if last.description?.utf8.count ?? 0 < Self.longestDescription {
        entries[entries.count - 1].description?.append(" " + line.text)
      }
      extendIndex(raw)
      return true
    }
    if introduces(raw) { return true }
    leave(raw.range.lowerBound)
    return false
  }

  /// Whether a line may stand between the heading of the list and its first entry.
  private mutating func introduces(_ raw: RawLines.Line) -> Bool {
    guard let index, listed.isEmpty, introduction < Self.longestIntroduction,
      raw.blanksBefore <= usualGap, raw.range.lowerBound - index.end < Self.farthestEntry
    else { return false }
    introduction += 1
    return true
  }

  /// In lines.
  private static let longestIntroduction = 4
  /// From the heading of a list to its first entry, in bytes.
  private static let farthestEntry = 3000

  /// Lines beyond are no longer added: every exhibit with the number has a copy, in bytes.
  private static let longestDescription = 1000

  private mutating func add(_ entry: ExhibitEntry, _ raw: RawLines.Line) {
    listed.insert(entry.number)
    if entered.insert(entry.number).inserted { entries.append(entry) }
    extendIndex(raw)
  }

  private mutating func extendIndex(_ raw: RawLines.Line) {
    index?.end = raw.range.upperBound
  }

  /// Ends the list of exhibits, if one is open.
  private mutating func leave(_ place: Int) {
    guard let open = index else { return }
    indexes.append(open.start..<open.end)
    index = nil
    pendingNumber = nil
  }
}

/// Goes over the lines that are not empty, as places.
struct RawLines: Sequence, IteratorProtocol {
  struct Line {
    var range: Range<Int>
    var blanksBefore: Int
    /// Its first byte that is no mark or space, and the next but one space; letters small.
    var initial: UInt8
    var second: UInt8

    /// Whether its first letter is one with which the headings begin that matter.
    var mayBeHeading: Bool {
      range.count < 300
        && (initial == UInt8(ascii: "i") || initial == UInt8(ascii: "s")
          || initial == UInt8(ascii: "e") || initial == UInt8(ascii: "d")
          || initial == UInt8(ascii: "p"))
    }

    /// Whether it does not begin otherwise than "Signatures", "Index", "Documents" and "Exhibit".
    var mayHeadPart: Bool {
      switch (initial, second) {
      case (UInt8(ascii: "s"), UInt8(ascii: "i")), (UInt8(ascii: "i"), UInt8(ascii: "n")),
        (UInt8(ascii: "d"), UInt8(ascii: "o")), (UInt8(ascii: "e"), UInt8(ascii: "x")):
        true
      default: !second.isLetter
      }
    }

    /// Whether it begins as the heading of an item or a part does.
    var mayBeItem: Bool {
      (initial == UInt8(ascii: "i") && second == UInt8(ascii: "t"))
        || (initial == UInt8(ascii: "[") && second == UInt8(ascii: "i"))
        || initial == UInt8(ascii: "p") && second == UInt8(ascii: "a")
    }

    /// Whether it may be the heading of a table of contents.
    var mayBeContents: Bool {
      range.count < 90
        && (initial == UInt8(ascii: "t") || initial == UInt8(ascii: "c")
          || initial == UInt8(ascii: "i") || initial == UInt8(ascii: "f")
          || initial == UInt8(ascii: "p"))
    }

    /// Whether it begins with the first letters of "Pursuant to" or "In accordance with".
    var mayBeClaim: Bool {
      initial == UInt8(ascii: "i") && second == UInt8(ascii: "n")
        || initial == UInt8(ascii: "p") && second == UInt8(ascii: "u")
    }
  }

  private let text: [UInt8]
  private var offset: Int
  private let end: Int

  init(_ text: [UInt8], _ range: Range<Int>) {
    self.text = text
    offset = range.lowerBound
    end = range.upperBound
  }

  mutating func next() -> Line? {
    var blanks = 0
    while offset < end {
      let start = offset
      let stop = ByteScan.find(0x0A, in: text.span, start, end)
      offset = stop + 1
      var first = ByteScan.spacesEnd(in: text.span, start, stop)
      while first < stop, !text[first].isLetter {
        if Self.isPassed(text[first]) {
          first &+= 1
        } else if let length = WideSpace.length(text, first, stop) {
          first &+= length
        } else {
          break
        }
      }
      if first == stop {
        blanks += 1
        continue
      }
      var next = first + 1
      if next < stop, text[next] == 0x20 { next += 1 }
      return Line(
        range: start..<stop, blanksBefore: blanks, initial: text[first].lowered,
        second: next < stop ? text[next].lowered : 0)
    }
    return nil
  }

  /// Spaces and the marks of headings.
  private static func isPassed(_ byte: UInt8) -> Bool {
    byte.isSpace || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "#")
      || byte == UInt8(ascii: "|") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }
}
