import Foundation
import Testing

/// A folder `in` with files, and the index of it.
final class UpdatedFolder {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  var path: String { folder.path }

  @discardableResult
  func run(_ arguments: String..., input: String = "") throws -> CommandRunner.Outcome {
    try CommandRunner.run(arguments, input: Data(input.utf8), folder: path)
  }

  /// Runs `folio index` with these arguments, which must end well, and gives what it says.
  @discardableResult
  func index(_ arguments: String..., from place: SourceLocation = #_sourceLocation) throws
    -> [String: Any]
  {
    let outcome = try CommandRunner.run(["index", "--json"] + arguments, folder: path)
    #expect(outcome.code == 0, "\(outcome)", sourceLocation: place)
    return try SampleIndex.object(outcome.output)
  }

  func write(_ name: String, _ text: String) throws { try folder.write("in/" + name, text) }

  func remove(_ name: String) throws { try FileManager.default.removeItem(at: folder.url(name)) }

  func move(_ name: String, to target: String) throws {
    try FileManager.default.moveItem(at: folder.url(name), to: folder.url(target))
  }

  func copy(_ name: String, to target: String) throws {
    try FileManager.default.copyItem(at: folder.url(name), to: folder.url(target))
  }

  /// Gives a file another time without a change.
  func touch(_ name: String, seconds: Double) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: seconds)],
      ofItemAtPath: folder.url(name).path)
  }

  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.url(name)), as: UTF8.self)
  }

  func names(_ name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.url(name).path).sorted()
  }

  /// Every file of the index but the lock, with its bytes and its time.
  func files(of index: String = "Index") throws -> [String: String] {
    var files: [String: String] = [:]
    for name in try names(index) where name != "lock" {
      let url = folder.url(index + "/" + name)
      let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
      let time = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
      files[name] = "\(time) \(try Data(contentsOf: url).base64EncodedString())"
    }
    return files
  }

  /// The documents that a query finds, by their names.
  func find(_ query: String, _ member: String = "document", in index: String = "Index") throws
    -> [String]
  {
    let outcome = try CommandRunner.run(
      ["search", "--jsonl", "--no-snippets", "-n", "100000", "--index", index, "--", query],
      folder: path)
    #expect([0, 1].contains(outcome.code), "\(outcome)")
    return try outcome.output.split(separator: "\n").map {
      try SampleIndex.object(String($0))[member] as? String ?? ""
    }.sorted()
  }
}
