import Foundation

/// Runs the built command as a user would.
enum CommandRunner {
  struct Outcome: Sendable {
    var code: Int32
    var output: String
    var errors: String
    /// Whether the process ended by a signal, as after a crash.
    var wasKilled: Bool
  }

  /// The command, which is built into the same folder as the tests.
  static let binary: String = {
    #if os(Linux)
      let tests = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      let folder = URL(fileURLWithPath: tests ?? CommandLine.arguments[0])
        .deletingLastPathComponent()
    #else
      let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
      let folder = (bundle?.bundleURL ?? URL(fileURLWithPath: CommandLine.arguments[0]))
        .deletingLastPathComponent()
    #endif
    return folder.appendingPathComponent("folio").path
  }()

  /// Runs `folio` with these arguments and waits for it.
  @discardableResult
  static func run(
    _ arguments: String..., input: String = "", environment: [String: String] = [:],
    folder: String? = nil
  ) throws -> Outcome {
    try launch(binary, arguments, Data(input.utf8), environment, folder)
  }

  static func run(
    _ arguments: [String], input: Data = Data(), environment: [String: String] = [:],
    folder: String? = nil
  ) throws -> Outcome {
    try launch(binary, arguments, input, environment, folder)
  }

  /// Runs `folio`, and calls `meanwhile` with the number of its process as long as it runs.
  ///
  /// Signals have their usual effect on it, whatever this process has set.
  /// - Parameter program: Another one, to which the arguments go.
  static func run(
    _ arguments: [String], program: String = binary, folder: String,
    meanwhile: (Int32) throws -> Void
  ) throws -> Outcome {
    try launch(
      "/usr/bin/env", ["--default-signal=INT", program] + arguments, Data(), [:], folder, meanwhile)
  }

  /// Runs a line of the shell in which `$FOLIO` is the command.
  static func shell(_ line: String, environment: [String: String] = [:]) throws -> Outcome {
    try launch(
      "/bin/sh", ["-c", line], Data(), environment.merging(["FOLIO": binary]) { old, _ in old },
      nil)
  }

  /// Output goes to files, so that no full pipe can hold the command up.
  private static func launch(
    _ path: String, _ arguments: [String], _ input: Data, _ environment: [String: String],
    _ folder: String?, _ meanwhile: (Int32) throws -> Void = { _ in }
  ) throws -> Outcome {
    let files = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = Self.environment.merging(environment) { _, new in new }
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    for name in ["out", "err"] { try files.write(name, Data()) }
    try files.write("in", input)
    process.standardInput = try FileHandle(forReadingFrom: files.url("in"))
    process.standardOutput = try FileHandle(forWritingTo: files.url("out"))
    process.standardError = try FileHandle(forWritingTo: files.url("err"))
    try process.run()
    try meanwhile(process.processIdentifier)
    process.waitUntilExit()
    return Outcome(
      code: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: files.url("out")), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: files.url("err")), as: UTF8.self),
      wasKilled: process.terminationReason == .uncaughtSignal)
  }

  /// Nothing of the machine but the path; a crash must end at once, not print a backtrace.
  static let environment = [
    "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
    "SWIFT_BACKTRACE": "enable=no",
  ]
}

/// A folder that goes with its owner.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/folio-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func url(_ name: String) -> URL { URL(fileURLWithPath: path + "/" + name) }

  /// Writes a file, with the folders above it.
  @discardableResult
  func write(_ name: String, _ content: Data) throws -> String {
    let url = url(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try content.write(to: url)
    return url.path
  }

  @discardableResult
  func write(_ name: String, _ content: String) throws -> String {
    try write(name, Data(content.utf8))
  }
}
