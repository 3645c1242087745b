import Filings
import Foundation
import TextSearch

/// The small index that is kept in the repository, and the documents that it was made from.
///
/// Two commits made it: one of `documents.jsonl`, and one of `later.jsonl`, which has some of the
/// same filings in a newer form. Paths and times are made up, so that it is the same everywhere.
public enum ReferenceIndex {
  public static var folder: String {
    SharedData.repository.appendingPathComponent("Index/reference").path
  }

  public static let schema = FilingSchema.schema

  /// Where the files of the index are said to have been.
  private static let root = SourceRoot(path: "/filings", label: "")

  /// 2009-08-06T14:03:07Z in nanoseconds since 1970.
  private static let firstTime: Int64 = 1_249_567_387_000_000_000

  /// The documents of the first commit, as `folio index` reads them.
  public static func groups() throws -> [DocumentGroup] {
    try reading("documents.jsonl").filings.map { $0.group(source: 1) }
  }

  /// The documents that the index has: those of `later.jsonl` take the place of others.
  public static func documents() throws -> [Document] {
    let later = try reading("later.jsonl").filings.map { $0.group() }
    let replaced = Set(later.map(\.id))
    return (try groups().filter { !replaced.contains($0.id) } + later).flatMap(\.documents)
  }

  /// The bytes of a file in the folder.
  public static func bytes(_ name: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
  }

  private static func reading(_ name: String) throws -> ReadResult {
    FilingReader.read(bytes: try bytes(name), path: name)
  }

  /// Writes the index into a folder; what it holds goes.
  public static func write(to path: String) throws {
    var options = IndexWriterOptions()
    options.startsOver = true
    options.graceInSeconds = 0
    let writer = try IndexWriter(index: path, schema: schema, options: options)
    writer.roots = [root]
    try append("documents.jsonl", writer)
    _ = try writer.commit()
    try append("later.jsonl", writer)
    try writer.record(
      source(
        "copies/documents.jsonl", writer, try bytes("documents.jsonl").count, fingerprint: 1,
        .duplicate(of: root.path + "/documents.jsonl")))
    try writer.record(
      source("logo.gif", writer, 43, fingerprint: 3, .empty(reason: "an image")))
    _ = try writer.commit()
  }

  private static func append(_ name: String, _ writer: IndexWriter) throws {
    let source = source(
      name, writer, try bytes(name).count, fingerprint: writer.generation + 1, .indexed)
    let groups = try reading(name).filings.map { $0.group(source: source.number) }
    try writer.append(IndexWriter.analyze(groups, schema: schema))
    try writer.record(source)
  }

  private static func source(
    _ name: String, _ writer: IndexWriter, _ size: Int, fingerprint: UInt64,
    _ state: Source.State
  ) -> Source {
    let number = writer.newSourceNumber()
    return Source(
      path: root.path + "/" + name, label: name, size: size,
      modified: firstTime + Int64(number) * 1_000_000_000, fingerprint: fingerprint,
      number: number, state: state)
  }

  /// The specification of the format.
  public static func format() throws -> String {
    let path = SharedData.repository.appendingPathComponent("Index/FORMAT.md").path
    return String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }

  /// Its files, in the order of their names.
  public static let fileNames = [
    "1-1.segment", "2-1.deletions", "2-1.segment", "2.manifest", "2.sources", "manifest",
  ]

  /// Takes these files from another folder.
  public static func replaceFiles(by other: TemporaryIndex) throws {
    for name in fileNames {
      try Data(other.bytes(name)).write(to: URL(fileURLWithPath: folder + "/" + name))
    }
  }
}
