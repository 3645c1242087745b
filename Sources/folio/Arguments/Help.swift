/// The pages that `--help` prints.
enum Help {
  static var overview: String {
    let width = (Folio.commands.map(\.name.count).max() ?? 0) + 2
    let commands = Folio.commands.map { "  \(pad($0.name, width))\($0.summary)\n" }.joined()
    return """
      Finds words and phrases in folders of SEC filings.

      Usage: folio COMMAND [OPTION…]

      \(commands)  \(pad("help", width))shows this page, or that of a command: folio help search

      Examples:
        folio index Corpus                        index a folder into ./Index
        folio search technology access fee        find filings with these words
        folio search '"technology access fee"'    find the exact phrase
        folio --version

      The index is the folder named by --index, else by FOLIO_INDEX, else ./Index.
      Exit codes: 0 done or found, 1 nothing found, 64 wrong usage or query, 65 damaged
      index, 66 no such input or index, 71 out of resources, 74 input or output failed,
      75 index locked by another writer, 130 Ctrl-C, 143 stopped by TERM.

      """
  }

  static func page(of command: CommandSpec) -> String {
    var text = "Usage: " + command.usage.joined(separator: "\n       ") + "\n\n"
    text += command.about + "\n\nOptions:\n"
    let heads = command.allOptions.map {
      ([$0.name] + ($0.value.map { [$0] } ?? [])).joined(separator: " ")
    }
    let width = (heads.map(\.count).max() ?? 0) + 2
    for (head, option) in zip(heads, command.allOptions) {
      let lines = option.help.split(separator: "\n")
      text += "  \(pad(head, width))\(lines.first ?? "")\n"
      for line in lines.dropFirst() { text += "  \(pad("", width))\(line)\n" }
    }
    text += "\nExamples:\n"
    for example in command.examples { text += "  \(example.line)\n      \(example.meaning)\n" }
    return text
  }

  /// Whether the words before a `--` ask for help; so it is given whatever else is wrong.
  static func isAsked(_ words: [String]) -> Bool {
    words.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
