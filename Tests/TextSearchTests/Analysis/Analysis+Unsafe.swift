@testable import TextSearch

/// The analysis of bytes in a buffer of exactly their size, so that a sanitizer sees a read past it.
enum Analysis {
  /// The ranges of the forms.
  static func forms(in bytes: [UInt8]) -> [Range<Int>] {
    unsafe withExactBuffer(bytes) { buffer in
      var forms: [Range<Int>] = []
      var tokenizer = unsafe Tokenizer(buffer)
      while tokenizer.next() { forms.append(tokenizer.start..<tokenizer.end) }
      return forms
    }
  }

  /// How many forms there are after the last.
  static func formsAfterTheEnd(in bytes: [UInt8]) -> Int {
    unsafe withExactBuffer(bytes) { buffer in
      var tokenizer = unsafe Tokenizer(buffer)
      while tokenizer.next() {}
      return (0..<3).count { _ in tokenizer.next() }
    }
  }

  static func term(of form: [UInt8]) -> [UInt8] {
    unsafe withExactBuffer(form) { buffer in
      var term: [UInt8] = []
      unsafe Normalizer.normalize(buffer, into: &term)
      return term
    }
  }

  static func terms(in bytes: [UInt8]) -> [String] {
    forms(in: bytes).map { String(decoding: term(of: Array(bytes[$0])), as: UTF8.self) }
  }

  private static func withExactBuffer<Result>(
    _ bytes: [UInt8], _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    defer { unsafe buffer.deallocate() }
    unsafe buffer.copyBytes(from: bytes)
    return unsafe body(UnsafeRawBufferPointer(buffer))
  }
}
