import Foundation

/// Data that lies beside the repository and that tests use where it is there.
public enum SharedData {
  /// The folder of that name, or nil where it is missing; looked for in `$FOLIO_SHARED`, else in
  /// `../shared` beside the repository.
  public static func folder(_ name: String) -> String? {
    let root =
      ProcessInfo.processInfo.environment["FOLIO_SHARED"]
      ?? repository.deletingLastPathComponent().appendingPathComponent("shared").path
    let path = root + "/" + name
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }

  /// The repository that this file is in.
  public static var repository: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }
}
