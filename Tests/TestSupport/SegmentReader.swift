import Foundation

/// Runs `tools/read-segment`, the reader that shares nothing with the engine.
public enum SegmentReader {
  /// Whether there is a Python to run it with.
  public static let isThere = (try? run(["python3", "-c", ""]))?.status == 0

  /// Its exit status and the lines that it prints.
  public static func run(command: String, on path: String) throws -> (
    status: Int32, lines: [String]
  ) {
    let tool = SharedData.repository.appendingPathComponent("tools/read-segment").path
    let (status, output) = try run(["python3", tool, command, path])
    return (status, output.split(separator: "\n").map { String($0) })
  }

  private static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}
