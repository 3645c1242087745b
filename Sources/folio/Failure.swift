import TextSearch

/// What the command tells the shell; 64 and above as in BSD's sysexits.
enum ExitCode: Int32 {
  case done = 0
  case nothingFound = 1
  /// The command line or the query is wrong.
  case usage = 64
  /// The index is damaged.
  case damaged = 65
  /// The input or the index is not there.
  case missing = 66
  /// Memory, threads or a limit ran out.
  case resources = 71
  case inputOutput = 74
  /// Another writer holds the index.
  case locked = 75
}

/// Why a command ends, and what to do next.
struct Failure: Error, Equatable {
  var code: ExitCode
  /// One line without control characters.
  var message: String
  /// Lines to print below it.
  var details: [String] = []
  /// The reader of standard output has gone; nothing is wrong, nothing need be said.
  var isClosedPipe = false

  init(_ code: ExitCode, _ message: String, _ details: String...) {
    self.code = code
    self.message = Printable.line(message)
    self.details = details
  }

  static func usage(_ message: String, _ command: String? = nil) -> Failure {
    let help = command.map { "folio help \($0)" } ?? "folio help"
    return Failure(.usage, message, "See: \(help)")
  }
}

extension Failure {
  /// What an error of the engine means for the index at `index`.
  init(_ error: IndexError, index: String) {
    let message = "\(error)"
    let path = Shell.quoted(index)
    switch error {
    case .damaged:
      self.init(
        .damaged, message, "All damage is listed by: folio check --index \(path)",
        "A new index is made by: folio index FOLDER --rebuild --index \(path)")
    case .unsupported:
      self.init(
        .damaged, message, "Make the index again: folio index FOLDER --rebuild --index \(path)")
    case .missing:
      self.init(
        .missing, message, "Make one with: folio index FOLDER --index \(path)",
        "or name another with --index or FOLIO_INDEX.")
    case .system(_, _, let code): self.init(system: code, message)
    case .locked:
      self.init(
        .locked, message, "Wait until it is done, then try again; --wait SECONDS waits for it.")
    case .limit: self.init(.resources, message)
    case .invalid: self.init(.usage, message)
    }
  }

  private init(system code: Int32, _ message: String) {
    switch Platform.trouble(code) {
    case .missing: self.init(.missing, message)
    case .resources: self.init(.resources, message, "Free memory or files, then try again.")
    case .inputOutput:
      self.init(.inputOutput, message, "Check the disk and the rights on it, then try again.")
    case .brokenPipe:
      self.init(.done, message)
      isClosedPipe = true
    }
  }

  init(processorLacks features: [String]) {
    self.init(
      .resources, "this processor does not have \(features.joined(separator: ", "))",
      "Folio needs an x86-64 processor with AVX2 and BMI2, of 2015 or later.")
  }

  /// A query that could not be read.
  init(_ error: QueryError, in text: String) {
    self.init(.usage, error.message)
    details = error.explained(in: text).split(separator: "\n", omittingEmptySubsequences: false)
      .map { "  \($0)" }
  }
}

/// Words for a shell's command line.
enum Shell {
  /// `text` as one word of a shell.
  static func quoted(_ text: String) -> String {
    let plain = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
        || "/._-+=:,@%".utf8.contains(byte)
    }
    if plain, !text.isEmpty { return text }
    return "'"
      + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
}
