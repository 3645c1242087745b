/// The options and operands of a command line.
struct Arguments: Sendable {
  let command: String
  private var values: [String: String] = [:]
  private(set) var operands: [String] = []

  /// Reads `words`, which follow the command's name.
  ///
  /// `--name value`, `--name=value`, `-n 5` and `-n5` are the same; `--` ends the options; `-` is an
  /// operand. Of an option given twice the last counts.
  init(_ words: [String], for spec: CommandSpec) throws(Failure) {
    command = spec.name
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        operands.append(contentsOf: rest)
        return
      }
      if word == "-" || !word.hasPrefix("-") {
        operands.append(word)
      } else {
        try read(option: word, rest: &rest, spec)
      }
    }
  }

  private mutating func read(
    option word: String, rest: inout ArraySlice<String>, _ spec: CommandSpec
  ) throws(Failure) {
    var (name, value) = Self.split(word)
    if name == "-h" { name = "--help" }
    guard let option = spec.allOptions.first(where: { $0.name == name }) else {
      throw unknown(word, name, spec)
    }
    guard option.value != nil else {
      if value != nil { throw .usage("\(name) takes no value", command) }
      values[name] = ""
      return
    }
    guard let value = value ?? rest.popFirst() else {
      throw .usage("\(name) needs a value: \(name) \(option.value ?? "")", command)
    }
    values[name] = value
  }

  /// The name of an option and the value that hangs on it.
  private static func split(_ word: String) -> (name: String, value: String?) {
    if word.hasPrefix("--") {
      guard let equals = word.firstIndex(of: "=") else { return (word, nil) }
      return (String(word[..<equals]), String(word[word.index(after: equals)...]))
    }
    let value = word.dropFirst(2)
    return (String(word.prefix(2)), value.isEmpty ? nil : String(value))
  }

  private func unknown(_ word: String, _ name: String, _ spec: CommandSpec) -> Failure {
    var message = "unknown option \(name.hasPrefix("--") ? name : word)"
    let isLong = name.hasPrefix("--")
    let known = spec.allOptions.map(\.name)
    if isLong, let near = Suggestion.nearest(to: name, in: known) {
      message += "; did you mean \(near)?"
    } else if spec.name == "search", !isLong {
      message += "; to leave a word out, end the options first: folio search -- fee \(word)"
    }
    return .usage(message, command)
  }

  // MARK: Values

  /// The operands as paths or names. An empty one is no path, though the system may take it for the
  /// folder that it is in.
  func paths() throws(Failure) -> [String] {
    if operands.contains("") {
      throw .usage("an empty name is no path; is a variable empty?", command)
    }
    return operands
  }

  func has(_ name: String) -> Bool { values[name] != nil }

  subscript(name: String) -> String? { values[name] }

  /// The first of the switches that is on; two of them exclude each other.
  func oneOf(_ names: [String]) throws(Failure) -> String? {
    let given = names.filter(has)
    if given.count > 1 {
      throw .usage("\(given[0]) and \(given[1]) cannot be used together", command)
    }
    return given.first
  }

  func integer(_ name: String, in range: ClosedRange<Int>) throws(Failure) -> Int? {
    guard let text = values[name] else { return nil }
    guard let value = Int(text), range.contains(value) else {
      throw .usage(
        "\(name) takes a whole number from \(range.lowerBound) to \(range.upperBound),"
          + " not “\(text)”", command)
    }
    return value
  }

  func number(_ name: String, in range: ClosedRange<Float>) throws(Failure) -> Float? {
    guard let text = values[name] else { return nil }
    guard let value = Float(text), range.contains(value) else {
      throw .usage(
        "\(name) takes a number from \(range.lowerBound) to \(range.upperBound), not “\(text)”",
        command)
    }
    return value
  }

  func choice<Choice>(
    _ name: String, _ choices: [(name: String, value: Choice)]
  ) throws(Failure) -> Choice? {
    guard let text = values[name] else { return nil }
    if let choice = choices.first(where: { $0.name == text }) { return choice.value }
    let names = choices.map(\.name)
    let hint = Suggestion.nearest(to: text, in: names).map { "; did you mean \($0)?" } ?? ""
    throw .usage(
      "\(name) takes \(names.joined(separator: ", ")), not “\(text)”\(hint)", command)
  }

  func noOperands() throws(Failure) {
    if let first = operands.first {
      throw .usage("“\(first)” is not needed: folio \(command) takes only options", command)
    }
  }
}
