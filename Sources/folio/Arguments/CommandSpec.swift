/// An option of a command, as it is read and as its help shows it.
struct OptionSpec: Sendable {
  /// With its dashes: `--index`, `-n`.
  var name: String
  /// What its value is called in the help; nil of a switch.
  var value: String?
  var help: String

  init(_ name: String, _ value: String? = nil, _ help: String) {
    self.name = name
    self.value = value
    self.help = help
  }
}

/// A command: what it is called, takes and does.
struct CommandSpec: Sendable {
  var name: String
  /// One line for the list of commands.
  var summary: String
  /// What follows `folio` on the command line.
  var usage: [String]
  /// Paragraphs of the help.
  var about: String
  var options: [OptionSpec]
  /// Command lines and what they do.
  var examples: [(line: String, meaning: String)]
  var run: @Sendable (Arguments) throws(Failure) -> ExitCode

  /// The options every command has.
  static let common = [OptionSpec("--help", nil, "show this help")]

  var allOptions: [OptionSpec] { options + Self.common }
}
