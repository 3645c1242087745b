import TextSearch

/// Standard output, written in large pieces.
struct Output: ~Copyable {
  private var bytes: [UInt8] = []

  mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func line(_ text: String = "") {
    write(text)
    bytes.append(UInt8(ascii: "\n"))
  }

  mutating func line(_ json: JSONWriter) {
    bytes.append(contentsOf: json.bytes)
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Writes what has gathered, if it is much.
  mutating func flushIfLarge() throws(Failure) {
    if bytes.count >= 1 << 16 { try flush() }
  }

  /// Writes what has gathered.
  mutating func flush() throws(Failure) {
    guard !bytes.isEmpty else { return }
    do throws(IndexError) {
      try Platform.write(1, bytes, path: "standard output")
    } catch {
      throw Failure(error, index: "")
    }
    bytes.removeAll(keepingCapacity: true)
  }
}

/// Standard error; what cannot be written there is lost.
enum ErrorOutput {
  static func write(_ text: String) {
    try? Platform.write(2, Array(text.utf8), path: "standard error")
  }

  /// What is good to know of an answer that is one all the same.
  static func notes(_ notes: [String]) {
    for note in notes { write("folio: note: \(note)\n") }
  }

  static func report(_ failure: Failure) {
    write((["folio: \(failure.message)"] + failure.details).joined(separator: "\n") + "\n")
  }
}
