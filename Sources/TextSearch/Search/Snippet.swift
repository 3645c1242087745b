/// The stretch of a document that says most about a query.
public struct Snippet: Sendable, Equatable {
  /// A zone that the snippet stands in.
  public struct Zone: Sendable, Equatable {
    public var kind: UInt8
    public var label: String
  }

  public var fragments: [Fragment] = []
  /// The zones that the first match shown stands in, or, without a match, the first word.
  public var zones: [Zone] = []
}

/// Picks the stretch of a document that says most about a query.
struct SnippetMaker {
  private let text: StoredText
  private let segment: Segment
  private let marker: Marker
  private let width: Int
  private let hidden: FieldID?

  /// A word and the separator behind it take about so many characters.
  private static let charactersOfToken = 6

  init(_ segment: Segment, _ marker: Marker, width: Int, leavingOut hidden: FieldID?) {
    self.segment = segment
    self.marker = marker
    self.width = width
    self.hidden = hidden
    text = StoredText(segment)
  }

  func snippet(of document: DocID) throws(IndexError) -> Snippet {
    let ranks = try text.ranks(of: document)
    let marks = marker.marks(document, ranks, markerCount: segment.info.schema.fields.count)
    guard let window = bestWindow(ranks, marks, start: marker.start(document)) else {
      return Snippet()
    }
    var pieces = try text.pieces(of: document, ranks, window)
    for place in pieces.indices { pieces[place].isMatch = marks[window.lowerBound + place] != 0 }
    let first = window.first { marks[$0] != 0 } ?? window.lowerBound
    let zones = try segment.display().zones.zones(of: document).filter { $0.range.contains(first) }
    return Snippet(
      fragments: fragments(
        pieces, isCutBefore: !begins(window, ranks), isCutAfter: !ends(window, ranks)),
      zones: zones.map { Snippet.Zone(kind: $0.kind, label: $0.label) })
  }

  private func begins(_ window: Range<Int>, _ ranks: [Int]) -> Bool {
    window.lowerBound == 0 || isMarker(ranks[window.lowerBound - 1])
  }

  private func ends(_ window: Range<Int>, _ ranks: [Int]) -> Bool {
    window.upperBound == ranks.count || isMarker(ranks[window.upperBound])
  }

  private func isMarker(_ rank: Int) -> Bool { rank < segment.info.schema.fields.count }

  /// The run of tokens with the heaviest set of different matches; the first of equals.
  ///
  /// Windows begin a few words before a match, and never leave a run of text.
  /// - Parameter start: Where the window begins if nothing matches, as near as can be.
  private func bestWindow(_ ranks: [Int], _ marks: [UInt64], start: Int) -> Range<Int>? {
    let length = max(width / Self.charactersOfToken, 4)
    var best: (window: Range<Int>, weight: Float)?
    for run in runs(ranks) {
      if best == nil || start > run.lowerBound && start < run.upperBound && best?.weight == -1 {
        let first = max(run.lowerBound, min(start, run.upperBound - 1))
        best = (first..<min(run.upperBound, first + length), -1)
      }
      var place = run.lowerBound
      while place < run.upperBound {
        defer { place += 1 }
        if marks[place] == 0 { continue }
        let start = max(run.lowerBound, min(place - length / 5, run.upperBound - length))
        let window = start..<min(start + length, run.upperBound)
        let weight = weight(marks[window])
        if weight > (best?.weight ?? -1) { best = (window, weight) }
      }
    }
    return best?.window
  }

  private func weight(_ marks: ArraySlice<UInt64>) -> Float {
    let all = marks.reduce(0) { $0 | $1 }
    let count = marks.count { $0 != 0 }
    return marker.weight(all) * (1 + 0.01 * Float(count))
  }

  /// The runs of text without their markers.
  private func runs(_ ranks: [Int]) -> [Range<Int>] {
    let starts = ranks.indices.filter { isMarker(ranks[$0]) }
    let ends = starts.dropFirst() + [ranks.count]
    return zip(starts, ends).compactMap { start, end in
      if let hidden, ranks[start] == Int(hidden.rawValue) { return nil }
      return start + 1 < end ? (start + 1)..<end : nil
    }
  }

  // MARK: Text

  private func fragments(_ pieces: [StoredText.Piece], isCutBefore: Bool, isCutAfter: Bool)
    -> [Fragment]
  {
    var fragments: [Fragment] = []
    func append(_ text: String, _ isMatch: Bool) {
      if let last = fragments.last, last.isMatch == isMatch {
        fragments[fragments.count - 1].text += text
      } else if !text.isEmpty {
        fragments.append(Fragment(text: text, isMatch: isMatch))
      }
    }
    if isCutBefore { append("… ", false) }
    for (place, piece) in pieces.enumerated() {
      append(piece.word, piece.isMatch)
      let next = place + 1 < pieces.count ? pieces[place + 1] : nil
      if next != nil || !isCutAfter {
        append(Self.spaced(piece.gap), piece.isMatch && next?.isMatch == true)
      }
    }
    if isCutAfter { append(" …", false) }
    return fragments
  }

  /// A separator with its white space as one space.
  private static func spaced(_ gap: String) -> String {
    var result = ""
    var isSpace = false
    for scalar in gap.unicodeScalars {
      if scalar.properties.isWhitespace || scalar.value < 0x20 {
        isSpace = true
      } else {
        if isSpace { result += " " }
        isSpace = false
        result.unicodeScalars.append(scalar)
      }
    }
    return isSpace ? result + " " : result
  }
}
