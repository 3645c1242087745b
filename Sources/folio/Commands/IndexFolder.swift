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
      return try Searcher(index: path)
    } catch {
      throw Failure(error, index: path)
    }
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
