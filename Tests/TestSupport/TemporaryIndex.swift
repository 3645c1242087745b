import Foundation
import TextSearch

/// An index in a folder that goes away with this object.
public final class TemporaryIndex: Sendable {
  public let path: String

  /// An empty folder.
  public init() throws {
    path = FileManager.default.temporaryDirectory.path + "/folio-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  /// An index of `groups`, analysed so many groups at once.
  public convenience init(
    _ groups: [DocumentGroup], schema: Schema, batch: Int = 100, memoryLimitInBytes: Int = 1 << 30
  ) throws {
    try self.init()
    try write(groups, schema: schema, batch: batch, memoryLimitInBytes: memoryLimitInBytes)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Commits an index of `groups` and nothing else.
  @discardableResult
  public func write(
    _ groups: [DocumentGroup], schema: Schema, batch: Int = 100, memoryLimitInBytes: Int = 1 << 30
  ) throws -> CommitReport {
    var options = IndexWriterOptions()
    options.memoryLimitInBytes = memoryLimitInBytes
    options.startsOver = true
    options.graceInSeconds = 0
    let writer = try IndexWriter(index: path, schema: schema, options: options)
    for start in stride(from: 0, to: groups.count, by: batch) {
      let part = Array(groups[start..<min(start + batch, groups.count)])
      try writer.append(IndexWriter.analyze(part, schema: schema))
    }
    return try writer.commit()
  }

  /// The names of the files in the folder, or in one below it, sorted.
  public func names(_ name: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path + "/" + name).sorted()
  }

  public func bytes(_ name: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
  }

  public func put(_ bytes: [UInt8], _ name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
  }

  /// Makes a file look as if it had been written so many seconds ago.
  public func age(_ name: String, seconds: Double) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -seconds)], ofItemAtPath: path + "/" + name)
  }

  public func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: path + "/" + name)
  }

  /// The segment files, in order of their names, with their bytes.
  public func segments() throws -> [(name: String, bytes: [UInt8])] {
    try names().filter { $0.hasSuffix(".segment") }.map { ($0, try bytes($0)) }
  }
}
