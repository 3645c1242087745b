/// What forms say below an item that does not apply: it may stand at the edges of many pages and is
/// still part of the text.
enum ShortAnswer {
  private static let answers: [[UInt8]] = [
    "none", "notapplicable", "na", "inapplicable", "nonetoreport", "notrequired", "omitted",
  ].map { Array($0.utf8) }

  static func isOne(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.count <= 24 else { return false }
    let letters = line.lazy.filter(\.isLetter).map(\.lowered)
    return answers.contains { letters.elementsEqual($0) }
  }
}
