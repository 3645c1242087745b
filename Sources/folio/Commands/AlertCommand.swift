import TextSearch

/// `folio alert`: keeps searches whose new matches are told.
enum AlertCommand {
  static let spec = CommandSpec(
    name: "alert",
    summary: "keeps searches whose new matches are told after each commit",
    usage: [
      "folio alert add NAME QUERY [--to FILE] [--exec PROGRAM] [--index DIR]",
      "folio alert list [--json] [--index DIR]",
      "folio alert remove NAME [--index DIR]",
    ],
    about: """
      After each commit of `folio index` or `folio watch` the new and changed documents that
      match a saved search are printed and appended to a file of JSON Lines, each once:
      alert-matches.jsonl in the index's folder, or FILE. All words of QUERY must be there.
      Only what is new is searched; what was indexed before the search was saved is not told,
      nor are documents that are read again, as by --rebuild, and have the same text as before.

      PROGRAM is started without a shell for each commit that has matches, and reads the same
      lines on its standard input; words behind it, divided by spaces, are its arguments, and
      what it writes goes to standard error. It can be given the same lines twice if folio is
      killed while it works, or interrupted and it works on for long. What it ends with is
      reported and changes nothing else.

      `list` ends with 1 where there is none.
      """,
    options: [
      IndexFolder.option,
      .init("--to", "FILE", "append the matches to this file (default: see above)"),
      .init("--exec", "PROGRAM", "give the matches to a program"),
      .init("--json", nil, "list as JSON Lines"),
    ],
    examples: [
      ("folio alert add waivers '\"waiver of default\"'", "save a search for a phrase"),
      (
        "folio alert add fees 'fee OR royalty' --to fees.jsonl --exec './tell fees'",
        "with a file of its own and a program"
      ),
      ("folio alert list", "the saved searches"),
      ("folio alert remove waivers", "forget one"),
    ],
    run: run)

  static func run(_ arguments: Arguments) throws(Failure) -> ExitCode {
    let index = try IndexFolder.path(arguments)
    Interrupts.guardIndex(index)
    let words = arguments.operands
    do throws(IndexError) {
      switch (words.first, words.count) {
      case ("add", 3...):
        return try add(words[1], words[2...].joined(separator: " "), arguments, index)
      case ("list", 1): return try list(index, arguments)
      case ("remove", 2): return try remove(words[1], index)
      default: break
      }
    } catch {
      throw Failure(error, index: index)
    }
    throw .usage("say what to do: folio alert add NAME QUERY, list or remove NAME", "alert")
  }

  /// The saved searches of an index, and the lock for as long as they are changed.
  private static func open(_ index: String) throws(IndexError) -> (SavedSearches, IndexWriter) {
    var options = IndexWriterOptions()
    options.mustExist = true
    let writer = try IndexFolder.writer(index, options)
    return (try SavedSearches(index: index), writer)
  }

  private static func add(
    _ name: String, _ query: String, _ arguments: Arguments, _ index: String
  ) throws(IndexError) -> ExitCode {
    do throws(QueryError) {
      _ = try SearchRequest.parser.parse(query)
    } catch {
      throw .invalid(reason: error.message)
    }
    var (saved, writer) = try open(index)
    if saved.all.contains(where: { $0.name == name }) {
      throw .invalid(reason: "there is an alert “\(name)”; first: folio alert remove \(name)")
    }
    let file = arguments["--to"] ?? index + "/" + Alerts.defaultFileName
    let path = try Platform.absolutePath(file)
    saved.all.append(
      SavedSearch(
        name: name, query: query, generation: writer.generation, file: path,
        fileLength: Platform.exists(path) ? try Platform.status(path).size : 0,
        command: (arguments["--exec"] ?? "").split(separator: " ").map(String.init)))
    try saved.save()
    return .done
  }

  private static func remove(_ name: String, _ index: String) throws(IndexError) -> ExitCode {
    var (saved, writer) = try open(index)
    let count = saved.all.count
    saved.all.removeAll { $0.name == name }
    if saved.all.count == count {
      throw .invalid(reason: "there is no alert “\(name)”; see: folio alert list")
    }
    try saved.save()
    // The lock is held until here.
    _ = consume writer
    return .done
  }

  private static func list(_ index: String, _ arguments: Arguments) throws(IndexError) -> ExitCode {
    let saved = try SavedSearches(index: index).all
    var output = Output()
    for search in saved {
      if arguments.has("--json") {
        output.line(
          .object { json in
            json.member("name", search.name)
            json.member("query", search.query)
            json.member("file", search.file)
            json.member("exec", search.command.joined(separator: " "))
            json.member("generation", search.generation)
          })
      } else {
        output.write("\(Printable.line(search.name)): \(Printable.line(search.query))\n")
      }
    }
    do throws(Failure) {
      try output.flush()
    } catch {
      throw .invalid(reason: error.message)
    }
    return saved.isEmpty ? .nothingFound : .done
  }
}
