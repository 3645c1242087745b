/// Reads the text of documents back, word by word and with what stood between the words.
struct StoredText {
  /// A token as it was filed: the word, empty for the marker that begins a run, and what follows.
  struct Piece {
    var word: String
    var gap: String
    var isMatch = false
  }

  let segment: Segment

  init(_ segment: Segment) { self.segment = segment }

  private var markerCount: Int { segment.info.schema.fields.count }

  /// The code numbers of all tokens of a document.
  func ranks(of document: DocID) throws(IndexError) -> [Int] {
    let passages = try segment.passageRange(of: document)
    if passages.isEmpty { return [] }
    return try segment.ranks(inText: try segment.textRange(ofPassages: passages))
  }

  /// The tokens of `window` as they were filed.
  func pieces(of document: DocID, _ ranks: [Int], _ window: Range<Int>) throws(IndexError)
    -> [Piece]
  {
    let display = try segment.display()
    let layout = try layout(of: document, ranks, window, display.layout())
    var pieces: [Piece] = []
    for place in window {
      let (variant, gap) = layout[place - window.lowerBound]
      let word: [UInt8] =
        ranks[place] < markerCount
        ? [] : try segment.dictionary.form(rank: ranks[place], spelling: variant) ?? []
      pieces.append(
        Piece(
          word: String(decoding: word, as: UTF8.self),
          gap: String(decoding: try display.separator(gap), as: UTF8.self)))
    }
    return pieces
  }

  /// The spelling and the separator of each token of `window`.
  ///
  /// Walks the tokens from the anchor before the window on, which may lie in a document before;
  /// a long document has further anchors, and a decoder goes only from one to the next.
  private func layout(
    of document: DocID, _ ranks: [Int], _ window: Range<Int>, _ reader: LayoutReader
  ) throws(IndexError) -> [(variant: Int, gap: Int)] {
    if window.isEmpty { return [] }
    guard let anchor = try reader.anchor(document: Int(document), token: window.lowerBound),
      anchor.document < document || anchor.token <= window.lowerBound
    else {
      throw segment.file.section(SectionName.layout).damaged(
        at: 0, "no block reaches token \(window.lowerBound) of document \(document)")
    }
    var decoder = try reader.decoder(at: anchor)
    var terms = LayoutTerms(segment: segment, reader)
    var result: [(variant: Int, gap: Int)] = []
    for number in anchor.document...Int(document) {
      let isOwn = number == Int(document)
      let own = isOwn ? ranks : try self.ranks(of: DocID(number))
      let end = isOwn ? window.upperBound : own.count
      var place = number == anchor.document ? anchor.token : 0
      while place < end {
        if number == anchor.document, LayoutBlock.begins(at: place, after: anchor.token),
          let inner = try reader.anchor(document: number, token: place)
        {
          decoder = try reader.decoder(at: inner)
        }
        let next = place + 1 < own.count ? try terms.term(own[place + 1]) : nil
        let piece = try decoder.next(try terms.term(own[place]), next: next)
        if isOwn, place >= window.lowerBound { result.append(piece) }
        place += 1
      }
    }
    return result
  }

  /// The document run by run; matches of `marker` are fragments of their own.
  func runs(of document: DocID, _ marker: Marker?) throws(IndexError) -> [(
    field: FieldID, fragments: [Fragment]
  )] {
    let ranks = try ranks(of: document)
    let marks = marker?.marks(document, ranks, markerCount: markerCount)
    let pieces = try pieces(of: document, ranks, 0..<ranks.count)
    var runs: [(field: FieldID, fragments: [Fragment])] = []
    for (place, piece) in pieces.enumerated() {
      if ranks[place] < markerCount {
        runs.append((FieldID(rawValue: UInt8(ranks[place])), []))
      }
      // Every document begins with a marker, or is damaged.
      guard !runs.isEmpty else {
        throw segment.text.damaged(at: 0, "document \(document) begins without a field")
      }
      let isMatch = (marks?[place] ?? 0) != 0
      let goesOn = isMatch && place + 1 < pieces.count && (marks?[place + 1] ?? 0) != 0
      Self.append(piece.word, isMatch, to: &runs[runs.count - 1].fragments)
      Self.append(piece.gap, goesOn, to: &runs[runs.count - 1].fragments)
    }
    return runs
  }

  private static func append(_ text: String, _ isMatch: Bool, to fragments: inout [Fragment]) {
    if text.isEmpty { return }
    if let last = fragments.last, last.isMatch == isMatch {
      fragments[fragments.count - 1].text += text
    } else {
      fragments.append(Fragment(text: text, isMatch: isMatch))
    }
  }
}

/// What the layout has to know of terms: of the frequent ones its model knows it, the others are
/// looked up once each.
private struct LayoutTerms {
  let segment: Segment
  let reader: LayoutReader
  private var known: [Int: LayoutTerm] = [:]

  init(segment: Segment, _ reader: LayoutReader) {
    self.segment = segment
    self.reader = reader
  }

  mutating func term(_ rank: Int) throws(IndexError) -> LayoutTerm {
    if let term = reader.term(rank: rank) ?? known[rank] { return term }
    let term = try lookUp(rank)
    known[rank] = term
    return term
  }

  private func lookUp(_ rank: Int) throws(IndexError) -> LayoutTerm {
    if rank < segment.info.schema.fields.count {
      return LayoutTerm(rank: rank, variantCount: 1, isNumber: false)
    }
    guard let found = try segment.dictionary.term(rank: rank) else {
      throw segment.text.damaged(at: 0, "a code for term \(rank), which there is not")
    }
    return LayoutTerm(rank: rank, spellings: found.entry.spellings.count, of: found.bytes)
  }
}
