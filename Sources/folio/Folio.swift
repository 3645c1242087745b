import TextSearch

/// The `folio` command.
@main
struct Folio {
  static let version = "0.1.0"

  /// In the order of the help.
  static let commands: [CommandSpec] = [
    IndexCommand.spec, SearchCommand.spec, ShowCommand.spec, TextCommand.spec,
    ExplainCommand.spec, WatchCommand.spec, AlertCommand.spec, RemoveCommand.spec,
    MergeCommand.spec, SnapshotCommand.spec, InfoCommand.spec, CheckCommand.spec,
  ]

  static func main() {
    // First of all, as an instruction that the processor does not know ends the process.
    let missing = Processor.missingFeatures()
    if !missing.isEmpty {
      let failure = Failure(processorLacks: missing)
      ErrorOutput.report(failure)
      Platform.exit(failure.code.rawValue)
    }
    Platform.ignoreBrokenPipes()
    Platform.exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  private static func run(_ words: [String]) -> Int32 {
    do throws(Failure) {
      return try dispatch(words).rawValue
    } catch {
      if !error.isClosedPipe { ErrorOutput.report(error) }
      return error.code.rawValue
    }
  }

  private static func dispatch(_ words: [String]) throws(Failure) -> ExitCode {
    guard let name = words.first else {
      ErrorOutput.write(Help.overview)
      return .usage
    }
    let rest = Array(words.dropFirst())
    switch name {
    case "--version", "-V", "version": return try print("folio \(version)\n")
    case "help", "--help", "-h": return try help(rest)
    default:
      let command = try command(name)
      if Help.isAsked(rest) { return try print(Help.page(of: command)) }
      return try command.run(try Arguments(rest, for: command))
    }
  }

  private static func help(_ words: [String]) throws(Failure) -> ExitCode {
    guard let name = words.first else { return try print(Help.overview) }
    if name == "help" { return try print(Help.overview) }
    return try print(Help.page(of: command(name)))
  }

  private static func command(_ name: String) throws(Failure) -> CommandSpec {
    if let command = commands.first(where: { $0.name == name }) { return command }
    let kind = name.hasPrefix("-") ? "option" : "command"
    let near = Suggestion.nearest(to: name, in: commands.map(\.name) + ["help", "--version"])
    throw .usage("unknown \(kind) “\(name)”" + (near.map { "; did you mean \($0)?" } ?? ""))
  }

  private static func print(_ text: String) throws(Failure) -> ExitCode {
    var output = Output()
    output.write(text)
    try output.flush()
    return .done
  }
}
