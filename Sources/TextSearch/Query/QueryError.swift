/// Why a query could not be read, and where.
public struct QueryError: Error, Sendable, Equatable {
  /// What is wrong and what to write instead; one line.
  public var message: String
  /// The byte of the query's UTF-8 at which the trouble begins; at most its length.
  public var offset: Int

  public init(_ message: String, at offset: Int) {
    self.message = message
    self.offset = offset
  }

  /// The query on one line and below it a caret under the place.
  ///
  /// Right for wide and combining characters; nothing in it can disturb a terminal. Of a long query
  /// only the surroundings of the place are shown.
  public func explained(in text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    let place = self.place(in: scalars)
    let first = max(0, place - Self.context)
    let end = min(scalars.count, place + Self.context)
    let head = (first > 0 ? "…" : "") + Self.shown(scalars[first..<place])
    let tail = Self.shown(scalars[place..<end]) + (end < scalars.count ? "…" : "")
    let indent = String(repeating: " ", count: Printable.width(of: head))
    return "\(head)\(tail)\n\(indent)^"
  }

  /// Scalars shown on either side of the place.
  private static let context = 60

  /// The number of the scalar that holds the byte `offset`.
  private func place(in scalars: [Unicode.Scalar]) -> Int {
    var byte = 0
    for (number, scalar) in scalars.enumerated() {
      byte += UTF8.width(scalar)
      if byte > offset { return number }
    }
    return scalars.count
  }

  private static func shown(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return Printable.line(String(text))
  }
}
