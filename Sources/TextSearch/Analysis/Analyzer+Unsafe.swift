/// Text to terms, for queries and tools; what indexes large texts uses `Tokenizer` itself.
public enum Analyzer {
  /// One word of a text.
  public struct Token: Sendable, Equatable {
    /// The word folded: what is looked up.
    public var term: String
    /// The bytes of the text (its UTF-8 view) that the word takes.
    public var range: Range<Int>

    public init(term: String, range: Range<Int>) {
      self.term = term
      self.range = range
    }
  }

  /// The words of a text, in order. O(text).
  public static func tokens(in text: String) -> [Token] {
    var text = text
    return text.withUTF8 { bytes in
      var tokens: [Token] = []
      var term: [UInt8] = []
      // Safety: the tokenizer and the slices end with the closure, as the bytes do.
      var tokenizer = unsafe Tokenizer(UnsafeRawBufferPointer(bytes))
      while tokenizer.next() {
        let range = tokenizer.start..<tokenizer.end
        unsafe Normalizer.normalize(
          UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[range]), into: &term)
        tokens.append(Token(term: String(decoding: term, as: UTF8.self), range: range))
      }
      return tokens
    }
  }

  /// The terms of a text, in order. O(text).
  static func terms(in text: String) -> [String] { tokens(in: text).map(\.term) }
}
