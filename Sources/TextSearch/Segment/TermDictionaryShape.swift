/// What many terms have in common: every number of their entries that is small enough.
///
///     row = class and kinds u8 (bits 0–2: class, 0 for a pair; 3–4: postings; 5–6: passages;
///                               0 no list, 1 inline, 2 in its own section; bit 7 is 0),
///           spellings u8 (bits 6–7: how many, 0 when they follow, else two bits each, the first
///                         in the lowest: 0 same, 1 capitalized, 2 upper, 3 thousands),
///           df u8, cf − df + 1 u8, length of postings + 1 u8, length of passages + 1 u8;
///           each is 0 when the number follows with the term
///
/// Most terms of a collection have one of a few dozen shapes, so one byte that names the shape says
/// all of an entry but its lists.
struct TermShape: Hashable, Sendable {
  static let byteCount = 6
  /// A term's shape number is one byte.
  static let maximumCount = 256

  enum PlaceKind: UInt8, Sendable { case none, inline, list }

  /// 0 for a pair.
  var codeClass: UInt8
  var postingsKind: PlaceKind
  var passagesKind: PlaceKind
  /// As in a row.
  var spellings: UInt8
  /// df − 1, cf − df, length of postings, length of passages; nil when it follows with the term.
  var documents: Int?
  var excess: Int?
  var postings: Int?
  var passages: Int?
}

extension TermShape {
  /// One word says nearly all of a shape: hashing each member costs several times as much.
  func hash(into hasher: inout Hasher) {
    let kinds =
      UInt64(codeClass) | UInt64(postingsKind.rawValue) &<< 3 | UInt64(passagesKind.rawValue) &<< 5
      | UInt64(spellings) &<< 8
    let counts =
      UInt64(truncatingIfNeeded: documents ?? -1) &<< 16
      ^ UInt64(truncatingIfNeeded: excess ?? -1) &<< 28
    let lengths =
      UInt64(truncatingIfNeeded: postings ?? -1) &<< 40
      ^ UInt64(truncatingIfNeeded: passages ?? -1) &<< 52
    hasher.combine(kinds ^ counts ^ lengths)
  }

  /// What of a shape is left to follow with the term.
  struct Open: OptionSet, Sendable {
    let rawValue: UInt8
    static let documents = Open(rawValue: 1)
    static let excess = Open(rawValue: 2)
    static let postings = Open(rawValue: 4)
    static let passages = Open(rawValue: 8)
    static let spellings = Open(rawValue: 16)

    /// The sets that are tried. On pages of annual reports (57,000 terms), trying all 32 would save
    /// 0.015 bytes a term more, by a model of the coding.
    static let tried: [Open] = [
      [], .passages, .postings, [.postings, .passages], [.excess, .postings, .passages],
      [.documents, .postings, .passages], [.documents, .excess, .postings, .passages], .all,
    ]
    static let all: Open = [.documents, .excess, .postings, .passages, .spellings]
  }

  /// This shape with some numbers left out.
  func leaving(_ open: Open) -> TermShape {
    var shape = self
    if open.contains(.documents) { shape.documents = nil }
    if open.contains(.excess) { shape.excess = nil }
    if open.contains(.postings), postingsKind != .none { shape.postings = nil }
    if open.contains(.passages), passagesKind != .none { shape.passages = nil }
    if open.contains(.spellings) { shape.spellings = 0 }
    return shape
  }

  /// Whether every number fits in its byte of a row.
  var fitsRow: Bool {
    (documents ?? 0) < 255 && (excess ?? 0) < 255 && (postings ?? 0) < 255
      && (passages ?? 0) < 255
  }

  /// Nibbles that follow with a term of shape `exact` when this is its row.
  func nibblesLeft(of exact: TermShape) -> Int {
    var nibbles = 0
    if documents == nil { nibbles += Self.nibbles(exact.documents) }
    if excess == nil { nibbles += Self.nibbles(exact.excess) }
    if postings == nil { nibbles += Self.nibbles(exact.postings) }
    if passages == nil { nibbles += Self.nibbles(exact.passages) }
    if spellings == 0 { nibbles += 1 + Int(exact.spellings &>> 6) }
    return nibbles
  }

  private static func nibbles(_ value: Int?) -> Int {
    guard let value, value > 0 else { return 1 }
    return (Int.bitWidth - value.leadingZeroBitCount + 2) / 3
  }
}

// MARK: - Rows

