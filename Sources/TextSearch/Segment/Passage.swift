/// 256 consecutive tokens of a document; its last passage may be shorter.
enum Passage {
  static let size = 256
}
