import TextSearch

/// `folio search --batch`: answers the queries on standard input, each at once.
///
/// Each query is answered from the newest commit; the numbers of commits never go back.
struct Batch {
  private var searcher: Searcher
  private let options: SearchOptions
  private let isTrec: Bool
  private let snippetWidth: Int?
  private var number = 0

  init(searcher: Searcher, options: SearchOptions, arguments: Arguments) {
    self.searcher = searcher
    self.options = options
    isTrec = arguments.has("--trec")
    let hasSnippets = !isTrec && !arguments.has("--no-snippets")
    snippetWidth = hasSnippets ? OneSearch.snippetWidth : nil
  }

  mutating func run() throws(Failure) -> ExitCode {
    var lines = LineReader()
    while let line = try lines.next() {
      let parts = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
      let text = String(parts.last ?? "")
      if text.utf8.allSatisfy({ $0 <= 0x20 }) { continue }
      number += 1
      searcher = try searcher.reading { searcher throws(IndexError) in try searcher.newest() }
      try answer(text, id: parts.count == 2 ? String(parts[0]) : nil)
    }
    return .done
  }

  private func answer(_ text: String, id: String?) throws(Failure) {
    var output = Output()
    do throws(Failure) {
      var answer = try Answer(text, searcher, options)
      try answer.load(searcher, snippetWidth: snippetWidth, namesOthers: false)
      if isTrec {
        for hit in answer.found {
          output.line(AnswerTable.trec(hit, query: id ?? "\(number)"))
        }
      } else {
        output.line(answer.json(searcher.schema, id: id))
      }
    } catch {
      // A wrong query is the asker's; with anything else it makes no sense to go on.
      guard error.code == .usage else { throw error }
      report(error, text, id: id, &output)
    }
    try output.flush()
  }

  private func report(_ failure: Failure, _ text: String, id: String?, _ output: inout Output) {
    if isTrec {
      ErrorOutput.report(failure)
      return
    }
    output.line(
      .object { json in
        if let id { json.member("id", id) }
        json.member("query", text)
        json.member("error", failure.message)
      })
  }
}

/// The lines of standard input.
struct LineReader {
  /// A line longer than any query is cut here, so that no line fills the memory.
  private static let limit = 2 * QueryParser.maximumLength

  private var bytes: [UInt8] = []
  private var start = 0

  /// The next line without its end, or nil.
  mutating func next() throws(Failure) -> String? {
    var line: [UInt8] = []
    while true {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n"))
      line.append(contentsOf: bytes[start..<(end ?? bytes.count)].prefix(Self.limit - line.count))
      start = end.map { $0 + 1 } ?? bytes.count
      if end != nil { return String(decoding: line, as: UTF8.self) }
      if try !readMore() { return line.isEmpty ? nil : String(decoding: line, as: UTF8.self) }
    }
  }

  private mutating func readMore() throws(Failure) -> Bool {
    do throws(IndexError) {
      bytes = try Platform.readSome(0, limit: 1 << 16, path: "standard input")
    } catch {
      throw Failure(error, index: "")
    }
    start = 0
    return !bytes.isEmpty
  }
}