extension TermShape {
  func write(to writer: inout ByteWriter) {
    writer.u8(codeClass | postingsKind.rawValue &<< 3 | passagesKind.rawValue &<< 5)
    writer.u8(spellings)
    writer.u8(documents.map { UInt8($0 + 1) } ?? 0)
    writer.u8(excess.map { UInt8($0 + 1) } ?? 0)
    writer.u8(postings.map { UInt8($0 + 1) } ?? 0)
    writer.u8(passages.map { UInt8($0 + 1) } ?? 0)
  }

  /// Reads a row; nil when it is not one.
  init?(_ row: [UInt8]) {
    guard row.count == Self.byteCount, row[0] < 128, row[0] & 7 <= 4,
      let postingsKind = PlaceKind(rawValue: row[0] &>> 3 & 3),
      let passagesKind = PlaceKind(rawValue: row[0] &>> 5 & 3)
    else { return nil }
    codeClass = row[0] & 7
    self.postingsKind = postingsKind
    self.passagesKind = passagesKind
    spellings = row[1]
    (documents, excess) = (Self.number(row[2]), Self.number(row[3]))
    (postings, passages) = (Self.number(row[4]), Self.number(row[5]))
    guard spellings == 0 || spellings >= 64, codeClass > 0 || spellings == 0,
      postingsKind != .none || postings == 0, passagesKind != .none || passages == 0
    else { return nil }
  }

  private static func number(_ byte: UInt8) -> Int? { byte == 0 ? nil : Int(byte) - 1 }
}

// MARK: - The shape of an entry

extension TermShape {
  /// The shape of an entry with nothing left open but spellings that a row cannot say.
  init(_ entry: TermEntry) {
    codeClass = UInt8(entry.codeClass)
    (postingsKind, postings) = Self.kind(entry.postings)
    (passagesKind, passages) = Self.kind(entry.passages)
    documents = entry.documentFrequency - 1
    excess = entry.collectionFrequency - entry.documentFrequency
    spellings = codeClass == 0 ? 0 : Self.code(entry.spellings)
  }

  private static func kind(_ place: PostingsPlace) -> (PlaceKind, Int) {
    switch place {
    case .none: (.none, 0)
    case .inline(let bytes): (.inline, bytes.count)
    case .list(_, let count): (.list, count)
    }
  }

  private static func code(_ spellings: [Spelling]) -> UInt8 {
    guard spellings.count <= 3 else { return 0 }
    var code = UInt8(spellings.count) &<< 6
    for (place, spelling) in spellings.enumerated() {
      guard let kind = spelling.code else { return 0 }
      code |= kind &<< UInt8(2 * place)
    }
    return code
  }
}

// MARK: - Reading

/// A shape as a reader uses it: in 32 bytes, with what it takes to pass by a closed entry.
struct TermShapeRow: Sendable {
  let codeClass: UInt8
  let postingsKind: TermShape.PlaceKind
  let passagesKind: TermShape.PlaceKind
  let spellings: UInt8
  /// As in the shape, −1 when the number follows with the term.
  let documents: Int16
  let excess: Int16
  let postings: Int16
  let passages: Int16
  /// Bytes of a closed entry among the inline bytes, in postings and in passages.
  let inlineStep: Int16
  let postingsStep: Int16
  let passagesStep: Int16
  /// Whether nothing follows with a term but its inline lists.
  let isClosed: Bool

  init(_ shape: TermShape) {
    codeClass = shape.codeClass
    postingsKind = shape.postingsKind
    passagesKind = shape.passagesKind
    spellings = shape.spellings
    documents = Int16(shape.documents ?? -1)
    excess = Int16(shape.excess ?? -1)
    postings = Int16(shape.postings ?? -1)
    passages = Int16(shape.passages ?? -1)
    inlineStep =
      (postingsKind == .inline ? postings : 0) + (passagesKind == .inline ? passages : 0)
    postingsStep = postingsKind == .list ? postings : 0
    passagesStep = passagesKind == .list ? passages : 0
    isClosed =
      documents >= 0 && excess >= 0 && postings >= 0 && passages >= 0
      && (spellings > 0 || codeClass == 0)
  }

  /// The spellings that the shape names; none when they follow.
  var spellingList: [Spelling] {
    (0..<(spellings &>> 6)).map { Spelling(code: spellings &>> (2 * $0)) }
  }

  /// Spelling `index` of those, or the last one; only when there are any.
  func spelling(_ index: Int) -> Spelling {
    let last = Int(spellings &>> 6) - 1
    return Spelling(code: spellings &>> UInt8(2 * max(0, min(index, last))))
  }
}
