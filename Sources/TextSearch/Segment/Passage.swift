/// 256 consecutive tokens of a document; its last passage may be shorter.
enum Passage {
  static let size = 256

  /// Documents of more passages than this are long: their words have lists of passages.
  ///
  /// Searching the code of 2,048 tokens takes less time than finding the places to search, and in
  /// collections of single pages the lists would take a sixth of the index (4.2 bits a token).
  static let mostInShortDocument = 8
}
