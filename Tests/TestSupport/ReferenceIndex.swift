import Filings
import Foundation
import TextSearch

/// The small index that is kept in the repository, and the documents that it was made from.
public enum ReferenceIndex {
  public static var folder: String {
    SharedData.repository.appendingPathComponent("Index/reference").path
  }

  public static let schema = FilingSchema.schema

  /// The documents as `folio index` reads them.
  public static func groups() throws -> [DocumentGroup] {
    let name = "documents.jsonl"
    let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
    return FilingReader.read(bytes: [UInt8](data), path: name).filings.map { $0.group() }
  }

  /// The specification of the format.
  public static func format() throws -> String {
    let path = SharedData.repository.appendingPathComponent("Index/FORMAT.md").path
    return String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }

  /// The bytes of its one segment.
  public static func segment() throws -> [UInt8] {
    try [UInt8](Data(contentsOf: URL(fileURLWithPath: folder + "/1-1.segment")))
  }
}
