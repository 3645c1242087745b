import Filings
import TextSearch

/// The index that a command works on.
enum IndexFolder {
  static let option = OptionSpec(
    "--index", "DIR", "the index's folder; else $FOLIO_INDEX, else ./Index")

  static func path(_ arguments: Arguments) throws(Failure) -> String {
    if let path = arguments["--index"] {
      if path.isEmpty { throw .usage("--index needs the name of a folder", arguments.command) }
      return path
    }
    let path = Platform.environment("FOLIO_INDEX") ?? ""
    return path.isEmpty ? "Index" : path
  }

  /// Calls `body` with the newest snapshot of the index and says what its errors mean.
  static func read<Result>(
    _ arguments: Arguments, _ body: (Searcher) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(open(path(arguments)))
  }

  static func open(_ path: String) throws(Failure) -> Searcher {
    do throws(IndexError) {
      let searcher = try Searcher(index: path)
      tell(searcher.incomplete, standsIn: searcher.generation)
      return searcher
    } catch {
      throw Failure(error, index: path)
    }
  }

  /// Opens an index of filings for writing.
  static func writer(
    _ path: String, _ options: IndexWriterOptions
  ) throws(IndexError) -> IndexWriter {
    let writer = try IndexWriter(index: path, schema: FilingSchema.schema, options: options)
    tell(writer.incomplete, standsIn: writer.generation)
    return writer
  }

  /// Says that an older commit stands in for one that is not whole.
  static func tell(_ incomplete: IncompleteGeneration?, standsIn generation: UInt64) {
    guard let incomplete else { return }
    ErrorOutput.notes([Printable.line("\(incomplete); generation \(generation) answers")])
  }
}

extension Searcher {
  /// The result of `body`, its errors put into words for the command line.
  func reading<Result>(
    _ body: (Searcher) throws(IndexError) -> Result
  ) throws(Failure) -> Result {
    do throws(IndexError) {
      return try body(self)
    } catch {
      throw Failure(error, index: path)
    }
  }

  /// The document that is named on the command line.
  func named(_ id: String) throws(Failure) -> DocAddress {
    if let address = try reading({ searcher throws(IndexError) in try searcher.address(of: id) }) {
      return address
    }
    throw Failure(
      .nothingFound, "no document “\(id)” in \(path)",
      "Documents are named as in the results of: folio search")
  }
}
