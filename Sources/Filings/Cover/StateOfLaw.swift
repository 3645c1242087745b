/// The words that say under whose law a company is, as covers put them below or behind its name:
/// "(A Delaware Corporation)", ", a Texas limited partnership".
enum StateOfLaw {
  /// Whether a line is nothing else.
  static func isOne(_ text: String) -> Bool {
    let words = text.trimmed(of: "().,").split(separator: " ")
    return words.count <= mostWords && begins(words[...])
      && words.last.map(LegalForm.isOne) ?? false
  }

  private static let mostWords = 9

  /// A name without such words at its end.
  static func cut(from name: String) -> String {
    let words = name.split(separator: " ")
    guard words.count > 3 else { return name }
    for place in 1..<words.count - 2 where begins(words[place...]) {
      guard words[place].first == "(" || words[place - 1].last == "," else { continue }
      return words[..<place].joined(separator: " ")
    }
    return name
  }

  private static func begins(_ words: ArraySlice<Substring>) -> Bool {
    guard let first = words.first, let second = words.dropFirst().first else { return false }
    return ["a", "an"].contains(first.lowercased().trimmed(of: "("))
      && states.contains(second.lowercased())
  }

  /// The first words of the names of states.
  private static let states: Set<String> = [
    "alabama", "alaska", "arizona", "arkansas", "california", "colorado", "connecticut", "delaware",
    "florida", "georgia", "hawaii", "idaho", "illinois", "indiana", "iowa", "kansas", "kentucky",
    "louisiana", "maine", "maryland", "massachusetts", "michigan", "minnesota", "mississippi",
    "missouri", "montana", "nebraska", "nevada", "new", "north", "ohio", "oklahoma", "oregon",
    "pennsylvania", "puerto", "rhode", "south", "tennessee", "texas", "utah", "vermont", "virginia",
    "washington", "west", "wisconsin", "wyoming", "canadian", "bermuda", "cayman", "district",
  ]
}
